"""After scans files are read whole: their hashes become known, and where in them which moment lies."""

import asyncio
import hashlib
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from tests.catalog.ingest.shelf import Shelf
from tests.support.music import album, later, same_again, tune

from sarau.adapters.soundfiles.measurer import ProcessMeasurer
from sarau.catalog.ingest.measuring import Measuring, MeasuringTools
from sarau.catalog.library.queries.files import file_by_hash
from sarau.catalog.library.queries.measures import known_index
from sarau.catalog.library.schemas import KnownIndex, Unmeasured
from sarau.foundation.media.seeking import Measure, SoundMeasurer, unpack


def place(file: Unmeasured) -> tuple[bytes | None, bytes]:
    return os.fsencode(file.root or "/nowhere"), file.path


class Counting:
    """Measures, and remembers what."""

    def __init__(self, measurer: SoundMeasurer) -> None:
        self._measurer = measurer
        self.asked: list[str] = []
        self.then = lambda: None

    async def measure(self, root: bytes | None, path: bytes) -> Measure:
        self.asked.append(os.fsdecode(path))
        found = await self._measurer.measure(root, path)
        self.then()
        return found


@pytest.fixture
async def measurer() -> AsyncIterator[Counting]:
    made = ProcessMeasurer()
    yield Counting(made)
    await made.close()


@pytest.fixture
def measuring(shelf: Shelf, measurer: Counting) -> Measuring:
    return Measuring(MeasuringTools(shelf.database, measurer, place))


def sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


async def index_of(shelf: Shelf, title: str) -> KnownIndex | None:
    ids = await shelf.ids()
    async with shelf.database.reading() as reader:
        return await known_index(reader, ids[title])


async def hashes(shelf: Shelf) -> dict[str, str | None]:
    return {title: (await shelf.file(track_id)).sha256 for title, track_id in (await shelf.ids()).items()}


async def test_hashes_and_moments_become_known(shelf: Shelf, measuring: Measuring, measurer: Counting) -> None:
    files = album(shelf.root / "Album", "Album", "Band", ["One", "Two"], seconds=3)
    await shelf.scan()
    assert set((await hashes(shelf)).values()) == {None}
    assert await measuring.run() == 2
    assert await hashes(shelf) == {"One": sha(files[0]), "Two": sha(files[1])}
    known = await index_of(shelf, "One")
    assert known is not None
    assert known.size_bytes == files[0].stat().st_size
    assert abs(unpack(known.packed).points[-1].time_ms - 3000) < 30
    async with shelf.database.reading() as reader:
        assert (await file_by_hash(reader, shelf.view, sha(files[1]))).name == files[1].name
    assert await measuring.run() == 0
    assert len(measurer.asked) == 2


async def test_a_changed_file_is_measured_again_and_others_are_not(
    shelf: Shelf, measuring: Measuring, measurer: Counting
) -> None:
    files = album(shelf.root / "Album", "Album", "Band", ["One", "Two"])
    await shelf.scan()
    await measuring.run()
    tune(files[0], hz=777, title="One")
    later(files[0])
    await shelf.scan()
    assert (await hashes(shelf))["One"] is None
    assert await measuring.run() == 1
    assert (await hashes(shelf))["One"] == sha(files[0])
    assert len(measurer.asked) == 3


async def test_a_file_that_changes_after_the_scan_waits_for_the_next(shelf: Shelf, measuring: Measuring) -> None:
    path = tune(shelf.root / "One.flac")
    await shelf.scan()
    tune(path, hz=888, title="One")
    later(path)
    await measuring.run()
    assert await hashes(shelf) == {"One": None}
    await shelf.scan()
    await measuring.run()
    assert await hashes(shelf) == {"One": sha(path)}


async def test_what_is_filed_anew_while_it_is_read_keeps_what_is_true(
    shelf: Shelf, measuring: Measuring, measurer: Counting
) -> None:
    path = tune(shelf.root / "One.flac")
    await shelf.scan()
    old = path.read_bytes()

    def change() -> None:
        path.write_bytes(old + bytes(100))
        later(path)

    measurer.then = change
    scanning = asyncio.create_task(measuring.run())
    await scanning
    await shelf.scan()
    measurer.then = lambda: None
    await measuring.run()
    assert await hashes(shelf) == {"One": sha(path)}


async def test_a_moved_file_and_a_new_cover_beside_need_no_second_reading(
    shelf: Shelf, measuring: Measuring, measurer: Counting
) -> None:
    path = tune(shelf.root / "Here" / "One.flac")
    await shelf.scan()
    await measuring.run()
    (shelf.root / "There").mkdir()
    path.rename(shelf.root / "There" / "One.flac")
    await shelf.scan()
    (shelf.root / "There" / "One.lrc").write_text("[00:00.00]La")
    await shelf.scan()
    assert await measuring.run() == 0
    assert await hashes(shelf) == {"One": sha(shelf.root / "There" / "One.flac")}
    assert len(measurer.asked) == 1


async def test_copies_have_the_same_hash(shelf: Shelf, measuring: Measuring) -> None:
    one = tune(shelf.root / "One.mp3", title="One")
    same_again(one, shelf.root / "copy" / "One.mp3")
    await shelf.scan()
    assert await measuring.run() == 2


async def test_one_that_cannot_be_read_does_not_stop_the_others(shelf: Shelf, measuring: Measuring) -> None:
    files = album(shelf.root / "Album", "Album", "Band", ["One", "Two", "Three"])
    await shelf.scan()
    files[1].unlink()
    assert await measuring.run() == 2
    assert (await hashes(shelf))["Two"] is None


async def test_after_it_was_cancelled_it_goes_on_with_the_rest(
    shelf: Shelf, measuring: Measuring, measurer: Counting
) -> None:
    album(shelf.root / "Album", "Album", "Band", [f"Song {n}" for n in range(12)])
    await shelf.scan()
    running = asyncio.create_task(measuring.run())
    measurer.then = lambda: running.cancel() if len(measurer.asked) == 5 else None
    with pytest.raises(asyncio.CancelledError):
        await running
    measurer.then = lambda: None
    await measuring.run()
    found = await hashes(shelf)
    assert None not in found.values()
    assert len(set(found.values())) == 12
