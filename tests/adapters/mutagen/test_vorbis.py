"""Vorbis comments and pictures, in FLAC and Ogg."""

import base64
import struct
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mutagen.flac import Picture, VCFLACDict
from tests.support.audio import make_sound

from sarau.adapters.mutagen.reader import read_sound
from sarau.adapters.mutagen.vorbis import read_comments, read_picture
from sarau.adapters.mutagen.words import NAMES, Words

MEGABYTE = 1024 * 1024
COVER = b"\x89PNG a picture"


def comments(*texts: bytes, count: int | None = None) -> bytes:
    body = b"".join(struct.pack("<I", len(text)) + text for text in texts)
    return struct.pack("<I", 4) + b"maker"[:4] + struct.pack("<I", len(texts) if count is None else count) + body


def words_of(block: bytes) -> Words:
    words = Words()
    read_comments(block, 0, words)
    return words


def picture_block(kind: int = 3, data: bytes = COVER) -> bytes:
    picture = Picture()
    picture.type, picture.mime, picture.desc, picture.data = kind, "image/png", "descrição", data
    return picture.write()


def test_repeated_names_are_lists_in_any_case() -> None:
    assert words_of(comments(b"ARTIST=One", b"artist=Two", b"Artist=a=b")).texts == {"artist": ["One", "Two", "a=b"]}


def test_names_that_mean_the_same_are_known() -> None:
    texts = words_of(comments(b"ALBUM ARTIST=A", b"YEAR=1999", b"TOTALTRACKS=9", b"UNSYNCEDLYRICS=la")).texts
    assert texts == {"albumartist": ["A"], "date": ["1999"], "tracktotal": ["9"], "lyrics": ["la"]}


def test_what_is_no_comment_is_passed_over() -> None:
    assert words_of(comments(b"no equals sign", b"", b"=nothing", b"TITLE=Here")).texts == {"title": ["Here"]}


def test_wrong_utf8_is_replaced() -> None:
    assert words_of(comments(b"TITLE=caf\xe9")).texts == {"title": ["caf\ufffd"]}


@pytest.mark.parametrize("cut", range(0, 60, 3))
def test_a_block_that_breaks_off_says_what_came_before(cut: int) -> None:
    whole = comments(b"TITLE=Here", b"ARTIST=A name that is cut off")
    texts = words_of(whole[:cut]).texts
    assert texts in ({}, {"title": ["Here"]}, {"title": ["Here"], "artist": ["A name that is cut off"]})
    assert (texts == {}) == (cut < 26)


def test_a_wrong_count_does_no_harm() -> None:
    assert words_of(comments(b"TITLE=Here", count=0xFFFFFFFF)).texts == {"title": ["Here"]}
    assert words_of(comments(b"TITLE=Here", b"ALBUM=There", count=1)).texts == {"title": ["Here"]}


def test_millions_of_empty_comments_cost_little() -> None:
    block = comments(count=0xFFFFFFFF) + bytes(8 * MEGABYTE)
    tracemalloc.start()
    try:
        words = words_of(block)
        _, peak_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert words.texts == {}
    assert peak_bytes < 4 * MEGABYTE


def test_pictures_in_comments() -> None:
    block = base64.b64encode(picture_block())
    assert words_of(comments(b"METADATA_BLOCK_PICTURE=" + block)).picture is not None
    old = words_of(comments(b"COVERART=" + base64.b64encode(COVER))).picture
    assert old is not None
    assert (old.data, old.front) == (COVER, True)
    assert words_of(comments(b"METADATA_BLOCK_PICTURE=!!!", b"COVERART=a")).picture is None


@given(st.binary(max_size=200), st.integers(0, 200))
def test_no_block_raises_anything(data: bytes, start: int) -> None:
    read_comments(data, start, Words())
    read_picture(data, Words())


@given(cut=st.integers(0, 80))
def test_a_picture_that_is_cut_off_is_left_out_or_cut(cut: int) -> None:
    words = Words()
    read_picture(picture_block()[:cut], words)
    assert words.picture is None or COVER.startswith(words.picture.data)


TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)


@given(st.lists(st.tuples(st.sampled_from(sorted(NAMES)), TEXTS), max_size=12))
def test_what_mutagen_writes_is_read_as_mutagen_reads_it(pairs: list[tuple[str, str]]) -> None:
    written = VCFLACDict()
    for name, text in pairs:
        written.append((name.upper(), text))
    block = written.write()
    assert words_of(block).texts == VCFLACDict(block).as_dict()


@pytest.mark.parametrize("what", ["comments", "picture"])
@pytest.mark.parametrize("wrong", [-20, 100_000])
def test_a_flac_block_with_a_wrong_size_is_understood(what: str, wrong: int, tmp_path: Path) -> None:
    """Some programs wrote them, and pictures of more than 16 MB have no right size at all."""
    path = make_sound(tmp_path / "song.flac", title="A title", album="An album", cover=COVER * 50)
    right = read_sound(path, ".flac")
    data = bytearray(path.read_bytes())
    position = 4
    while data[position] & 0x7F != (4 if what == "comments" else 6):
        position += 4 + int.from_bytes(data[position + 1 : position + 4], "big")
    size = int.from_bytes(data[position + 1 : position + 4], "big") + wrong
    data[position + 1 : position + 4] = size.to_bytes(3, "big")
    path.write_bytes(data)
    assert read_sound(path, ".flac") == right


def test_a_picture_too_large_for_a_flac_block_is_read(tmp_path: Path) -> None:
    cover = b"\x89PNG" + bytes(17 * MEGABYTE)
    path = make_sound(tmp_path / "song.flac", title="A title", cover=b"to be replaced")
    data = path.read_bytes()
    block = picture_block(data=cover)
    at = data.index(b"\x06", data.index(b"A title"))
    old = int.from_bytes(data[at + 1 : at + 4], "big")
    wrong = (len(block) % 2**24).to_bytes(3, "big")
    path.write_bytes(data[: at + 1] + wrong + block + data[at + 4 + old :])
    sound = read_sound(path, ".flac")
    assert sound.picture is not None
    assert (sound.picture.data, sound.tags.title) == (cover, "A title")


def test_a_flac_file_with_broken_comments_is_still_a_sound(tmp_path: Path) -> None:
    path = make_sound(tmp_path / "song.flac", title="A title", album="An album", cover=COVER)
    title, album = struct.pack("<I", 13) + b"title=A title", struct.pack("<I", 14) + b"album=An album"
    data = path.read_bytes()
    assert data.index(title) < data.index(album)
    path.write_bytes(data.replace(title, title[:4] + b"\xff" * 13).replace(album, b"\xff\xff\xff\x7f" + album[4:]))
    sound = read_sound(path, ".flac")
    assert (sound.properties.duration_ms, sound.tags.title, sound.tags.album) == (1000, None, None)
    assert sound.picture is not None
