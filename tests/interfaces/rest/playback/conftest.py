"""Music to be played from afar, and people who hear it."""

import pytest
from tests.interfaces.rest.playback.scenery import may_hear
from tests.streaming.scenery import Stage, stage
from tests.support.houses import House, Person
from tests.support.music import tune


@pytest.fixture(scope="module")
def music(house: House, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """Five tunes, and somebody who may hear them."""
    folder = tmp_path_factory.mktemp("remote")
    for title in ("one", "two", "three", "four", "five"):
        tune(folder / f"{title}.flac")
    return stage(house, folder, house.newcomer())


@pytest.fixture
def person(music: Stage) -> Person:
    """Somebody new who hears the same."""
    return may_hear(music, music.house.newcomer())
