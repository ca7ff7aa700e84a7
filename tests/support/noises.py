"""Sounds no two moments of which are alike, in every format, and where in one of them another begins."""

import tempfile
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import av
import numpy as np
from numpy.typing import NDArray
from tests.support.pictures import picture
from tests.support.sound_tags import write_tags

RATE_HZ = 44_100
_OPUS_RATE_HZ = 48_000
_LOSSLESS = {"flac": "s16", "alac": "s16p", "wavpack": "s16p", "pcm_s16le": "s16", "pcm_s16be": "s16"}


class Form(NamedTuple):
    """A suffix, what encodes and what wraps it."""

    suffix: str
    codec: str
    container: str
    options: tuple[tuple[str, str], ...] = ()

    @property
    def lossless(self) -> bool:
        return self.codec in _LOSSLESS


FORMS = {
    "mp3": Form(".mp3", "libmp3lame", "mp3"),
    "mp3 without a header frame": Form(".mp3", "libmp3lame", "mp3", (("write_xing", "0"),)),
    "mp3 of varying bitrate": Form(".mp3", "libmp3lame", "mp3", (("q", "4"),)),
    "flac": Form(".flac", "flac", "flac"),
    "wav": Form(".wav", "pcm_s16le", "wav"),
    "rf64": Form(".wav", "pcm_s16le", "wav", (("rf64", "always"),)),
    "aiff": Form(".aiff", "pcm_s16be", "aiff"),
    "vorbis": Form(".ogg", "vorbis", "ogg"),
    "opus": Form(".opus", "libopus", "ogg"),
    "flac in ogg": Form(".oga", "flac", "ogg"),
    "aac": Form(".m4a", "aac", "ipod"),
    "aac with its table first": Form(".m4a", "aac", "ipod", (("movflags", "+faststart"),)),
    "alac": Form(".m4a", "alac", "ipod"),
    "adts": Form(".aac", "aac", "adts"),
    "wavpack": Form(".wv", "wavpack", "wv"),
}


@lru_cache(maxsize=4)
def noise(seconds: float) -> NDArray[np.int16]:
    """Return soft noise."""
    wave = np.random.default_rng(5).standard_normal(round(seconds * RATE_HZ))
    window = np.hanning(40)
    wave = np.convolve(wave, window / window.sum(), "same")
    return np.asarray(wave / np.abs(wave).max() * 20_000, np.int16)


@lru_cache(maxsize=32)
def encoded(form: Form, seconds: float) -> bytes:
    """Return noise in a format, without tags."""
    rate = _OPUS_RATE_HZ if form.codec == "libopus" else RATE_HZ
    options = dict(form.options)
    quality = options.pop("q", None)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"noise{form.suffix}"  # FFmpeg rewrites it at the end, by its name
        _encode(path, form, seconds, rate, options, quality)
        return path.read_bytes()


def _encode(path: Path, form: Form, seconds: float, rate: int, options: dict[str, str], quality: str | None) -> None:
    with av.open(str(path), "w", format=form.container, options=options) as output:
        stream = output.add_stream(form.codec, rate=rate, options={"strict": "experimental"})
        stream.layout = "stereo"
        stream.format = _LOSSLESS.get(form.codec, stream.codec.audio_formats[0].name)
        if quality is not None:
            stream.codec_context.qscale = True
            stream.codec_context.global_quality = int(quality) * 118
        elif not form.lossless:
            stream.bit_rate = 160_000
        stream.codec_context.open()
        frame = av.AudioFrame.from_ndarray(noise(seconds).repeat(2).reshape(1, -1), format="s16", layout="stereo")
        frame.sample_rate, frame.pts = RATE_HZ, 0
        resampler = av.AudioResampler(stream.format, stream.layout, rate, frame_size=stream.frame_size or None)
        for piece in (*resampler.resample(frame), *resampler.resample(None), None):
            output.mux(stream.encode(piece))


def write_noise(path: Path, form: Form, seconds: float, *, tagged: bool = True) -> Path:
    """Write noise with tags and a cover, so that the sound is not all there is."""
    path.write_bytes(encoded(form, seconds))
    if tagged:
        write_tags(path, cover=picture(size=400), title=path.stem, artists=("Somebody",))
    return path


def begins_at(piece: NDArray[np.float64], whole: NDArray[np.float64], near: int, around: int) -> tuple[int, float]:
    """Return where in the whole a piece of it lies, by samples, looking around a place, and how alike they are."""
    low = max(0, near - around)
    window = whole[low : near + around + len(piece)]
    likeness = np.correlate(window, piece, "valid")
    best = int(np.argmax(likeness))
    same = window[best : best + len(piece)]
    norm = float(np.sqrt(np.dot(same, same) * np.dot(piece, piece))) or 1.0
    return low + best, float(np.dot(same, piece)) / norm
