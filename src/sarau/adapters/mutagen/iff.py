"""WAV (RIFF, RF64) and AIFF: files of chunks."""

import struct
from collections.abc import Iterator
from typing import Literal, NamedTuple

from sarau.adapters.mutagen.fingerprint import digest_of_regions
from sarau.adapters.mutagen.id3 import read_id3
from sarau.adapters.mutagen.measures import properties
from sarau.adapters.mutagen.source import Source
from sarau.adapters.mutagen.words import Found, Words
from sarau.foundation.media.formats import Codec
from sarau.foundation.media.tags import UnreadableSound

_MAX_CHUNKS = 5_000
_HEADER_BYTES = 8
_FILE_HEADER_BYTES = 12
_MAX_TEXT_BYTES = 64 * 1024
_MAX_LIST_BYTES = 1024 * 1024
_SAMPLE_FORMATS = (1, 3, 6, 7, 0xFFFE)  # PCM, float, A-law, mu-law, extensible: as many bytes for each sample
_IN_64_BITS = 0xFFFFFFFF
_AIFF_SOUND_HEADER_BYTES = 8
_INFO = {
    b"INAM": "title", b"IART": "artist", b"IPRD": "album", b"ICRD": "date", b"IGNR": "genre", b"ICMT": "comment",
    b"ITRK": "tracknumber", b"IPRT": "tracknumber",
}  # fmt: skip
_AIFF_TEXTS = {b"NAME": "title", b"AUTH": "artist", b"ANNO": "comment"}


class Chunk(NamedTuple):
    """A chunk's name, where its content begins, and its length in bytes as far as the file goes."""

    name: bytes
    start: int
    size: int


def read_wav(source: Source, start: int, _end: int) -> Found:
    """Read a WAV file that begins at `start`."""
    head = source.at(start, _FILE_HEADER_BYTES)
    if head[:4] not in (b"RIFF", b"RF64") or head[8:12] != b"WAVE":
        raise UnreadableSound("not a WAV file: it does not begin with RIFF and WAVE")
    chunks = list(_chunks(source, start + _FILE_HEADER_BYTES, "little"))
    layout = source.at(*_span(chunks, b"fmt ", 16))
    sound = _named(chunks, b"data")
    if len(layout) < 16:
        raise UnreadableSound("its WAV header does not say how the sound is coded")
    if sound is None or not sound.size:
        raise UnreadableSound("no sound behind the WAV header")
    code, channels, rate, byte_rate, frame_bytes, bits = struct.unpack("<HHIIHH", layout)
    if code in _SAMPLE_FORMATS:
        byte_rate = rate * frame_bytes
    if not (channels and rate and byte_rate):
        raise UnreadableSound("its WAV header names no channels or sample rate")
    tags, info = Words(), Words()
    for chunk in chunks:
        _read_wav_chunk(source, chunk, tags, info)
    tags.fill_up(info)
    return Found(
        properties(
            Codec.WAV,
            seconds=sound.size / byte_rate,
            sound_bytes=sound.size,
            sample_rate_hz=rate,
            channels=channels,
            bit_depth=bits or None,
        ),
        tags,
        digest_of_regions(source, Codec.WAV, [(sound.start, sound.start + sound.size)]),
    )


def read_aiff(source: Source, start: int, _end: int) -> Found:
    """Read an AIFF or AIFF-C file that begins at `start`."""
    head = source.at(start, _FILE_HEADER_BYTES)
    if head[:4] != b"FORM" or head[8:12] not in (b"AIFF", b"AIFC"):
        raise UnreadableSound("not an AIFF file: it does not begin with FORM and AIFF")
    chunks = list(_chunks(source, start + _FILE_HEADER_BYTES, "big"))
    layout = source.at(*_span(chunks, b"COMM", 18))
    sound = _named(chunks, b"SSND")
    if len(layout) < 18:
        raise UnreadableSound("its AIFF header does not say how the sound is coded")
    channels, frames, bits = struct.unpack_from(">HIH", layout)
    rate = _extended(layout[8:18])
    if not (channels and rate):
        raise UnreadableSound("its AIFF header names no channels or sample rate")
    sound_bytes = sound.size - _AIFF_SOUND_HEADER_BYTES if sound else 0
    if head[8:12] == b"AIFF":
        frames = min(frames, sound_bytes // (channels * max(1, (bits + 7) // 8)))
    if sound is None or sound_bytes <= 0 or not frames:
        raise UnreadableSound("no sound behind the AIFF header")
    tags, texts = Words(), Words()
    for chunk in chunks:
        if chunk.name == b"ID3 ":
            read_id3(source.at(chunk.start, chunk.size), tags)
        elif chunk.name in _AIFF_TEXTS:
            _read_text(_AIFF_TEXTS[chunk.name], source.at(chunk.start, min(chunk.size, _MAX_TEXT_BYTES)), texts)
    tags.fill_up(texts)
    return Found(
        properties(
            Codec.AIFF,
            seconds=frames / rate,
            sound_bytes=sound_bytes,
            sample_rate_hz=round(rate),
            channels=channels,
            bit_depth=bits or None,
        ),
        tags,
        digest_of_regions(source, Codec.AIFF, [(sound.start + _AIFF_SOUND_HEADER_BYTES, sound.start + sound.size)]),
    )


def _chunks(source: Source, position: int, order: Literal["little", "big"]) -> Iterator[Chunk]:
    """Yield the chunks from this offset on; the last one may be cut off, or its size unknown, in a recording."""
    long_sound = None
    for _ in range(_MAX_CHUNKS):
        head = source.at(position, _HEADER_BYTES)
        if len(head) < _HEADER_BYTES:
            return
        name, size, start = head[:4], int.from_bytes(head[4:], order), position + _HEADER_BYTES
        if name == b"ds64":  # RF64 (EBU Tech 3306): sizes beyond 32 bits
            long_sound = int.from_bytes(source.at(start + 8, 8), "little")
        elif name == b"data" and size == _IN_64_BITS and long_sound is not None:
            size = long_sound
        yield Chunk(name, start, max(0, min(size, source.size - start)))
        position = start + size + size % 2


def _named(chunks: list[Chunk], name: bytes) -> Chunk | None:
    return next((chunk for chunk in chunks if chunk.name == name), None)


def _span(chunks: list[Chunk], name: bytes, limit: int) -> tuple[int, int]:
    """Return where a chunk begins and its length up to a limit; (0, 0) if there is none."""
    chunk = _named(chunks, name)
    return (chunk.start, min(chunk.size, limit)) if chunk else (0, 0)


def _extended(ten: bytes) -> float:
    """Return a number in 80 bits (IEEE 754 extended), 0 if it is no sane sample rate."""
    exponent, mantissa = int.from_bytes(ten[:2], "big") - 16383, int.from_bytes(ten[2:], "big")
    return mantissa / (1 << (63 - exponent)) if 0 <= exponent < 32 else 0.0


def _read_wav_chunk(source: Source, chunk: Chunk, tags: Words, info: Words) -> None:
    if chunk.name.lower() == b"id3 ":
        read_id3(source.at(chunk.start, chunk.size), tags)
    elif chunk.name == b"LIST":
        data = source.at(chunk.start, min(chunk.size, _MAX_LIST_BYTES))
        if data[:4] == b"INFO":
            _read_info(data, info)


def _read_info(data: bytes, words: Words) -> None:
    """Add the texts of a RIFF INFO list."""
    position = 4
    while position + _HEADER_BYTES <= len(data):
        size = int.from_bytes(data[position + 4 : position + 8], "little")
        start = position + _HEADER_BYTES
        if name := _INFO.get(data[position : position + 4]):
            _read_text(name, data[start : start + min(size, _MAX_TEXT_BYTES)], words)
        position = start + size + size % 2


def _read_text(name: str, data: bytes, words: Words) -> None:
    """Add a text whose coding nobody wrote down: UTF-8 if it can be, as newer programs write."""
    data = data.split(b"\0", 1)[0]
    try:
        words.add(name, (data.decode("utf-8"),))
    except UnicodeDecodeError:
        words.add(name, (data.decode("latin-1"),))
