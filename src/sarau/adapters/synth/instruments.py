"""Instruments: how one tone of each sounds, computed from its partials.

Strings, bars and keys are struck once and ring: each partial dies away at its own pace, the higher the faster, which
is what makes a string sound like a string. Winds and organ hold: their partials stay, with vibrato and a soft start.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from sarau.adapters.synth.harmony import frequency_hz

RATE_HZ = 44_100
Sound: TypeAlias = NDArray[np.float32]

# Above this there is nothing to hear, and near half the sampling rate there is folding.
_HIGHEST_HZ = 15_000.0
_NOISE_SEED = 1847


class _Struck(NamedTuple):
    """An instrument that rings: relative pitch, strength and seconds to die to a third, of each partial.

    The seconds are for A4; higher tones die sooner by `keyboard`, the power of the frequency. A tone that is let go
    rings on for `ring_s` and then falls silent in `release_s`.
    """

    ratios: tuple[float, ...]
    strengths: tuple[float, ...]
    decays_s: tuple[float, ...]
    keyboard: float
    release_s: float
    ring_s: float = 0.0
    click: float = 0.0


def _string(count: int, plucked_at: float, brightness: float, decay_s: float, damping: float) -> _Struck:
    """Return a plucked string: the place of the finger silences some partials (sin n pi p), damping the high ones.

    The partials of a stiff string are a little sharp.
    """
    numbers = np.arange(1, count + 1)
    strengths = np.abs(np.sin(np.pi * numbers * plucked_at)) / numbers**brightness
    ratios = numbers * np.sqrt(1 + 0.00008 * numbers**2)
    decays = decay_s / (1 + damping * (numbers - 1) ** 1.3)
    return _Struck(tuple(ratios), tuple(strengths / strengths.sum()), tuple(decays), 0.6, 0.12, 0.2, 0.02)


def _bars(ratios: tuple[float, ...], strengths: tuple[float, ...], decays_s: tuple[float, ...]) -> _Struck:
    return _Struck(ratios, strengths, decays_s, 0.35, 0.5, 1.0, 0.03)


_PIANO = _string(16, 0.12, 1.35, 1.25, 0.20)._replace(ring_s=0.02, release_s=0.14, click=0.012)
_STRUCK: dict[str, _Struck] = {
    "nylon": _string(14, 0.21, 1.25, 0.85, 0.34),
    "steel": _string(16, 0.15, 1.15, 1.0, 0.28),
    "harp": _string(12, 0.38, 1.3, 1.5, 0.30)._replace(ring_s=1.0, release_s=0.4),
    "koto": _string(18, 0.11, 0.95, 1.0, 0.22)._replace(ring_s=0.9, release_s=0.3),
    "harpsichord": _string(20, 0.12, 0.8, 0.8, 0.12)._replace(ring_s=0.02, release_s=0.08, click=0.03),
    "piano": _PIANO,
    "pedal piano": _PIANO._replace(ring_s=0.7, release_s=0.3),
    "music box": _bars((1.0, 2.0, 4.02, 6.3, 9.1), (0.72, 0.1, 0.11, 0.05, 0.02), (1.3, 0.6, 0.3, 0.14, 0.07)),
    "celesta": _bars((1.0, 2.0, 4.0, 5.4), (0.85, 0.06, 0.07, 0.02), (1.4, 0.7, 0.3, 0.12)),
}


class _Held(NamedTuple):
    """An instrument that holds: strength of each harmonic, seconds to begin and end, vibrato, breath."""

    harmonics: tuple[float, ...]
    attack_s: float
    release_s: float
    vibrato_cents: float = 0.0
    vibrato_hz: float = 5.2
    breath: float = 0.0
    decay_s: float = 20.0


_HELD: dict[str, _Held] = {
    "flute": _Held((0.74, 0.2, 0.09, 0.03, 0.012), 0.055, 0.09, 13.0, 5.1, 0.012),
    "reed": _Held((0.5, 0.1, 0.24, 0.07, 0.12, 0.04, 0.05, 0.02), 0.03, 0.06, 7.0, 5.6, 0.004),
    "organ": _Held((0.5, 0.24, 0.09, 0.12, 0.0, 0.04, 0.0, 0.03), 0.045, 0.16),
    "tuba": _Held((0.55, 0.28, 0.12, 0.05, 0.02), 0.03, 0.08, decay_s=0.5),
}


def tone(instrument: str, pitch: int, length_s: float) -> Sound:
    """Return one tone, held for a time and then let go; raises KeyError for an instrument that does not exist."""
    if instrument in _DRUMS:
        return _drum(instrument)
    # A thousandth of a second is not heard, and equal tones are computed once.
    return _tone(instrument, pitch, round(length_s * 1000))


@lru_cache(maxsize=128)
def _tone(instrument: str, pitch: int, length_ms: int) -> Sound:
    if instrument in _STRUCK:
        how = _STRUCK[instrument]
        return _let_go(_ring(instrument, pitch), length_ms / 1000 + how.ring_s, how.release_s)
    return _hold(_HELD[instrument], frequency_hz(pitch), length_ms / 1000)


@lru_cache(maxsize=48)
def _ring(instrument: str, pitch: int) -> Sound:
    """Return a struck tone that nobody stops."""
    how = _STRUCK[instrument]
    frequency = frequency_hz(pitch)
    ratios = np.array(how.ratios)
    heard = ratios * frequency < _HIGHEST_HZ
    decays = np.array(how.decays_s)[heard] * (440 / frequency) ** how.keyboard
    count = int(min(4.0, 5 * float(decays.max())) * RATE_HZ)
    step = np.exp(-1 / (decays * RATE_HZ) + 2j * np.pi * ratios[heard] * frequency / RATE_HZ)
    sound = np.array(how.strengths, np.float32)[heard] @ _powers(step, count).imag
    sound[: _count(0.02)] += how.click * _noise(_count(0.02)) * np.linspace(1, 0, _count(0.02)) ** 2
    sound[: _count(0.0015)] *= np.linspace(0, 1, _count(0.0015))
    return np.asarray(sound, np.float32)


def _powers(step: NDArray[np.complex128], count: int) -> NDArray[np.complex64]:
    """Return the first powers of each step, doubling what is known: far cheaper than a sine for every sample.

    Seventeen roundings are the most that a sample goes through: single precision is enough.
    """
    powers = np.empty((len(step), count), np.complex64)
    powers[:, 0] = 1
    known = 1
    while known < count:
        more = min(known, count - known)
        powers[:, known : known + more] = powers[:, :more] * (step**known).astype(np.complex64)[:, None]
        known += more
    return powers


def _hold(how: _Held, frequency: float, length_s: float) -> Sound:
    """Return a held tone; the vibrato sets in late, as players do it."""
    count = _count(length_s + how.release_s)
    time = np.arange(count) / RATE_HZ
    swell = np.clip((time - 0.18) / 0.35, 0, 1)
    depth = (2 ** (how.vibrato_cents / 1200) - 1) * frequency / how.vibrato_hz
    phase = 2 * np.pi * frequency * time - depth * swell * np.cos(2 * np.pi * how.vibrato_hz * time)
    sound = _harmonics(phase, [s for n, s in enumerate(how.harmonics, 1) if n * frequency < _HIGHEST_HZ])
    sound += how.breath * _noise(count)
    sound *= np.exp(-time / how.decay_s) * (0.9 + 0.1 * swell)
    attack, release = min(_count(how.attack_s), count), min(_count(how.release_s), count)
    sound[:attack] *= _rise(attack)
    sound[count - release :] *= _rise(release)[::-1]
    return sound.astype(np.float32)


def _harmonics(phase: NDArray[np.float64], strengths: list[float]) -> NDArray[np.float64]:
    """Return a sum of harmonics by the recurrence sin(n x) = 2 cos(x) sin((n-1) x) - sin((n-2) x)."""
    before, current = np.zeros_like(phase), np.sin(phase)
    twice = 2 * np.cos(phase)
    total = np.zeros_like(phase)
    for strength in strengths:
        total += strength * current
        before, current = current, twice * current - before
    return total


def _let_go(sound: Sound, length_s: float, release_s: float) -> Sound:
    """Return a ringing sound that is damped after its length."""
    held, release = _count(length_s), _count(release_s)
    if held + release >= len(sound):
        return sound
    cut = sound[: held + release].copy()
    cut[held:] *= _rise(release)[::-1].astype(np.float32)
    return cut


def _low_drum() -> Sound:
    time = np.arange(_count(0.35)) / RATE_HZ
    phase = 2 * np.pi * (52 * time + 1.6 * (1 - np.exp(-time / 0.03)))
    return (0.9 * np.sin(phase) * np.exp(-time / 0.09) * np.minimum(1, time / 0.002)).astype(np.float32)


def _brush() -> Sound:
    count = _count(0.16)
    time = np.arange(count) / RATE_HZ
    body = 0.25 * np.sin(2 * np.pi * 190 * time) * np.exp(-time / 0.04)
    hiss = 0.35 * _noise(count) * np.exp(-time / 0.045) * np.minimum(1, time / 0.003)
    return (hiss + body).astype(np.float32)


def _shaker() -> Sound:
    count = _count(0.09)
    time = np.arange(count) / RATE_HZ
    hiss = np.diff(_noise(count + 1))
    return (0.22 * hiss * np.minimum(1, time / 0.015) * np.exp(-time / 0.025)).astype(np.float32)


_DRUMS: dict[str, Callable[[], Sound]] = {"drum": _low_drum, "brush": _brush, "shaker": _shaker}


@lru_cache(maxsize=8)
def _drum(name: str) -> Sound:
    return _DRUMS[name]()


def _noise(count: int) -> NDArray[np.float64]:
    """Return the same soft noise each time: the library is made of the same bytes on every run."""
    return np.random.default_rng(_NOISE_SEED).uniform(-1, 1, count)


def _rise(count: int) -> NDArray[np.float64]:
    return 0.5 - 0.5 * np.cos(np.linspace(0, np.pi, count))


def _count(seconds: float) -> int:
    return int(seconds * RATE_HZ)
