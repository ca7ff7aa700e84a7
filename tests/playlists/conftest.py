"""The houses that these tests visit, and a library in them."""

import pytest
from tests.playlists.scenery import shelved
from tests.streaming.scenery import Stage
from tests.support.houses import House, database_kind, house, new_house

__all__ = ["database_kind", "house", "new_house", "songs"]


_stages: dict[str, Stage] = {}


@pytest.fixture(scope="session")
def songs(house: House, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """Four albums and a loose track, for everybody; made once for each house, however often it is visited."""
    if house.dialect not in _stages:
        _stages[house.dialect] = shelved(house, tmp_path_factory.mktemp("songs"))
    return _stages[house.dialect]
