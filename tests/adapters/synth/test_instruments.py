import math

import numpy as np
import pytest

from sarau.adapters.synth.harmony import frequency_hz
from sarau.adapters.synth.instruments import RATE_HZ, tone

STRUCK = ["nylon", "steel", "harp", "koto", "harpsichord", "piano", "pedal piano", "music box", "celesta"]
HELD = ["flute", "reed", "organ", "tuba"]
DRUMS = ["drum", "brush", "shaker"]


@pytest.mark.parametrize("pitch", [40, 55, 69, 84])
@pytest.mark.parametrize("instrument", STRUCK + HELD)
def test_a_tone_has_its_pitch(instrument: str, pitch: int) -> None:
    sound = tone(instrument, pitch, 1.0)[: RATE_HZ // 2]
    spectrum = np.abs(np.fft.rfft(sound * np.hanning(len(sound)), 1 << 19))
    frequencies = np.fft.rfftfreq(1 << 19, 1 / RATE_HZ)
    near = (frequencies > frequency_hz(pitch) * 0.95) & (frequencies < frequency_hz(pitch) * 1.05)
    heard = frequencies[int(np.where(near, spectrum, 0).argmax())]
    assert 1200 * abs(math.log2(heard / frequency_hz(pitch))) < 5
    # Nothing sounds below the fundamental, and the fundamental is there.
    assert spectrum[near].max() > 0.1 * spectrum.max()
    below = (frequencies > 20) & (frequencies < frequency_hz(pitch) * 0.9)
    assert spectrum[below].max() < 0.1 * spectrum.max()


@pytest.mark.parametrize("instrument", STRUCK + HELD + DRUMS)
def test_a_tone_begins_and_ends_softly_and_stays_in_range(instrument: str) -> None:
    sound = tone(instrument, 60, 0.4)
    assert 0.05 < np.abs(sound).max() <= 1.1
    assert abs(sound[0]) < 0.05
    assert np.abs(sound[-20:]).max() < 0.05
    assert np.abs(np.diff(sound)).max() < 0.8


@pytest.mark.parametrize("instrument", STRUCK)
def test_struck_tones_die_away_and_the_high_ones_sooner(instrument: str) -> None:
    def level(pitch: int, at_s: float) -> float:
        part = tone(instrument, pitch, 3.0)[int(at_s * RATE_HZ) : int((at_s + 0.1) * RATE_HZ)]
        return float(np.sqrt((part**2).mean()))

    assert level(60, 0.1) > level(60, 0.6) > level(60, 1.2)
    assert level(45, 0.6) / level(45, 0.1) > level(80, 0.6) / level(80, 0.1)


@pytest.mark.parametrize("instrument", ["flute", "reed", "organ"])
def test_held_tones_stay_until_they_are_let_go(instrument: str) -> None:
    sound = tone(instrument, 69, 2.0)
    early, late = sound[RATE_HZ // 2 : RATE_HZ], sound[int(1.5 * RATE_HZ) : int(1.9 * RATE_HZ)]
    assert np.abs(late).max() > 0.8 * np.abs(early).max()
    assert 2.0 <= len(sound) / RATE_HZ < 2.3


def test_an_unknown_instrument_is_an_error() -> None:
    with pytest.raises(KeyError, match="kazoo"):
        tone("kazoo", 60, 1.0)
