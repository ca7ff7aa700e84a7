"""Counts of plays follow their tracks: what was listened before they were counted, and what is filed elsewhere."""

from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine
from tests.support.shelf import Shelf, filled_shelf
from tests.support.tables import run_sql

from sarau.foundation.database.database import Database
from sarau.foundation.database.migrations import runner
from sarau.foundation.security.actor import Actor
from sarau.kit.times import now
from sarau.playback.history.commands.mending import recount_albums
from sarau.playback.history.commands.scrobbles import scrobble
from sarau.playback.history.queries.miscounted import miscounted_albums
from sarau.playback.marks.queries.known import marks_of
from sarau.playback.marks.schemas import Marked


async def listen(shelf: Shelf, who: Actor, number: int, days: int) -> None:
    """Hear a track some days ago."""
    async with shelf.database.working() as work:
        await scrobble(work, who, shelf.view, shelf.tracks[number].id, now() - timedelta(days=days), "")


async def counts(shelf: Shelf, who: Actor) -> dict[str, tuple[int, object]]:
    """Return what is counted of all albums for somebody."""
    ids = [track.album_id for track in shelf.tracks if track.album_id]
    async with shelf.database.reading() as reader:
        found = await marks_of(reader, who, Marked.ALBUM, ids)
    return {album_id: (marks.play_count, marks.last_played) for album_id, marks in found.items()}


async def mend(shelf: Shelf) -> int:
    """Count anew what is wrong, and return how much it was."""
    async with shelf.database.reading() as reader:
        wrong = await miscounted_albums(reader)
    async with shelf.database.working() as work:
        await recount_albums(work, wrong)
    return len(wrong)


async def test_plays_follow_a_track_to_another_album(database: Database) -> None:
    shelf = await filled_shelf(database)
    ana, bia = await shelf.newcomer("ana"), await shelf.newcomer("bia")
    for number, track in enumerate(shelf.tracks[:10]):
        await listen(shelf, ana, number, days=number + 1)
        if track.album_id != shelf.tracks[0].album_id:
            await listen(shelf, bia, number, days=number + 1)
    assert await mend(shelf) == 0
    before = await counts(shelf, ana)
    moved = shelf.tracks[0]
    target = next(track.album_id for track in shelf.tracks[:10] if track.album_id != moved.album_id)
    assert moved.album_id is not None
    assert target is not None
    numbers = int(target, 16), int(moved.id, 16)
    await run_sql(database, f"UPDATE tracks SET album_id = {numbers[0]} WHERE id = {numbers[1]}")
    assert await mend(shelf) > 0
    assert await mend(shelf) == 0
    after = await counts(shelf, ana)
    assert after[target][0] == before[target][0] + 1
    assert after.get(moved.album_id, (0, None))[0] == before[moved.album_id][0] - 1
    untouched = before.keys() - {target, moved.album_id}
    assert {album: after[album] for album in untouched} == {album: before[album] for album in untouched}


def test_what_was_listened_before_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "sarau.db"
    config = Config()
    config.set_main_option("script_location", str(Path(runner.__file__).parent))
    config.set_main_option("path_separator", "os")
    engine = create_engine(f"sqlite:///{path}")

    def upgrade(revision: str) -> None:
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, revision)

    upgrade("0009")
    with closing(engine.raw_connection()) as raw:
        _fill(raw.cursor())
        raw.commit()
    upgrade("0010")
    with closing(engine.raw_connection()) as raw:
        rows = raw.cursor()
        assert sorted(rows.execute("SELECT * FROM track_plays").fetchall()) == [(1, 11, 2, 300), (1, 12, 1, 50)]
        assert rows.execute("SELECT * FROM album_plays").fetchall() == [(1, 7, 2, 300)]
        assert rows.execute("SELECT DISTINCT device, source, source_id FROM plays").fetchall() == [("", "", None)]
    engine.dispose()


def _fill(rows: Any) -> None:
    """Put in a track with an album and one without, and what somebody played of them."""
    rows.execute("PRAGMA foreign_keys = OFF")
    for table, known in (
        ("users", {"id": 1, "username": "a", "username_key": "a", "role": "owner"}),
        ("tracks", {"id": 11, "album_id": 7, "available": 1}),
        ("tracks", {"id": 12, "album_id": None, "available": 1}),
    ):
        columns = rows.execute(f"PRAGMA table_info({table})").fetchall()
        values = {name: known.get(name, 0 if needed else None) for _, name, _, needed, *_ in columns}
        places = ", ".join("?" * len(values))
        rows.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({places})", tuple(values.values()))
    played = [(11, 100, 1), (11, 300, 1), (11, 200, 0), (12, 50, 1)]
    for number, (track, at, listened) in enumerate(played, 1):
        rows.execute("INSERT INTO plays VALUES (?, 1, ?, ?, ?, 0, NULL, ?, 0, '')", (number, track, at, at, listened))
