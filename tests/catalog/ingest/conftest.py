"""Libraries that are scanned in this process."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.catalog.ingest.shelf import Shelf, shelf_on

from sarau.adapters.mutagen.sandbox import TagReadingCrew
from sarau.foundation.database.database import Database


@pytest.fixture(scope="session")
def crew() -> Iterator[TagReadingCrew]:
    """The processes that read sound files, for all tests."""
    with TagReadingCrew(1) as made:
        yield made


@pytest.fixture
async def shelf(database: Database, crew: TagReadingCrew, tmp_path: Path) -> Shelf:
    """An empty library on a folder that is there."""
    return await shelf_on(database, crew, tmp_path / "music", tmp_path / "kept")
