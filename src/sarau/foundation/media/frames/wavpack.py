"""Blocks of WavPack (its format description, version 4 and 5)."""

from sarau.foundation.media.frames.walker import Walker, id3_bytes

_HEADER_BYTES = 32
_RATES_HZ = (
    6_000, 8_000, 9_600, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 64_000, 88_200, 96_000,
    192_000,
)  # fmt: skip
_INITIAL = 0x800
_MAX_BLOCK_BYTES = 1 << 22


class WavpackWalker(Walker):
    """Walks from block to block; those of further channels belong to the first before them."""

    def _step(self, data: bytes, position: int) -> int:
        if position + _HEADER_BYTES > len(data):
            return position
        if data[position : position + 4] != b"wvpk":
            if tag := id3_bytes(data[position : position + 10]):
                return position + tag
            found = data.find(b"wvpk", position + 1)
            return found if found >= 0 else max(position + 1, len(data) - 3)
        head = data[position : position + _HEADER_BYTES]
        length = int.from_bytes(head[4:8], "little") + 8
        if not _HEADER_BYTES <= length <= _MAX_BLOCK_BYTES:
            return self._missed(position + 4)
        self._count(head, self._base + position, length)
        return position + length

    def _count(self, head: bytes, at: int, length: int) -> None:
        flags = int.from_bytes(head[24:28], "little")
        rate, samples = flags >> 23 & 0xF, int.from_bytes(head[20:24], "little")
        if rate >= len(_RATES_HZ):
            return
        if samples and flags & _INITIAL:
            first = int.from_bytes(head[16:20], "little") | head[10] << 32
            self._note(first * 1000 // _RATES_HZ[rate], at)
            self.time_ms = (first + samples) * 1000 // _RATES_HZ[rate]
        self.offset = at + length
