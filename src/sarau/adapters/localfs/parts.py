"""The PartStore port in a directory."""

import asyncio
import fcntl
import os
import re
import time
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from sarau.adapters.localfs.layout import FILE_MODE, full_disk_told
from sarau.foundation.storage.parts import PartsBusy

_PIECE_BYTES = 1 << 20
_YOUNG_S = 3600
_NAME = re.compile(r"[0-9a-z]{1,64}", re.ASCII)


class LocalParts:
    """One file, locked while it is held."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self.size_bytes = os.fstat(descriptor).st_size

    async def append(self, data: bytes) -> None:
        """Add bytes at the end; raises StorageFull, and then the bytes are not there."""
        writing = asyncio.ensure_future(asyncio.to_thread(self._append, data))
        try:
            await asyncio.shield(writing)
        except asyncio.CancelledError:
            while not writing.done():  # the file is closed right after, and not under who writes
                with suppress(asyncio.CancelledError):
                    await asyncio.wait([writing])
            raise

    def _append(self, data: bytes) -> None:
        rest, at = memoryview(data), self.size_bytes
        try:
            with full_disk_told():
                while rest:
                    written = os.pwrite(self._descriptor, rest, at)
                    rest, at = rest[written:], at + written
        except BaseException:
            os.ftruncate(self._descriptor, self.size_bytes)
            raise
        self.size_bytes = at

    async def read(self) -> AsyncIterator[bytes]:
        """Return all bytes in pieces."""
        at = 0
        while piece := await asyncio.to_thread(os.pread, self._descriptor, _PIECE_BYTES, at):
            at += len(piece)
            yield piece


class LocalPartStore:
    """Keeps files in the making in one directory, which several processes may share."""

    def __init__(self, root: Path) -> None:
        self._root = root
        with full_disk_told():
            root.mkdir(mode=0o700, parents=True, exist_ok=True)

    def _place(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise ValueError(f"{name!r} is no name of a file in the making")
        return self._root / name

    @asynccontextmanager
    async def opened(self, name: str) -> AsyncIterator[LocalParts]:
        """Hold a file, made if need be, while the context is open; raises PartsBusy, StorageFull."""
        place = self._place(name)
        with full_disk_told():
            descriptor = os.open(place, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, FILE_MODE)
        try:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise PartsBusy from None
            yield LocalParts(descriptor)
        finally:
            os.close(descriptor)

    async def size_bytes(self, name: str) -> int:
        """Return how many bytes of a file are there, 0 for none."""
        try:
            return self._place(name).stat().st_size
        except FileNotFoundError:
            return 0

    async def delete(self, name: str) -> None:
        """Delete a file, if there is one."""
        self._place(name).unlink(missing_ok=True)

    async def sweep(self, wanted: Collection[str]) -> int:
        """Delete the files that are not wanted, unless they are an hour young or held; return how many."""
        return await asyncio.to_thread(self._sweep, wanted, time.time() - _YOUNG_S)

    def _sweep(self, wanted: Collection[str], before: float) -> int:
        swept = 0
        for leftover in self._root.iterdir():
            with suppress(FileNotFoundError, BlockingIOError):
                if leftover.name not in wanted and leftover.stat().st_mtime <= before:
                    descriptor = os.open(leftover, os.O_RDONLY | os.O_CLOEXEC)
                    try:
                        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                        leftover.unlink()
                        swept += 1
                    finally:
                        os.close(descriptor)
        return swept
