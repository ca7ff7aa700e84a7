"""The scene that apps play in."""

import pytest
from tests.support.houses import House, database_kind, proxied_house
from tests.support.houses import apps_house as house
from tests.support.subsonic import Scene

__all__ = ["database_kind", "house", "proxied_house"]


_scenes: dict[str, Scene] = {}


@pytest.fixture(scope="session")
def scene(house: House, tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """A library, two who hear it, and one who does not; made once for each house, however often it is visited."""
    if house.dialect not in _scenes:
        _scenes[house.dialect] = Scene(house, tmp_path_factory.mktemp("scene"))
    return _scenes[house.dialect]
