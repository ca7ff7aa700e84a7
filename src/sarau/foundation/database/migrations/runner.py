"""Bringing a database up to date."""

import asyncio
import os
import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

from sarau.foundation.database.dialects.engine import Engine
from sarau.foundation.database.dialects.sqlite import SqliteEngine
from sarau.foundation.database.errors import DatabaseUnavailable

HEAD = "0013"
_LOCK = 0x5A7A0  # any number, the same in every process that migrates


async def current_revision(engine: Engine) -> str | None:
    """Return the revision a database is at, None for an empty one; raises DatabaseUnavailable."""
    if isinstance(engine, SqliteEngine):
        return await asyncio.to_thread(_sqlite_revision, engine.path)
    return await _postgres_revision(_url_of(engine))


async def migrate(engine: Engine) -> bool:
    """Bring a database to HEAD and tell whether there was anything to do; several processes may try at once."""
    at = await current_revision(engine)
    if at == HEAD:
        return False
    if at is not None and at > HEAD:
        raise DatabaseUnavailable(f"The database was made by a newer version ({at}; this one knows {HEAD}): update.")
    if isinstance(engine, SqliteEngine):
        await asyncio.to_thread(_migrate_sqlite, engine.path, at)
    else:
        await _migrate_postgres(_url_of(engine))
    return True


def _url_of(engine: Engine) -> str:
    from sarau.foundation.database.dialects.postgres import PostgresEngine

    if isinstance(engine, PostgresEngine):
        return engine.url
    raise TypeError("only our own engines can be migrated")


def _sqlite_revision(path: Path) -> str | None:
    if not path.exists():
        return None
    try:
        with closing(sqlite3.connect(path, timeout=60)) as connection:
            if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone():
                return None
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error as error:
        raise DatabaseUnavailable(f"Cannot read the database {path}: {error}.") from error
    return row[0] if row else None


async def _postgres_revision(url: str) -> str | None:
    import asyncpg

    try:
        connection = await asyncpg.connect(url)
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, ValueError) as error:
        raise DatabaseUnavailable(f"Cannot connect to PostgreSQL: {error}.") from error
    try:
        if await connection.fetchval("SELECT to_regclass('alembic_version')") is None:
            return None
        revision: str | None = await connection.fetchval("SELECT version_num FROM alembic_version")
        return revision
    finally:
        await connection.close()


def _upgrade(connection: Any) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _migrate_sqlite(path: Path, at: str | None) -> None:
    from sqlalchemy import create_engine, event
    from sqlalchemy.exc import OperationalError

    path.parent.mkdir(parents=True, exist_ok=True)
    if at is not None:
        _keep_copy(path, at)
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": 60})

    # The driver would commit behind our back at every CREATE: take transactions into our own hands.
    @event.listens_for(engine, "connect")
    def _(raw: Any, _record: Any) -> None:
        raw.isolation_level = None
        raw.execute("PRAGMA journal_mode=WAL")

    @event.listens_for(engine, "begin")
    def _(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    try:
        with engine.begin() as connection:
            _upgrade(connection)
    except OperationalError as error:
        raise DatabaseUnavailable(f"Cannot bring the database {path} up to date: {error.orig}.") from error
    finally:
        engine.dispose()


def _keep_copy(path: Path, at: str) -> None:
    """Keep the database as it was before a migration."""
    copy = path.with_name(f"{path.stem}.before-{HEAD}-from-{at}.db")
    if copy.exists():
        return
    draft = copy.with_name(f"{copy.name}.{os.getpid()}-{threading.get_ident()}")
    draft.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(path, timeout=60)) as connection:
            connection.execute("VACUUM INTO ?", (str(draft),))
        # Another process may have migrated it a moment ago: then its copy is the one to keep.
        if _sqlite_revision(draft) == at:
            draft.rename(copy)
    except sqlite3.Error as error:
        raise DatabaseUnavailable(
            f"Cannot keep a copy of the database {path} before changing it: {error}."
        ) from error
    finally:
        draft.unlink(missing_ok=True)


async def _migrate_postgres(url: str) -> None:
    import asyncpg
    from sqlalchemy import text
    from sqlalchemy.ext.asyncio import create_async_engine

    # The driver reads the address itself: SQLAlchemy would not know all it may hold, such as sslmode.
    engine = create_async_engine("postgresql+asyncpg://", async_creator=lambda: asyncpg.connect(url))
    try:
        async with engine.begin() as connection:
            await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            await connection.run_sync(_upgrade)
    finally:
        await engine.dispose()
