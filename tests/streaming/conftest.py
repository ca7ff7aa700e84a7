"""The houses that these tests visit, and a library they all listen to."""

import pytest
from tests.adapters.ffmpeg.listening import sweep, write_samples
from tests.catalog.uploads.sending import noise
from tests.streaming.scenery import Stage, long_silence, stage
from tests.support.audio import make_sound
from tests.support.houses import House, database_kind, house, new_house, proxied_house, tight_house

__all__ = ["database_kind", "house", "new_house", "proxied_house", "tight_house"]

FORMATS = {
    "mp3": (".mp3", None),
    "flac": (".flac", None),
    "wav": (".wav", None),
    "aiff": (".aiff", None),
    "vorbis": (".ogg", None),
    "opus": (".opus", None),
    "aac": (".m4a", None),
    "adts": (".aac", None),
    "alac": (".m4a", "alac"),
    "wma": (".wma", None),
    "ape": (".ape", None),
    "wavpack": (".wv", None),
}
SIZES = {
    "tiny": 300,
    "odd": 4097,
    "middle": 70_001,
    "below": (2 << 20) - 1,
    "above": (2 << 20) + 1,
    "large": 5_000_011,
}
SWEEP_S = 12.0


@pytest.fixture(scope="session")
def music(house: House, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """Sounds of every format and of many sizes, a rising tone, and hours of silence."""
    folder = tmp_path_factory.mktemp("music")
    for number, (title, (suffix, codec)) in enumerate(FORMATS.items()):
        path = folder / f"{title}{suffix}"
        make_sound(path, seconds=1.5, frequency=300 + 40 * number, codec=codec, title=title)
    for title, size_bytes in SIZES.items():
        (folder / f"{title}.wav").write_bytes(noise(size_bytes))
    write_samples(folder / "sweep.flac", sweep(SWEEP_S), "flac", "flac")
    long_silence(folder / "hours.wav", 20 * 3600)
    (folder / "broken.wav").write_bytes(noise(9000))  # not yet
    return stage(house, folder)
