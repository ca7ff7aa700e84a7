"""No statement reads a whole large table on the loop's thread, whatever the library looks like."""

import gc
import importlib
import pkgutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from bench.material.catalogue import filings
from sqlalchemy import Table
from sqlalchemy.sql import visitors

import sarau
from sarau.catalog.library.commands.filing import file_tracks
from sarau.catalog.library.commands.libraries import ensure_uploads_library
from sarau.foundation.database.database import Database, engine_for
from sarau.foundation.database.query import Change
from sarau.wiring.tables import metadata

LARGE = {
    "activity", "album_artists", "album_genres", "album_plays", "album_ratings", "album_stars", "albums",
    "artist_counts", "artist_ratings", "artist_stars", "artists", "bookmarks", "device_files", "device_rules",
    "devices", "now_playing", "playlist_entries", "playlist_people", "playlist_versions", "playlists", "plays",
    "resumable_uploads", "saved_queues", "search_blocks", "search_docs", "search_terms", "shares", "track_artists",
    "track_files", "track_genres", "track_plays",
    "track_ratings", "track_stars", "track_tombstones", "tracks",
}  # fmt: skip
TRACKS = 3_000


def statements() -> Iterator[Change]:
    """Give every statement of the program."""
    for module in pkgutil.walk_packages(sarau.__path__, "sarau."):
        if "__main__" not in module.name and ".migrations." not in module.name:
            importlib.import_module(module.name)
    found = [thing for thing in gc.get_objects() if issubclass(type(thing), Change)]  # asks no dead proxy
    ours = set(metadata.tables.values())
    for statement in found:
        tables = {part for part in visitors.iterate(statement.statement) if isinstance(part, Table)}
        if tables and tables <= ours:  # not those that other tests made for tables of their own
            yield statement


@pytest.fixture
async def house_of_many(sqlite_template: Path, tmp_path: Path) -> Path:
    """A database with thousands of tracks that nobody uploaded, without covers, folders and MusicBrainz ids."""
    path = tmp_path / "sarau.db"
    path.write_bytes(sqlite_template.read_bytes())
    async with Database(engine_for(f"sqlite:///{path}")) as database:
        async with database.working() as work:
            await file_tracks(work, await ensure_uploads_library(work), list(filings(TRACKS)))
        await database.engine.analyze()
    return path


async def test_only_statements_marked_slow_read_whole_tables(house_of_many: Path) -> None:
    dialect = engine_for(f"sqlite:///{house_of_many}").dialect
    connection = sqlite3.connect(house_of_many)
    looked_at = 0
    bad = []
    for statement in statements():
        compiled = statement.on(dialect)
        plan = connection.execute(f"EXPLAIN QUERY PLAN {compiled.sql}", [None] * len(compiled.slots)).fetchall()
        looked_at += 1
        for *_, step in plan:
            if not statement.slow and step.startswith("SCAN ") and step.split()[1] in LARGE and "INDEX" not in step:
                bad.append(f"{step}: {compiled.sql}")
    connection.close()
    assert looked_at > 100
    assert not bad, "\n\n".join(bad)
