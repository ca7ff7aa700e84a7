"""What lies beside the music: covers and sheets that come, change and go."""

import hashlib
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from tests.catalog.ingest.shelf import Shelf
from tests.support.music import everything_in, later, tune
from tests.support.pictures import picture

from sarau.catalog.ingest.sidecars import MAX_PICTURE_BYTES, cover_file, digest_of
from sarau.catalog.ingest.walking import FoundFile
from sarau.catalog.library.queries import pages
from sarau.catalog.lyrics.schemas import MAX_SHEET_BYTES, Sheet, SheetFormat

RED, BLUE, GREEN = picture("red"), picture("blue", kind="PNG"), picture("green", kind="WEBP")

FILES = st.lists(
    st.builds(
        lambda stem, suffix, mtime_ns, size: FoundFile((stem + suffix).encode(), suffix.lower(), mtime_ns, size),
        st.sampled_from(["cover", "Cover", "FOLDER", "front", "album", "albumart", "back", "song", "é"]),
        st.sampled_from([".jpg", ".JPEG", ".png", ".webp", ".gif", ".lrc"]),
        st.integers(0, 2**40),
        st.integers(0, MAX_PICTURE_BYTES + 2),
    ),
    max_size=8,
    unique_by=lambda file: file.name,
)
STEMS = ["cover", "folder", "front", "album", "albumart"]


@given(FILES)
def test_the_cover_is_the_best_name_that_is_not_too_large(files: list[FoundFile]) -> None:
    def rank(file: FoundFile) -> int:
        return STEMS.index(file.name.rpartition(b".")[0].decode().lower())

    fitting = [
        file
        for file in files
        if file.name.rpartition(b".")[0].lower().decode() in STEMS
        and file.suffix != ".lrc"
        and file.size_bytes <= MAX_PICTURE_BYTES
    ]
    chosen = cover_file(files)
    if chosen is None:
        assert not fitting
    else:
        assert chosen in fitting
        assert rank(chosen) == min(map(rank, fitting))


@given(FILES, FILES)
def test_a_digest_tells_what_lies_beside_the_music(one: list[FoundFile], other: list[FoundFile]) -> None:
    assert (digest_of(one) == digest_of(other)) == (one == other)
    assert (digest_of(one) == "") == (not one)


def _id(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:32]


async def _covers(shelf: Shelf) -> dict[str, str | None]:
    return {track.title: track.cover for track in await shelf.tracks()}


async def _folder_covers(shelf: Shelf) -> dict[str, str | None]:
    async with shelf.database.reading() as reader:
        (top,) = await pages.top_folders(reader, shelf.view)
        below = (await pages.folder(reader, shelf.view, top.id)).folders
    return {"": top.cover} | {folder.name: folder.cover for folder in below}


async def test_a_cover_beside_the_music_comes_changes_and_goes(shelf: Shelf) -> None:
    folder = shelf.root / "Album"
    tune(folder / "1.flac", title="Without", album="Album", artists="Artist")
    tune(folder / "2.flac", title="With", album="Album", artists="Artist", cover=GREEN)
    tune(shelf.root / "Other" / "3.flac", title="Elsewhere")
    await shelf.scan()
    ids = await shelf.ids()
    own = {"With": _id(GREEN), "Elsewhere": None}
    assert await _covers(shelf) == {"Without": None, **own}

    steps: list[tuple[str, bytes | None, bytes | None]] = [
        ("front.jpeg", RED, RED),
        ("Folder.PNG", BLUE, BLUE),  # a better name
        ("cover.webp", RED, RED),
        ("cover.webp", BLUE, BLUE),  # other bytes
        ("cover.webp", b"no picture", None),
        ("cover.webp", None, BLUE),
        ("Folder.PNG", None, RED),
        ("front.jpeg", None, None),
        ("back.jpg", BLUE, None),
    ]
    for number, (name, data, shown) in enumerate(steps):
        path = folder / name
        if data is None:
            path.unlink()
        else:
            path.write_bytes(data)
            later(path, number)
        before = everything_in(shelf.root)
        counts = (await shelf.scan()).counts
        assert (counts.added, counts.moved, counts.missing) == (0, 0, 0)
        assert await _covers(shelf) == {"Without": shown and _id(shown), **own}, name
        assert await _folder_covers(shelf) == {"": None, "Album": shown and _id(shown), "Other": None}, name
        assert everything_in(shelf.root) == before
        assert (await shelf.scan()).counts.changed == 0
    assert await shelf.ids() == ids


async def test_a_folder_above_the_music_shows_its_cover_from_the_first_scan(shelf: Shelf) -> None:
    tune(shelf.root / "Box" / "CD1" / "Inner" / "1.flac", title="One")
    tune(shelf.root / "Next" / "2.flac", title="Two")
    for place, data in (("Box", RED), ("Box/CD1", BLUE), ("No music/Deeper", GREEN), ("", GREEN)):
        (shelf.root / place).mkdir(parents=True, exist_ok=True)
        (shelf.root / place / "folder.jpg").write_bytes(data)
    for _ in range(2):
        await shelf.scan()
        assert await _folder_covers(shelf) == {"": _id(GREEN), "Box": _id(RED), "Next": None}
        assert await shelf.tree() == ["Box", "Box/CD1", "Box/CD1/Inner", "Next"]


async def test_sheets_beside_a_song_come_change_and_go(shelf: Shelf) -> None:
    song = tune(shelf.root / "Song.flac", title="Song")
    await shelf.scan()
    assert await shelf.sheets("Song") == []
    kinds = {
        ".lrc": SheetFormat.LRC,
        ".txt": SheetFormat.PLAIN,
        ".cho": SheetFormat.CHORDPRO,
        ".chordpro": SheetFormat.CHORDPRO,
        ".crd": SheetFormat.PLAIN,  # found out: it may be anything
        ".pro": SheetFormat.CHORDPRO,
    }
    for suffix in kinds:
        song.with_suffix(suffix).write_text(f"words of {suffix}\n")
    await shelf.scan()
    expected = {suffix: Sheet(suffix, kind, f"words of {suffix}\n") for suffix, kind in kinds.items()}
    assert {sheet.source: sheet for sheet in await shelf.sheets("Song")} == expected
    song.with_suffix(".lrc").write_text("[00:01]new words")
    later(song.with_suffix(".lrc"))
    song.with_suffix(".txt").unlink()
    song.with_suffix(".cho").write_text("")
    song.with_suffix(".crd").rename(song.with_name("Another song.crd"))
    await shelf.scan()
    assert {sheet.source: sheet.content for sheet in await shelf.sheets("Song")} == {
        ".lrc": "[00:01]new words",
        ".chordpro": "words of .chordpro\n",
        ".pro": "words of .pro\n",
    }
    for path in shelf.root.iterdir():
        if path != song:
            path.unlink()
    await shelf.scan()
    assert await shelf.sheets("Song") == []


async def test_a_sheet_belongs_to_the_songs_of_its_name(shelf: Shelf) -> None:
    for name in ("One.flac", "one.mp3", "Two.flac", "one.two.flac"):
        tune(shelf.root / name, title=name)
    tune(shelf.root / "below" / "One.flac", title="below")
    (shelf.root / "ONE.LRC").write_text("words of one")
    (shelf.root / "one.two.lrc").write_text("words of one.two")
    (shelf.root / "readme.txt").write_text("not a song")
    await shelf.scan()
    found = {title: [sheet.content for sheet in await shelf.sheets(title)] for title in await shelf.ids()}
    assert found == {
        "One.flac": ["words of one"],
        "one.mp3": ["words of one"],
        "Two.flac": [],
        "one.two.flac": ["words of one.two"],
        "below": [],
    }


async def test_lyrics_inside_and_beside_stand_together(shelf: Shelf) -> None:
    song = tune(shelf.root / "Song.mp3", title="Song", lyrics="inside")
    song.with_suffix(".txt").write_text("beside")
    await shelf.scan()
    assert [(s.source, s.format, s.content) for s in await shelf.sheets("Song")] == [
        (".txt", SheetFormat.PLAIN, "beside"),
        ("embedded", SheetFormat.PLAIN, "inside"),
    ]
    tune(song, title="Song", lyrics="[00:01]timed inside")
    later(song)
    await shelf.scan()
    assert [(s.source, s.format, s.content) for s in await shelf.sheets("Song")] == [
        (".txt", SheetFormat.PLAIN, "beside"),
        ("embedded", SheetFormat.LRC, "[00:01]timed inside"),
    ]
    tune(song, title="Song")
    later(song, 20)
    await shelf.scan()
    assert [sheet.source for sheet in await shelf.sheets("Song")] == [".txt"]
    moved = song.rename(shelf.root / "Moved.mp3")
    await shelf.scan()
    assert await shelf.sheets("Song") == []
    song.with_suffix(".txt").rename(moved.with_suffix(".txt"))
    await shelf.scan()
    assert [sheet.content for sheet in await shelf.sheets("Song")] == ["beside"]


async def test_sheets_that_are_no_text_harm_nobody(shelf: Shelf, tmp_path: Path) -> None:
    for name in ("long", "bytes", "utf-16", "nul", "none"):
        tune(shelf.root / f"{name}.flac", title=name)
    (shelf.root / "long.txt").write_text("é" * MAX_SHEET_BYTES)
    (shelf.root / "bytes.lrc").write_bytes(bytes(range(256)))
    (shelf.root / "utf-16.lrc").write_bytes("[00:01]Ünïcode".encode("utf-16"))
    (shelf.root / "nul.cho").write_bytes(b"[C]a\0b")
    (shelf.root / "none.lrc").mkdir()
    assert (await shelf.scan()).counts.problems == 0
    (long,) = await shelf.sheets("long")
    assert long.content == "é" * (MAX_SHEET_BYTES // 2)
    assert len((await shelf.sheets("bytes"))[0].content) > 200
    assert [sheet.content for sheet in await shelf.sheets("utf-16")] == ["[00:01]Ünïcode"]
    assert [sheet.content for sheet in await shelf.sheets("nul")] == ["[C]ab"]
    assert await shelf.sheets("none") == []
