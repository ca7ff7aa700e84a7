"""The BlobStore port: bytes addressed by the SHA-256 of their content."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import NamedTuple, Protocol

from sarau.foundation.errors import NotFound, Unavailable


class BlobMissing(NotFound):
    """No bytes are stored under this digest."""

    code = "blob_missing"
    message = "The stored bytes are missing."


class StorageFull(Unavailable):
    """The disk is full."""

    code = "storage_full"
    message = "The server's storage is full."


class StoredBlob(NamedTuple):
    """What putting bytes away gave."""

    sha256: str
    size_bytes: int
    new: bool


class BlobDraft(Protocol):
    """Bytes arriving: hashed as they come, invisible until kept, gone if not."""

    size_bytes: int

    async def write(self, chunk: bytes | memoryview) -> None:
        """Add bytes; raises StorageFull."""
        ...

    @property
    def path(self) -> Path | None:
        """Where the bytes lie while they arrive, if that is a local file."""
        ...

    def sha256(self) -> str:
        """Return the digest of what has arrived so far."""
        ...

    async def keep(self) -> StoredBlob:
        """Make the bytes permanent; the same bytes are stored once. Raises StorageFull."""
        ...


class BlobStore(Protocol):
    """Keeps bytes under their digest."""

    def draft(self) -> AbstractAsyncContextManager[BlobDraft]:
        """Take in new bytes; what is not kept when the context closes is gone."""
        ...

    async def exists(self, sha256: str) -> bool:
        """Tell whether bytes are stored under a digest."""
        ...

    async def size_bytes(self, sha256: str) -> int:
        """Return the size; raises BlobMissing."""
        ...

    def read(self, sha256: str, start: int = 0, stop: int | None = None) -> AsyncIterator[bytes]:
        """Return the bytes from start to stop in pieces; raises BlobMissing at the first."""
        ...

    def local_path(self, sha256: str) -> Path | None:
        """Return the file that holds the bytes where the store is a local disk, else None."""
        ...

    async def delete(self, sha256: str) -> bool:
        """Delete and tell whether there was something."""
        ...

    async def free_bytes(self) -> int | None:
        """Return how much still fits, or None where nobody knows."""
        ...
