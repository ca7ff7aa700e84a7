"""FLAC: the header, and frames found by their own headers (RFC 9639)."""

from typing import NamedTuple

from sarau.foundation.media.frames.walker import Walker, id3_bytes
from sarau.foundation.media.seeking import Layout, SeekIndex

MAGIC = b"fLaC"
STREAMINFO_BYTES = 34
_BLOCK_HEADER_BYTES = 4
_HEAD_BYTES = 10
_MAX_FRAME_HEADER_BYTES = 16
_LOST_AFTER_BYTES = 1 << 20  # no frame where one should be for so long: then any that comes later in the sound


class StreamInfo(NamedTuple):
    """What the first block tells (section 8.2)."""

    min_block: int
    max_block: int
    min_frame_bytes: int
    rate_hz: int
    samples: int  # 0: unknown


def stream_info(block: bytes) -> StreamInfo | None:
    """Return what the 34 bytes of STREAMINFO tell, or None if they cannot be."""
    if len(block) < STREAMINFO_BYTES:
        return None
    packed = int.from_bytes(block[10:18], "big")
    rate_hz = packed >> 44
    min_block, max_block = int.from_bytes(block[0:2], "big"), int.from_bytes(block[2:4], "big")
    if not rate_hz or not 0 < min_block <= max_block:
        return None
    return StreamInfo(min_block, max_block, int.from_bytes(block[4:7], "big"), rate_hz, packed & ((1 << 36) - 1))


def _crc8_table() -> bytes:
    table = bytearray(256)
    for byte in range(256):
        crc = byte
        for _ in range(8):
            crc = (crc << 1 ^ (0x07 if crc & 0x80 else 0)) & 0xFF
        table[byte] = crc
    return bytes(table)


_CRC8 = _crc8_table()


class FrameHeader(NamedTuple):
    """Which block a frame has; `number` counts frames or, with blocks of many sizes, samples (section 9.1)."""

    number: int
    block: int
    length: int


def frame_header(data: bytes, at: int) -> FrameHeader | None:
    """Return the header that begins at a place of the data, its checksum proved, or None."""
    code, channels = data[at + 2], data[at + 3]
    if code >> 4 == 0 or code & 0xF == 0xF or channels >> 4 > 10 or channels & 1 or channels >> 1 & 7 == 3:
        return None
    number, position = _coded_number(data, at + 4)
    if number < 0:
        return None
    size, rate = code >> 4, code & 0xF
    block, position = _block(data, position, size)
    position += {12: 1, 13: 2, 14: 2}.get(rate, 0)
    crc = 0
    for byte in data[at:position]:
        crc = _CRC8[crc ^ byte]
    if position >= len(data) or crc != data[position]:
        return None
    return FrameHeader(number, block, position + 1 - at)


def _coded_number(data: bytes, position: int) -> tuple[int, int]:
    """Return a number coded like a character of UTF-8 and where it ends; -1 for none (section 9.1.5)."""
    first = data[position]
    if first < 0x80:
        return first, position + 1
    extra = 0
    while extra < 7 and first & (0x40 >> extra):
        extra += 1
    if not 1 <= extra <= 6:
        return -1, position
    number = first & (0x3F >> extra)
    for byte in data[position + 1 : position + 1 + extra]:
        if byte & 0xC0 != 0x80:
            return -1, position
        number = number << 6 | byte & 0x3F
    return number, position + 1 + extra


def _block(data: bytes, position: int, size: int) -> tuple[int, int]:
    """Return the samples of a block by their code, and where the header goes on (section 9.1.1)."""
    if size == 1:
        return 192, position
    if size <= 5:
        return 144 << size, position
    if size == 6:
        return data[position] + 1, position + 1
    if size == 7:
        return int.from_bytes(data[position : position + 2], "big") + 1, position + 2
    return 1 << size, position


class FlacWalker(Walker):
    """Walks along native FLAC, whose frames tell no length: headers are looked for, and must follow each other."""

    layout = Layout.FLAC

    def __init__(self) -> None:
        super().__init__()
        self._info: StreamInfo | None = None
        self._in_frames = False
        self._sync = b""
        self._next = 0  # the sample that the next frame begins with
        self._last_at = 0

    def finish(self) -> SeekIndex:
        """Return the index; the last frame ends with the file, for nothing else tells where."""
        self.offset = self._base + len(self._kept)
        return super().finish()

    def _step(self, data: bytes, position: int) -> int:
        if not self._in_frames:
            return self._head(data, position)
        if not self._sync:
            return self._first(data, position)
        found = data.find(self._sync, position)
        if found < 0:
            # The last byte may be the first of a sync code.
            return max(position, len(data) - 1)
        if found + _MAX_FRAME_HEADER_BYTES >= len(data):
            return found
        header = frame_header(data, found)
        if header is None or not self._fits(header, self._base + found):
            return self._missed(found + 2)
        return self._take(header, found)

    def _head(self, data: bytes, position: int) -> int:
        """Go over tag, magic and metadata blocks."""
        if position + _HEAD_BYTES > len(data):
            return position
        if self._info is None:
            if tag := id3_bytes(data[position : position + _HEAD_BYTES]):
                return position + tag
            if data[position : position + 4] != MAGIC:
                return len(data)
            self.origin = self._base + position
            position += 4
            if position + _BLOCK_HEADER_BYTES + STREAMINFO_BYTES > len(data):
                return position - 4
            self._info = stream_info(data[position + _BLOCK_HEADER_BYTES :][:STREAMINFO_BYTES])
            if self._info is None:
                return len(data)
        self._in_frames = bool(data[position] & 0x80)
        return position + _BLOCK_HEADER_BYTES + int.from_bytes(data[position + 1 : position + 4], "big")

    def _first(self, data: bytes, position: int) -> int:
        if position + _MAX_FRAME_HEADER_BYTES >= len(data):
            return position
        sync = data[position : position + 2]
        header = frame_header(data, position) if sync in (b"\xff\xf8", b"\xff\xf9") else None
        if header is None:
            return len(data)
        self._sync = sync
        self._next = self._sample(header)  # a part of a longer recording need not begin at 0
        return self._take(header, position)

    def _sample(self, header: FrameHeader) -> int:
        assert self._info is not None  # noqa: S101 - frames come after it
        return header.number if self._sync == b"\xff\xf9" else header.number * self._info.max_block

    def _fits(self, header: FrameHeader, at: int) -> bool:
        """Tell whether a frame is the one that comes next, or after a stretch without any one that comes later."""
        sample = self._sample(header)
        if sample == self._next:
            return True
        return sample > self._next and at - self._last_at > _LOST_AFTER_BYTES

    def _take(self, header: FrameHeader, found: int) -> int:
        assert self._info is not None  # noqa: S101 - frames come after it
        at, sample = self._base + found, self._sample(header)
        self._note(sample * 1000 // self._info.rate_hz, at)
        self._next = sample + header.block
        self._last_at = at
        self.time_ms = self._next * 1000 // self._info.rate_hz
        self.offset = at + header.length
        return found + max(header.length, self._info.min_frame_bytes)
