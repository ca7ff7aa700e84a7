"""Frames of ID3v2 packed in every way, and tags made to do harm."""

import struct
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.audio import encoded
from tests.support.id3_bytes import frame, synchsafe, tag

from sarau.adapters.mutagen.fields import tags_of
from sarau.adapters.mutagen.id3 import read_id3
from sarau.adapters.mutagen.reader import read_sound
from sarau.adapters.mutagen.words import Words
from sarau.foundation.media.tags import Tags

MEGABYTE = 1024 * 1024
COMPRESSED_24, COMPRESSED_23 = 0x0009, 0x0080  # with the length in front, as 2.4 wants it


def words_of(data: bytes) -> Words:
    words = Words()
    read_id3(data, words)
    return words


def tags_in(data: bytes) -> Tags:
    return tags_of(words_of(data).texts)


@pytest.mark.parametrize("version", [3, 4])
def test_frames_packed_in_every_way_are_unpacked(version: int) -> None:
    plain = b"\x00A title that is packed"
    if version == 4:
        packed = [
            frame("TIT2", struct.pack(">I", len(plain)) + zlib.compress(plain), flags=COMPRESSED_24),
            frame("TALB", b"g" + plain, flags=0x0040),
            frame("TPE1", synchsafe(len(plain)) + plain, flags=0x0001),
        ]
    else:
        packed = [
            frame("TIT2", struct.pack(">I", len(plain)) + zlib.compress(plain), version=3, flags=COMPRESSED_23),
            frame("TALB", b"g" + plain, version=3, flags=0x0020),
            frame("TPE1", plain, version=3, flags=0x8000),
        ]
    secret = frame("TCOM", b"\x00secret", version=version, flags=0x0004 if version == 4 else 0x0040)
    tags = tags_in(tag(secret, *packed, version=version))
    title = plain[1:].decode()
    assert (tags.title, tags.album, tags.artists, tags.composers) == (title, title, (title,), ())


@pytest.mark.parametrize("version", [3, 4])
def test_unsynchronised_tags_are_undone(version: int) -> None:
    picture = b"\x00image/jpeg\x00\x03\x00" + b"\xff\xd8\xff\xe0\xff\x00\xff" * 20 + b"."
    text = b"\x01\xff\xfe" + "Título".encode("utf-16-le")

    def unsynchronised(content: bytes) -> bytes:
        safe = b"".join(
            bytes((byte,)) + (b"\0" if byte == 0xFF and (following >= 0xE0 or following == 0) else b"")
            for byte, following in zip(content, content[1:] + b"\x01", strict=True)
        )
        assert safe != content
        return safe

    if version == 4:
        frames = [frame(n, unsynchronised(c), flags=0x0002) for n, c in (("TIT2", text), ("APIC", picture))]
        data = tag(*frames)
    else:
        data = tag(
            unsynchronised(frame("TIT2", text, version=3) + frame("APIC", picture, version=3)), version=3, flags=0x80
        )
    words = words_of(data)
    assert tags_of(words.texts).title == "Título"
    assert words.picture is not None
    assert words.picture.data == picture[14:]


def test_a_lie_about_unsynchronisation_is_not_believed() -> None:
    picture = b"\x00image/jpeg\x00\x03\x00" + b"\xff\xd8\xff\xe0 \xff\x00 data"
    words = words_of(tag(frame("APIC", picture, flags=0x0002)))
    assert words.picture is not None
    assert words.picture.data == picture[14:]


def test_plain_sizes_of_old_itunes_are_understood() -> None:
    long = b"\x00" + b"long " * 60
    wrong = b"TIT2" + struct.pack(">IH", len(long), 0) + long
    tags = tags_in(tag(wrong, frame("TALB", b"\x00Behind it")))
    assert (tags.title, tags.album) == (("long " * 60).strip(), "Behind it")


@pytest.mark.parametrize("version", [3, 4])
def test_an_extended_header_is_passed(version: int) -> None:
    extended = synchsafe(6) + b"\x01\x00" if version == 4 else struct.pack(">I", 6) + bytes(6)
    title = frame("TIT2", b"\x00Behind", version=version)
    assert tags_in(tag(extended, title, version=version, flags=0x40)).title == "Behind"
    assert tags_in(tag(title, version=version, flags=0x40)).title == "Behind"


def stacked(count: int, content: Callable[[int], bytes]) -> bytes:
    return tag(*(content(number) for number in range(count)))


def bomb(gigabytes: int) -> bytes:
    """Return a zlib stream of zeros, about a thousandth as long as what it inflates to."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packer.compress(bytes(MEGABYTE))
    packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(bytes(MEGABYTE)) + packer.flush(zlib.Z_FULL_FLUSH)
    return b"\x78\xda" + block * (1024 * gigabytes)


def nested(depth: int) -> bytes:
    content = b""
    for _ in range(depth):
        content = frame("CHAP", b"id\0" + bytes(16) + content)
    return content


HARMFUL: dict[str, Callable[[], bytes]] = {
    "a picture that inflates to 4 GB": lambda: tag(frame("APIC", bytes(4) + bomb(4), flags=COMPRESSED_24)),
    "a text that inflates to 4 GB": lambda: tag(frame("TALB", bytes(4) + bomb(4), flags=COMPRESSED_24)),
    "a hundred that inflate to 1 GB": lambda: stacked(
        100, lambda _: frame("TALB", bytes(4) + bomb(1)[: 40 * 1024], flags=COMPRESSED_24)
    ),
    "four million values": lambda: tag(frame("TCOM", b"\x00" + b"\x00" * 4 * MEGABYTE)),
    "two million values of UTF-16": lambda: tag(frame("TCOM", b"\x01" + b"\x00" * 4 * MEGABYTE)),
    "four hundred thousand frames": lambda: tag(frame("TPE1", b"\x00") * 350_000),
    "ten thousand free texts": lambda: stacked(
        10_000, lambda number: frame("TXXX", b"\x00" + str(number).encode() + b"\x00" + b"x" * 300)
    ),
    "many pictures": lambda: stacked(40, lambda number: frame("APIC", b"\x00\x00\x04\x00" + bytes(100_000 + number))),
    "chapters within chapters": lambda: tag(nested(3_000)),
    "many synced words": lambda: tag(frame("SYLT", b"\x01eng\x02\x01" + b"\x00" * 4 * MEGABYTE)),
}


@pytest.mark.parametrize("harm", HARMFUL)
@pytest.mark.parametrize("suffix", [".mp3", ".wav"])
def test_harmful_tags_cost_little(harm: str, suffix: str, tmp_path: Path) -> None:
    """Tags like these can take gigabytes or hours; the song is read, and in little memory."""
    data = HARMFUL[harm]()[: 8 * MEGABYTE]
    data = tag(size=len(data) - 10)[:10] + data[10:]
    path = tmp_path / f"song{suffix}"
    if suffix == ".mp3":
        path.write_bytes(data + encoded(".mp3"))
    else:
        path.write_bytes(encoded(".wav") + b"id3 " + struct.pack("<I", len(data)) + data)
    tracemalloc.start()
    try:
        sound = read_sound(path, suffix)
        _, peak_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert sound.properties.duration_ms > 900
    assert peak_bytes < 120 * MEGABYTE


@given(data=st.binary(max_size=400), version=st.integers(0, 5), flags=st.integers(0, 255))
def test_no_bytes_behind_a_header_raise_anything(data: bytes, version: int, flags: int) -> None:
    tags_in(tag(data, version=version, flags=flags))
