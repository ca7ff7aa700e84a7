"""Before a migration changes a SQLite file, a copy of it is kept; a file from the future is left alone."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine
from tests.support.tables import run_sql

from sarau.foundation.database.database import Database, engine_for
from sarau.foundation.database.errors import DatabaseUnavailable
from sarau.foundation.database.migrations import runner

OLD = "0002"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A database of an older version, with a row in it."""
    path = tmp_path / "sarau.db"
    config = Config()
    config.set_main_option("script_location", str(Path(runner.__file__).parent))
    config.set_main_option("path_separator", "os")
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, OLD)
    engine.dispose()
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("CREATE TABLE keepsake (words TEXT)")
        raw.execute("INSERT INTO keepsake VALUES ('still here')")
    return path


def keepsake(path: Path) -> tuple[str, str]:
    with closing(sqlite3.connect(path)) as raw:
        words, revision = raw.execute("SELECT words, version_num FROM keepsake, alembic_version").fetchone()
    return words, revision


async def test_the_old_file_is_kept_and_the_new_one_has_everything(old: Path) -> None:
    engine = engine_for(f"sqlite:///{old}")

    assert await runner.current_revision(engine) == OLD
    assert await runner.migrate(engine) is True

    assert keepsake(old) == ("still here", runner.HEAD)
    copies = [path for path in old.parent.glob("*.db") if path != old]
    assert [keepsake(copy) for copy in copies] == [("still here", OLD)]
    assert await runner.migrate(engine) is False


async def test_several_at_once_keep_one_copy_of_the_old(old: Path) -> None:
    await asyncio.gather(*(runner.migrate(engine_for(f"sqlite:///{old}")) for _ in range(6)))

    assert keepsake(old) == ("still here", runner.HEAD)
    others = [path for path in old.parent.iterdir() if not path.name.startswith("sarau.db")]
    assert [keepsake(copy) for copy in others] == [("still here", OLD)]


async def test_a_copy_that_was_kept_is_never_overwritten(old: Path) -> None:
    copy = old.with_name(f"sarau.before-{runner.HEAD}-from-{OLD}.db")
    copy.write_text("the first copy")

    await runner.migrate(engine_for(f"sqlite:///{old}"))

    assert copy.read_text() == "the first copy"
    assert keepsake(old) == ("still here", runner.HEAD)


async def test_a_new_file_needs_no_copy(tmp_path: Path) -> None:
    await runner.migrate(engine_for(f"sqlite:///{tmp_path / 'sarau.db'}"))

    assert [path.name for path in tmp_path.glob("*.db")] == ["sarau.db"]


async def test_a_database_of_a_newer_version_is_left_alone(database_url: str) -> None:
    async with Database(engine_for(database_url)) as database:
        await run_sql(database, "UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(DatabaseUnavailable, match="newer"):
        await runner.migrate(engine_for(database_url))
    assert await runner.current_revision(engine_for(database_url)) == "9999"


async def test_a_migration_that_cannot_make_its_copy_changes_nothing(old: Path) -> None:
    in_the_way = old.with_name(f"sarau.before-{runner.HEAD}-from-{OLD}.db")
    in_the_way.symlink_to(old.parent / "nowhere" / "copy.db")
    content = bytearray(old.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    old.write_bytes(content)

    with pytest.raises(DatabaseUnavailable, match="malformed"):
        await runner.migrate(engine_for(f"sqlite:///{old}"))
    assert old.read_bytes() == content
