from pathlib import Path

import numpy as np
import pytest
from tests.adapters.synth.listening import decode, loudest_pitch

from sarau.adapters.synth.catalogue import Format
from sarau.adapters.synth.encoding import encode
from sarau.adapters.synth.instruments import RATE_HZ

TIME = np.arange(2 * RATE_HZ) / RATE_HZ
# A4, softer on the right.
LOUDNESS = (0.4, 0.25)
SOUND = np.stack([loudness * np.sin(2 * np.pi * 440 * TIME) for loudness in LOUDNESS]).astype(np.float32)
CODECS = {
    Format.MP3: "mp3float",
    Format.FLAC: "flac",
    Format.VORBIS: "vorbis",
    Format.OPUS: "opus",
    Format.AAC: "aac",
    Format.ALAC: "alac",
    Format.WAV: "pcm_s16le",
}


@pytest.mark.parametrize("target", Format)
def test_what_is_encoded_is_heard_again_in_stereo(target: Format, tmp_path: Path) -> None:
    path = tmp_path / f"sound{target.suffix}"
    path.write_bytes(encode(SOUND, target))
    heard = decode(path)
    assert heard.codec == CODECS[target]
    assert heard.seconds == pytest.approx(2, abs=0.03)
    for channel, loudness in enumerate(LOUDNESS):
        side = heard._replace(samples=heard.samples[channel : channel + 1])
        assert loudest_pitch(side, 0.5, 1.0, 40, 100) == pytest.approx(69, abs=0.05)
        assert np.abs(side.part(0.5, 1.0)).max() == pytest.approx(loudness, rel=0.06)


@pytest.mark.parametrize("target", Format)
def test_equal_sounds_give_equal_bytes(target: Format) -> None:
    assert encode(SOUND, target) == encode(SOUND, target)
