"""A process that reads sound files for us, with ceilings of memory and time."""

import os
import signal
import socket
import struct
import subprocess
import sys
from collections import deque
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from time import monotonic
from typing import Any, Generic, NamedTuple, TypeVar

from sarau.adapters.mutagen.messages import READY, Outcome, Request, encode, outcomes_of

_MODULE = "sarau.adapters.mutagen.child"
_START_TIMEOUT_S = 60.0
_END_TIMEOUT_S = 5.0
_MAX_FALSE_STARTS = 3
# The rest of our environment holds secrets that are no business of who reads strangers' files.
_PASSED_ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH", "LANG", "LC_ALL")
_TIME = struct.Struct("ll")  # struct timeval

Key = TypeVar("Key")


class Limits(NamedTuple):
    """What a process may use: memory it maps, seconds for one file, seconds of idleness before it ends itself."""

    memory_bytes: int = 1536 * 1024 * 1024
    timeout_s: float = 30.0
    idle_s: float = 60.0


class ReaderStartFailed(RuntimeError):
    """Processes do not even start: a fault of the installation or the machine, not of a file."""


class FalseStarts:
    """Counts processes in a row that ended before they could do anything, and gives up after a few."""

    def __init__(self) -> None:
        self._count = 0

    def note(self, process: "ReadingProcess[Any]") -> None:
        """Count a process that ended; raises ReaderStartFailed."""
        self._count = 0 if process.has_started else self._count + 1
        if self._count > _MAX_FALSE_STARTS:
            raise ReaderStartFailed(
                f"the process that reads sound files does not start (exit status {process.status})"
            )


class ProcessEnded(Exception):
    """A process ended; the reason is None if no file is to blame: it was idle, or had not even started."""

    def __init__(self, reason: str | None, *, was_overdue: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.was_overdue = was_overdue


class ReadingProcess(Generic[Key]):
    """A process, and the files it has been asked for and has not yet answered, with keys of the caller's.

    It is a clean interpreter that imports little, ends when we do and hears no interrupt from the keyboard.
    """

    def __init__(self, limits: Limits) -> None:
        self.pending: deque[tuple[Key, Path, str]] = deque()
        self._limits = limits
        self.has_started = False
        ours, theirs = socket.socketpair()
        # A process stopped in the middle of an answer must not stop us as well.
        seconds = _TIME.pack(int(limits.timeout_s), int(limits.timeout_s % 1 * 1_000_000))
        for option in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
            ours.setsockopt(socket.SOL_SOCKET, option, seconds)
        self.connection = Connection(ours.detach())
        self._deadline = monotonic() + _START_TIMEOUT_S
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter with our own module
                _command(theirs.fileno(), limits),
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                env=_environment(),
                process_group=0,  # where the terminal's interrupts do not go
            )

    @property
    def status(self) -> int | None:
        """Return the exit status, or None while it runs."""
        return self._process.poll()

    @property
    def left_s(self) -> float:
        """Return the seconds it still has for what it is doing; negative if it is overdue."""
        return self._deadline - monotonic()

    def ask(self, files: list[tuple[Key, Path, str]]) -> None:
        """Ask for files; the answers come in the same order. That it has ended shows in `receive`."""
        if self.has_started and not self.pending:
            self._deadline = monotonic() + self._limits.timeout_s
        self.pending.extend(files)
        request: Request = [(os.fsencode(path), suffix) for _, path, suffix in files]
        with suppress(OSError):
            self.connection.send_bytes(encode(request))

    def receive(self) -> list[tuple[Key, Outcome]]:
        """Return the next answers, none if it only says that it has started; raises ProcessEnded."""
        try:
            message = self.connection.recv_bytes()
        except BlockingIOError:
            raise self.overdue() from None
        except (EOFError, OSError):
            raise self._ended() from None
        self._deadline = monotonic() + self._limits.timeout_s
        if not self.has_started:
            self.has_started = message == READY
            return []
        return [(self.pending.popleft()[0], outcome) for outcome in outcomes_of(message)]

    def wait(self) -> list[tuple[Key, Outcome]]:
        """Wait for the next answers; raises ProcessEnded."""
        while True:
            if not self.connection.poll(max(0.0, self.left_s)):
                raise self.overdue()
            if answers := self.receive():
                return answers

    def overdue(self) -> ProcessEnded:
        """Kill the process for taking too long; return what to raise."""
        self._kill()
        if not self.has_started:
            return ProcessEnded(None)
        return ProcessEnded(f"reading it took longer than {self._limits.timeout_s:g} s", was_overdue=True)

    def end(self) -> None:
        """End the process, whatever it is doing, if it has not ended, and give back what it needed here."""
        self._kill()
        self.connection.close()

    def _kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def _ended(self) -> ProcessEnded:
        """Return why it ended, now that its side of the socket is closed."""
        try:
            status = self._process.wait(_END_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            self._kill()
            status = -signal.SIGKILL
        if status == 0 or not self.has_started:
            return ProcessEnded(None)
        how = f"killed by {signal.Signals(-status).name}" if status < 0 else f"exit status {status}"
        return ProcessEnded(f"the process reading it broke down ({how})")


def _command(descriptor: int, limits: Limits) -> list[str]:
    # -P: no module from the directory we happen to be in.
    return [sys.executable, "-P", "-m", _MODULE, str(descriptor), str(limits.memory_bytes), str(limits.idle_s)]


def _environment() -> dict[str, str]:
    passed = {name: os.environ[name] for name in _PASSED_ENVIRONMENT if name in os.environ}
    return {**passed, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
