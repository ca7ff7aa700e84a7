"""Migrations give the same tables as the code names, on both databases, however often and from however many."""

import asyncio

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import create_async_engine

from sarau.foundation.database.database import engine_for
from sarau.foundation.database.migrations import runner
from sarau.wiring.tables import metadata


def _is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Tell whether metadata knows a table: the words of the search lie in each database's own kind of index."""
    return kind != "table" or not (name or "").startswith(("search_words", "search_hot", "search_lyrics"))


def test_head_is_the_end_of_the_chain() -> None:
    script = ScriptDirectory(runner.__file__.rpartition("/")[0])
    assert script.get_heads() == [runner.HEAD]


async def test_tables_are_those_of_the_code(database_url: str, dialect: str) -> None:
    def differences(connection: object) -> list[object]:
        options = {"compare_type": True, "include_name": _is_ours}
        return compare_metadata(MigrationContext.configure(connection, opts=options), metadata)

    if dialect == "sqlite":
        engine = create_engine(database_url)
        with engine.connect() as connection:
            found = differences(connection)
        engine.dispose()
    else:
        engine = create_async_engine(database_url.replace("postgresql://", "postgresql+asyncpg://"))
        async with engine.connect() as connection:
            found = await connection.run_sync(differences)
        await engine.dispose()
    assert found == []


async def test_a_migrated_database_is_left_alone(database_url: str) -> None:
    engine = engine_for(database_url)
    assert await runner.current_revision(engine) == runner.HEAD
    assert await runner.migrate(engine) is False


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_several_may_migrate_at_once(kind: str, tmp_path, request) -> None:
    if kind == "sqlite":
        url = f"sqlite:///{tmp_path / 'new' / 'sarau.db'}"
    else:
        import asyncpg

        server = request.getfixturevalue("postgres_server")
        connection = await asyncpg.connect(server)
        await connection.execute("CREATE DATABASE fresh")
        await connection.close()
        url = server.rpartition("/")[0] + "/fresh"
    await asyncio.gather(*(runner.migrate(engine_for(url)) for _ in range(4)))
    assert await runner.current_revision(engine_for(url)) == runner.HEAD
