"""FileCache in a folder."""

import asyncio
import hashlib
import os
import secrets
import shutil
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path

from sarau.adapters.localfs.layout import full_disk_told
from sarau.foundation.storage import StorageFull

_STALE_S = 24 * 3600


class _Entry:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.kept = False

    def keep(self) -> None:
        """Make the file findable under its key when the context closes."""
        self.kept = True


class LocalFileCache:
    """Files named by the digest of their key; their access time tells when they were last used.

    Not their modification time: it is what tells listeners that a file is still the same.
    """

    def __init__(self, root: Path, max_bytes: int) -> None:
        self._root = root
        self._drafts = root / "drafts"
        self._max_bytes = max_bytes
        self._busy = threading.Lock()
        self._unwatched_bytes = 0  # what may be added before the folder, where others write too, is looked at again

    def _path(self, key: str) -> Path:
        name = hashlib.sha256(key.encode()).hexdigest()
        return self._root / name[:2] / name

    def find(self, key: str) -> Path | None:
        """Return the file of a key and count it as used now."""
        path = self._path(key)
        try:
            os.utime(path, ns=(time.time_ns(), path.stat().st_mtime_ns))
        except FileNotFoundError:
            return None
        except OSError:  # a disk turned read-only still serves
            return path if path.is_file() else None
        return path

    @asynccontextmanager
    async def make(self, key: str) -> AsyncIterator[_Entry]:
        """Make the file of a key; what is not kept when the context closes is gone. Raises StorageFull."""
        entry = _Entry(self._drafts / secrets.token_hex(16))
        try:
            with _trouble_told():
                await asyncio.to_thread(self._begin, entry.path)
            with full_disk_told():
                yield entry
            if entry.kept:
                with _trouble_told():
                    await asyncio.to_thread(self._take_in, entry.path, self._path(key))
        finally:
            with suppress(FileNotFoundError, NotADirectoryError):
                entry.path.unlink()

    def _begin(self, draft: Path) -> None:
        self._drafts.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft.touch(mode=0o600, exist_ok=False)

    def _take_in(self, draft: Path, path: Path) -> None:
        size_bytes = draft.stat().st_size
        if size_bytes > self._room_bytes:
            return
        _sync(draft)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft.replace(path)
        with self._busy:
            self._unwatched_bytes -= size_bytes
            if self._unwatched_bytes < 0:
                self._shrink()

    @property
    def _room_bytes(self) -> int:
        """What is kept when room was made: a tenth less than the bound, so that making room is rare."""
        return self._max_bytes * 9 // 10

    def _files(self) -> Iterator[tuple[float, int, Path]]:
        for folder in self._root.iterdir():
            if folder == self._drafts:
                continue
            with suppress(FileNotFoundError, NotADirectoryError):
                for path in folder.iterdir():
                    with suppress(FileNotFoundError):
                        status = path.stat()
                        yield status.st_atime, status.st_size, path

    def _shrink(self) -> None:
        """Drop the longest unused if the bound is passed."""
        files = sorted(self._files())
        total_bytes = sum(size for _, size, _ in files)
        if total_bytes > self._max_bytes:
            for _, size, path in files:
                if total_bytes <= self._room_bytes:
                    break
                path.unlink(missing_ok=True)
                total_bytes -= size
        self._unwatched_bytes = min(self._max_bytes - total_bytes, self._max_bytes // 20)

    def sweep(self) -> None:
        """Drop what a killed process left half made."""
        if self._drafts.is_dir():
            for draft in self._drafts.iterdir():
                with suppress(FileNotFoundError):
                    if draft.stat().st_mtime < time.time() - _STALE_S:
                        draft.unlink()

    def clear(self) -> None:
        """Drop everything."""
        shutil.rmtree(self._root, ignore_errors=True)


def _sync(draft: Path) -> None:
    """Have the bytes on the disk before they get their name: after a power cut half a song would stay for ever."""
    descriptor = os.open(draft, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _trouble_told() -> Iterator[None]:
    """Turn whatever keeps us from writing into StorageFull: nothing but the cache is missing then."""
    try:
        yield
    except OSError as error:
        raise StorageFull(f"The cache cannot be written: {error.strerror}.") from error
