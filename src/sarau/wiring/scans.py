"""Scans in processes of their own: their memory goes back to the system, and they disturb nobody."""

import asyncio
import json
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress

from sarau.adapters.mutagen.sandbox import TagReadingCrew
from sarau.catalog.ingest.errors import ScanRunning
from sarau.catalog.ingest.scanning import Tools, scan_library
from sarau.catalog.ingest.schemas import Scan, ScanCounts
from sarau.foundation.cache import Lock
from sarau.foundation.errors import Unavailable
from sarau.foundation.observability.metrics import scans_running
from sarau.foundation.settings.load import Settings
from sarau.wiring.house import covers_of, open_database, open_stores

_BUSY_EXIT_CODE = 75  # sysexits' EX_TEMPFAIL: somebody else scans this library


class ScanFailed(Unavailable):
    """The scanning process ended badly; the scan itself knows why."""

    code = "scan_failed"
    message = "The scan did not come to its end."


async def scan_here(
    settings: Settings, library_id: str, folders: Sequence[str], tell: Callable[[ScanCounts, str], None]
) -> Scan:
    """Scan a library in this process; raises ScanRunning, LibraryNotFound, FolderUnavailable."""
    workers = settings.scanning.workers or os.cpu_count() or 1
    with TagReadingCrew(workers) as crew:
        async with open_database(settings) as (database, _):
            tools = Tools(database, crew, covers_of(open_stores(settings)))
            return await scan_library(tools, library_id, [os.fsencode(folder) for folder in folders] or [b""], tell)


class ScanProcesses:
    """Starts scans as processes, one at a time for each library."""

    def __init__(self, lock: Lock) -> None:
        self._lock = lock

    async def run(self, library_id: str, folders: Sequence[str] = ()) -> None:
        """Scan a library, or some folders of it, to the end; raises ScanRunning, ScanFailed."""
        async with self._lock.hold(f"scan {library_id}", wait_s=24 * 3600):
            with scans_running.track_inprogress():
                await self._run(library_id, folders)

    async def _run(self, library_id: str, folders: Sequence[str]) -> None:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "sarau.wiring.scan_process", library_id, stdin=asyncio.subprocess.PIPE
        )
        if process.stdin is None:
            raise ScanFailed
        # The pipe stays open while we live: its end tells the process that we are gone.
        process.stdin.write(json.dumps(list(folders)).encode() + b"\n")
        try:
            code = await process.wait()
        finally:
            if process.returncode is None:
                with suppress(ProcessLookupError):
                    process.terminate()
                await process.wait()
        if code == _BUSY_EXIT_CODE:
            raise ScanRunning
        if code:
            raise ScanFailed(exit_code=code)


def exit_code_of(error: Exception) -> int:
    """Return what the process of a scan that failed ends with."""
    return _BUSY_EXIT_CODE if isinstance(error, ScanRunning) else 1
