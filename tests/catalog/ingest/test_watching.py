"""Changes in folders become scans of just these folders, now or when nobody else is scanning."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from tests.catalog.ingest.shelf import Shelf
from tests.support.music import tune

from sarau.adapters.watchfiles.watcher import WatchfilesWatcher
from sarau.catalog.ingest.commands import finish_scan, start_scan
from sarau.catalog.ingest.errors import ScanRunning
from sarau.catalog.ingest.schemas import Scan, ScanCounts, ScanState
from sarau.catalog.ingest.watching import Watch, folders_of

PATIENCE_S = 30
PARTS = st.sampled_from(["a", "b", "a-b", "a b", "é", "song.flac"])
ROOT = "/srv/music"
PATHS = st.lists(PARTS, max_size=4).map(lambda parts: Path(ROOT, *parts))
ELSEWHERE = st.sampled_from([Path("/srv/music-2/a"), Path("/srv"), Path("/etc/passwd")])


@given(st.sets(PATHS | ELSEWHERE, max_size=8))
def test_every_change_is_in_just_one_of_the_folders(changed: set[Path]) -> None:
    folders = [Path(ROOT, folder) for folder in folders_of(ROOT, changed)]
    inside = [path for path in changed if path.is_relative_to(ROOT) and path != Path(ROOT)]
    for path in inside:
        assert sum(path.is_relative_to(folder) for folder in folders) == 1
    for folder in folders:
        assert any(path.parent == folder for path in inside)


class Watcher:
    """The watch over a shelf, and what it had scanned."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.refused = asyncio.Event()
        self._scans: asyncio.Queue[Sequence[str]] = asyncio.Queue()

    async def start(self, library_id: str, folders: Sequence[str]) -> None:
        assert library_id == self.shelf.id
        try:
            await self.shelf.scan(*folders)
        except ScanRunning:
            self.refused.set()
            raise
        await self._scans.put(folders)

    async def until_heard(self, *titles: str) -> None:
        """Wait until just these titles are to be heard."""
        async with asyncio.timeout(PATIENCE_S):
            while set(await self.shelf.ids()) != set(titles):
                await self._next()

    async def until_folders(self, *paths: str) -> None:
        """Wait until these are all the folders."""
        async with asyncio.timeout(PATIENCE_S):
            while await self.shelf.tree() != list(paths):
                await self._next()

    async def _next(self) -> None:
        await self._scans.get()


@asynccontextmanager
async def watching(shelf: Shelf) -> AsyncIterator[Watcher]:
    """Watch a shelf from the moment on when changes are noticed."""
    watcher = Watcher(shelf)
    task = asyncio.create_task(Watch(shelf.database, WatchfilesWatcher(), watcher.start, again_after_s=0.1).run())
    sign = tune(shelf.root / "sign" / "sign.flac", title="Sign")
    async with asyncio.timeout(PATIENCE_S):
        while "Sign" not in await shelf.ids():
            sign.touch()
            await asyncio.sleep(0.2)
    yield watcher
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_only_folders_that_changed_are_scanned(shelf: Shelf, tmp_path: Path) -> None:
    tune(shelf.root / "still" / "song.flac", title="Still")
    outside = tmp_path / "outside"
    outside.mkdir()
    await shelf.scan()
    (shelf.root / "link").symlink_to(outside)
    (shelf.root / ".hidden").mkdir()
    async with watching(shelf) as watcher:
        ids = await shelf.ids()
        tune(outside / "outside.flac", title="Outside")
        tune(shelf.root / ".hidden" / "hidden.flac", title="Hidden")
        (shelf.root / "still" / "song.flac").rename(shelf.root / "sign" / "renamed.flac")
        tune(shelf.root / "new" / "deep" / "song.flac", title="New")
        await watcher.until_heard("Sign", "Still", "New")
        assert (await shelf.ids())["Still"] == ids["Still"]
        assert (await shelf.file(ids["Still"])).path == b"sign/renamed.flac"
        (shelf.root / "new").rename(shelf.root / "moved")
        (shelf.root / "sign" / "sign.flac").unlink()
        await watcher.until_folders("moved", "moved/deep", "sign")
        await watcher.until_heard("Still", "New")


async def _another_scan(shelf: Shelf) -> Scan:
    """Begin a scan as another process would, once none is running."""
    while True:
        try:
            async with shelf.database.working() as work:
                return await start_scan(work, shelf.id, 1)
        except ScanRunning:
            await asyncio.sleep(0.05)


async def test_changes_during_the_scan_of_another_process_are_not_forgotten(shelf: Shelf) -> None:
    async with watching(shelf) as watcher:
        other = await _another_scan(shelf)
        tune(shelf.root / "new.flac", title="New")
        async with asyncio.timeout(PATIENCE_S):
            await watcher.refused.wait()
        assert set(await shelf.ids()) == {"Sign"}
        async with shelf.database.working() as work:
            await finish_scan(work, other, ScanState.DONE, ScanCounts())
        await watcher.until_heard("Sign", "New")
