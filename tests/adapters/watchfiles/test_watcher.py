"""Changes in folders are told as they happen, by the system's own notifications."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing
from pathlib import Path

import pytest

from sarau.adapters.watchfiles.watcher import WatchfilesWatcher
from sarau.foundation.storage.watching import CannotWatch

PATIENCE_S = 30


class Watched:
    """Folders under watch, and what was told of them so far."""

    def __init__(self, *folders: Path) -> None:
        self.folders = folders
        self.told: set[Path] = set()
        self._changed = asyncio.Condition()

    async def watch(self) -> None:
        async with aclosing(WatchfilesWatcher().changes(self.folders)) as bursts:  # type: ignore[type-var]
            async for burst in bursts:
                async with self._changed:
                    self.told |= burst
                    self._changed.notify_all()

    async def until_told(self, *paths: Path) -> None:
        async with asyncio.timeout(PATIENCE_S), self._changed:
            await self._changed.wait_for(lambda: set(paths) <= self.told)

    async def begin(self) -> None:
        """Wait until changes are noticed: the first are made before the watching has begun."""
        sign = self.folders[0] / "sign"
        async with asyncio.timeout(PATIENCE_S):
            while sign not in self.told:
                sign.touch()
                await asyncio.sleep(0.05)
        self.told.clear()


@pytest.fixture
async def watched(tmp_path: Path) -> AsyncIterator[Watched]:
    """Two folders under watch, with an album in the first."""
    one, two = tmp_path / "one", tmp_path / "two"
    (one / "album").mkdir(parents=True)
    (one / "album" / "song").write_bytes(b"a song")
    two.mkdir()
    watched = Watched(one, two)
    task = asyncio.create_task(watched.watch())
    await watched.begin()
    yield watched
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert task.cancelled()


async def test_everything_that_happens_to_files_and_folders_is_told(watched: Watched) -> None:
    one, two = watched.folders
    (one / "new").write_bytes(b"x")
    (one / "album" / "song").write_bytes(b"another song")
    (two / "é\n🎵").write_bytes(b"x")
    await watched.until_told(one / "new", one / "album" / "song", two / "é\n🎵")

    watched.told.clear()
    (one / "album" / "song").rename(two / "moved")
    (one / "new").unlink()
    await watched.until_told(one / "album" / "song", two / "moved", one / "new")

    watched.told.clear()
    (one / "album").rename(one / "renamed")
    await watched.until_told(one / "album", one / "renamed")


async def test_a_new_folder_is_watched_too(watched: Watched) -> None:
    one, _ = watched.folders
    (one / "artist" / "album").mkdir(parents=True)
    await watched.until_told(one / "artist")
    (one / "artist" / "album" / "song").write_bytes(b"x")
    await watched.until_told(one / "artist" / "album" / "song")

    watched.told.clear()
    (one / "artist" / "album" / "song").unlink()
    await watched.until_told(one / "artist" / "album" / "song")


async def test_what_happens_elsewhere_is_not_told(watched: Watched) -> None:
    one, _ = watched.folders
    (one.parent / "elsewhere").write_bytes(b"x")
    (one / "here").write_bytes(b"x")
    await watched.until_told(one / "here")

    assert all(path.is_relative_to(one) for path in watched.told)


@pytest.mark.parametrize("folder", ["nowhere", "one/nowhere", "file/x"])
async def test_a_folder_that_is_not_there_cannot_be_watched(tmp_path: Path, folder: str) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "file").write_bytes(b"x")

    with pytest.raises(CannotWatch, match=folder):
        await anext(WatchfilesWatcher().changes([tmp_path / "one", tmp_path / folder]))


async def test_watching_ends_at_once_when_nobody_wants_it_any_more(tmp_path: Path) -> None:
    def inotify_descriptors() -> int:
        links = Path("/proc/self/fd").iterdir()
        return sum("inotify" in str(link.readlink()) for link in links if link.is_symlink())

    before = inotify_descriptors()
    watched = Watched(tmp_path)
    task = asyncio.create_task(watched.watch())
    await watched.begin()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)

    async with asyncio.timeout(PATIENCE_S):
        while inotify_descriptors() > before:  # noqa: ASYNC110, the system does not tell when it closed one
            await asyncio.sleep(0.01)
    assert task.cancelled()
