"""What is measured on is what it pretends to be."""

from pathlib import Path

import pytest
from bench.load.limits import SUFFIXES
from bench.material.corpus import stamped
from bench.material.names import albums
from bench.material.sounds import encoded

from sarau.adapters.mutagen.reader import read_sound


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_stamped_files_are_sound_files_of_unlike_recordings(suffix: str, tmp_path: Path) -> None:
    sound = encoded(suffix, 1.5)
    prints = set()
    for number in range(1, 4):
        path = tmp_path / f"{number}{suffix}"
        path.write_bytes(stamped(sound, suffix, number))
        read = read_sound(path, suffix)
        assert 1400 <= read.properties.duration_ms <= 1700
        prints.add(read.fingerprint)
    assert len(prints) == 3


def test_albums_hold_as_many_tracks_as_asked_for_and_are_the_same_every_time() -> None:
    made = albums(1000)
    assert sum(len(album.tracks) for album in made) == 1000
    assert len({(album.artist, album.title) for album in made}) == len(made)
    assert made == albums(1000)
