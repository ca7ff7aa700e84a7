"""APEv2 tags, and finding the tags at the end of a file (https://wiki.hydrogenaud.io/index.php?title=APEv2)."""

import struct
from typing import NamedTuple

from sarau.adapters.mutagen.id3 import ID3V1_BYTES
from sarau.adapters.mutagen.source import Source
from sarau.adapters.mutagen.words import FRONT_COVER, MAX_VALUES, Words

_FOOTER = struct.Struct("<8s4I8x")
_ITEM = struct.Struct("<2I")
_HAS_HEADER = 1 << 31
_TEXT, _BINARY = 0, 1
_MAX_ITEMS = 2_000
_MAX_KEY_BYTES = 255
_MAX_TEXT_BYTES = 512 * 1024
_OTHER_PICTURE = 0


class Trailer(NamedTuple):
    """The tags at the end of a file, raw and empty where there is none, and where the sound before them ends."""

    end: int
    ape: bytes
    id3v1: bytes


def trailer(source: Source, start: int) -> Trailer:
    """Find APEv2 and ID3v1 tags at the end of a file whose sound begins at `start`, in either order."""
    end, ape, id3v1 = source.size, b"", b""
    while True:
        tail = source.at(max(start, end - ID3V1_BYTES), min(ID3V1_BYTES, end - start))
        length = _ape_length(tail[-_FOOTER.size :])
        if length and not ape and end - length >= start:
            ape = source.at(end - length, length)
            end -= length
        elif len(tail) == ID3V1_BYTES and tail.startswith(b"TAG") and not id3v1:
            id3v1 = tail
            end -= ID3V1_BYTES
        else:
            return Trailer(end, ape, id3v1)


def read_ape(tag: bytes, words: Words) -> None:
    """Add what a whole APEv2 tag says; what is broken ends it."""
    position = _FOOTER.size if tag.startswith(b"APETAGEX") else 0
    end = len(tag) - _FOOTER.size
    for _ in range(_MAX_ITEMS):
        if position + _ITEM.size > end:
            return
        size, flags = _ITEM.unpack_from(tag, position)
        position += _ITEM.size
        key_end = tag.find(b"\0", position, position + _MAX_KEY_BYTES + 1)
        if key_end < 0 or key_end + 1 + size > end:
            return
        key = tag[position:key_end].decode("latin-1").lower()
        position = key_end + 1 + size
        kind = flags >> 1 & 3
        if kind == _TEXT:
            value = tag[key_end + 1 : min(position, key_end + 1 + _MAX_TEXT_BYTES)].decode("utf-8", "replace")
            words.add_free(key, value.split("\0", MAX_VALUES)[:MAX_VALUES])
        elif kind == _BINARY and key.startswith("cover art"):
            _, _, data = tag[key_end + 1 : position].partition(b"\0")  # a file name comes first
            words.add_picture(FRONT_COVER if "front" in key else _OTHER_PICTURE, data)


def _ape_length(footer: bytes) -> int:
    """Return the length in bytes of the tag that ends with this footer, or 0."""
    if len(footer) < _FOOTER.size or not footer.startswith(b"APETAGEX"):
        return 0
    _, _, size, _, flags = _FOOTER.unpack(footer)
    length: int = size + (_FOOTER.size if flags & _HAS_HEADER else 0)
    return length if size >= _FOOTER.size else 0
