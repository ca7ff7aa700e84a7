"""WAV and AIFF: their own words, recordings with unknown or huge sizes, chunks without end."""

import struct
from pathlib import Path

import pytest
from tests.support.audio import encoded, make_sound

from sarau.adapters.mutagen.reader import read_sound
from sarau.foundation.media.formats import Codec
from sarau.foundation.media.tags import UnreadableSound

SOUND = bytes(range(256)) * 690  # a second of 44,100 Hz, two channels, 16 bits, a little more
FORMAT = struct.pack("<HHIIHH", 1, 2, 44_100, 176_400, 4, 16)


def chunk(name: bytes, content: bytes, order: str = "<") -> bytes:
    return name + struct.pack(f"{order}I", len(content)) + content + b"\0" * (len(content) % 2)


def wav(tmp_path: Path, *chunks: bytes, head: bytes = b"RIFF") -> Path:
    path = tmp_path / "song.wav"
    body = b"WAVE" + b"".join(chunks)
    path.write_bytes(head + struct.pack("<I", len(body) & 0xFFFFFFFF) + body)
    return path


def test_words_of_riff_itself(tmp_path: Path) -> None:
    texts = {
        b"INAM": "Título",
        b"IART": "Artist",
        b"IPRD": "Album",
        b"ICRD": "1999-12-31",
        b"IGNR": "Choro",
        b"ITRK": "3",
    }
    info = b"INFO" + b"".join(chunk(name, text.encode() + b"\0") for name, text in texts.items())
    tags = read_sound(wav(tmp_path, chunk(b"fmt ", FORMAT), chunk(b"LIST", info), chunk(b"data", SOUND)), ".wav").tags
    assert (tags.title, tags.artists, tags.album, tags.date) == ("Título", ("Artist",), "Album", "1999-12-31")
    assert (tags.genres, tags.track_number) == (("Choro",), 3)


def test_words_in_latin1_are_understood_and_id3_counts_more(tmp_path: Path) -> None:
    id3 = make_sound(tmp_path / "other.wav", title="From ID3").read_bytes()
    id3 = id3[id3.index(b"id3 ") :]
    info = chunk(b"LIST", b"INFO" + chunk(b"INAM", b"From INFO\0") + chunk(b"IART", b"Jo\xe3o\0"))
    path = wav(tmp_path, chunk(b"fmt ", FORMAT), info, chunk(b"data", SOUND), id3)
    tags = read_sound(path, ".wav").tags
    assert (tags.title, tags.artists) == ("From ID3", ("João",))


@pytest.mark.parametrize("size", [0xFFFFFFFF, 0x7FFFFFFF, len(SOUND) + 1_000_000])
def test_a_recording_whose_size_nobody_knew(size: int, tmp_path: Path) -> None:
    path = wav(tmp_path, chunk(b"fmt ", FORMAT), b"data" + struct.pack("<I", size) + SOUND)
    assert read_sound(path, ".wav").properties.duration_ms == round(len(SOUND) / 176.4)


def test_a_large_recording_with_sizes_of_64_bits(tmp_path: Path) -> None:
    long = chunk(b"ds64", struct.pack("<QQQI", 0, len(SOUND), 0, 0))
    info = chunk(b"LIST", b"INFO" + chunk(b"INAM", b"Behind the sound\0"))
    path = wav(tmp_path, long, chunk(b"fmt ", FORMAT), b"data\xff\xff\xff\xff" + SOUND, info, head=b"RF64")
    sound = read_sound(path, ".wav")
    assert (sound.properties.duration_ms, sound.tags.title) == (round(len(SOUND) / 176.4), "Behind the sound")


@pytest.mark.parametrize(
    ("chunks", "reason"),
    [
        ([chunk(b"data", SOUND)], "does not say how the sound is coded"),
        ([chunk(b"fmt ", FORMAT[:8]), chunk(b"data", SOUND)], "does not say how the sound is coded"),
        ([chunk(b"fmt ", FORMAT)], "no sound"),
        ([chunk(b"fmt ", FORMAT), chunk(b"data", b"")], "no sound"),
        ([chunk(b"fmt ", bytes(16)), chunk(b"data", SOUND)], "names no channels"),
        ([chunk(b"junk", b"") * 300_000, chunk(b"fmt ", FORMAT), chunk(b"data", SOUND)], "does not say"),
    ],
)
def test_what_is_missing_is_named(chunks: list[bytes], reason: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableSound, match=reason):
        read_sound(wav(tmp_path, *chunks), ".wav")


def test_endless_words_do_no_harm(tmp_path: Path) -> None:
    info = chunk(b"LIST", b"INFO" + chunk(b"INAM", b"x\0") * 500_000)
    assert read_sound(wav(tmp_path, chunk(b"fmt ", FORMAT), chunk(b"data", SOUND), info), ".wav").tags.title == "x"


def aiff(tmp_path: Path, *chunks: bytes, kind: bytes = b"AIFF") -> Path:
    path = tmp_path / "song.aiff"
    body = kind + b"".join(chunks)
    path.write_bytes(b"FORM" + struct.pack(">I", len(body)) + body)
    return path


RATE_44100 = b"\x40\x0e\xac\x44" + bytes(6)
COMMON = struct.pack(">HIH", 2, 44_100, 16) + RATE_44100
SAMPLES = bytes(8) + bytes(44_100 * 4)


def test_words_of_aiff_itself(tmp_path: Path) -> None:
    path = aiff(
        tmp_path,
        chunk(b"COMM", COMMON, ">"),
        chunk(b"NAME", b"A title", ">"),
        chunk(b"AUTH", b"An artist", ">"),
        chunk(b"SSND", SAMPLES, ">"),
    )
    sound = read_sound(path, ".aiff")
    assert (sound.tags.title, sound.tags.artists) == ("A title", ("An artist",))
    found = sound.properties
    assert (found.codec, found.duration_ms, found.sample_rate_hz, found.bit_depth) == (Codec.AIFF, 1000, 44_100, 16)


def test_aiff_that_claims_more_than_it_has(tmp_path: Path) -> None:
    much = struct.pack(">HIH", 2, 0xFFFFFFFF, 16) + RATE_44100
    found = read_sound(aiff(tmp_path, chunk(b"COMM", much, ">"), chunk(b"SSND", SAMPLES, ">")), ".aiff").properties
    assert found.duration_ms == 1000


@pytest.mark.parametrize("rate", [bytes(10), b"\x7f\xff" + b"\xff" * 8, b"\xc0\x0e\xac\x44" + bytes(6)])
def test_aiff_with_an_impossible_rate_is_refused(rate: bytes, tmp_path: Path) -> None:
    path = aiff(tmp_path, chunk(b"COMM", COMMON[:8] + rate, ">"), chunk(b"SSND", SAMPLES, ">"))
    with pytest.raises(UnreadableSound, match="names no channels or sample rate"):
        read_sound(path, ".aiff")


def test_compressed_aiff_keeps_its_length(tmp_path: Path) -> None:
    common = chunk(b"COMM", COMMON + b"sowt\0\0", ">")
    path = aiff(tmp_path, common, chunk(b"SSND", SAMPLES, ">"), kind=b"AIFC")
    assert read_sound(path, ".aifc").properties.duration_ms == 1000


def test_no_sound_behind_an_aiff_header_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSound, match="no sound"):
        read_sound(aiff(tmp_path, chunk(b"COMM", COMMON, ">")), ".aiff")
    assert len(encoded(".aiff")) > 100
