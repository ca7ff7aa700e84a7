"""FileCache in a folder."""

import asyncio
import hashlib
import os
import secrets
import shutil
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

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
    """Files named by the digest of their key; their modification time tells when they were last used."""

    def __init__(self, root: Path, max_bytes: int) -> None:
        self._root = root
        self._drafts = root / "drafts"
        self._max_bytes = max_bytes
        self._bytes: int | None = None  # unknown until the first file is made

    def _path(self, key: str) -> Path:
        name = hashlib.sha256(key.encode()).hexdigest()
        return self._root / name[:2] / name

    def find(self, key: str) -> Path | None:
        """Return the file of a key and count it as used now."""
        path = self._path(key)
        try:
            os.utime(path)
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
            await asyncio.to_thread(self._drafts.mkdir, mode=0o700, parents=True, exist_ok=True)
            yield entry
            if entry.kept:
                await asyncio.to_thread(self._take_in, entry.path, self._path(key))
        except OSError as error:
            raise StorageFull(f"The cache cannot be written: {error.strerror}.") from error
        finally:
            entry.path.unlink(missing_ok=True)

    def _take_in(self, draft: Path, path: Path) -> None:
        size_bytes = draft.stat().st_size
        if size_bytes > self._max_bytes:
            return
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft.replace(path)
        self._bytes = self._measure() if self._bytes is None else self._bytes + size_bytes
        if self._bytes > self._max_bytes:
            self._shrink()

    def _files(self) -> list[tuple[float, int, Path]]:
        found = []
        for folder in self._root.iterdir():
            if folder == self._drafts or not folder.is_dir():
                continue
            for path in folder.iterdir():
                with suppress(FileNotFoundError):
                    status = path.stat()
                    found.append((status.st_mtime, status.st_size, path))
        return found

    def _measure(self) -> int:
        return sum(size for _, size, _ in self._files())

    def _shrink(self) -> None:
        """Drop the longest unused until a tenth of the room is free, so that this is rare."""
        files = sorted(self._files())
        self._bytes = sum(size for _, size, _ in files)
        for _, size, path in files:
            if self._bytes <= self._max_bytes * 9 // 10:
                break
            path.unlink(missing_ok=True)
            self._bytes -= size

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
        self._bytes = None
