"""Reading files whole after scans: their hashes, and where in them which moment lies."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import NamedTuple

from sarau.catalog.library.commands.measures import note_measured
from sarau.catalog.library.queries.measures import without_hash, without_index
from sarau.catalog.library.schemas import LibraryKind, Measured, Unmeasured
from sarau.foundation.database.database import Database
from sarau.foundation.database.reader import Reader
from sarau.foundation.media.seeking import SoundMeasurer, Unmeasurable, pack
from sarau.foundation.observability.logs import get_logger

log = get_logger(__name__)

FIRST = "0" * 16  # comes before every id
_AT_ONCE = 200
_NOTED_EVERY_S = 2.0
_BREATH_S = 2.0  # after many files none of which was there, as when a disk is not mounted: there may be a million

Ask = Callable[[Reader, str, int], Awaitable[list[Unmeasured]]]
Place = Callable[[Unmeasured], tuple[bytes | None, bytes] | None]


class MeasuringTools(NamedTuple):
    """What measuring works with; `place` tells the folder and the path of a file, None if it is gone."""

    database: Database
    measurer: SoundMeasurer
    place: Place


class Measuring:
    """Measures what was not measured yet; what it kept stays when it is cancelled at any moment."""

    def __init__(self, tools: MeasuringTools) -> None:
        self._tools = tools
        self._last_upload = FIRST

    async def run(self) -> int:
        """Measure everything that is to be measured now; return how many files were."""
        done = await self._pass(without_hash, FIRST)
        # Ids rise: behind the last one come the uploads that are new.
        return done + await self._pass(without_index, self._last_upload, uploads=True)

    async def _pass(self, ask: Ask, after: str, *, uploads: bool = False) -> int:
        done = 0
        while True:
            async with self._tools.database.reading() as reader:
                some = await ask(reader, after, _AT_ONCE)
            done += await self._measure(some)
            if not some:
                return done
            after = some[-1].track_id
            if uploads:
                self._last_upload = after

    async def _measure(self, files: list[Unmeasured]) -> int:
        kept = 0
        waiting: list[Measured] = []
        since = time.monotonic()
        places = await asyncio.to_thread(lambda: [self._tools.place(file) for file in files])
        there = [(file, place) for file, place in zip(files, places, strict=True) if place is not None]
        if len(files) == _AT_ONCE and not there:
            await asyncio.sleep(_BREATH_S)
        for file, place in there:
            measured = await self._one(file, *place)
            if measured is not None:
                waiting.append(measured)
            if waiting and time.monotonic() - since > _NOTED_EVERY_S:
                kept += await self._keep(waiting)
                waiting, since = [], time.monotonic()
        return kept + (await self._keep(waiting) if waiting else 0)

    async def _one(self, file: Unmeasured, root: bytes | None, path: bytes) -> Measured | None:
        try:
            found = await self._tools.measurer.measure(root, path)
        except (Unmeasurable, OSError) as error:
            log.warning("a file cannot be measured", track_id=file.track_id, reason=str(error))
            return None
        if file.kind is LibraryKind.UPLOADS and found.sha256 != file.sha256:
            log.error("an upload is damaged", track_id=file.track_id, sha256=file.sha256)
            return None
        mtime_ns = file.mtime_ns if file.kind is LibraryKind.UPLOADS else found.mtime_ns
        return Measured(file.track_id, found.sha256, found.size_bytes, mtime_ns, pack(found.moments))

    async def _keep(self, measured: list[Measured]) -> int:
        async with self._tools.database.working() as work:
            await note_measured(work, measured)
        return len(measured)
