"""Transcodes under way and finished: each is made once, and read by as many as want it while it grows."""

import asyncio
import os
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from typing import BinaryIO
from weakref import WeakValueDictionary

from sarau.foundation.errors import DomainError
from sarau.foundation.media.transcoding import Encoding, TranscodeFailed, Transcoder
from sarau.foundation.observability.logs import get_logger
from sarau.foundation.observability.metrics import transcodes as transcodes_counter
from sarau.foundation.observability.metrics import transcodes_running
from sarau.foundation.storage import StorageFull
from sarau.foundation.storage.files import FileCache
from sarau.streaming.errors import TooManyTranscodes

log = get_logger(__name__)

_RETRY_AFTER_S = 5.0


class Transcode:
    """One encoding being made: a file that grows.

    A piece from the middle is of no use to others, and stops with its last reader; a whole one is finished for the
    next, unless somebody else needs its place.
    """

    def __init__(self, path: Path, *, piece: bool = False, finished_bytes: int | None = None) -> None:
        self.path = path
        self.piece = piece
        self.written_bytes = finished_bytes or 0
        self.done = finished_bytes is not None
        self.failure: Exception | None = None
        self.readers = 0
        self.deserted = False
        self.stop = False
        self._grown = asyncio.Condition()

    async def note(self, written_bytes: int, *, done: bool = False, failure: Exception | None = None) -> None:
        """Tell readers that there is more, or no more to come."""
        async with self._grown:
            self.written_bytes, self.done, self.failure = written_bytes, done or failure is not None, failure
            self._grown.notify_all()

    async def first(self) -> None:
        """Wait for the first bytes; raises what made the work fail before there were any."""
        async with self._grown:
            await self._grown.wait_for(lambda: self.written_bytes or self.done)
        if not self.written_bytes and self.failure:
            raise self.failure

    async def after(self, position: int) -> bool:
        """Wait until there is more than so many bytes; False at the end."""
        async with self._grown:
            await self._grown.wait_for(lambda: self.written_bytes > position or self.done)
        return self.written_bytes > position


class Listening:
    """One reader of a transcode, from when it joins until it closes."""

    def __init__(self, transcode: Transcode) -> None:
        self._transcode = transcode
        self._file = transcode.path.open("rb", buffering=0)
        transcode.readers += 1
        transcode.deserted = False

    async def first(self) -> None:
        """Wait for the first bytes; raises what made the work fail before there were any."""
        await self._transcode.first()

    async def pieces(self, size: int) -> AsyncIterator[bytes]:
        """Yield what is there, wait for more, until the end; raises what made the work fail on the way."""
        position = 0
        while await self._transcode.after(position):
            # Just written, so it lies in memory: no need of a thread.
            piece = os.pread(self._file.fileno(), min(size, self._transcode.written_bytes - position), position)
            position += len(piece)
            yield piece
        if self._transcode.failure:
            raise self._transcode.failure  # what ends as if it were whole would be kept by players

    def close(self) -> None:
        """Leave, the last one for good or until somebody comes back."""
        self._file.close()
        self._transcode.readers -= 1
        if self._transcode.readers == 0:
            self._transcode.deserted = True
            self._transcode.stop = self._transcode.stop or self._transcode.piece


class Transcodes:
    """Makes transcodes, at most so many at a time; finished ones are kept in a bounded cache."""

    def __init__(self, transcoder: Transcoder, cache: FileCache, *, at_once: int, wait_s: float) -> None:
        self._transcoder = transcoder
        self._cache = cache
        self._wait_s = wait_s
        self._free = at_once
        self._freed = asyncio.Condition()
        self._running: dict[str, Transcode] = {}
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._tasks: set[asyncio.Task[None]] = set()

    def finished(self, key: str) -> Path | None:
        """Return the finished file of a key."""
        return self._cache.find(key)

    async def join(self, key: str, source: Path, encoding: Encoding) -> Listening:
        """Join the transcode of a key, starting it if need be; returns once its first bytes are there.

        Raises TooManyTranscodes, TranscodeFailed, StorageFull.
        """
        # Of those who want the same at once the first starts it, and the others find it.
        async with self._turns.setdefault(key, asyncio.Lock()):
            listening = self._known(key)
            if listening is None:
                listening = Listening(await self._start(key, source, encoding))
        try:
            await listening.first()
        except BaseException:
            listening.close()
            raise
        return listening

    def _known(self, key: str) -> Listening | None:
        """Listen to the transcode of a key that is under way, unless it is about to break off, or finished."""
        running = self._running.get(key)
        if running is not None and not running.stop and not running.failure:
            with suppress(FileNotFoundError):  # finished at this moment, and gone to its place
                return Listening(running)
        path = self._cache.find(key)
        if path is not None:
            with suppress(FileNotFoundError):  # dropped at this moment to make room
                return Listening(Transcode(path, finished_bytes=path.stat().st_size))
        return None

    async def _start(self, key: str, source: Path, encoding: Encoding) -> Transcode:
        await self._take_place()
        ready: asyncio.Future[Transcode] = asyncio.get_running_loop().create_future()
        task = asyncio.create_task(self._make(key, source, encoding, ready))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return await ready

    async def _take_place(self) -> None:
        async with self._freed:
            if self._free == 0:
                # Nobody listens to these any more: who waits now goes first.
                for transcode in self._running.values():
                    transcode.stop = transcode.stop or transcode.deserted
            try:
                async with asyncio.timeout(self._wait_s):
                    await self._freed.wait_for(lambda: self._free > 0)
            except TimeoutError:
                raise TooManyTranscodes(retry_after_s=_RETRY_AFTER_S) from None
            self._free -= 1
        transcodes_running.inc()

    async def _give_place(self) -> None:
        transcodes_running.dec()
        async with self._freed:
            self._free += 1
            self._freed.notify()

    async def _make(self, key: str, source: Path, encoding: Encoding, ready: asyncio.Future[Transcode]) -> None:
        outcome = "failed"
        transcode = None
        try:
            async with AsyncExitStack() as stack:
                entry = await stack.enter_async_context(self._cache.make(key))
                transcode = self._running[key] = Transcode(entry.path, piece=encoding.start_ms > 0)
                file = stack.enter_context(entry.path.open("wb", buffering=0))
                ready.set_result(transcode)
                await asyncio.to_thread(self._encode, transcode, source, encoding, file, asyncio.get_running_loop())
                outcome = "failed" if transcode.failure else ("stopped" if transcode.stop else "done")
                if outcome == "done" and not transcode.piece:
                    entry.keep()
        except Exception as error:
            if not ready.done():
                ready.set_exception(error)
            else:
                log.warning("a finished transcode could not be kept", error=str(error))
        finally:
            if self._running.get(key) is transcode:
                self._running.pop(key, None)
            transcodes_counter.labels(encoding.target.value, outcome).inc()
            await self._give_place()

    def _encode(
        self, transcode: Transcode, source: Path, encoding: Encoding, file: BinaryIO, loop: asyncio.AbstractEventLoop
    ) -> None:
        """Write the encoded pieces, in a thread; a failure is told to the readers."""
        written = 0

        def tell(**how: object) -> None:
            asyncio.run_coroutine_threadsafe(transcode.note(written, **how), loop).result()  # type: ignore[arg-type]

        pieces = self._transcoder.transcode(source, encoding)
        told_at = 0.0
        try:
            for piece in pieces:
                _write(file, piece)
                written += len(piece)
                if transcode.stop:
                    break
                # Telling costs a hop to the loop: the first piece at once, then a few times a second.
                if told_at == 0.0 or time.monotonic() - told_at > 0.02:
                    told_at = time.monotonic()
                    tell()
            tell(done=True)
        except (DomainError, OSError) as error:
            log.warning("a transcode failed", error=str(error), target=encoding.target.value)
            tell(failure=error if isinstance(error, DomainError) else TranscodeFailed(str(error)))
        finally:
            close = getattr(pieces, "close", None)
            if close is not None:
                close()

    async def close(self) -> None:
        """Stop everything under way."""
        for transcode in self._running.values():
            transcode.stop = True
        await asyncio.gather(*self._tasks, return_exceptions=True)


def _write(file: BinaryIO, piece: bytes) -> None:
    """Write all of a piece, which takes several steps when the disk is nearly full; raises StorageFull."""
    rest = memoryview(piece)
    try:
        while rest:
            rest = rest[file.write(rest) :]
    except OSError as error:
        raise StorageFull(f"The cache cannot be written: {error.strerror}.") from error
