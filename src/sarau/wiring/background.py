"""What goes on beside the requests: jobs, watching folders, tidying up."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import timedelta
from functools import partial

from sarau.accounts.sessions.commands import end_expired_sessions
from sarau.adapters.memory.cache import MemoryLock
from sarau.adapters.watchfiles.watcher import WatchfilesWatcher
from sarau.catalog.ingest.queries import last_scan
from sarau.catalog.ingest.watching import Watch
from sarau.catalog.library.commands.revisions import forget_tombstones
from sarau.catalog.library.commands.tracks import purge_bin
from sarau.catalog.library.queries.files import bytes_needed
from sarau.catalog.library.queries.libraries import library_roots
from sarau.foundation.observability.activity import prune_activity
from sarau.foundation.observability.logs import get_logger
from sarau.foundation.observability.metrics import scanned_files
from sarau.interfaces.common.house import MEASURE_JOB, SCAN_JOB, House
from sarau.kit.times import now
from sarau.playback.history.commands.mending import recount_albums
from sarau.playback.history.commands.noting import forget_silent
from sarau.playback.history.queries.miscounted import miscounted_albums
from sarau.search.following import Follower
from sarau.wiring.first_run import make_demo_if_wanted
from sarau.wiring.house import open_stores
from sarau.wiring.measuring import Measurements
from sarau.wiring.scans import ScanProcesses

log = get_logger(__name__)

_HOUR_S = 3600
_TOMBSTONES_STAND = timedelta(days=365)  # a device that was away for longer is told everything


class Chores:
    """The jobs of the house by name."""

    def __init__(self, home: House) -> None:
        self._home = home
        self._scans = ScanProcesses(MemoryLock())
        self.measurements = Measurements(home)

    def register(self) -> None:
        """Tell the jobs port what there is to do, and how often."""
        jobs, scanning = self._home.jobs, self._home.settings.scanning
        jobs.register(SCAN_JOB, self.scan, max_attempts=5)
        jobs.register(MEASURE_JOB, self.measurements.run, max_attempts=5)
        jobs.every(_HOUR_S, "house.tidy", self.tidy)
        if scanning.interval_s:
            jobs.every(scanning.interval_s, "catalog.ingest.scan_all", self.scan_all)

    async def scan(self, library_id: str, folders: Sequence[str]) -> None:
        """Scan a library; one that was removed meanwhile needs none."""
        async with self._home.database.reading() as reader:
            if library_id not in {root.id for root in await library_roots(reader)}:
                return
        try:
            async with self.measurements.paused():
                await self._scans.run(library_id, folders)
        finally:
            await self.measure()
        async with self._home.database.reading() as reader:
            done = await last_scan(reader, library_id)
        if done is not None:
            for outcome in ("seen", "added", "changed", "moved", "missing", "problems"):
                scanned_files.labels(outcome).inc(getattr(done.counts, outcome))

    async def measure(self) -> None:
        """Have files read whole that were not yet."""
        async with self._home.database.working() as work:
            await self._home.jobs.enqueue(work, MEASURE_JOB, unique="measure")

    async def scan_all(self) -> None:
        """Have all folders scanned."""
        async with self._home.database.working() as work:
            for root in await library_roots(work):
                await self._home.jobs.enqueue(
                    work, SCAN_JOB, unique=f"scan {root.id}", library_id=root.id, folders=[]
                )

    async def tidy(self) -> None:
        """Forget what is over: sessions, old activity, the bin, half-made files."""
        settings, database = self._home.settings, self._home.database
        async with database.working() as work:
            await end_expired_sessions(work)
            await prune_activity(work, now() - timedelta(days=settings.logs.activity_days))
        while True:
            async with database.working() as work:
                unneeded = await purge_bin(work, now() - timedelta(days=settings.uploads.bin_days))
            for sha256 in unneeded:
                await self._home.uploads.discard(sha256, partial(self._needed, sha256))
            if not unneeded:
                break
        async with database.working() as work:
            await forget_tombstones(work, now() - _TOMBSTONES_STAND)
        await self._tidy_plays()
        await self._home.resumable.tidy()
        await open_stores(settings).sweep()

    async def _tidy_plays(self) -> None:
        """Forget what no longer plays, and count albums anew whose tracks were filed elsewhere."""
        database = self._home.database
        async with database.working() as work:
            await forget_silent(work)
        async with database.reading() as reader:
            miscounted = await miscounted_albums(reader)
        if miscounted:
            async with database.working() as work:
                await recount_albums(work, miscounted)

    async def _needed(self, sha256: str) -> bool:
        async with self._home.database.reading() as reader:
            return await bytes_needed(reader, sha256)


@asynccontextmanager
async def at_work(home: House) -> AsyncIterator[None]:
    """Run everything that goes on beside the requests while the context is open."""
    chores = Chores(home)
    chores.register()
    await chores.scan_all()
    await chores.measure()
    running = [asyncio.create_task(home.jobs.run()), asyncio.create_task(make_demo_if_wanted(home))]
    running.append(asyncio.create_task(home.remote.run()))
    running.append(asyncio.create_task(Follower(home.database, home.search.words, home.search).run()))
    if home.settings.scanning.watch:
        watch = Watch(home.database, WatchfilesWatcher(), chores.scan)
        running.append(asyncio.create_task(watch.run()))
    async with AsyncExitStack() as stack:
        stack.push_async_callback(chores.measurements.close)
        for task in running:
            stack.push_async_callback(_end, task)
        yield


async def _end(task: "asyncio.Task[None]") -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
