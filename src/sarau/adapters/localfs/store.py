"""The BlobStore port in a directory."""

import asyncio
import fcntl
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from sarau.adapters.localfs.draft import LocalDraft
from sarau.adapters.localfs.layout import Layout
from sarau.foundation.storage import BlobMissing

_PIECE_BYTES = 256 * 1024
_LEFTOVER_AFTER_S = 3600


class LocalBlobStore:
    """Keeps bytes as files in one directory, which several processes may share."""

    def __init__(self, root: Path, *, sync: bool = True) -> None:
        """Without `sync` a power cut may take the newest bytes: for what can be had again."""
        self._layout = Layout(root, sync=sync)

    @asynccontextmanager
    async def draft(self) -> AsyncIterator[LocalDraft]:
        """Take in new bytes; what is not kept when the context closes is gone. Raises StorageFull."""
        draft = await asyncio.to_thread(LocalDraft, self._layout)
        try:
            yield draft
        finally:
            # A second cancellation must not keep the file from being deleted.
            await asyncio.shield(asyncio.to_thread(draft.drop))

    async def exists(self, sha256: str) -> bool:
        """Tell whether bytes are stored under a digest."""
        return self.local_path(sha256) is not None

    async def size_bytes(self, sha256: str) -> int:
        """Return the size; raises BlobMissing."""
        path = self._layout.place(sha256)
        try:
            return (await asyncio.to_thread(path.stat)).st_size
        except FileNotFoundError:
            raise BlobMissing from None

    async def read(self, sha256: str, start: int = 0, stop: int | None = None) -> AsyncIterator[bytes]:
        """Return the bytes from start to stop, or to the end, in pieces; raises BlobMissing at the first."""
        path = self._layout.place(sha256)
        try:
            descriptor = await asyncio.to_thread(os.open, path, os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            raise BlobMissing from None
        try:
            while stop is None or start < stop:
                wanted = _PIECE_BYTES if stop is None else min(_PIECE_BYTES, stop - start)
                piece = await asyncio.to_thread(os.pread, descriptor, wanted, start)
                if not piece:
                    return
                start += len(piece)
                yield piece
        finally:
            os.close(descriptor)

    def local_path(self, sha256: str) -> Path | None:
        """Return the file that holds the bytes, None when there is none."""
        try:
            path = self._layout.place(sha256)
        except BlobMissing:
            return None
        return path if path.is_file() else None

    async def delete(self, sha256: str) -> bool:
        """Delete and tell whether there was something."""
        path = self.local_path(sha256)
        if path is None:
            return False
        try:
            await asyncio.to_thread(path.unlink)
        except FileNotFoundError:
            return False
        return True

    async def free_bytes(self) -> int:
        """Return how much still fits for this user."""
        disk = await asyncio.to_thread(os.statvfs, self._layout.root)
        return disk.f_bavail * disk.f_frsize

    async def sweep(self, older_than_s: float = _LEFTOVER_AFTER_S) -> int:
        """Delete what processes that died left in `incoming`; return how many files. Drafts in use stay."""
        return await asyncio.to_thread(self._sweep, time.time() - older_than_s)

    def _sweep(self, before: float) -> int:
        swept = 0
        for leftover in self._layout.incoming.iterdir():
            with suppress(FileNotFoundError, BlockingIOError):
                if leftover.is_file() and leftover.stat().st_mtime <= before:
                    _delete_unlocked(leftover)
                    swept += 1
        return swept


def _delete_unlocked(leftover: Path) -> None:
    """Delete a draft unless a living process holds it; raises BlockingIOError then."""
    descriptor = os.open(leftover, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        leftover.unlink()
    finally:
        os.close(descriptor)
