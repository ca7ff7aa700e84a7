"""WMA: ASF files (Advanced Systems Format specification); mutagen reads their attributes."""

import struct
from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple
from uuid import UUID

from mutagen.asf import ASF

from sarau.adapters.mutagen.fingerprint import digest_of_regions
from sarau.adapters.mutagen.measures import properties
from sarau.adapters.mutagen.source import Source
from sarau.adapters.mutagen.words import Found, Words
from sarau.foundation.media.formats import Codec
from sarau.foundation.media.tags import UnreadableSound

_HEADER = UUID("75b22630-668e-11cf-a6d9-00aa0062ce6c").bytes_le
_DATA = UUID("75b22636-668e-11cf-a6d9-00aa0062ce6c").bytes_le
_FILE_PROPERTIES = UUID("8cabdca1-a947-11cf-8ee4-00c00c205365").bytes_le
_STREAM_PROPERTIES = UUID("b7dc0791-a9b7-11cf-8ee6-00c00c205365").bytes_le
_SOUND_STREAM = UUID("f8699e40-5b4d-11cf-a8fd-00805f5c442b").bytes_le
_HEADER_EXTENSION = UUID("5fbf03b5-a92e-11cf-8ee3-00c00c205365").bytes_le
_DESCRIPTION = UUID("75b22633-668e-11cf-a6d9-00aa0062ce6c").bytes_le
# In the order in which the values of one name follow each other.
_ATTRIBUTES = (
    UUID("d2d0a440-e307-11d2-97f0-00a0c95ea850").bytes_le,  # extended content description
    UUID("c5f8cbea-5baf-4877-8467-aa8c44fa4cca").bytes_le,  # metadata
    UUID("44231c94-9498-49d1-a141-1d134e457054").bytes_le,  # metadata library
)
_TAGS = (_DESCRIPTION, *_ATTRIBUTES)

_FILE_HEADER_BYTES = 30
_OBJECT_HEADER_BYTES = 24
_DATA_HEADER_BYTES = 50
_EXTENSION_HEADER_BYTES = 22
_MAX_HEADER_BYTES = 48 * 1024 * 1024
_MAX_OBJECTS = 1_000
_MAX_ATTRIBUTES = 2_000
_MAX_ALIKE = 4  # objects of one kind: one is what the specification allows
_LOSSLESS = 0x163
_TICKS_PER_SECOND = 10_000_000
_NAMES = {
    "author": "artist",
    "albumtitle": "album",
    "partofset": "discnumber",
    "originalreleaseyear": "originaldate",
    "originalreleasetime": "originaldate",
    "iscompilation": "compilation",
}
_COUNTED_FROM_ZERO = "WM/Track"
_PICTURE = "WM/Picture"


class Object(NamedTuple):
    """An object of an ASF header: what it is, and its bytes without its own header."""

    guid: bytes
    content: bytes


def read_asf(source: Source, start: int, end: int) -> Found:
    """Read an ASF file that begins at `start`."""
    head = source.at(start, _FILE_HEADER_BYTES)
    if len(head) < _FILE_HEADER_BYTES or head[:16] != _HEADER:
        raise UnreadableSound("not a WMA file: it has no ASF header")
    header_bytes = int.from_bytes(head[16:24], "little")
    if header_bytes > _MAX_HEADER_BYTES:
        raise UnreadableSound("its WMA header is too large to be true")
    header = source.at(start, header_bytes)
    objects = [found for found in _objects(header, _FILE_HEADER_BYTES) if found.guid != _HEADER_EXTENSION]
    channels, rate, bits = _stream(objects)
    sound = _sound(source, start + header_bytes, end)
    return Found(
        properties(
            Codec.WMA,
            seconds=_seconds(objects),
            sound_bytes=sound[1] - sound[0],
            sample_rate_hz=rate,
            channels=channels,
            bit_depth=bits,
        ),
        _words(objects),
        digest_of_regions(source, Codec.WMA, [sound]),
    )


def _objects(data: bytes, position: int, depth: int = 0) -> Iterator[Object]:
    """Yield the objects of a header, and those in its extension beside them."""
    for _ in range(_MAX_OBJECTS):
        if position + _OBJECT_HEADER_BYTES > len(data):
            return
        guid = data[position : position + 16]
        size = int.from_bytes(data[position + 16 : position + 24], "little")
        if size < _OBJECT_HEADER_BYTES or position + size > len(data):
            return
        content = data[position + _OBJECT_HEADER_BYTES : position + size]
        yield Object(guid, content)
        if guid == _HEADER_EXTENSION and not depth:
            yield from _objects(content, _EXTENSION_HEADER_BYTES, depth=1)
        position += size


def _stream(objects: list[Object]) -> tuple[int, int, int | None]:
    """Return channels, sample rate and bits of the first stream of sound; raises UnreadableSound."""
    for guid, content in objects:
        if guid == _STREAM_PROPERTIES and content[:16] == _SOUND_STREAM and len(content) >= 70:
            code, channels, rate, _, _, bits = struct.unpack_from("<HHIIHH", content, 54)
            if channels and rate:
                return channels, rate, bits if code == _LOSSLESS else None
    raise UnreadableSound("no stream of sound in this WMA file")


def _seconds(objects: list[Object]) -> float:
    for guid, content in objects:
        if guid == _FILE_PROPERTIES and len(content) >= 64:
            ticks, _, preroll_ms = struct.unpack_from("<QQQ", content, 40)
            return float(max(0, ticks / _TICKS_PER_SECOND - preroll_ms / 1000))
    return 0.0


def _sound(source: Source, position: int, end: int) -> tuple[int, int]:
    """Return where the packets of sound begin and end; raises UnreadableSound."""
    head = source.at(position, _OBJECT_HEADER_BYTES)
    if head[:16] != _DATA or position + _DATA_HEADER_BYTES >= end:
        raise UnreadableSound("no sound behind the WMA header")
    size = int.from_bytes(head[16:24], "little")
    return position + _DATA_HEADER_BYTES, min(end, position + max(size, _DATA_HEADER_BYTES + 1))


def _words(objects: list[Object]) -> Words:
    words = Words()
    for kind in _TAGS:
        alike = [content for guid, content in objects if guid == kind]
        for content in alike[:_MAX_ALIKE]:
            _read_attributes(kind, content, words)
    return words


def _read_attributes(guid: bytes, content: bytes, words: Words) -> None:
    """Add what one object says; a broken one does not spoil the others."""
    if guid in _ATTRIBUTES and int.from_bytes(content[:2], "little") > _MAX_ATTRIBUTES:
        return
    one = guid + struct.pack("<Q", _OBJECT_HEADER_BYTES + len(content)) + content
    alone = _HEADER + struct.pack("<QIH", _FILE_HEADER_BYTES + len(one), 1, 0x0201) + one
    try:
        attributes = list(ASF(BytesIO(alone)).tags or ())  # type: ignore[no-untyped-call]
    except Exception:  # whatever mutagen stumbles over, the sound is good
        return
    for name, attribute in attributes:
        if name == _PICTURE:
            _read_picture(bytes(attribute), words)
        elif name != _COUNTED_FROM_ZERO:
            key = name.removeprefix("WM/").lower()
            words.add_free(_NAMES.get(key, key), (str(attribute),))


def _read_picture(value: bytes, words: Words) -> None:
    """Keep a picture that follows its kind, its length, and two texts."""
    size = int.from_bytes(value[1:5], "little")
    if 0 < size < len(value) and words.wants(value[0]):
        words.add_picture(value[0], value[-size:])
