"""Samples as they are: WAV (RIFF, RF64), AIFF; where they lie, and headers for a part of them."""

import struct
from collections.abc import Callable
from typing import NamedTuple

from sarau.foundation.media.seeking import OPAQUE, Layout, SeekIndex, SeekPoint, index_of

ReadAt = Callable[[int, int], bytes]  # where in a file, how many bytes; fewer at its end

_CHUNK_BYTES = 8
_MAX_CHUNKS = 200
_MAX_FORMAT_BYTES = 1024
_DS64_BYTES = 28
_UNKNOWN_SIZE = 0xFFFFFFFF
_MOST_IN_32_BITS = 0xFFFFFFFF
_SSND_HEAD_BYTES = 8
_FVER = b"FVER\0\0\0\4\xa2\x80\x51\x40"


class Samples(NamedTuple):
    """Where samples lie, how large one of all channels is, and the chunk that says what they are."""

    layout: Layout
    form: bytes
    description: bytes
    start: int
    stop: int
    block_bytes: int
    rate_hz: int

    def seek_index(self, origin: int) -> SeekIndex:
        """Return an index, which two points make whole."""
        length_ms = (self.stop - self.start) // self.block_bytes * 1000 // self.rate_hz
        return index_of(self.layout, origin, [SeekPoint(0, self.start), SeekPoint(length_ms, self.stop)])

    def offset_of(self, time_ms: int) -> int:
        """Return where the sample of a moment begins."""
        last = (self.stop - self.start) // self.block_bytes
        return self.start + min(last, time_ms * self.rate_hz // 1000) * self.block_bytes

    def time_ms(self, offset: int) -> int:
        """Return the moment of a place among the samples."""
        return (offset - self.start) // self.block_bytes * 1000 // self.rate_hz

    def header(self, length: int) -> bytes:
        """Return what comes before so many bytes of samples to make a file of them."""
        return _wav_header(self, length) if self.layout is Layout.WAV else _aiff_header(self, length)


def samples_of(read_at: ReadAt, origin: int, size_bytes: int) -> Samples | None:
    """Return where the samples of a WAV or AIFF file lie; None if nothing says so."""
    head = read_at(origin, 12)
    if head[:4] in (b"RIFF", b"RF64") and head[8:12] == b"WAVE":
        return _wav_samples(read_at, origin, size_bytes)
    if head[:4] == b"FORM" and head[8:12] in (b"AIFF", b"AIFC"):
        return _aiff_samples(read_at, origin, size_bytes, head[8:12])
    return None


def pcm_index(read_at: ReadAt, origin: int, size_bytes: int) -> SeekIndex:
    """Return the index of a WAV or AIFF file."""
    samples = samples_of(read_at, origin, size_bytes)
    return samples.seek_index(origin) if samples else OPAQUE


def _wav_samples(read_at: ReadAt, origin: int, size_bytes: int) -> Samples | None:
    position, long_bytes, description = origin + 12, None, b""
    for _ in range(_MAX_CHUNKS):
        name, length = read_at(position, 4), int.from_bytes(read_at(position + 4, 4), "little")
        body = position + _CHUNK_BYTES
        if len(name) < 4:
            return None
        if name == b"ds64":
            long_bytes = int.from_bytes(read_at(body + 8, 8), "little")
        elif name == b"fmt ":
            description = read_at(body, min(length, _MAX_FORMAT_BYTES))
        elif name == b"data":
            if length == _UNKNOWN_SIZE and long_bytes is not None:
                length = long_bytes
            return _wav_found(description, body, min(size_bytes, body + length))
        position = body + length + (length & 1)
    return None


def _wav_found(description: bytes, start: int, stop: int) -> Samples | None:
    if len(description) < 16:
        return None
    rate_hz, block_bytes = int.from_bytes(description[4:8], "little"), int.from_bytes(description[12:14], "little")
    per_second = int.from_bytes(description[8:12], "little")
    # What is coded (ADPCM and the like) counts in blocks of many samples: not by the rate.
    if not rate_hz or not block_bytes or per_second != rate_hz * block_bytes:
        return None
    return Samples(Layout.WAV, b"WAVE", description, start, stop, block_bytes, rate_hz)


def _wav_header(samples: Samples, length: int) -> bytes:
    described = b"fmt " + struct.pack("<I", len(samples.description)) + samples.description
    described += b"\0" * (len(samples.description) & 1)
    whole = 4 + len(described) + _CHUNK_BYTES + length
    if whole <= _MOST_IN_32_BITS - 1:
        return b"RIFF" + struct.pack("<I", whole) + b"WAVE" + described + b"data" + struct.pack("<I", length)
    whole += _CHUNK_BYTES + _DS64_BYTES
    blocks = length // samples.block_bytes
    ds64 = b"ds64" + struct.pack("<IQQQI", _DS64_BYTES, whole, length, blocks, 0)
    unknown = struct.pack("<I", _UNKNOWN_SIZE)
    return b"RF64" + unknown + b"WAVE" + ds64 + described + b"data" + unknown


def _aiff_samples(read_at: ReadAt, origin: int, size_bytes: int, form: bytes) -> Samples | None:
    position, description = origin + 12, b""
    for _ in range(_MAX_CHUNKS):
        name, length = read_at(position, 4), int.from_bytes(read_at(position + 4, 4), "big")
        body = position + _CHUNK_BYTES
        if len(name) < 4:
            return None
        if name == b"COMM":
            description = read_at(body, min(length, _MAX_FORMAT_BYTES))
        elif name == b"SSND":
            skipped = _SSND_HEAD_BYTES + int.from_bytes(read_at(body, 4), "big")
            return _aiff_found(form, description, body + skipped, min(size_bytes, body + length))
        position = body + length + (length & 1)
    return None


def _aiff_found(form: bytes, description: bytes, start: int, stop: int) -> Samples | None:
    if len(description) < 18 or (form == b"AIFC" and description[18:22] not in (b"NONE", b"sowt", b"twos")):
        return None
    channels, _, bits = struct.unpack(">hIh", description[:8])
    exponent, mantissa = struct.unpack(">HQ", description[8:18])
    rate_hz = mantissa >> max(0, min(64, 16_383 + 63 - exponent))
    block_bytes = channels * ((bits + 7) // 8)
    if not 0 < rate_hz < 1 << 32 or block_bytes <= 0 or stop < start:
        return None
    return Samples(Layout.AIFF, form, description, start, stop, block_bytes, rate_hz)


def _aiff_header(samples: Samples, length: int) -> bytes:
    blocks = struct.pack(">I", length // samples.block_bytes)
    described = samples.description[:2] + blocks + samples.description[6:]
    common = b"COMM" + struct.pack(">I", len(described)) + described + b"\0" * (len(described) & 1)
    version = _FVER if samples.form == b"AIFC" else b""
    sound = b"SSND" + struct.pack(">III", _SSND_HEAD_BYTES + length, 0, 0)
    whole = 4 + len(version) + len(common) + len(sound) + length
    return b"FORM" + struct.pack(">I", min(whole, _MOST_IN_32_BITS)) + samples.form + version + common + sound
