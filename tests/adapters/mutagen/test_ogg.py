"""Ogg: pages, several streams in one file, headers that break off."""

import struct
from pathlib import Path

import mutagen
import pytest
from tests.support.audio import encoded, make_sound

from sarau.adapters.mutagen.reader import read_sound
from sarau.foundation.media.formats import Codec
from sarau.foundation.media.tags import UnreadableSound

SUFFIXES = [".ogg", ".opus", ".oga"]
CODECS = {".ogg": Codec.VORBIS, ".opus": Codec.OPUS, ".oga": Codec.FLAC}


def page(payload: bytes, *, serial: int = 99, first: bool = True) -> bytes:
    lacing = bytes([255] * (len(payload) // 255) + [len(payload) % 255])
    head = struct.pack("<4sBBqIIIB", b"OggS", 0, 2 if first else 0, 0, serial, 0, 0, len(lacing))
    return head + lacing + payload


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_length_and_comments_are_what_mutagen_finds(suffix: str, tmp_path: Path) -> None:
    path = make_sound(tmp_path / f"song{suffix}", seconds=7.3, title="Long", cover=bytes(300_000))
    expected = mutagen.File(path)
    sound = read_sound(path, suffix)
    assert sound.properties.duration_ms == round(expected.info.length * 1000)
    assert sound.properties.channels == expected.info.channels
    assert sound.tags.title == expected["title"][0]
    assert sound.picture is not None
    assert len(sound.picture.data) == 300_000


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_stream_of_another_kind_beside_the_sound_is_passed(suffix: str, tmp_path: Path) -> None:
    path = make_sound(tmp_path / f"song{suffix}", title="With company")
    whole = path.read_bytes()
    first_page = 27 + whole[26] + sum(whole[27 : 27 + whole[26]])
    film = page(b"fishead\0" + bytes(40), serial=1) + page(b"\x80theora" + bytes(35), serial=2)
    path.write_bytes(film + whole[:first_page] + page(bytes(300), serial=2, first=False) + whole[first_page:])
    sound = read_sound(path, suffix)
    assert (sound.properties.codec, sound.properties.duration_ms // 100) == (CODECS[suffix], 10)
    assert sound.tags.title == "With company"


def test_an_ogg_file_of_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "film.ogg"
    path.write_bytes(page(b"\x80theora" + bytes(35)) + page(bytes(100), first=False))
    with pytest.raises(UnreadableSound, match="no Vorbis, Opus or FLAC stream"):
        read_sound(path, ".ogg")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_headers_that_break_off_are_refused(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"song{suffix}"
    whole = make_sound(tmp_path / f"whole{suffix}", title="t", cover=bytes(100_000)).read_bytes()
    path.write_bytes(whole[:60_000])
    with pytest.raises(UnreadableSound, match="headers break off"):
        read_sound(path, suffix)


@pytest.mark.parametrize(
    ("suffix", "place"), [(".ogg", b"\x01vorbis\0\0\0\0\x02\x44\xac\0\0"), (".oga", b"\x00\x00\x22")]
)
def test_a_header_without_a_rate_is_refused(suffix: str, place: bytes, tmp_path: Path) -> None:
    path = tmp_path / f"song{suffix}"
    at = encoded(suffix).index(place)
    path.write_bytes(encoded(suffix)[: at + len(place) - 4] + bytes(30) + encoded(suffix)[at + len(place) + 26 :])
    with pytest.raises(UnreadableSound, match="names no"):
        read_sound(path, suffix)


def test_a_comment_that_never_ends_costs_little(tmp_path: Path) -> None:
    path = tmp_path / "song.ogg"
    endless = struct.pack("<4sBBqIIIB", b"OggS", 0, 0, -1, 99, 1, 0, 255) + b"\xff" * 255 + bytes(255 * 255)
    path.write_bytes(page(b"\x01vorbis" + struct.pack("<IBI", 0, 2, 44_100) + bytes(14)) + endless * 1_500)
    with pytest.raises(UnreadableSound, match="headers break off"):
        read_sound(path, ".ogg")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_junk_behind_the_last_page_changes_nothing(suffix: str, tmp_path: Path) -> None:
    path = make_sound(tmp_path / f"song{suffix}", title="t")
    before = read_sound(path, suffix)
    path.write_bytes(path.read_bytes() + b"OggS is what this junk says" * 50)
    assert read_sound(path, suffix) == before
