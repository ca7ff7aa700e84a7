"""What all tests share: databases of both kinds, made from templates."""

import asyncio
import itertools
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import pytest
from hypothesis import settings
from tests.support.postgres import private_cluster

from sarau.foundation.database.database import Database, engine_for
from sarau.foundation.database.migrations.runner import migrate
from sarau.wiring.tables import metadata

_numbers = itertools.count()
# How long an example takes says something about the machine alone.
settings.register_profile("sarau", deadline=None)
settings.load_profile("sarau")
assert metadata.tables, "all tables are registered by importing the wiring"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a private PostgreSQL server."""
    with private_cluster() as url:
        yield url


async def _run_on(server: str, sql: str) -> None:
    connection = await asyncpg.connect(server)
    try:
        await connection.execute(sql)
    finally:
        await connection.close()


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> str:
    """The name of a migrated database to be copied."""
    asyncio.run(_run_on(postgres_server, "CREATE DATABASE template_sarau"))
    asyncio.run(migrate(engine_for(postgres_server.rpartition("/")[0] + "/template_sarau")))
    return "template_sarau"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database file to be copied."""
    path = tmp_path_factory.mktemp("template") / "sarau.db"
    asyncio.run(migrate(engine_for(f"sqlite:///{path}")))
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def dialect(request: pytest.FixtureRequest) -> str:
    """Each kind of database in turn."""
    kind: str = request.param
    return kind


@pytest.fixture
def database_url(dialect: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a fresh database with all tables."""
    if dialect == "sqlite":
        path = tmp_path / "data" / "sarau.db"
        path.parent.mkdir(exist_ok=True)
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    server = request.getfixturevalue("postgres_server")
    template = request.getfixturevalue("postgres_template")
    name = f"test_{next(_numbers)}"
    asyncio.run(_run_on(server, f"CREATE DATABASE {name} TEMPLATE {template}"))
    yield server.rpartition("/")[0] + f"/{name}"
    asyncio.run(_run_on(server, f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A fresh database, open."""
    async with Database(engine_for(database_url)) as opened:
        yield opened
