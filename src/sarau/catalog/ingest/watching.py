"""Noticing changes in the folders of libraries as they happen."""

import asyncio
import os
from collections.abc import Awaitable, Callable, Sequence
from contextlib import aclosing
from pathlib import Path

from sarau.catalog.ingest.errors import ScanRunning
from sarau.catalog.library.queries.libraries import LibraryRoot, library_roots
from sarau.foundation.database.database import Database
from sarau.foundation.errors import DomainError
from sarau.foundation.observability.logs import get_logger
from sarau.foundation.storage.watching import CannotWatch, FolderWatcher

log = get_logger(__name__)

StartScan = Callable[[str, Sequence[str]], Awaitable[None]]
_MANY = 200  # more changed folders than this are found quicker by scanning everything


def folders_of(root: str, changed: set[Path]) -> list[str]:
    """Return the folders below a root that hold changed paths, without those inside others of them."""
    base = Path(root)
    inside = sorted({path.parent for path in changed if path.is_relative_to(base) and path != base})
    kept: list[Path] = []
    for folder in inside:
        if not kept or not folder.is_relative_to(kept[-1]):
            kept.append(folder)
    return ["" if folder == base else str(folder.relative_to(base)) for folder in kept]


class Watch:
    """Watches all libraries that are folders, and has what changed scanned."""

    def __init__(
        self, database: Database, watcher: FolderWatcher, start_scan: StartScan, *, again_after_s: float = 5
    ) -> None:
        self._database = database
        self._watcher = watcher
        self._start_scan = start_scan
        self._again_after_s = again_after_s  # while another process scans

    async def run(self) -> None:
        """Watch until cancelled; libraries added or removed meanwhile are noticed within seconds."""
        watching: dict[str, asyncio.Task[None]] = {}
        try:
            while True:
                async with self._database.reading() as reader:
                    roots = {root.id: root for root in await library_roots(reader)}
                for gone in watching.keys() - roots.keys():
                    watching.pop(gone).cancel()
                for library_id, root in roots.items():
                    if library_id not in watching:
                        watching[library_id] = asyncio.create_task(self._watch(root))
                await asyncio.sleep(5)
        finally:
            for task in watching.values():
                task.cancel()
            await asyncio.gather(*watching.values(), return_exceptions=True)

    async def _watch(self, root: LibraryRoot) -> None:
        while True:
            try:
                async with aclosing(self._watcher.changes([Path(root.path)])) as bursts:  # type: ignore[type-var]
                    async for changed in bursts:
                        await self._scan(root, changed)
            except CannotWatch as error:
                log.warning("a library cannot be watched", library=root.name, reason=error.text)
            await asyncio.sleep(60)

    async def _scan(self, root: LibraryRoot, changed: set[Path]) -> None:
        folders = folders_of(root.path, changed)
        if not folders:
            return None
        if len(folders) > _MANY or not os.path.isdir(root.path):
            folders = [""]
        while True:
            try:
                return await self._start_scan(root.id, folders)
            except ScanRunning:
                await asyncio.sleep(self._again_after_s)  # that scan may have passed these folders already
            except DomainError as error:
                log.warning("changes could not be scanned", library=root.name, reason=error.text)
                return None
