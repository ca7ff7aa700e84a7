"""Sounds that keep an encoder busy as music does: chords that move, with noise; encoded by FFmpeg's libraries."""

import io
import wave
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.int16]

# By suffix: the encoder, the container, and the form in which the encoder takes samples.
_FORMATS = {
    ".mp3": ("libmp3lame", "mp3", "s16p"),
    ".flac": ("flac", "flac", "s16"),
    ".ogg": ("vorbis", "ogg", "fltp"),
    ".opus": ("libopus", "ogg", "s16"),
    ".m4a": ("aac", "ipod", "fltp"),
    ".alac.m4a": ("alac", "ipod", "s16p"),
}
_LOSSY_BPS = 128_000


def music(seconds: float, rate_hz: int = 44_100, seed: int = 1) -> Samples:
    """Return stereo samples, interleaved."""
    chance = np.random.default_rng(seed)
    times = np.arange(round(seconds * rate_hz)) / rate_hz
    sound = np.zeros((2, len(times)))
    for note in 220 * 2 ** (chance.integers(0, 24, 6) / 12):
        swell = 0.5 + 0.5 * np.sin(2 * np.pi * chance.uniform(0.1, 2) * times + chance.uniform(0, 6))
        for harmonic in (1, 2, 3, 5):
            tone = np.sin(2 * np.pi * note * harmonic * times) * swell / harmonic
            sound += np.outer(chance.uniform(0.3, 1, 2), tone)
    sound += chance.normal(0, 0.15, sound.shape)
    loudest = np.abs(sound).max()
    samples: Samples = (sound / loudest * 28_000).astype(np.int16).T.reshape(1, -1)
    return samples


def write_wav(path: Path, samples: Samples, rate_hz: int = 44_100) -> Path:
    """Write samples as WAV and return the path."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes(samples.tobytes())
    return path


def encoded(suffix: str, seconds: float, seed: int = 1) -> bytes:
    """Return a sound file in the format of a suffix."""
    codec, container, sample_format = _FORMATS[suffix]
    rate_hz = 48_000 if codec == "libopus" else 44_100
    frame = av.AudioFrame.from_ndarray(music(seconds, rate_hz, seed), format="s16", layout="stereo")
    frame.sample_rate, frame.pts = rate_hz, 0
    file = io.BytesIO()
    with av.open(file, "w", format=container) as output:
        stream: Any = output.add_stream(codec, rate=rate_hz, options={"strict": "experimental"})
        stream.layout, stream.format = "stereo", sample_format
        if codec not in ("flac", "alac"):
            stream.bit_rate = _LOSSY_BPS
        stream.codec_context.open()
        resampler = av.AudioResampler(stream.format, stream.layout, rate_hz, frame_size=stream.frame_size or None)
        for piece in (*resampler.resample(frame), *resampler.resample(None), None):
            output.mux(stream.encode(piece))
    return file.getvalue()
