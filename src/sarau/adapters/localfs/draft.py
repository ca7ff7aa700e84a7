"""Bytes arriving in a file of their own, hashed as they come."""

import asyncio
import fcntl
import hashlib
import os
import secrets
import threading
from pathlib import Path

from sarau.adapters.localfs.layout import FILE_MODE, Layout, full_disk_told
from sarau.foundation.storage import StoredBlob

_BUFFER_BYTES = 512 * 1024


class LocalDraft:
    """One file in `incoming`, locked while its process lives, so that others can tell it from a leftover.

    Hashing and writing happen in threads, one after another: a cancelled request may leave its thread behind, and the
    file must not be closed under it.
    """

    def __init__(self, layout: Layout) -> None:
        self.size_bytes = 0
        self._layout = layout
        self._place = layout.incoming / secrets.token_hex(16)
        self._hash = hashlib.sha256()
        self._waiting: list[bytes | memoryview] = []
        self._waiting_bytes = 0
        self._busy = threading.Lock()
        with full_disk_told():
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
            self._descriptor: int | None = os.open(self._place, flags, FILE_MODE)
        fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    @property
    def path(self) -> Path:
        """The file with all bytes written so far; after `keep` the one that holds them for good."""
        if self._waiting:
            self._flush()
        return self._place

    def sha256(self) -> str:
        """Return the digest of what has arrived so far."""
        self._flush()
        return self._hash.hexdigest()

    async def write(self, chunk: bytes | memoryview) -> None:
        """Add bytes; raises StorageFull, and then the draft is gone."""
        self._waiting.append(chunk)
        self._waiting_bytes += len(chunk)
        self.size_bytes += len(chunk)
        if self._waiting_bytes >= _BUFFER_BYTES:
            await asyncio.to_thread(self._flush)

    async def keep(self) -> StoredBlob:
        """Make the bytes permanent, on the disk itself and not only in the kernel's memory."""
        return await asyncio.to_thread(self._keep)

    def drop(self) -> None:
        """Delete what was not kept; blocking, and harmless when there is nothing to delete."""
        with self._busy:
            self._drop()

    def _flush(self) -> None:
        with self._busy:
            self._write_waiting()

    def _write_waiting(self) -> int:
        """Hash and write what waits; return the open file."""
        descriptor = self._descriptor
        if descriptor is None:
            raise ValueError("the draft is closed")
        chunks, self._waiting, self._waiting_bytes = self._waiting, [], 0
        data = chunks[0] if len(chunks) == 1 else b"".join(chunks)
        self._hash.update(data)
        rest = memoryview(data)
        try:
            with full_disk_told():
                while rest:
                    rest = rest[os.write(descriptor, rest) :]
        except BaseException:
            self._drop()
            raise
        return descriptor

    def _keep(self) -> StoredBlob:
        with self._busy:
            descriptor = self._write_waiting()
            sha256 = self._hash.hexdigest()
            try:
                with full_disk_told():
                    self._layout.settle_file(descriptor)
                    new = self._layout.move_in(self._place, sha256, self.size_bytes)
            finally:
                self._drop()
            self._place = self._layout.place(sha256)
            return StoredBlob(sha256, self.size_bytes, new)

    def _drop(self) -> None:
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is None:
            return
        try:
            self._place.unlink(missing_ok=True)
        finally:
            os.close(descriptor)
