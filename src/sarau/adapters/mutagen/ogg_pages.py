"""Pages and packets of Ogg (RFC 3533)."""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from sarau.adapters.mutagen.source import Source

_HEADER = struct.Struct("<4sBBqIIIB")
_MAX_HEADER_BYTES = _HEADER.size + 255
_MAX_PAGE_BYTES = _MAX_HEADER_BYTES + 255 * 255
_TAIL_BYTES = 8 * 1024  # mostly holds the last page
_WINDOW_BYTES = 64 * 1024  # headers with covers are many small pages, looked at in one piece
_FIRST_OF_STREAM = 0x02
NO_POSITION = -1


class Page(NamedTuple):
    """A page's header; offsets are those in the file."""

    is_first: bool
    granule: int
    serial: int
    lacing: bytes
    payload: int
    end: int


def page_at(source: Source, offset: int) -> Page | None:
    """Return the page that begins at this offset, or None."""
    head = source.at(offset, _MAX_HEADER_BYTES)
    return _parsed(head, 0, offset)


def pages(source: Source, offset: int, limit: int) -> Iterator[Page]:
    """Yield the pages from this offset on, up to a number of them."""
    window, window_start = b"", offset
    for _ in range(limit):
        page = _parsed(window, offset - window_start, offset)
        if page is None:
            window, window_start = source.at(offset, _WINDOW_BYTES), offset
            page = _parsed(window, 0, offset)
        if page is None:
            return
        yield page
        offset = page.end


def packets(source: Source, found: Iterator[Page], serial: int, limit_bytes: int) -> Iterator[tuple[bytes, Page]]:
    """Yield the packets of one stream that are complete, each with the page it ends on.

    A packet beyond the limit in bytes ends it all.
    """
    parts: list[bytes] = []
    left_bytes = limit_bytes
    for page in found:
        if page.serial != serial:
            continue
        payload = source.at(page.payload, page.end - page.payload)
        position = size = 0
        # A page inside a long packet is one piece: its lacing values need no look.
        for lace in page.lacing if page.lacing.count(255) < len(page.lacing) else b"":
            size += lace
            if lace < 255:
                yield b"".join((*parts, payload[position : position + size])), page
                parts, left_bytes, position, size = [], limit_bytes, position + size, 0
        parts.append(payload[position:])
        left_bytes -= len(parts[-1])
        if left_bytes < 0:
            return


def next_page(source: Source, offset: int, end: int) -> Page | None:
    """Return the first page that begins at this offset or later, or None if it does not begin soon."""
    for window in (_TAIL_BYTES, _MAX_PAGE_BYTES + _MAX_HEADER_BYTES):
        data = source.at(offset, min(window, end - offset))
        found = data.find(b"OggS")
        while found >= 0:
            page = _parsed(data, found, offset + found) or page_at(source, offset + found)
            if page is not None and page.end <= end:
                return page
            found = data.find(b"OggS", found + 1)
    return None


def last_page(source: Source, start: int, serial: int) -> Page | None:
    """Return the last page of a stream that tells a position, or None if none is near the end of the file."""
    for window in (_TAIL_BYTES, 2 * _MAX_PAGE_BYTES):
        offset = max(start, source.size - window)
        data = source.at(offset, source.size - offset)
        found = data.rfind(b"OggS")
        while found >= 0:
            page = _parsed(data, found, offset + found)
            if page is not None and page.serial == serial and page.granule != NO_POSITION:
                return page
            found = data.rfind(b"OggS", 0, found)
    return None


def _parsed(data: bytes, at: int, offset: int) -> Page | None:
    """Return the page whose header is at this place of the data, which is at this offset in the file."""
    if at + _HEADER.size > len(data):
        return None
    magic, version, flags, granule, serial, _, _, count = _HEADER.unpack_from(data, at)
    lacing = data[at + _HEADER.size : at + _HEADER.size + count]
    if magic != b"OggS" or version != 0 or len(lacing) != count:
        return None
    payload = offset + _HEADER.size + count
    return Page(bool(flags & _FIRST_OF_STREAM), granule, serial, lacing, payload, payload + sum(lacing))
