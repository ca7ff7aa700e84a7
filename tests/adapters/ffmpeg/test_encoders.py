"""What the encoders make of rates, depths, channels and bitrates."""

from pathlib import Path

import numpy as np
import pytest
from tests.adapters.ffmpeg.listening import heard, tones, transcoded, write_wav
from tests.support.audio import make_sound

from sarau.foundation.media.transcoding import Target

LOSSY = [Target.OPUS, Target.MP3, Target.AAC]


@pytest.mark.parametrize(("bits", "sample_format"), [(16, "s16"), (24, "s32")])
def test_flac_keeps_every_bit(tmp_path: Path, bits: int, sample_format: str) -> None:
    wave = tones(48_000, 0.7, 2, bits)
    source = write_wav(tmp_path / "x.wav", wave, 48_000, bits=bits)

    sound = heard(transcoded(source, Target.FLAC), "flac")

    assert (sound.rate_hz, sound.sample_format) == (48_000, sample_format)
    assert np.array_equal(np.rint(sound.samples * (1 << (bits - 1))), wave)


def test_flac_made_of_a_lossy_file_does_not_waste_24_bits(tmp_path: Path) -> None:
    source = make_sound(tmp_path / "x.mp3")

    assert heard(transcoded(source, Target.FLAC), "flac").sample_format == "s16"


@pytest.mark.parametrize(
    ("rate_hz", "expected_hz"), [(8_000, 48_000), (22_050, 44_100), (88_200, 44_100), (96_000, 48_000)]
)
def test_rates_that_mp3_does_not_have_are_converted(tmp_path: Path, rate_hz: int, expected_hz: int) -> None:
    source = write_wav(tmp_path / "x.wav", tones(rate_hz, 1.0, 1), rate_hz)

    sound = heard(transcoded(source, Target.MP3), "mp3")

    assert sound.rate_hz == expected_hz
    assert sound.loudest_hz() == pytest.approx(300, abs=2)
    assert heard(transcoded(source, Target.FLAC), "flac").rate_hz == rate_hz
    assert heard(transcoded(source, Target.OPUS), "opus").rate_hz == 48_000


@pytest.mark.parametrize("target", LOSSY)
@pytest.mark.parametrize("mask", [0x3F, None])
def test_surround_is_mixed_down_for_lossy_targets(tmp_path: Path, target: Target, mask: int | None) -> None:
    wave = tones(44_100, 1.0, 6)
    wave[:] = wave[0]  # all six the same, as loud as they come: their sum must not exceed full scale
    source = write_wav(tmp_path / "x.wav", wave * 2, 44_100, mask=mask)

    sound = heard(transcoded(source, target), target)

    assert sound.channels == 2
    assert sound.loudest_hz() == pytest.approx(300, abs=2)
    assert np.abs(sound.samples).max() < 1.05


def test_surround_stays_surround_in_flac(tmp_path: Path) -> None:
    wave = tones(44_100, 0.5, 6)
    source = write_wav(tmp_path / "x.wav", wave, 44_100, mask=0x3F)

    sound = heard(transcoded(source, Target.FLAC), "flac")

    assert np.array_equal(np.rint(sound.samples * 32_768), wave)


@pytest.mark.parametrize("target", list(Target))
def test_mono_stays_mono(tmp_path: Path, target: Target) -> None:
    source = make_sound(tmp_path / "x.flac", channels=1)

    assert heard(transcoded(source, target), target).channels == 1


@pytest.mark.parametrize("target", LOSSY)
def test_the_bitrate_is_about_what_was_asked_for(tmp_path: Path, target: Target) -> None:
    source = write_wav(tmp_path / "x.wav", tones(44_100, 6.0, 2), 44_100)

    for kbps in (64, 192):
        sizes_kbit = len(transcoded(source, target, kbps)) * 8 / 1000
        assert sizes_kbit / 6 == pytest.approx(kbps, rel=0.35)


@pytest.mark.parametrize(
    ("target", "kbps"), [(Target.OPUS, 6), (Target.OPUS, 510), (Target.MP3, 33), (Target.AAC, 320)]
)
@pytest.mark.parametrize("channels", [1, 2])
def test_the_ends_of_the_bitrates_work(tmp_path: Path, target: Target, kbps: int, channels: int) -> None:
    source = make_sound(tmp_path / "x.wav", channels=channels)

    assert heard(transcoded(source, target, kbps), target).seconds == pytest.approx(1.0, abs=0.2)
