"""Ogg with Vorbis (Vorbis I specification), Opus (RFC 7845) or FLAC (RFC 9639, 10.1)."""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from sarau.adapters.mutagen.fingerprint import PARTS, SAMPLE_BYTES, digest
from sarau.adapters.mutagen.flac import STREAM_INFO_BYTES, StreamInfo, stream_info
from sarau.adapters.mutagen.measures import properties
from sarau.adapters.mutagen.ogg_pages import Page, last_page, next_page, packets, pages
from sarau.adapters.mutagen.source import MAX_PIECE_BYTES, Source
from sarau.adapters.mutagen.vorbis import read_comments, read_picture
from sarau.adapters.mutagen.words import Found, Words
from sarau.foundation.media.formats import Codec
from sarau.foundation.media.tags import UnreadableSound

_MAX_STREAMS = 64
_MAX_HEADER_PAGES = 20_000  # 40 MB of comments in the 4 KB pages of some taggers need 10,000
_MAX_FLAC_HEADERS = 100
_VORBIS_HEADER = struct.Struct("<7xIBI")
_OPUS_HEADER = struct.Struct("<8xBBH")
_OPUS_RATE_HZ = 48_000
_FLAC_COMMENTS, _FLAC_PICTURE, _FLAC_LAST_BLOCK = 4, 6, 0x80
_LAST_HEADER = {Codec.VORBIS: 2, Codec.OPUS: 1}
_COMMENTS_START = {Codec.VORBIS: len(b"\x03vorbis"), Codec.OPUS: len(b"OpusTags")}
_NO_MD5 = bytes(16)


class Stream(NamedTuple):
    """What the first packet of a stream says; `samples` is 0 where only the last page knows."""

    codec: Codec
    sample_rate_hz: int
    channels: int
    skipped_samples: int = 0
    flac: StreamInfo | None = None


def read_ogg(source: Source, start: int, _end: int) -> Found:
    """Read an Ogg file whose first page begins at `start`."""
    serial, stream = _first_stream(source, start)
    words = Words()
    sound = _read_headers(source, start, serial, stream, words)
    last = last_page(source, sound, serial)
    if last is None or last.end <= sound:
        raise UnreadableSound("no sound found behind the Ogg headers")
    samples = stream.flac.samples if stream.flac else 0
    samples = samples or max(0, last.granule - stream.skipped_samples)
    return Found(
        properties(
            stream.codec,
            seconds=samples / stream.sample_rate_hz,
            sound_bytes=last.end - sound,
            sample_rate_hz=stream.sample_rate_hz,
            channels=stream.channels,
            bit_depth=stream.flac.bit_depth if stream.flac else None,
        ),
        words,
        _fingerprint(source, stream, sound, last),
    )


def _first_stream(source: Source, start: int) -> tuple[int, Stream]:
    """Return the first stream of sound and its serial number; a picture or film may be muxed with it."""
    if source.at(start, 4) != b"OggS":
        raise UnreadableSound("not an Ogg file: it does not begin with OggS")
    for page in pages(source, start, _MAX_STREAMS):
        if not page.is_first:
            break
        stream = _stream(source.at(page.payload, page.end - page.payload))
        if stream is not None:
            return page.serial, stream
    raise UnreadableSound("no Vorbis, Opus or FLAC stream in this Ogg file")


def _stream(packet: bytes) -> Stream | None:
    """Return what the first packet of a stream says, or None if it is of no kind we know."""
    if packet.startswith(b"\x01vorbis") and len(packet) >= _VORBIS_HEADER.size:
        _, channels, rate = _VORBIS_HEADER.unpack_from(packet)
        if not rate or not channels:
            raise UnreadableSound("its Vorbis header names no channels or sample rate")
        return Stream(Codec.VORBIS, rate, channels)
    if packet.startswith(b"OpusHead") and len(packet) >= _OPUS_HEADER.size:
        _, channels, skipped = _OPUS_HEADER.unpack_from(packet)
        if not channels:
            raise UnreadableSound("its Opus header names no channels")
        return Stream(Codec.OPUS, _OPUS_RATE_HZ, channels, skipped)
    if packet.startswith(b"\x7fFLAC") and packet[9:13] == b"fLaC":
        info = stream_info(packet[17 : 17 + STREAM_INFO_BYTES])
        return Stream(Codec.FLAC, info.sample_rate_hz, info.channels, flac=info)
    return None


def _read_headers(source: Source, start: int, serial: int, stream: Stream, words: Words) -> int:
    """Read the header packets; return the offset of the first page behind them."""
    found = packets(source, pages(source, start, _MAX_HEADER_PAGES), serial, MAX_PIECE_BYTES)
    for count, (packet, page) in enumerate(found):
        if stream.codec is Codec.FLAC:
            is_last = _read_flac_header(packet if count else packet[13:], words) or count == _MAX_FLAC_HEADERS
        else:
            is_last = count == _LAST_HEADER[stream.codec]
            if count == 1:
                read_comments(packet, _COMMENTS_START[stream.codec], words)
        if is_last:
            return page.end
    raise UnreadableSound("the Ogg headers break off")


def _read_flac_header(block: bytes, words: Words) -> bool:
    """Read a metadata block with its header; tell whether it is the last one."""
    kind = block[0] & ~_FLAC_LAST_BLOCK if block else _FLAC_LAST_BLOCK
    if kind == _FLAC_COMMENTS:
        read_comments(block, 4, words)
    elif kind == _FLAC_PICTURE:
        read_picture(block[4:], words)
    return not block or block[0] >= _FLAC_LAST_BLOCK


def _fingerprint(source: Source, stream: Stream, sound: int, last: Page) -> str:
    """Return the digest of some pages' payload; for FLAC that of its MD5, as in files of its own."""
    if stream.flac and stream.flac.md5 != _NO_MD5:
        return digest(Codec.FLAC, stream.flac.samples, [stream.flac.md5])
    return digest(stream.codec, last.granule, _samples(source, sound, last))


def _samples(source: Source, sound: int, last: Page) -> Iterator[bytes]:
    """Yield payload of the pages at the quarters of the sound, and of its last page."""
    for part in range(PARTS):
        page = next_page(source, sound + (last.end - sound) * part // PARTS, last.end)
        if page is not None:
            yield source.at(page.payload, min(SAMPLE_BYTES, page.end - page.payload))
    yield source.at(last.payload, min(SAMPLE_BYTES, last.end - last.payload))
