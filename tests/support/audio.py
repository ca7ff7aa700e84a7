"""Tiny real sound files of every format we serve, tagged, made by real encoders."""

import io
from functools import lru_cache
from pathlib import Path
from typing import Any

import av
import numpy as np
from tests.support.monkeys_audio import monkeys_audio
from tests.support.sound_tags import write_tags

# What encodes and what wraps each kind of file; PyAV has no libvorbis, but FFmpeg's own encoder does stereo.
_ENCODERS: dict[str, tuple[str, str, dict[str, str]]] = {
    ".mp3": ("libmp3lame", "mp3", {"id3v2_version": "0"}),
    ".flac": ("flac", "flac", {}),
    ".wav": ("pcm_s16le", "wav", {}),
    ".aif": ("pcm_s16be", "aiff", {}),
    ".aiff": ("pcm_s16be", "aiff", {}),
    ".ogg": ("vorbis", "ogg", {}),
    ".oga": ("flac", "ogg", {}),
    ".opus": ("libopus", "ogg", {}),
    ".m4a": ("aac", "ipod", {}),
    ".m4b": ("aac", "ipod", {}),
    ".mp4": ("aac", "mp4", {}),
    ".aac": ("aac", "adts", {}),
    ".wma": ("wmav2", "asf", {}),
    ".wv": ("wavpack", "wv", {}),
}
_SAMPLE_FORMATS = {"flac": "s16", "alac": "s16p", "wavpack": "s16p", "pcm_s16le": "s16", "pcm_s16be": "s16"}
_LOSSLESS = frozenset({"flac", "alac", "wavpack", "pcm_s16le", "pcm_s16be"})
_BITRATE_BPS = 96_000
_VOLUME = 0.3

SUFFIXES = (*_ENCODERS, ".ape")


def make_sound(
    path: Path,
    *,
    seconds: float = 1.0,
    frequency: float = 440.0,
    channels: int = 2,
    codec: str | None = None,
    cover: bytes | None = None,
    **tags: Any,
) -> Path:
    """Write a sine tone in the format of the path's suffix and return the path.

    `codec` names another encoder for the suffix, as "alac" for .m4a. `cover` becomes the front cover; `tags` are
    fields of `Tags`. A file of Monkey's Audio, which nothing here encodes, is silence that is unlike for each tone.
    """
    path.write_bytes(encoded(path.suffix, seconds, frequency, channels, codec))
    if tags or cover:
        write_tags(path, cover=cover, **tags)
    return path


@lru_cache(maxsize=256)
def encoded(
    suffix: str, seconds: float = 1.0, frequency: float = 440.0, channels: int = 2, codec: str | None = None
) -> bytes:
    """Return the bytes of a tone without tags; kept, for encoding is what takes time."""
    if suffix == ".ape":
        return monkeys_audio(seconds, frequency, channels)
    name, container, options = _ENCODERS[suffix]
    name = codec or name
    rate = 48_000 if name == "libopus" else 44_100
    file = io.BytesIO()
    with av.open(file, "w", format=container, options=options) as output:
        stream = output.add_stream(name, rate=rate, options={"strict": "experimental"})
        stream.layout = "stereo" if channels == 2 else "mono"
        stream.format = _SAMPLE_FORMATS.get(name, stream.codec.audio_formats[0].name)
        if name not in _LOSSLESS:
            stream.bit_rate = _BITRATE_BPS
        frame = _tone(seconds, frequency, rate, channels)
        stream.codec_context.open()
        resampler = av.AudioResampler(stream.format, stream.layout, rate, frame_size=stream.frame_size or None)
        for piece in (*resampler.resample(frame), *resampler.resample(None), None):
            output.mux(stream.encode(piece))
    return file.getvalue()


def make_video(path: Path, *, with_sound: bool) -> Path:
    """Write a second of grey film as MP4, with a tone or silent, and return the path."""
    with av.open(str(path), "w", format="mp4") as output:
        video = output.add_stream("mpeg4", rate=10)
        video.width, video.height, video.pix_fmt = 64, 64, "yuv420p"
        sound = output.add_stream("aac", rate=44_100) if with_sound else None
        if sound is not None:
            sound.codec_context.open()
        grey = np.full((64, 64, 3), 128, np.uint8)
        for _ in range(10):
            output.mux(video.encode(av.VideoFrame.from_ndarray(grey, format="rgb24")))
        output.mux(video.encode(None))
        if sound is not None:
            resampler = av.AudioResampler(sound.format, sound.layout, 44_100, frame_size=sound.frame_size)
            tone = _tone(1.0, 440.0, 44_100, 2)
            for piece in (*resampler.resample(tone), *resampler.resample(None), None):
                output.mux(sound.encode(piece))
    return path


def _tone(seconds: float, frequency: float, rate: int, channels: int) -> av.AudioFrame:
    """Return a sine wave as one frame."""
    times = np.arange(round(rate * seconds)) / rate
    wave = (np.sin(2 * np.pi * frequency * times) * _VOLUME * 32767).astype(np.int16)
    interleaved = np.repeat(wave, channels).reshape(1, -1)
    frame = av.AudioFrame.from_ndarray(interleaved, format="s16", layout="stereo" if channels == 2 else "mono")
    frame.sample_rate = rate
    frame.pts = 0
    return frame
