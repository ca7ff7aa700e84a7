"""What a scan comes to in a folder, and what it leaves alone: links, hidden folders, pipes, odd names and times."""

import os
import secrets
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.catalog.ingest.shelf import Shelf
from tests.support.music import everything_in, same_again, tune
from tests.support.pictures import picture

from sarau.catalog.ingest.walking import is_below, outermost
from sarau.catalog.library.schemas import MAX_PATH_BYTES

FOLDERS = st.lists(st.sampled_from([b"a", b"b", b"a-b", b"a b", b"\xff"]), max_size=4).map(b"/".join)


async def test_links_lead_nowhere(shelf: Shelf, tmp_path: Path) -> None:
    inside = tune(shelf.root / "Album" / "inside.flac", title="Inside", artists="A")
    outside = tune(tmp_path / "outside" / "secret.flac", title="Secret")
    (outside.parent / "cover.jpg").write_bytes(picture())
    (outside.parent / "secret.lrc").write_text("[00:01]secret words")
    links = {
        "file out.flac": outside,
        "folder out": outside.parent,
        "up": Path(".."),
        "file in.flac": inside,
        "folder in": inside.parent,
        "Album/loop": Path(),
        "Album/round": shelf.root,
        "Album/self.flac": Path("self.flac"),
        "Album/nowhere.flac": tmp_path / "nowhere.flac",
        "Album/cover.jpg": outside.parent / "cover.jpg",
        "Album/inside.lrc": outside.parent / "secret.lrc",
    }
    for name, target in links.items():
        (shelf.root / name).symlink_to(target)
    before = everything_in(shelf.root), everything_in(outside.parent)
    assert (await shelf.scan()).counts.seen == 1
    assert set(await shelf.ids()) == {"Inside"}
    (track,) = await shelf.tracks()
    assert track.cover is None
    assert await shelf.sheets("Inside") == []
    assert await shelf.tree() == ["Album"]
    assert {path: problem.code for path, problem in (await shelf.problems()).items()} == {
        "file out.flac": "link_outside",
        "folder out": "link_outside",
        "up": "link_outside",
        "Album/cover.jpg": "link_outside",
        "Album/inside.lrc": "link_outside",
        "Album/nowhere.flac": "broken_link",
        "Album/self.flac": "broken_link",
    }
    for folder in ("folder out", "folder in", "Album/loop", "Album/round/Album", "up", "up/outside", "../outside"):
        await shelf.scan(folder)
        assert set(await shelf.ids()) == {"Inside"}, folder
    assert (everything_in(shelf.root), everything_in(outside.parent)) == before


async def test_a_library_reached_by_a_neighbours_name_is_not_inside(shelf: Shelf) -> None:
    neighbour = tune(shelf.root.with_name(shelf.root.name + "-private") / "theirs.flac")
    (shelf.root / "link.flac").symlink_to(neighbour)
    tune(shelf.root / "mine.flac", title="Mine")
    await shelf.scan()
    assert set(await shelf.ids()) == {"Mine"}
    assert (await shelf.problems())["link.flac"].code == "link_outside"


async def test_what_is_hidden_or_set_aside_is_passed_over(shelf: Shelf) -> None:
    tune(shelf.root / "heard" / "song.flac", title="Heard")
    for place in (
        ".hidden/a.flac", "heard/.trash/b.flac", "heard/._song.flac", "@eaDir/c.flac", "lost+found/d.flac",
        "$RECYCLE.BIN/e.flac", "ringtones/f.flac", "ringtones/deeper/g.flac", "podcasts/h.flac",
    ):  # fmt: skip
        tune(shelf.root / place)
    (shelf.root / "ringtones" / ".nomedia").touch()
    (shelf.root / "podcasts" / ".ndignore").touch()
    await shelf.scan()
    assert set(await shelf.ids()) == {"Heard"}
    for folder in (".hidden", "heard/.trash", "ringtones", "ringtones/deeper", "@eaDir", "podcasts"):
        await shelf.scan(folder)
        assert set(await shelf.ids()) == {"Heard"}, folder
    assert await shelf.tree() == ["heard"]
    # Set aside later, it is missing; taken back, it is what it was.
    before = await shelf.ids()
    (shelf.root / "heard" / ".nomedia").touch()
    assert (await shelf.scan("heard")).counts.missing == 1
    assert await shelf.ids() == {}
    (shelf.root / "heard" / ".nomedia").unlink()
    await shelf.scan("heard")
    assert await shelf.ids() == before


async def test_what_is_no_file_is_no_sound(shelf: Shelf) -> None:
    tune(shelf.root / "folder.mp3" / "song.flac", title="Song")
    os.mkfifo(shelf.root / "pipe.mp3")
    (shelf.root / "notes.doc").write_text("no music")
    (shelf.root / "no suffix").write_bytes(b"ID3")
    (shelf.root / ".mp3").write_bytes(b"ID3")
    (shelf.root / "empty folder" / "deeper").mkdir(parents=True)
    counts = (await shelf.scan()).counts
    assert (counts.seen, counts.problems) == (1, 0)
    assert set(await shelf.ids()) == {"Song"}
    assert await shelf.tree() == ["folder.mp3"]


async def test_names_may_be_any_bytes(shelf: Shelf) -> None:
    names = [
        b"latin \xe9t\xe9.flac", b"\xff\xfe.flac", b"new\nline.flac", b"tab\t \x1b[31m.flac", b"\"quotes'.flac",
        b"percent%2e%2e.flac", b"back\\slash.flac", b" space .FLAC", b"-rf.flac", "e\u0301 ðŸŽµ 音楽.flac".encode(),
        b"n" * 250 + b".flac", "\u202eoverride.flac".encode(), b"a;b:c*?.flac", b"CON.flac",
    ]  # fmt: skip
    for number, name in enumerate(names):
        folder = shelf.root / os.fsdecode(b"\xe9t\xe9 %d" % number)
        folder.mkdir()
        tune(shelf.root / "new.flac", title=None).rename(folder / os.fsdecode(name))
    counts = (await shelf.scan()).counts
    assert (counts.added, counts.problems) == (len(names), 0)
    places = await shelf.places()
    assert {path.partition(b"/")[2] for path in places} == set(names)
    assert len(await shelf.tree()) == len(names)
    for track in await shelf.tracks():
        assert track.title.strip()
        assert "\0" not in track.title
    assert (await shelf.scan()).counts.changed == 0
    assert await shelf.places() == places


async def test_a_path_too_long_for_the_database_is_told(shelf: Shelf) -> None:
    short = tune(shelf.root / "short.flac", title="Short")
    content = short.read_bytes()
    longest, depth = b"", 0
    here = os.open(shelf.root, os.O_DIRECTORY)
    while len(longest) < 2 * MAX_PATH_BYTES:
        name = secrets.token_hex(120)  # nothing that could be packed into less
        os.mkdir(name, dir_fd=here)
        above, here = here, os.open(name, os.O_DIRECTORY, dir_fd=here)
        os.close(above)
        longest = longest + b"/" + name.encode() if longest else name.encode()
        with os.fdopen(os.open("song.flac", os.O_CREAT | os.O_WRONLY, dir_fd=here), "wb") as file:
            file.write(content)
        depth += len(longest + b"/song.flac") <= MAX_PATH_BYTES
    os.close(here)
    counts = (await shelf.scan()).counts
    assert (counts.added, counts.problems) == (1 + depth, 1)
    (told,) = (await shelf.problems()).values()
    assert told.code == "path_too_long"
    assert longest.decode().startswith(told.path)
    assert len(await shelf.places()) == 1 + depth


async def test_a_name_too_long_by_itself_is_told_too(shelf: Shelf) -> None:
    folders = [secrets.token_hex(120) for _ in range(8)]
    place = "/".join(folders)
    left = MAX_PATH_BYTES - len(place) - len("/.flac")
    fits = tune(shelf.root / place / ("f" * left + ".flac"), title="Fits")
    same_again(fits, fits.with_name("t" * (left + 1) + ".flac"))
    (fits.parent / "fits.lrc").write_text("words")
    await shelf.scan()
    assert set(await shelf.ids()) == {"Fits"}
    assert [problem.code for problem in (await shelf.problems()).values()] == ["path_too_long"]


@pytest.mark.parametrize("seconds", [-(10**9), 0, 1, 10**10, 2**33])
async def test_times_may_be_anywhere(shelf: Shelf, seconds: int) -> None:
    path = tune(shelf.root / "song.flac", title="Song")
    (shelf.root / "cover.jpg").write_bytes(picture())
    for touched in (path, shelf.root / "cover.jpg"):
        os.utime(touched, (seconds, seconds))
    await shelf.scan()
    (track,) = await shelf.tracks()
    assert 1970 <= track.added_at.year <= 2200
    assert (await shelf.scan()).counts.changed == 0


async def test_some_folders_alone_are_scanned_however_they_are_written(shelf: Shelf) -> None:
    tune(shelf.root / "a" / "b" / "1.flac", title="1")
    await shelf.scan()
    before = await shelf.places()
    for start in ("a/", "./a", "a//b", "a/./b/", "a/b", "."):
        counts = (await shelf.scan(start)).counts
        assert (counts.added, counts.changed, counts.missing) == (0, 0, 0), start
        assert await shelf.places() == before
    tune(shelf.root / "a" / "b" / "2.flac", title="2")
    tune(shelf.root / "c" / "3.flac", title="3")
    assert (await shelf.scan("a", "a/b", "a/b/", "a")).counts.added == 1
    assert set(await shelf.ids()) == {"1", "2"}
    assert (await shelf.scan("nowhere", "a/nowhere", "a/b/1.flac", "x" * 300)).counts.seen == 0
    (shelf.root / "a" / "b" / "1.flac").unlink()
    counts = (await shelf.scan("c")).counts
    assert (counts.seen, counts.added, counts.missing) == (1, 1, 0)
    assert (await shelf.scan("a/b")).counts.missing == 1
    assert set(await shelf.ids()) == {"2", "3"}
    assert await shelf.tree() == ["a", "a/b", "c"]


@given(st.lists(FOLDERS, min_size=1, max_size=6))
def test_what_lies_inside_another_folder_is_not_scanned_twice(starts: list[bytes]) -> None:
    kept = outermost(starts)
    assert set(kept) <= set(starts)
    for start in starts:
        assert sum(is_below(start, one) for one in kept) == 1
    assert outermost(reversed([start + b"//" for start in starts])) == kept
