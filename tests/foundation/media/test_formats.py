"""Sound formats by name and by content."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sarau.foundation.media.formats import AUDIO_SUFFIXES, MEDIA_TYPES, Codec, media_type, sniff, suffix_for

HEADS = {
    b"fLaC\0\0\0\x22": ".flac",
    b"OggS\0\x02": ".ogg",
    b"RIFF\x24\0\0\0WAVEfmt ": ".wav",
    b"RF64\xff\xff\xff\xffWAVEds64": ".wav",
    b"FORM\0\0\0\x24AIFFCOMM": ".aiff",
    b"FORM\0\0\0\x24AIFCFVER": ".aiff",
    b"\0\0\0\x20ftypM4A ": ".m4a",
    b"MAC \x96\x0f": ".ape",
    b"wvpk\x20\0\0\0": ".wv",
    bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c") + b"\0" * 8: ".wma",
    b"\xff\xfb\x90\x64": ".mp3",
    b"\xff\xfa\x90\x64": ".mp3",
    b"\xff\xf3\x40\xc0": ".mp3",
    b"\xff\xe3\x18\xc4": ".mp3",
    b"\xff\xf1\x50\x80": ".aac",
    b"\xff\xf9\x50\x80": ".aac",
}
NO_SOUND = [
    b"", b"\xff", b"\xff\xfb", b"\xff\xfb\x90", b"fLa", b"RIFF\0\0\0\0AVI LIST", b"FORM\0\0\0\0ILBM",
    b"\0\0\0\x20moov", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"PK\x03\x04", b"<html>",
    b"#!/bin/sh", "\ufeffhello".encode("utf-16-le"),
    b"\xff\xeb\x90\x64", b"\xff\xfb\xf0\x64", b"\xff\xfb\x9c\x64", b"ID3\x04", b"\x7fELF", b"\0" * 64,
]  # fmt: skip


@pytest.mark.parametrize("head", HEADS)
def test_sound_is_known_by_how_it_begins(head: bytes) -> None:
    assert sniff(head + b"\0" * 64) == HEADS[head]


@pytest.mark.parametrize("head", NO_SOUND)
def test_what_is_no_sound_is_none(head: bytes) -> None:
    assert sniff(head) is None


@given(st.binary(max_size=80))
def test_anything_is_a_known_family_or_none(head: bytes) -> None:
    assert sniff(head) in AUDIO_SUFFIXES | {None}


@pytest.mark.parametrize("codec", Codec)
def test_every_codec_has_a_usual_suffix_that_we_serve(codec: Codec) -> None:
    usual = suffix_for(codec, ".exe")

    assert usual in AUDIO_SUFFIXES
    assert suffix_for(codec, usual) == usual
    assert media_type(usual).startswith("audio/")


@pytest.mark.parametrize(
    ("codec", "suffix", "expected"),
    [
        (Codec.FLAC, ".ogg", ".ogg"),
        (Codec.OPUS, ".ogg", ".ogg"),
        (Codec.ALAC, ".aac", ".m4a"),
        (Codec.MP3, ".flac", ".mp3"),
        (Codec.AAC, ".mp4", ".mp4"),
        (Codec.VORBIS, "", ".ogg"),
        (Codec.WAVPACK, "../../x", ".wv"),
    ],
)
def test_a_file_keeps_a_suffix_that_fits(codec: Codec, suffix: str, expected: str) -> None:
    assert suffix_for(codec, suffix) == expected


def test_media_types_are_those_browsers_know() -> None:
    assert {MEDIA_TYPES[suffix] for suffix in (".mp3", ".ogg", ".opus", ".m4a", ".flac")} == {
        "audio/mpeg",
        "audio/ogg",
        "audio/mp4",
        "audio/flac",
    }
    assert media_type(".exe") == media_type("") == "application/octet-stream"
