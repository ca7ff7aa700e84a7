"""The PartStore port: files that arrive in parts, over days and restarts."""

from collections.abc import AsyncIterator, Collection
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from sarau.foundation.errors import Conflict


class PartsBusy(Conflict):
    """Somebody else adds to the same file at this moment."""

    code = "parts_busy"
    message = "Parts of this file are being received already."


class Parts(Protocol):
    """A file in the making, held by one at a time."""

    size_bytes: int

    async def append(self, data: bytes) -> None:
        """Add bytes at the end; raises StorageFull."""
        ...

    def read(self) -> AsyncIterator[bytes]:
        """Return all bytes in pieces."""
        ...


class PartStore(Protocol):
    """Keeps files in the making by name; what was added stays when a process dies."""

    def opened(self, name: str) -> AbstractAsyncContextManager[Parts]:
        """Hold a file, made if need be, while the context is open; raises PartsBusy."""
        ...

    async def size_bytes(self, name: str) -> int:
        """Return how many bytes of a file are there, 0 for none."""
        ...

    async def delete(self, name: str) -> None:
        """Delete a file, if there is one."""
        ...

    async def sweep(self, wanted: Collection[str]) -> int:
        """Delete the files that are not wanted, unless they are an hour young or held; return how many."""
        ...
