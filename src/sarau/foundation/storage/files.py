"""The FileCache port: files that may be made again, bounded in size."""

from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Protocol


class CacheEntry(Protocol):
    """A file being made; invisible until kept."""

    path: Path

    def keep(self) -> None:
        """Make the file findable under its key when the context closes."""
        ...


class FileCache(Protocol):
    """Files by key on a local disk; the longest unused go first when the bound is passed."""

    def find(self, key: str) -> Path | None:
        """Return the file of a key and count it as used now."""
        ...

    def make(self, key: str) -> AbstractAsyncContextManager[CacheEntry]:
        """Make the file of a key; what is not kept when the context closes is gone."""
        ...
