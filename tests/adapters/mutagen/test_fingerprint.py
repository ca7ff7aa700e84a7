"""The fingerprint stays when tags, names or places change, and tells recordings apart."""

import struct
from pathlib import Path

import av
import mutagen
import pytest
from mutagen import apev2, id3
from mutagen.flac import FLAC
from tests.support.audio import SUFFIXES, encoded, make_sound
from tests.support.sound_tags import write_ape, write_tags

from sarau.adapters.mutagen.reader import read_sound

COVER = bytes(range(256)) * 800
TAGGED = sorted(set(SUFFIXES))


def fingerprint(path: Path) -> str:
    return read_sound(path, path.suffix).fingerprint


def without_tags(path: Path) -> None:
    """Remove all tags, as a program for that would."""
    if path.suffix == ".aac":
        id3.ID3(path).delete(path)
        return
    file = mutagen.File(path)
    if isinstance(file, FLAC):
        file.clear_pictures()
        file.save(path, padding=lambda _: 0)
    file.delete(path)


@pytest.mark.parametrize("suffix", TAGGED)
@pytest.mark.parametrize("codec", [None, "alac"])
def test_tagging_growing_and_untagging_change_nothing(suffix: str, codec: str | None, tmp_path: Path) -> None:
    if codec and suffix != ".m4a":
        suffix, codec = ".m4a", None
    path = make_sound(tmp_path / f"song{suffix}", seconds=3.0, codec=codec)
    before = fingerprint(path)
    write_tags(path, title="A title", artists=("One", "Two"))
    assert fingerprint(path) == before
    write_tags(path, title="A title", comment="long " * 2_000, cover=COVER)
    assert path.stat().st_size > 200_000
    assert fingerprint(path) == before
    without_tags(path)
    assert path.stat().st_size < 200_000 or suffix in (".wav", ".aif", ".aiff", ".m4a")
    assert fingerprint(path) == before


@pytest.mark.parametrize("suffix", TAGGED)
def test_a_new_name_changes_nothing(suffix: str, tmp_path: Path) -> None:
    path = make_sound(tmp_path / f"song{suffix}", title="t")
    before = fingerprint(path)
    (tmp_path / "folder").mkdir()
    assert fingerprint(path.rename(tmp_path / "folder" / f"other name{suffix}")) == before


@pytest.mark.parametrize("suffix", TAGGED)
def test_recordings_of_the_same_length_differ(suffix: str, tmp_path: Path) -> None:
    found = {fingerprint(make_sound(tmp_path / f"{n}{suffix}", frequency=220.0 + n, title="Same")) for n in range(8)}
    assert len(found) == 8


@pytest.mark.parametrize("suffix", TAGGED)
def test_recordings_of_other_lengths_differ(suffix: str, tmp_path: Path) -> None:
    lengths = (0.5, 1.0, 1.7, 3.0)
    found = {fingerprint(make_sound(tmp_path / f"{s}{suffix}", seconds=s, frequency=440.0)) for s in lengths}
    assert len(found) == len(lengths)


@pytest.mark.parametrize("suffix", [".mp3", ".aac", ".wv", ".ape"])
def test_tags_of_other_kinds_at_both_ends_change_nothing(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"song{suffix}"
    path.write_bytes(encoded(suffix))
    before = fingerprint(path)
    write_ape(path, {"title": ["Behind"]}, COVER)
    path.write_bytes(path.read_bytes() + b"TAG" + b"An old tag".ljust(125, b"\0"))
    front = id3.ID3()
    front.add(id3.TIT2(encoding=3, text="In front"))
    front.save(tmp_path / "front", padding=lambda _: 5_000)
    path.write_bytes((tmp_path / "front").read_bytes() * 2 + path.read_bytes())
    assert fingerprint(path) == before
    assert read_sound(path, suffix).tags.title is not None


def test_the_order_of_the_last_tags_does_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "song.mp3"
    path.write_bytes(encoded(".mp3"))
    before = fingerprint(path)
    path.write_bytes(encoded(".mp3") + b"TAG" + bytes(125))
    tag = apev2.APEv2()
    tag["Title"] = "Behind the old one"
    tag.save(tmp_path / "ape")
    path.write_bytes(path.read_bytes() + (tmp_path / "ape").read_bytes())
    assert fingerprint(path) == before


def test_atoms_that_change_places_change_nothing(tmp_path: Path) -> None:
    data = encoded(".m4a", seconds=2.0)
    at = data.index(b"moov") - 4
    moov = data[at : at + int.from_bytes(data[at : at + 4], "big")]
    kind = data[: int.from_bytes(data[:4], "big")]
    rest = data[len(kind) :].replace(moov, b"")
    original, moved = tmp_path / "original.m4a", tmp_path / "moved.m4a"
    original.write_bytes(data)
    moved.write_bytes(kind + moov + struct.pack(">I4s", 5_008, b"free") + bytes(5_000) + rest)
    assert fingerprint(original) == fingerprint(moved)


def test_flac_without_a_checksum_is_known_by_its_frames(tmp_path: Path) -> None:
    found = set()
    for frequency in (440.0, 441.0):
        path = make_sound(tmp_path / f"{frequency}.flac", frequency=frequency)
        data = bytearray(path.read_bytes())
        data[26:42] = bytes(16)
        path.write_bytes(data)
        before = fingerprint(path)
        write_tags(path, title="A title", cover=COVER)
        assert fingerprint(path) == before
        found.add(before)
    assert len(found) == 2


def test_flac_is_known_by_its_sound_however_it_is_packed(tmp_path: Path) -> None:
    path = make_sound(tmp_path / "song.flac")
    other = tmp_path / "other.flac"
    with av.open(str(path)) as source, av.open(str(other), "w", format="flac") as output:
        stream = output.add_stream("flac", rate=44_100, options={"compression_level": "0"})
        for frame in source.decode(audio=0):
            output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    assert other.read_bytes()[200:] != path.read_bytes()[200:]
    assert fingerprint(other) == fingerprint(path)


@pytest.mark.parametrize("place", [0.26, 0.5, 0.74])
def test_recordings_that_begin_and_end_in_silence_differ(place: float, tmp_path: Path) -> None:
    silence = encoded(".wav", frequency=0.0, seconds=4.0)
    path, other = tmp_path / "silent.wav", tmp_path / "other.wav"
    path.write_bytes(silence)
    click = int(len(silence) * place) - 8_000
    other.write_bytes(silence[:click] + b"\x55" * 16_000 + silence[click + 16_000 :])
    assert fingerprint(path) != fingerprint(other)


def test_sound_in_several_pieces_is_one_sound(tmp_path: Path) -> None:
    """Fragmented files have many `mdat`; joining them is no change of the sound."""
    data = encoded(".m4a", seconds=2.0)
    at = data.index(b"mdat") - 4
    size = int.from_bytes(data[at : at + 4], "big")
    sound = data[at + 8 : at + size]
    one, many = tmp_path / "one.m4a", tmp_path / "many.m4a"
    one.write_bytes(data)
    pieces = [sound[i : i + 700] for i in range(0, len(sound), 700)]
    body = b"".join(struct.pack(">I4s", 8 + len(piece), b"mdat") + piece for piece in pieces)
    many.write_bytes(data[:at] + body + data[at + size :])
    assert fingerprint(one) == fingerprint(many)
