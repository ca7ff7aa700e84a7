"""Monkey's Audio files of silence, put together by hand, for there is no free encoder."""

import hashlib
import struct

_VERSION = 3990
_DESCRIPTOR_BYTES, _HEADER_BYTES = 52, 24
_NORMAL_COMPRESSION = 2000
_CREATES_WAV_HEADER = 1 << 5
_BLOCKS_PER_FRAME = 73_728
_RATE = 44_100
# A frame begins with a checksum whose highest bit says that flags follow; silent channels need no more data.
_HAS_FLAGS = 1 << 31
_SILENT = {1: 1, 2: 3}
_UNUSED_BYTES = 4096


def monkeys_audio(seconds: float, frequency: float, channels: int) -> bytes:
    """Return a file of that many seconds; the frequency only chooses bytes that decoders skip."""
    blocks = round(seconds * _RATE)
    count = -(-blocks // _BLOCKS_PER_FRAME)
    unused = hashlib.shake_128(str(frequency).encode()).digest(_UNUSED_BYTES)
    frame = struct.pack("<II", _HAS_FLAGS, _SILENT[channels]) + unused
    sound = frame * count
    first = _DESCRIPTOR_BYTES + _HEADER_BYTES + 4 * count
    table = struct.pack(f"<{count}I", *(first + number * len(frame) for number in range(count)))
    descriptor = struct.pack(
        "<4sHH7I16s",
        b"MAC ", _VERSION, 0, _DESCRIPTOR_BYTES, _HEADER_BYTES, len(table), 0, len(sound), 0, 0,
        hashlib.md5(sound, usedforsecurity=False).digest(),
    )  # fmt: skip
    last_blocks = blocks - (count - 1) * _BLOCKS_PER_FRAME
    header = struct.pack(
        "<HHIIIHHI",
        _NORMAL_COMPRESSION, _CREATES_WAV_HEADER, _BLOCKS_PER_FRAME, last_blocks, count, 16, channels, _RATE,
    )  # fmt: skip
    return descriptor + header + table + sound
