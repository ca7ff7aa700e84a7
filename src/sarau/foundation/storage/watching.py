"""The FolderWatcher port: changes in folders as they happen."""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Protocol

from sarau.foundation.errors import Unavailable


class CannotWatch(Unavailable):
    """The system has no way, or no room left, to watch these folders."""

    code = "cannot_watch"
    message = "These folders cannot be watched: changes are seen at the next scan."


class FolderWatcher(Protocol):
    """Tells which paths changed; bursts are gathered."""

    def changes(self, folders: Sequence[Path]) -> AsyncIterator[set[Path]]:
        """Yield the paths that changed below some folders, until closed; raises CannotWatch."""
        ...
