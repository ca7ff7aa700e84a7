import numpy as np
import pytest

from sarau.adapters.synth.catalogue import Arrangement, Format, Tune, Voice
from sarau.adapters.synth.instruments import RATE_HZ
from sarau.adapters.synth.mixing import TAIL_S, Recording, loudness_lufs, record


def tune(**how: object) -> Tune:
    return Tune(
        title="A tune",
        artists=("Somebody",),
        composers=(),
        genres=(),
        format=Format.WAV,
        music="M:4/4\nL:1/4\nQ:1/4=120\nK:C\nCEGc|cGEC|",
        arrangement=Arrangement(**{"lead": Voice("nylon", 1.0, -0.5), **how}),  # type: ignore[arg-type]
    )


@pytest.fixture(scope="module")
def recording() -> Recording:
    return record(tune())


def level_db(samples: np.ndarray) -> float:
    return 20 * float(np.log10(np.sqrt((samples**2).mean()) + 1e-9))


def test_loudness_is_that_of_the_standard() -> None:
    # EBU Tech 3341: a stereo sine of 1 kHz with peaks at -23 dBFS is at -23 LUFS.
    time = np.arange(20 * RATE_HZ) / RATE_HZ
    sine = 10 ** (-23 / 20) * np.sin(2 * np.pi * 1000 * time)
    assert loudness_lufs(np.stack([sine, sine]).astype(np.float32)) == pytest.approx(-23.0, abs=0.1)


@pytest.mark.parametrize("wished", [-14.0, -16.0, -23.0])
def test_a_recording_is_as_loud_as_wished_and_never_clips(wished: float) -> None:
    made = record(tune(loudness_lufs=wished))
    assert made.loudness_lufs == pytest.approx(wished, abs=0.5)
    assert made.loudness_lufs == loudness_lufs(made.samples)
    assert made.peak == np.abs(made.samples).max() < 0.85


def test_it_lasts_as_long_as_the_tune_and_its_tail_and_fades_to_silence(recording: Recording) -> None:
    assert recording.seconds == pytest.approx(4 + TAIL_S, abs=0.001)
    assert level_db(recording.samples[:, -RATE_HZ // 50 :]) < -60 < -40 < level_db(recording.samples)


def test_players_sit_where_they_are_put_and_the_room_answers_on_both_sides(recording: Recording) -> None:
    left, right = recording.samples
    assert level_db(left) > level_db(right) + 3
    assert level_db(right) > -50
    dry = record(tune(reverb=0.0)).samples
    wet = record(tune(reverb=0.5)).samples
    after_the_end = slice(int(4.5 * RATE_HZ), int(4.8 * RATE_HZ))
    assert level_db(wet[:, after_the_end]) > level_db(dry[:, after_the_end]) + 6


def test_a_narrow_image_brings_the_sides_together(recording: Recording) -> None:
    left, right = record(tune(width=0.3)).samples
    assert (
        0.3
        < level_db(left) - level_db(right)
        < 0.5 * (level_db(recording.samples[0]) - level_db(recording.samples[1]))
    )
    left, right = record(tune(width=0.0)).samples
    assert np.array_equal(left, right)


def test_the_same_tune_is_recorded_the_same(recording: Recording) -> None:
    assert np.array_equal(record(tune()).samples, recording.samples)
