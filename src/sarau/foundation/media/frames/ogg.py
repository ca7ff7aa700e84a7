"""Ogg: pages, their granules and what they count, and headers made anew (RFC 3533, 7845; Vorbis I, appendix A)."""

import struct
from typing import NamedTuple

from sarau.foundation.media.frames.flac import stream_info
from sarau.foundation.media.frames.walker import Walker
from sarau.foundation.media.seeking import Layout

HEADER = struct.Struct("<4sBBqIIIB")
MAX_PAGE_BYTES = HEADER.size + 255 + 255 * 255
CONTINUED, FIRST, LAST = 1, 2, 4
OPUS_RATE_HZ = 48_000
_NO_GRANULE = -1
_MAGIC = b"OggS"
_LACING_BYTES = 255
_PATIENCE_MS = 3000


class Page(NamedTuple):
    """A page's header, and where in the data its content begins and ends."""

    flags: int
    granule: int
    serial: int
    lacing: bytes
    payload: int
    end: int


def page_in(data: bytes, at: int) -> Page | None:
    """Return the page whose header is whole at a place of the data; None if none is. Its content may be cut off."""
    if at + HEADER.size > len(data):
        return None
    magic, version, flags, granule, serial, _, _, count = HEADER.unpack_from(data, at)
    lacing = data[at + HEADER.size : at + HEADER.size + count]
    if magic != _MAGIC or version or len(lacing) != count:
        return None
    payload = at + HEADER.size + count
    return Page(flags, granule, serial, lacing, payload, payload + sum(lacing))


class Counting(NamedTuple):
    """How granules become moments: their rate, and how many come before the sound."""

    codec: str
    rate_hz: int
    lead: int

    def ms(self, granule: int) -> int:
        """Return the moment of a granule in milliseconds."""
        return max(0, granule - self.lead) * 1000 // self.rate_hz


def counting_of(packet: bytes) -> Counting | None:
    """Return how a stream counts, by its first packet; None for what we do not serve."""
    if packet[:8] == b"OpusHead" and len(packet) >= 19:
        return Counting("opus", OPUS_RATE_HZ, int.from_bytes(packet[10:12], "little"))
    if packet[:7] == b"\x01vorbis" and len(packet) >= 30:
        rate_hz = int.from_bytes(packet[12:16], "little")
        return Counting("vorbis", rate_hz, 0) if rate_hz else None
    if packet[:5] == b"\x7fFLAC":
        info = stream_info(packet[17:])
        return Counting("flac", info.rate_hz, 0) if info else None
    return None


class OggWalker(Walker):
    """Walks from page to page of the first stream that is sound; what is chained behind it is not counted."""

    layout = Layout.OGG

    def __init__(self) -> None:
        super().__init__()
        self._counting: Counting | None = None
        self._serial = -1
        self._granule = 0
        self._is_over = False

    def _step(self, data: bytes, position: int) -> int:
        if position + HEADER.size > len(data):
            return position
        if data[position : position + 4] != _MAGIC:
            found = data.find(_MAGIC, position + 1)
            return found if found >= 0 else max(position + 1, len(data) - 3)
        if position + HEADER.size + data[position + HEADER.size - 1] > len(data):
            return position
        page = page_in(data, position)
        if page is None:
            return self._missed(position + 4)
        if page.flags & FIRST:
            if page.end > len(data) and self._counting is None:
                return position
            self._begin(data, page, self._base + position)
        elif page.serial == self._serial and not self._is_over:
            self._count(page, self._base + position, self._base + page.end)
        return page.end

    def _begin(self, data: bytes, page: Page, at: int) -> None:
        if self._counting is not None:
            self._is_over = self._is_over or self._granule > 0
            return
        self._counting = counting_of(data[page.payload : page.end])
        if self._counting is not None:
            self._serial, self.origin = page.serial, at

    def _count(self, page: Page, at: int, end: int) -> None:
        assert self._counting is not None  # noqa: S101 - there is a serial
        if page.granule == _NO_GRANULE:
            return
        if page.granule > 0 and page.granule >= self._granule:
            # Headers count nothing. Where a packet began on the page before, players must pass over the rest of it.
            moment = self._counting.ms(self._granule)
            if not page.flags & CONTINUED or (self.points and moment - self.points[-1].time_ms > _PATIENCE_MS):
                self._note(moment, at)
            self._granule = page.granule
            self.time_ms, self.offset = self._counting.ms(page.granule), end


def _crc_table() -> tuple[int, ...]:
    table = []
    for byte in range(256):
        crc = byte << 24
        for _ in range(8):
            crc = (crc << 1 ^ (0x04C11DB7 if crc & 0x80000000 else 0)) & 0xFFFFFFFF
        table.append(crc)
    return tuple(table)


_CRC = _crc_table()


def pages_of(packets: list[bytes], serial: int, sequence: int, *, first: bool = False) -> bytes:
    """Return pages that hold some packets, with granule 0: headers of a stream."""
    lacing = bytearray()
    for packet in packets:
        lacing += b"\xff" * (len(packet) // 255) + bytes([len(packet) % 255])
    body = b"".join(packets)
    pages = bytearray()
    flags = FIRST if first else 0
    done = 0
    for start in range(0, len(lacing), _LACING_BYTES):
        some = bytes(lacing[start : start + _LACING_BYTES])
        length = sum(some)
        granule = 0 if some.strip(b"\xff") else _NO_GRANULE
        pages += _page(flags, granule, serial, sequence, some, body[done : done + length])
        done += length
        sequence += 1
        flags = CONTINUED if some[-1] == 255 else 0
    return bytes(pages)


def _page(flags: int, granule: int, serial: int, sequence: int, lacing: bytes, body: bytes) -> bytes:
    page = bytearray(HEADER.pack(_MAGIC, 0, flags, granule, serial, sequence, 0, len(lacing)) + lacing + body)
    crc = 0
    for byte in page:
        crc = (crc << 8 & 0xFFFFFFFF) ^ _CRC[crc >> 24 ^ byte]
    page[22:26] = crc.to_bytes(4, "little")
    return bytes(page)
