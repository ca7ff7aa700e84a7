"""Walking through the frames of an ID3v2 tag (https://id3.org), as bounded work whatever the tag claims."""

import re
import zlib
from collections.abc import Container, Iterator

MAX_INFLATED_BYTES = 32 * 1024 * 1024  # of all compressed frames of a tag together: a cover and some texts
_MAX_FRAMES = 5_000

_UNSYNCHRONISED, _EXTENDED, _FOOTER = 0x80, 0x40, 0x10  # flags of a tag
_COMPRESSED_23, _ENCRYPTED_23, _GROUPED_23 = 0x80, 0x40, 0x20  # flags of a frame, their second byte
_GROUPED_24, _COMPRESSED_24, _ENCRYPTED_24, _UNSYNCHRONISED_24, _LENGTH_24 = 0x40, 0x08, 0x04, 0x02, 0x01

# Some programs write frames of 2.2 into tags of 2.3, filled up with a NUL or space.
_NAME = re.compile(rb"[A-Z][A-Z0-9]{2}[A-Z0-9 \0]?")
_NEVER_UNSYNCHRONISED = re.compile(rb"\xff[\xe0-\xff]")


def id3_size(head: bytes) -> int:
    """Return the length in bytes of the ID3v2 tag that begins here, or 0 if none does; needs 10 bytes."""
    if len(head) < 10 or head[:3] != b"ID3" or head[3] == 0xFF:
        return 0
    footer = 10 if head[3] == 4 and head[5] & _FOOTER else 0
    return 10 + _synchsafe(head, 6) + footer


def frames(tag: bytes, wanted: Container[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """Yield name and plain content of the wanted frames of a tag, given from its header on."""
    version, flags = tag[3], tag[5]
    end = min(len(tag), 10 + _synchsafe(tag, 6))
    if version < 4 and flags & _UNSYNCHRONISED:
        tag = tag[:10] + _synchronised(tag[10:end])
        end = len(tag)
    walk = _walk_22(tag, end) if version == 2 else _walk(tag, end, version)
    unpacker = _Unpacker(version, bool(flags & _UNSYNCHRONISED))
    for count, (name, start, stop) in enumerate(walk):
        if count == _MAX_FRAMES:
            return
        if name in wanted and (content := unpacker.plain(tag[start - 1], tag[start:stop])):
            yield name, content


def _synchsafe(data: bytes, at: int) -> int:
    """Return a number stored in the lower seven bits of four bytes; 0 if they are not there."""
    if at + 4 > len(data):
        return 0
    return (data[at] & 0x7F) << 21 | (data[at + 1] & 0x7F) << 14 | (data[at + 2] & 0x7F) << 7 | data[at + 3] & 0x7F


def _synchronised(data: bytes) -> bytes:
    """Undo unsynchronisation, unless the flag lies: some programs set it and do nothing."""
    return data if _NEVER_UNSYNCHRONISED.search(data) else data.replace(b"\xff\x00", b"\xff")


def _walk_22(tag: bytes, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Yield name, start and end of the frames of an ID3v2.2 tag."""
    position = 10
    while position + 6 < end:
        name = tag[position : position + 3]
        if not _NAME.fullmatch(name):
            return
        start = position + 6
        position = start + int.from_bytes(tag[position + 3 : start], "big")
        yield name, start, min(position, end)


def _walk(tag: bytes, end: int, version: int) -> Iterator[tuple[bytes, int, int]]:
    """Yield name, start and end of the frames of an ID3v2.3 or 2.4 tag."""
    position = 10
    # Some programs set the flag without writing the header: then a frame is there.
    if tag[5] & _EXTENDED and not _NAME.fullmatch(tag[10:14]):
        position += _synchsafe(tag, 10) if version == 4 else 4 + int.from_bytes(tag[10:14], "big")
    while position + 10 < end:
        name = tag[position : position + 4]
        if not _NAME.fullmatch(name):
            return
        size = int.from_bytes(tag[position + 4 : position + 8], "big")
        if version == 4 and size > 0x7F:
            size = _size_24(tag, position, end, size)
        start = position + 10
        position = start + size
        yield name.rstrip(b"\0 "), start, min(position, end)


def _size_24(tag: bytes, position: int, end: int, plain: int) -> int:
    """Return the size of a frame of ID3v2.4, where old iTunes wrote plain numbers instead of synchsafe ones."""
    safe = _synchsafe(tag, position + 4)
    if _is_boundary(tag, position + 10 + safe, end) or not _is_boundary(tag, position + 10 + plain, end):
        return safe
    return plain


def _is_boundary(tag: bytes, at: int, end: int) -> bool:
    """Tell whether a frame may end here: the tag ends, padding begins or another frame."""
    return at == end or (at < end and (tag[at] == 0 or _NAME.fullmatch(tag[at : at + 4]) is not None))


class _Unpacker:
    """Undoes what the flags of frames say, with one limit for everything inflated."""

    def __init__(self, version: int, unsynchronised: bool) -> None:
        self._version = version
        self._unsynchronised = unsynchronised
        self._left_bytes = MAX_INFLATED_BYTES

    def plain(self, flags: int, data: bytes) -> bytes:
        """Return the content of a frame, empty if it cannot be had."""
        if self._version == 4:
            return self._plain_24(flags, data)
        if self._version == 2 or not flags & (_COMPRESSED_23 | _ENCRYPTED_23 | _GROUPED_23):
            return data
        if flags & _ENCRYPTED_23:
            return b""
        skipped = (4 if flags & _COMPRESSED_23 else 0) + (1 if flags & _GROUPED_23 else 0)
        return self._inflated(data[skipped:]) if flags & _COMPRESSED_23 else data[skipped:]

    def _plain_24(self, flags: int, data: bytes) -> bytes:
        if flags & _ENCRYPTED_24:
            return b""
        if flags & (_GROUPED_24 | _COMPRESSED_24 | _LENGTH_24):
            data = data[(1 if flags & _GROUPED_24 else 0) + (4 if flags & (_COMPRESSED_24 | _LENGTH_24) else 0) :]
        if self._unsynchronised or flags & _UNSYNCHRONISED_24:
            data = _synchronised(data)
        return self._inflated(data) if flags & _COMPRESSED_24 else data

    def _inflated(self, data: bytes) -> bytes:
        """Return data uncompressed; empty, and from then on for all, once the limit is passed."""
        if not self._left_bytes:
            return b""
        try:
            plain = zlib.decompressobj().decompress(data, self._left_bytes)
        except zlib.error:
            return b""
        self._left_bytes -= len(plain)
        return plain if self._left_bytes else b""
