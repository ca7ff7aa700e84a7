"""When files are read whole: after scans, never during one."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from sarau.adapters.soundfiles.measurer import ProcessMeasurer
from sarau.catalog.ingest.measuring import Measuring, MeasuringTools
from sarau.catalog.library.schemas import LibraryKind, Unmeasured
from sarau.foundation.observability.logs import get_logger
from sarau.interfaces.common.house import House

log = get_logger(__name__)

_NICENESS = 10


class Measurements:
    """Measures one file at a time; a scan interrupts it, for it goes on where it was as soon as nobody scans."""

    def __init__(self, home: House) -> None:
        self._home = home
        self._measurer = ProcessMeasurer(niceness=_NICENESS)
        self._measuring = Measuring(MeasuringTools(home.database, self._measurer, self._place))
        self._scans = 0
        self._task: asyncio.Task[int] | None = None
        self._again = False

    async def run(self) -> None:
        """Measure what is to be measured, unless somebody scans: then it is asked for again when that is over."""
        if self._task is not None:
            self._again = True  # what runs may have passed what is new
            return
        self._again = True
        try:
            while self._again and not self._scans:
                self._again = False
                self._task = asyncio.create_task(self._measuring.run())
                await self._finished(self._task)
        finally:
            self._task = None
            await self._measurer.close()

    @asynccontextmanager
    async def paused(self) -> AsyncIterator[None]:
        """Measure nothing while the context is open."""
        self._scans += 1
        try:
            if self._task is not None:
                await _end(self._task)
            yield
        finally:
            self._scans -= 1

    async def close(self) -> None:
        """End it, whatever it is doing."""
        if self._task is not None:
            await _end(self._task)
        await self._measurer.close()

    async def _finished(self, task: "asyncio.Task[int]") -> None:
        try:
            done = await asyncio.shield(task)
        except asyncio.CancelledError:
            if self._scans and task.cancelled():
                return
            await _end(task)
            raise
        if done:
            log.info("files were measured", files=done)

    def _place(self, file: Unmeasured) -> tuple[bytes | None, bytes] | None:
        if file.kind is LibraryKind.UPLOADS:
            path: Path | None = self._home.blobs.local_path(file.sha256 or "")
            return None if path is None else (None, os.fsencode(path))
        return os.fsencode(file.root or "/nowhere"), file.path


async def _end(task: "asyncio.Task[int]") -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
