"""Folder watching through the watchfiles library (inotify on Linux)."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from pathlib import Path

from sarau.foundation.storage.watching import CannotWatch

_GATHER_MS = 1_600
_STEP_MS = 400


class WatchfilesWatcher:
    """Gathers changes until nothing more came for a moment."""

    async def changes(self, folders: Sequence[Path]) -> AsyncIterator[set[Path]]:
        """Yield the paths that changed below some folders, until closed; raises CannotWatch."""
        from watchfiles import awatch

        for folder in folders:
            if not folder.is_dir():  # the library passes over what is not there
                raise CannotWatch(f"These folders cannot be watched: {folder} is not there.")
        stop = asyncio.Event()
        bursts = awatch(
            *folders,
            watch_filter=None,
            debounce=_GATHER_MS,
            step=_STEP_MS,
            stop_event=stop,
            recursive=True,
            ignore_permission_denied=True,
        )
        try:
            async with aclosing(bursts):
                async for burst in bursts:
                    yield {Path(path) for _, path in burst}
        except (OSError, RuntimeError) as error:
            raise CannotWatch(f"These folders cannot be watched: {error}.") from error
        finally:
            stop.set()
