"""Files that are gone are marked, and come back as what they were; a disk that is not mounted loses nothing."""

import shutil
from pathlib import Path

import pytest
from tests.catalog.ingest.shelf import Shelf
from tests.support.music import album, everything_in, later, tune
from tests.support.sound_tags import write_tags

from sarau.catalog.ingest.errors import FolderUnavailable


async def test_a_missing_file_is_marked_and_comes_back_as_it_was(shelf: Shelf, tmp_path: Path) -> None:
    one, two, _ = album(shelf.root / "Album", "Album", "Artist", ["One", "Two", "Three"])
    await shelf.scan()
    before = await shelf.ids()
    one.rename(tmp_path / "one")
    two.rename(tmp_path / "two")
    assert (await shelf.scan()).counts.missing == 2
    assert set(await shelf.ids()) == {"Three"}
    assert {track.title: track.path for track in await shelf.missing()} == {
        "One": "Album/01 One.flac",
        "Two": "Album/02 Two.flac",
    }
    since = {track.missing_since for track in await shelf.missing()}
    counts = (await shelf.scan()).counts
    assert (counts.missing, counts.total) == (0, 1)
    assert {track.missing_since for track in await shelf.missing()} == since
    (tmp_path / "one").rename(one)
    counts = (await shelf.scan()).counts
    assert (counts.seen, counts.added, counts.changed) == (2, 0, 0)
    assert await shelf.ids() == {name: before[name] for name in ("One", "Three")}
    (tmp_path / "two").rename(two)
    write_tags(two, title="Two, retagged meanwhile")
    later(two)
    await shelf.scan()
    assert await shelf.ids() == {
        "One": before["One"],
        "Two, retagged meanwhile": before["Two"],
        "Three": before["Three"],
    }
    assert await shelf.missing() == []


async def test_a_folder_that_is_gone_takes_all_in_it_along_and_brings_it_back(shelf: Shelf, tmp_path: Path) -> None:
    album(shelf.root / "a" / "deep" / "er", "Album", "Artist", ["One"])
    tune(shelf.root / "b" / "other.flac", title="Other")
    await shelf.scan()
    before = await shelf.ids()
    (shelf.root / "a").rename(tmp_path / "a")
    assert (await shelf.scan("a")).counts.missing == 1
    assert set(await shelf.ids()) == {"Other"}
    assert await shelf.tree() == ["a", "a/deep", "a/deep/er", "b"]  # where what is missing belongs
    (tmp_path / "a").rename(shelf.root / "a")
    assert (await shelf.scan()).counts.added == 0
    assert await shelf.ids() == before
    shutil.rmtree(shelf.root / "b")
    tune(shelf.root / "c" / "third.flac", title="Third")
    await shelf.scan()
    assert await shelf.tree() == ["a", "a/deep", "a/deep/er", "b", "c"]


async def test_an_empty_folder_that_held_nothing_missing_is_forgotten(shelf: Shelf) -> None:
    path = tune(shelf.root / "old" / "song.flac", title="Song")
    await shelf.scan()
    (shelf.root / "new").mkdir()
    path.rename(shelf.root / "new" / "song.flac")
    await shelf.scan()
    assert await shelf.tree() == ["new"]
    path.parent.rmdir()
    await shelf.scan()
    assert await shelf.tree() == ["new"]


@pytest.mark.parametrize("folders", [(), ("Album",), ("Album", "Other")])
@pytest.mark.parametrize("how", ["gone", "an empty mount point", "a file"])
async def test_a_root_that_cannot_be_reached_marks_nothing_as_missing(
    shelf: Shelf, tmp_path: Path, folders: tuple[str, ...], how: str
) -> None:
    album(shelf.root / "Album", "Album", "Artist", ["One", "Two"])
    tune(shelf.root / "Other" / "song.flac", title="Song")
    await shelf.scan()
    before = await shelf.places()
    shelf.root.rename(tmp_path / "unmounted")
    if how == "an empty mount point":
        shelf.root.mkdir()
    elif how == "a file":
        shelf.root.write_bytes(b"")
    with pytest.raises(FolderUnavailable, match="music"):
        await shelf.scan(*folders)
    assert await shelf.places() == before
    assert await shelf.missing() == []
    if shelf.root.is_dir():
        shelf.root.rmdir()
    shelf.root.unlink(missing_ok=True)
    (tmp_path / "unmounted").rename(shelf.root)
    counts = (await shelf.scan()).counts
    assert (counts.seen, counts.added, counts.changed, counts.missing) == (3, 0, 0, 0)
    assert await shelf.places() == before


async def test_a_library_without_music_is_no_mistake(shelf: Shelf) -> None:
    assert (await shelf.scan()).counts.seen == 0
    (shelf.root / "notes.txt").write_text("nothing yet")
    before = everything_in(shelf.root)
    assert (await shelf.scan()).counts.seen == 0
    assert await shelf.tracks() == []
    assert everything_in(shelf.root) == before
