"""Vorbis comments and the picture blocks of FLAC (RFC 9639, 8.6 and 8.8), as Ogg streams have them too."""

import binascii
import struct

from sarau.adapters.mutagen.words import FRONT_COVER, Words, name_of

_MAX_COMMENTS = 10_000
_MAX_TEXT_BYTES = 512 * 1024
_LENGTH = struct.Struct("<I")
_PICTURE = b"metadata_block_picture"
_OLD_PICTURE = b"coverart"  # before there were picture blocks: the bare picture


def read_comments(block: bytes, start: int, words: Words) -> int:
    """Add the comments of a block and return where they end; a block that breaks off still says what came before.

    `start` is where the vendor's name begins.
    """
    position = _after(block, start)
    count, position = _length_at(block, position), position + 4
    for _ in range(min(count, _MAX_COMMENTS)):
        begin = position + 4
        position = _after(block, position)
        if position > len(block):
            break
        equals = block.find(b"=", begin, min(position, begin + 100))
        if equals < 0:
            continue
        key = block[begin:equals].lower()
        if key in (_PICTURE, _OLD_PICTURE):
            _read_encoded_picture(key, block[equals + 1 : position], words)
        elif name := name_of(key.decode("latin-1")):
            text = block[equals + 1 : min(position, equals + 1 + _MAX_TEXT_BYTES)]
            words.add(name, (text.decode("utf-8", "replace"),))
    return position


def read_picture(block: bytes, words: Words) -> int:
    """Add the picture of a picture block and return where it ends."""
    kind = int.from_bytes(block[:4], "big")
    position = 4
    for _ in range(2):  # media type and description
        position += 4 + int.from_bytes(block[position : position + 4], "big")
    position += 16  # width, height, depth, colours
    length = int.from_bytes(block[position : position + 4], "big")
    if words.wants(kind):
        words.add_picture(kind, block[position + 4 : position + 4 + length])
    return position + 4 + length


def _length_at(block: bytes, position: int) -> int:
    return _LENGTH.unpack_from(block, position)[0] if 0 <= position <= len(block) - 4 else 0


def _after(block: bytes, position: int) -> int:
    """Return where the text ends whose length is at this position."""
    return position + 4 + _length_at(block, position)


def _read_encoded_picture(key: bytes, data: bytes, words: Words) -> None:
    """Add a picture in base64."""
    try:
        picture = binascii.a2b_base64(data)
    except binascii.Error:
        return
    if key == _PICTURE:
        read_picture(picture, words)
    else:
        words.add_picture(FRONT_COVER, picture)
