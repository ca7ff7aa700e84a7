"""What there was before playlists were shared is there afterwards, and recordings are known by their codes."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from sarau.foundation.database.migrations import runner


def migrated(path: Path, revision: str) -> None:
    """Bring a file to a revision, up or down."""
    config = Config()
    config.set_main_option("script_location", str(Path(runner.__file__).parent))
    config.set_main_option("path_separator", "os")
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        (command.downgrade if revision < "0012" and path.stat().st_size else command.upgrade)(config, revision)
    engine.dispose()


def test_playlists_stay_private_and_tags_give_their_codes(tmp_path: Path) -> None:
    path = tmp_path / "sarau.db"
    path.touch()
    migrated(path, "0011")
    mbid = "7F6B4F4C-3D2A-4A53-9A0A-0123456789AB"
    tags = [
        {"isrcs": ["br-bmg-03-00729", "XX"], "mb_recording_id": mbid},
        {"title": "x", "comment": "No Teatro Opinião", "moods": ["Sereno", "sereno"]},
        {"mb_recording_id": mbid},
    ]
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute(
            "INSERT INTO playlists (id, owner_id, name, created_at, changed_at) VALUES (1, 1, 'Domingo', 5, 5)"
        )
        raw.executemany(
            "INSERT INTO track_files"
            " (track_id, library_id, path, name, mtime_ns, size_bytes, fingerprint, tags, edits)"
            " VALUES (?, 1, ?, '', 0, 0, '', ?, '{}')",
            [(number, bytes([number]), json.dumps(one)) for number, one in enumerate(tags, 1)],
        )
    migrated(path, "0012")
    with closing(sqlite3.connect(path)) as raw:
        about = raw.execute("SELECT name, sort, visibility, collaborative, version, rules FROM playlists").fetchall()
        codes = raw.execute("SELECT isrc, mb_recording_id FROM track_files ORDER BY track_id").fetchall()
        words = raw.execute("SELECT kind, sort, track_id FROM track_words ORDER BY kind").fetchall()
    assert about == [("Domingo", "domingo", "private", "none", 1, None)]
    assert codes == [("BRBMG0300729", mbid.lower()), (None, None), (None, mbid.lower())]
    assert words == [("comment", "no teatro opiniao", 2), ("mood", "sereno", 2)]
    migrated(path, "0011")
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("SELECT name FROM playlists").fetchall() == [("Domingo",)]
