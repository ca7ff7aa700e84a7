"""FLAC (RFC 9639)."""

from typing import NamedTuple

from sarau.adapters.mutagen.fingerprint import digest, digest_of_regions
from sarau.adapters.mutagen.measures import properties
from sarau.adapters.mutagen.source import Source
from sarau.adapters.mutagen.vorbis import read_comments, read_picture
from sarau.adapters.mutagen.words import Found, Words
from sarau.foundation.media.formats import Codec
from sarau.foundation.media.tags import UnreadableSound

STREAM_INFO_BYTES = 34
_COMMENTS, _PICTURE = 4, 6
_LAST_KNOWN_KIND = 6
_MAX_BEYOND_BYTES = 32 * 1024 * 1024
_LAST_BLOCK = 0x80
_MAX_BLOCKS = 128
_NO_MD5 = bytes(16)


class StreamInfo(NamedTuple):
    """The header block of a FLAC stream; `samples` is 0 if the encoder did not know."""

    sample_rate_hz: int
    channels: int
    bit_depth: int
    samples: int
    md5: bytes


def stream_info(block: bytes) -> StreamInfo:
    """Return what a STREAMINFO block says; raises UnreadableSound."""
    if len(block) < STREAM_INFO_BYTES:
        raise UnreadableSound("its FLAC header is cut off")
    packed = int.from_bytes(block[10:18], "big")
    rate, channels, bits, samples = packed >> 44, packed >> 41 & 7, packed >> 36 & 31, packed & 0xFFFFFFFFF
    if not rate:
        raise UnreadableSound("its FLAC header names no sample rate")
    return StreamInfo(rate, channels + 1, bits + 1, samples, block[18:34])


def read_flac(source: Source, start: int, end: int) -> Found:
    """Read a FLAC file whose stream lies between these offsets."""
    if source.at(start, 4) != b"fLaC":
        raise UnreadableSound("not a FLAC file: it does not begin with fLaC")
    if source.at(start + 4, 1)[:1] not in (b"\x00", b"\x80"):
        raise UnreadableSound("its FLAC header is missing")
    info = stream_info(source.at(start + 8, STREAM_INFO_BYTES))
    words = Words()
    sound = _read_blocks(source, start + 4, words)
    if sound >= end:
        raise UnreadableSound("no audio frames found behind the FLAC header")
    if info.md5 == _NO_MD5:
        fingerprint = digest_of_regions(source, Codec.FLAC, [(sound, end)])
    else:
        fingerprint = digest(Codec.FLAC, info.samples, [info.md5])
    return Found(
        properties(
            Codec.FLAC,
            seconds=info.samples / info.sample_rate_hz,
            sound_bytes=end - sound,
            sample_rate_hz=info.sample_rate_hz,
            channels=info.channels,
            bit_depth=info.bit_depth,
        ),
        words,
        fingerprint,
    )


def _read_blocks(source: Source, position: int, words: Words) -> int:
    """Read the metadata blocks from this offset on; return where the sound begins."""
    for _ in range(_MAX_BLOCKS):
        header = source.at(position, 4)
        if len(header) < 4:
            break
        kind, is_last = header[0] & ~_LAST_BLOCK, bool(header[0] & _LAST_BLOCK)
        start = position + 4
        position = start + int.from_bytes(header[1:], "big")
        if kind in (_COMMENTS, _PICTURE):
            position = _read_block(source, kind, (start, position), is_last, words)
        if is_last:
            break
    return position


def _read_block(source: Source, kind: int, span: tuple[int, int], is_last: bool, words: Words) -> int:
    """Read comments or a picture between two offsets; return where the block really ends.

    Some programs write wrong sizes, if only for pictures that are too large for the 24 bits: then the lengths inside
    the block count, as they do for libFLAC.
    """
    start, end = span
    is_right = _may_follow(source, end, is_last)
    if is_right and kind == _PICTURE and not words.wants(int.from_bytes(source.at(start, 4), "big")):
        return end
    block = source.at(start, end - start if is_right else end - start + _MAX_BEYOND_BYTES)
    own_end = start + (read_comments(block, 0, words) if kind == _COMMENTS else read_picture(block, words))
    return own_end if not is_right and _may_follow(source, own_end, is_last) else end


def _may_follow(source: Source, offset: int, is_last: bool) -> bool:
    """Tell whether another metadata block may begin here, or a frame of sound after the last one."""
    head = source.at(offset, 2)
    if len(head) < 2:
        return False
    if is_last:
        return head[0] == 0xFF and head[1] & 0xFE == 0xF8
    return 0 < head[0] & ~_LAST_BLOCK <= _LAST_KNOWN_KIND  # 0 comes only first
