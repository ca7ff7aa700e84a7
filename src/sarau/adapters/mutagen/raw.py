"""Sounds without a container, whose headers mutagen reads: MP3, ADTS AAC, Monkey's Audio, WavPack."""

import struct
from io import BytesIO
from typing import Any

from mutagen import MutagenError
from mutagen.aac import AACInfo
from mutagen.monkeysaudio import MonkeysAudioInfo
from mutagen.mp3 import BitrateMode, MPEGInfo
from mutagen.wavpack import WavPackInfo

from sarau.adapters.mutagen.fingerprint import digest_of_regions
from sarau.adapters.mutagen.measures import properties
from sarau.adapters.mutagen.source import HEAD_BYTES, Source
from sarau.adapters.mutagen.words import Found, Words
from sarau.foundation.media.formats import Codec
from sarau.foundation.media.tags import Properties, UnreadableSound

_MAX_SEARCH_BYTES = 1024 * 1024  # some files begin with this much that is no sound
_APE_HEADER_BYTES = 76
_APE_WITH_DESCRIPTOR = 3980  # the first version that says how long its headers are
_WAVPACK_SIZE_BYTES = 8  # of a block's header, which the block's size does not count
_WAVPACK_HEADER_BYTES = 32
_MAX_WAVPACK_WALK_BYTES = 16 * 1024 * 1024
# The slowest MPEG audio has 8 kbit/s; below, the header counts frames that are not there.
_LOWEST_MP3_BPS = 4_000
_USUAL_MP3_BPS = 128_000


def read_mp3(source: Source, start: int, end: int) -> Found:
    """Read MPEG audio between two offsets."""
    info = _mpeg_info(source, start, end)
    sound_bytes = end - start - info.frame_offset
    seconds, bitrate = info.length, info.bitrate
    if info.bitrate_mode == BitrateMode.UNKNOWN:
        seconds = sound_bytes * 8 / bitrate
    elif seconds <= 0 or sound_bytes * 8 / seconds < _LOWEST_MP3_BPS:
        seconds, bitrate = sound_bytes * 8 / _USUAL_MP3_BPS, 0
    found = properties(
        Codec.MP3,
        seconds=seconds,
        sound_bytes=sound_bytes,
        sample_rate_hz=info.sample_rate,
        channels=info.channels,
        bitrate_bps=bitrate,
    )
    return _found(source, start, end, found)


def _mpeg_info(source: Source, start: int, end: int) -> Any:
    """Return what the first frames say; raises UnreadableSound."""
    for window in (HEAD_BYTES, _MAX_SEARCH_BYTES):
        try:
            info: Any = MPEGInfo(BytesIO(source.at(start, min(window, end - start))), 0)
        except MutagenError:
            continue
        # Two headers in a row happen by chance in any data, unless it begins with them.
        if not info.sketchy or info.frame_offset == 0:
            return info
    raise UnreadableSound("no audio frames found")


def read_aac(source: Source, start: int, end: int) -> Found:
    """Read an ADTS stream between two offsets."""
    data = source.at(start, min(HEAD_BYTES, end - start))
    try:
        info = AACInfo(BytesIO(data))
    except MutagenError as error:
        raise UnreadableSound("no audio frames found") from error
    if not info.sample_rate:
        raise UnreadableSound("its AAC header names no sample rate")
    found = properties(
        Codec.AAC,
        seconds=info.length * (end - start) / len(data),
        sound_bytes=end - start,
        sample_rate_hz=info.sample_rate,
        channels=info.channels,
        bitrate_bps=info.bitrate,
    )
    return _found(source, start, end, found)


def read_monkeys_audio(source: Source, start: int, end: int) -> Found:
    """Read a Monkey's Audio file between two offsets."""
    head = source.at(start, _APE_HEADER_BYTES)
    try:
        info = MonkeysAudioInfo(BytesIO(head))
    except MutagenError as error:
        raise UnreadableSound("not a Monkey's Audio file: it has no MAC header") from error
    if int.from_bytes(head[4:6], "little") >= _APE_WITH_DESCRIPTOR:
        start_of_sound = start + sum(struct.unpack_from("<4I", head, 8))  # descriptor, header, seek table, WAV header
        if start_of_sound >= end:
            raise UnreadableSound("no sound behind the Monkey's Audio header")
    return _lossless(Codec.APE, info, source, start, end)


def read_wavpack(source: Source, start: int, end: int) -> Found:
    """Read a WavPack file between two offsets."""
    head = source.at(start, _WAVPACK_HEADER_BYTES)
    if head[12:16] == b"\xff\xff\xff\xff" or head[16:20] != bytes(4):
        # The encoder did not know the length: mutagen adds up the blocks.
        head = source.at(start, min(_MAX_WAVPACK_WALK_BYTES, end - start))
    try:
        info = WavPackInfo(BytesIO(head))  # type: ignore[no-untyped-call]
    except (MutagenError, IndexError) as error:
        raise UnreadableSound("not a WavPack file: it has no WavPack header") from error
    if start + _WAVPACK_SIZE_BYTES + int.from_bytes(head[4:8], "little") > end:
        raise UnreadableSound("no whole block of sound in this WavPack file")
    return _lossless(Codec.WAVPACK, info, source, start, end)


def _lossless(codec: Codec, info: Any, source: Source, start: int, end: int) -> Found:
    if not (info.length > 0 and info.channels and info.sample_rate):
        raise UnreadableSound("its header counts no sound")
    found = properties(
        codec,
        seconds=info.length,
        sound_bytes=end - start,
        sample_rate_hz=info.sample_rate,
        channels=int(info.channels),  # mutagen has True for one channel of WavPack
        bit_depth=info.bits_per_sample or None,
    )
    return _found(source, start, end, found)


def _found(source: Source, start: int, end: int, measured: Properties) -> Found:
    """Return what was found; the tags lie around the sound and are read by others."""
    return Found(measured, Words(), digest_of_regions(source, measured.codec, [(start, end)]))
