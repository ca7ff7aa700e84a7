"""A PostgreSQL that is not there, goes away or ends our connection is unavailable, and nothing else."""

import pytest
from sqlalchemy import func, select
from tests.support.accounts import ADD, balance, open_accounts
from tests.support.postgres import private_cluster
from tests.support.tables import run_sql

from sarau.foundation.database.database import Database, engine_for
from sarau.foundation.database.errors import DatabaseUnavailable
from sarau.foundation.database.migrations.runner import HEAD, current_revision, migrate
from sarau.foundation.database.query import Query, scalar

END_OTHERS = """
    SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
    WHERE pid <> pg_backend_pid() AND datname = current_database()
"""
END_US = Query(select(func.pg_terminate_backend(func.pg_backend_pid())), scalar)


async def opened_with_accounts(url: str) -> Database:
    database = Database(engine_for(url))
    await database.__aenter__()
    await open_accounts(database)
    return database


@pytest.mark.parametrize("dialect", ["postgresql"])
async def test_a_connection_that_the_server_ends(database_url: str) -> None:
    async with Database(engine_for(database_url)) as database:
        await open_accounts(database)

        async def end_it_in_a_work() -> None:
            async with database.working() as work:
                await work.run(ADD, the_id=0, more=5)
                await work.one(END_US)

        async def end_it_in_a_question() -> None:
            async with database.reading() as reader:
                await reader.one(END_US)

        with pytest.raises(DatabaseUnavailable):
            await end_it_in_a_work()
        assert await balance(database) == 0
        with pytest.raises(DatabaseUnavailable):
            await end_it_in_a_question()
        async with database.working() as work:
            await work.run(ADD, the_id=0, more=1)
        assert await balance(database) == 1


@pytest.mark.parametrize("dialect", ["postgresql"])
@pytest.mark.parametrize("writes_again", [True, False])
async def test_a_connection_that_is_ended_while_a_work_is_open(database_url: str, writes_again: bool) -> None:
    async with Database(engine_for(database_url)) as database, Database(engine_for(database_url)) as other:
        await open_accounts(database)

        async def work_on_a_broken_connection() -> None:
            async with database.working() as work:
                await work.run(ADD, the_id=0, more=5)
                await run_sql(other, END_OTHERS)
                if writes_again:
                    await work.run(ADD, the_id=0, more=5)

        for _ in range(10):
            with pytest.raises(DatabaseUnavailable):
                await work_on_a_broken_connection()
        assert await balance(database) == 0


async def test_a_server_that_goes_away() -> None:
    with private_cluster() as url:
        database = await opened_with_accounts(url)
        kept = await opened_with_accounts(url.replace("/postgres", "/template1"))
        assert await balance(database) == 0
    with pytest.raises(DatabaseUnavailable):
        await balance(database)
    with pytest.raises(DatabaseUnavailable):
        await kept.working().__aenter__()
    for engine in (database.engine, engine_for(url)):
        with pytest.raises(DatabaseUnavailable, match="Cannot connect"):
            await engine.open()
    with pytest.raises(DatabaseUnavailable, match="Cannot connect"):
        await migrate(engine_for(url))
    await kept.engine.close()


async def test_a_closed_database(postgres_server: str) -> None:
    database = Database(engine_for(postgres_server))
    async with database:
        pass
    with pytest.raises(DatabaseUnavailable):
        await balance(database)


@pytest.mark.parametrize("path", ["/no_such_database", ":1/postgres", "/postgres?sslmode=require"])
async def test_a_wrong_address_is_told_without_its_password(postgres_server: str, path: str) -> None:
    start = postgres_server.rpartition("/")[0].replace("sarau@", "sarau:hunter2@")
    url = (start.rpartition(":")[0] if path.startswith(":") else start) + path

    for attempt in (engine_for(url).open, lambda: current_revision(engine_for(url))):
        with pytest.raises(DatabaseUnavailable, match=r"Cannot connect to PostgreSQL: .+") as caught:
            await attempt()
        assert "hunter2" not in caught.value.text


@pytest.mark.parametrize("dialect", ["postgresql"])
async def test_an_address_with_options_of_the_driver(database_url: str) -> None:
    url = database_url + "?sslmode=disable&application_name=test"
    async with Database(engine_for(url)) as database:
        await run_sql(database, "DROP SCHEMA public CASCADE; CREATE SCHEMA public")

    assert await migrate(engine_for(url)) is True
    assert await current_revision(engine_for(url)) == HEAD
