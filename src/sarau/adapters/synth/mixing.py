"""The mixing desk: tones placed in the stereo field, a small room around them, one loudness for all."""

import math
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

import av
import numpy as np
from numpy.typing import NDArray

from sarau.adapters.synth.arrangement import Sounding, arrange
from sarau.adapters.synth.catalogue import Tune
from sarau.adapters.synth.instruments import RATE_HZ, Sound, tone

TAIL_S = 1.8
_FADE_S = 1.2
_ROOM_S = 1.1
_BLOCK = 1 << 17
# Lossy encoders overshoot: this leaves them room below full scale.
_CEILING = 0.84
_KNEE = 0.55


class Recording(NamedTuple):
    """A finished stereo recording: samples (2 rows), measured loudness, largest sample."""

    samples: Sound
    loudness_lufs: float
    peak: float

    @property
    def seconds(self) -> float:
        """How long it plays."""
        return float(self.samples.shape[1] / RATE_HZ)


def record(tune: Tune) -> Recording:
    """Play a tune and return the recording."""
    seconds = tune.score.seconds(tune.score.length) + TAIL_S
    dry = _mix(arrange(tune), seconds)
    mixed = _fade_out(_narrowed(_in_a_room(dry, tune.arrangement.reverb), tune.arrangement.width))
    loud = _limit(mixed * _gain(tune.arrangement.loudness_lufs - loudness_lufs(mixed)))
    return Recording(loud, loudness_lufs(loud), float(np.abs(loud).max()))


def loudness_lufs(samples: Sound) -> float:
    """Return the integrated loudness of a stereo sound (EBU R 128)."""
    graph = av.filter.Graph()
    source = graph.add_abuffer(sample_rate=RATE_HZ, format="fltp", layout="stereo", time_base=Fraction(1, RATE_HZ))
    meter = graph.add("ebur128", "metadata=1")
    sink = graph.add("abuffersink")
    source.link_to(meter)
    meter.link_to(sink)
    graph.configure()
    source.push(audio_frame(samples))
    source.push(None)
    loudness = -math.inf
    while True:
        try:
            frame = sink.pull()
        except av.error.EOFError:
            return loudness
        # The last frame is shorter than one measurement and carries none.
        loudness = float(frame.metadata.get("lavfi.r128.I", loudness))


def audio_frame(samples: Sound) -> av.AudioFrame:
    """Return a stereo sound as a frame for filters and encoders."""
    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples), format="fltp", layout="stereo")
    frame.sample_rate = RATE_HZ
    frame.pts = 0
    return frame


def _mix(soundings: list[Sounding], seconds: float) -> Sound:
    stereo = np.zeros((2, int(seconds * RATE_HZ)), np.float32)
    for sounding in soundings:
        voice = sounding.voice
        sound = tone(voice.instrument, sounding.pitch, sounding.length_s)
        start = int(sounding.start_s * RATE_HZ)
        sound = sound[: stereo.shape[1] - start]
        angle = (voice.pan + 1) * math.pi / 4
        loudness = voice.gain * sounding.loudness
        stereo[0, start : start + len(sound)] += sound * np.float32(loudness * math.cos(angle))
        stereo[1, start : start + len(sound)] += sound * np.float32(loudness * math.sin(angle))
    return stereo


def _in_a_room(dry: Sound, amount: float) -> Sound:
    """Add the sound of a room: convolution with noise that dies away, block by block (overlap and add)."""
    spectrum = _room_spectrum()
    source = dry.mean(axis=0)
    wet = np.zeros((2, dry.shape[1] + _BLOCK), np.float32)
    hop = _BLOCK - int(_ROOM_S * RATE_HZ)
    for start in range(0, len(source), hop):
        block = np.fft.rfft(source[start : start + hop], _BLOCK)
        wet[:, start : start + _BLOCK] += np.fft.irfft(block * spectrum, _BLOCK)
    return np.asarray(dry + amount * wet[:, : dry.shape[1]], np.float32)


@lru_cache(maxsize=1)
def _room_spectrum() -> NDArray[np.complex128]:
    """Return the spectrum of the room: two ears hear different reflections, and walls swallow the high ones."""
    count = int(_ROOM_S * RATE_HZ)
    time = np.arange(count) / RATE_HZ
    noise = np.random.default_rng(1899).standard_normal((2, count))
    noise *= np.exp(-time / 0.22) * np.clip((time - 0.012) / 0.01, 0, 1)
    spectrum = np.fft.rfft(noise, _BLOCK)
    frequencies = np.fft.rfftfreq(_BLOCK, 1 / RATE_HZ)
    spectrum *= 1 / (1 + (frequencies / 2800) ** 2) * (frequencies**2 / (frequencies**2 + 180**2))
    energy = np.sqrt((np.fft.irfft(spectrum, _BLOCK) ** 2).sum(axis=1, keepdims=True))
    return np.asarray(spectrum / energy)


def _narrowed(sound: Sound, width: float) -> Sound:
    """Bring the sides of a stereo sound in to a part of their width."""
    middle = sound.mean(axis=0)
    return np.asarray(middle + width * (sound - middle), np.float32)


def _fade_out(sound: Sound) -> Sound:
    count = int(_FADE_S * RATE_HZ)
    sound[:, -count:] *= np.cos(np.linspace(0, math.pi / 2, count))
    return sound


def _limit(sound: Sound) -> Sound:
    """Round the peaks above the knee so that none passes the ceiling; below the knee nothing changes."""
    over = np.abs(sound) > _KNEE
    room = _CEILING - _KNEE
    sound[over] = np.sign(sound[over]) * (_KNEE + room * np.tanh((np.abs(sound[over]) - _KNEE) / room))
    return sound


def _gain(decibels: float) -> np.float32:
    return np.float32(10 ** (decibels / 20))
