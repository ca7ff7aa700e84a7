"""Reading sound files in processes of their own: files of strangers one by one, whole libraries on all cores."""

import selectors
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from threading import BoundedSemaphore, Lock
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from sarau.adapters.mutagen.messages import Outcome
from sarau.adapters.mutagen.reading_process import FalseStarts, Limits, ProcessEnded, ReadingProcess
from sarau.foundation.media.tags import SoundFile, UnreadableSound

_CHUNK = 32  # files asked for at once
_NO_LIMITS_OF_ITS_OWN = Limits()

Key = TypeVar("Key")


class _Idle:
    """Processes that wait for the next file, for whoever asks first."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._processes: list[ReadingProcess[Any]] = []
        self._is_closed = False

    def take(self) -> ReadingProcess[Any] | None:
        """Return an idle process, if there is one."""
        with self._lock:
            while self._processes:
                process = self._processes.pop()
                if process.status is None:
                    return process
                process.end()
        return None

    def give_back(self, process: ReadingProcess[Any]) -> None:
        """Keep a process for later, or end it if there is no later."""
        with self._lock:
            if not self._is_closed:
                self._processes.append(process)
                return
        process.end()

    def close(self) -> None:
        """End the processes: those here now, others when they come back."""
        with self._lock:
            idle, self._processes = self._processes, []
            self._is_closed = True
        for process in idle:
            process.end()


class SandboxedTagReader:
    """A tag reader for files of strangers: what one of them does to the process that reads it, it does only there.

    Processes start when needed and end themselves when idle. Safe for any thread; `close` ends them all.
    """

    def __init__(self, processes: int = 1, limits: Limits = _NO_LIMITS_OF_ITS_OWN) -> None:
        self._limits = limits
        self._slots = BoundedSemaphore(processes)
        self._idle = _Idle()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def read(self, path: Path, suffix: str) -> SoundFile:
        """Return what the file says; waits for a free process. Raises UnreadableSound, OSError, ReaderStartFailed."""
        with self._slots:
            outcome = self._read(path, suffix)
        if isinstance(outcome, SoundFile):
            return outcome
        raise outcome

    def close(self) -> None:
        """End the processes: the idle ones now, a busy one when it has answered."""
        self._idle.close()

    def _read(self, path: Path, suffix: str) -> Outcome:
        starts = FalseStarts()
        while True:
            idle = self._idle.take()
            process: ReadingProcess[None] = idle or ReadingProcess(self._limits)
            try:
                process.ask([(None, path, suffix)])
                ((_, outcome),) = process.wait()
            except ProcessEnded as end:
                process.end()
                starts.note(process)
                # One that has been idle may have ended for another reason in the moment we asked.
                if end.reason is None or (idle and not end.was_overdue):
                    continue
                return UnreadableSound(end.reason)
            except BaseException:
                process.end()
                raise
            self._idle.give_back(process)
            return outcome


class TagReadingCrew:
    """Reads many files with several processes, which stay for the next many; `close` ends them."""

    def __init__(self, workers: int, limits: Limits = _NO_LIMITS_OF_ITS_OWN) -> None:
        self._workers = workers
        self._limits = limits
        self._idle = _Idle()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._idle.close()

    def read_many(self, items: Iterable[tuple[Key, Path, str]]) -> Iterator[tuple[Key, Outcome]]:
        """Yield what came of each file, as the function of this name does."""
        return _Crew(items, self._workers, self._limits, self._idle).outcomes()


def read_many(
    files: Iterable[tuple[Key, Path, str]], workers: int, limits: Limits = _NO_LIMITS_OF_ITS_OWN
) -> Iterator[tuple[Key, Outcome]]:
    """Read files, given by key, path and suffix, in several processes at once; yield what came of each, by key.

    In no certain order. Files are taken from the iterable only as processes get free. When a process breaks down or
    takes too long, the files it has not answered for are each read alone; the one that does it again comes back as
    UnreadableSound. Close the iterator to stop early. Raises ReaderStartFailed.
    """
    with TagReadingCrew(workers, limits) as crew:
        yield from crew.read_many(files)


class _Crew(Generic[Key]):
    """Processes that share one stream of files."""

    def __init__(self, files: Iterable[tuple[Key, Path, str]], workers: int, limits: Limits, idle: _Idle) -> None:
        self._idle = idle
        self._files = iter(files)
        self._suspects: deque[tuple[Key, Path, str]] = deque()
        self._workers = max(1, workers)
        self._limits = limits
        self._starts = FalseStarts()
        self._selector = selectors.DefaultSelector()
        self._processes: list[ReadingProcess[Key]] = []

    def outcomes(self) -> Iterator[tuple[Key, Outcome]]:
        """Yield what came of each file."""
        try:
            while self._hire():
                pass
            while self._processes:
                left_s = min(process.left_s for process in self._processes)
                for ready, _ in self._selector.select(max(0.0, left_s)):
                    yield from self._attend(ready.data)
                yield from self._dismiss_overdue()
        finally:
            for process in self._processes:
                process.end()
            self._selector.close()

    def _hire(self) -> bool:
        """Start one more process if there are files for it and it is not one too many."""
        chunk = self._chunk() if len(self._processes) < self._workers else []
        if chunk:
            process: ReadingProcess[Key] = self._idle.take() or ReadingProcess(self._limits)
            self._processes.append(process)
            self._selector.register(process.connection, selectors.EVENT_READ, process)
            process.ask(chunk)
        return bool(chunk)

    def _chunk(self) -> list[tuple[Key, Path, str]]:
        """Take the next files, or a suspect alone."""
        return [self._suspects.popleft()] if self._suspects else list(islice(self._files, _CHUNK))

    def _attend(self, process: ReadingProcess[Key]) -> Iterator[tuple[Key, Outcome]]:
        """Take answers from a process, and give it more to do or let it go."""
        try:
            answers = process.receive()
        except ProcessEnded as end:
            yield from self._replace(process, end)
            return
        if not process.pending:
            if chunk := self._chunk():
                process.ask(chunk)
            else:
                self._release(process)
        yield from answers

    def _dismiss_overdue(self) -> Iterator[tuple[Key, Outcome]]:
        for process in [late for late in self._processes if late.left_s < 0]:
            # While our caller was busy with other things, its answer may have come.
            if not process.connection.poll():
                yield from self._replace(process, process.overdue())

    def _replace(self, process: ReadingProcess[Key], end: ProcessEnded) -> Iterator[tuple[Key, Outcome]]:
        """Have another process read what one has left behind, or report it if it is a single file."""
        self._dismiss(process)
        self._starts.note(process)
        left = process.pending
        if len(left) == 1 and end.reason is not None:
            key, _, _ = left.popleft()
            yield key, UnreadableSound(end.reason)
        self._suspects.extend(left)
        self._hire()

    def _release(self, process: ReadingProcess[Key]) -> None:
        """Let go of a process that has done its part."""
        self._processes.remove(process)
        self._selector.unregister(process.connection)
        self._idle.give_back(process)

    def _dismiss(self, process: ReadingProcess[Key]) -> None:
        self._processes.remove(process)
        self._selector.unregister(process.connection)
        process.end()
