"""Ears for the tests: decode a sound file and say which notes are heard when."""

import math
from pathlib import Path
from typing import NamedTuple

import av
import numpy as np

RATE_HZ = 44_100


class Heard(NamedTuple):
    """A decoded sound: samples (one row per channel), samples per second, what the codec calls itself."""

    samples: np.ndarray
    rate_hz: int
    codec: str

    @property
    def seconds(self) -> float:
        return self.samples.shape[1] / self.rate_hz

    def part(self, start_s: float, length_s: float) -> np.ndarray:
        start = int(start_s * self.rate_hz)
        return self.samples.mean(axis=0)[start : start + int(length_s * self.rate_hz)]


def decode(path: Path) -> Heard:
    """Decode a whole file to floats between -1 and 1, at 44.1 kHz whatever its own rate is."""
    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        resampler = av.AudioResampler(format="fltp", rate=RATE_HZ)
        frames = [*container.decode(stream), None]
        pieces = [piece.to_ndarray() for frame in frames for piece in resampler.resample(frame)]
        return Heard(np.concatenate(pieces, axis=1), RATE_HZ, stream.codec_context.name)


def loudest_pitch(sound: Heard, start_s: float, length_s: float, lowest: int, highest: int) -> float:
    """Return the pitch (MIDI, with a fraction) of the strongest partial between two pitches."""
    part = sound.part(start_s, length_s)
    spectrum = np.abs(np.fft.rfft(part * np.hanning(len(part)), 1 << 17))
    frequencies = np.fft.rfftfreq(1 << 17, 1 / sound.rate_hz)
    low, high = (440 * 2 ** ((pitch - 69) / 12) for pitch in (lowest - 0.5, highest + 0.5))
    spectrum[(frequencies < low) | (frequencies > high)] = 0
    return 69 + 12 * math.log2(frequencies[int(spectrum.argmax())] / 440)


def energy_at(sound: Heard, pitch: int, start_s: float, length_s: float) -> float:
    """Return how much of a pitch is in a piece of the sound (the Goertzel sum of one frequency)."""
    part = sound.part(start_s, length_s)
    frequency = 440 * 2 ** ((pitch - 69) / 12)
    wave = np.exp(-2j * np.pi * frequency * np.arange(len(part)) / sound.rate_hz) * np.hanning(len(part))
    return float(abs(wave @ part)) / len(part)
