"""APEv2 tags behind sounds, and what is made to look like them."""

import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mutagen.apev2 import APEv2
from tests.support.audio import encoded

from sarau.adapters.mutagen.ape_tag import read_ape
from sarau.adapters.mutagen.reader import read_sound
from sarau.adapters.mutagen.words import Words

MEGABYTE = 1024 * 1024


def item(key: bytes, value: bytes, kind: int = 0) -> bytes:
    return struct.pack("<2I", len(value), kind << 1) + key + b"\0" + value


def ape(*items: bytes, count: int | None = None, size: int | None = None) -> bytes:
    body = b"".join(items)
    number = len(items) if count is None else count
    return body + b"APETAGEX" + struct.pack("<4I8x", 2000, len(body) + 32 if size is None else size, number, 0)


def words_of(tag: bytes) -> Words:
    words = Words()
    read_ape(tag, words)
    return words


def test_values_separated_by_nul_are_a_list() -> None:
    assert words_of(ape(item(b"Artist", b"One\0Two"))).texts == {"artist": ["One", "Two"]}


def test_a_tag_on_mp3_gives_its_gains(tmp_path: Path) -> None:
    path = tmp_path / "song.mp3"
    path.write_bytes(encoded(".mp3") + ape(item(b"REPLAYGAIN_TRACK_GAIN", b"-3.21 dB"), item(b"Title", b"A title")))
    sound = read_sound(path, ".mp3")
    assert (sound.tags.replay_gain.track_gain_db, sound.tags.title) == (-3.21, "A title")


BROKEN: dict[str, bytes] = {
    "size beyond the file": ape(item(b"Title", b"x"), size=0x7FFFFFFF),
    "size of nothing": ape(item(b"Title", b"x"), size=0),
    "an item beyond the tag": ape(struct.pack("<2I", 5_000, 0) + b"Album\0x"),
    "a key without an end": ape(struct.pack("<2I", 1, 0) + b"A" * 3_000),
    "a wrong count": ape(count=0xFFFFFFFF),
    "wrong UTF-8": ape(item(b"Album", b"\xff\xfe")),
    "a picture without a name": ape(item(b"Cover Art (Front)", b"\xff\xd8", 1)),
}
HARMFUL: dict[str, Callable[[], bytes]] = {
    "a key of eight megabytes": lambda: ape(struct.pack("<2I", 1, 0) + b"A" * 8 * MEGABYTE),
    "a million values": lambda: ape(item(b"Artist", bytes(4 * MEGABYTE))),
    "half a million items": lambda: ape(item(b"ab", b"") * 500_000, count=500_000),
}


@pytest.mark.parametrize("kind", [*BROKEN, *HARMFUL])
@pytest.mark.parametrize("suffix", [".mp3", ".wv", ".ape"])
def test_broken_and_harmful_tags_do_not_lose_the_sound(kind: str, suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"song{suffix}"
    path.write_bytes(encoded(suffix) + (BROKEN[kind] if kind in BROKEN else HARMFUL[kind]()))
    sound = read_sound(path, suffix)
    assert sound.properties.duration_ms > 900
    assert sound.picture is None


def test_what_comes_before_a_broken_item_is_kept() -> None:
    assert words_of(ape(item(b"Title", b"Here"), b"\xff" * 50)).texts == {"title": ["Here"]}


@given(st.binary(max_size=300))
def test_no_bytes_raise_anything(data: bytes) -> None:
    words_of(data)
    words_of(ape(data))


KEYS = {"Title": "title", "Artist": "artist", "Album Artist": "albumartist", "Year": "date", "ISRC": "isrc"}
VALUES = st.lists(
    st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=30), min_size=1, max_size=4
)


@given(texts=st.dictionaries(st.sampled_from(sorted(KEYS)), VALUES, min_size=1))
def test_what_mutagen_writes_is_read_as_mutagen_reads_it(
    texts: dict[str, list[str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "oracle.apev2"
    path.write_bytes(b"")
    written: Any = APEv2()
    for key, values in texts.items():
        written[key] = values
    written.save(path)
    expected: Any = APEv2(path)
    assert words_of(path.read_bytes()).texts == {KEYS[key]: list(expected[key]) for key in expected}
