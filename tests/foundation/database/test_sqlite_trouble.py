"""What can be wrong with a database file is said at once and in words one can act on."""

import asyncio
import sqlite3
from pathlib import Path

import pytest
from tests.support.accounts import ADD, OPEN, SLOW_SUM, SUM, account, balance, open_accounts

from sarau.foundation.database.database import Database, engine_for
from sarau.foundation.database.errors import DatabaseFull, DatabaseUnavailable
from sarau.foundation.database.migrations.runner import current_revision, migrate

PAGE_BYTES = 4096


@pytest.fixture
async def file(tmp_path: Path) -> Path:
    """A closed database with a thousand accounts."""
    path = tmp_path / "house.db"
    async with Database(engine_for(f"sqlite:///{path}")) as database:
        await open_accounts(database, 1000)
    return path


def opened(path: Path) -> Database:
    return Database(engine_for(f"sqlite:///{path}"))


async def add(database: Database, more: int) -> None:
    async with database.working() as work:
        await work.run(ADD, the_id=0, more=more)


async def refused(path: Path, reason: str) -> None:
    with pytest.raises(DatabaseUnavailable, match=reason) as caught:
        async with opened(path):
            pass
    assert str(path) in caught.value.text


async def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    await refused(tmp_path / "file" / "house.db", "directory|exists")


async def test_a_folder_in_the_place_of_the_file(tmp_path: Path) -> None:
    await refused(tmp_path, "unable to open")


@pytest.mark.parametrize("content", [b"music" * 1000, b"\0" * 5000], ids=["text", "zeros"])
async def test_a_file_that_is_no_database(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "house.db"
    path.write_bytes(content)

    await refused(path, "file is not a database")
    with pytest.raises(DatabaseUnavailable, match="file is not a database"):
        await current_revision(engine_for(f"sqlite:///{path}"))
    assert path.read_bytes() == content


async def test_a_damaged_file(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[PAGE_BYTES:] = b"\xff" * (len(content) - PAGE_BYTES)
    file.write_bytes(content)

    async with opened(file) as database, database.reading() as reader:
        for query in (SUM, SLOW_SUM):
            with pytest.raises(DatabaseUnavailable, match="malformed"):
                await reader.one(query)


async def test_a_file_that_cannot_be_written(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[18] = (
        3  # "written by a later SQLite": read-only also for who may do everything, as the tests sometimes may
    )
    file.write_bytes(content)

    async with opened(file) as database:
        assert await balance(database) == 0
        with pytest.raises(DatabaseUnavailable, match="readonly"):
            await add(database, 5)
    assert await current_revision(engine_for(f"sqlite:///{file}")) is None
    with pytest.raises(DatabaseUnavailable, match="readonly"):
        await migrate(engine_for(f"sqlite:///{file}"))


async def test_a_full_disk(file: Path) -> None:
    async with opened(file) as database:
        writer = database.engine._writer  # type: ignore[attr-defined]
        (pages,) = writer.execute("PRAGMA page_count").fetchone()
        writer.execute(f"PRAGMA max_page_count={pages + 1}")
        rows = [account(number, name=f"{number} {'long' * 500}") for number in range(2000, 2100)]

        async def add_too_much() -> None:
            async with database.working() as work:
                await work.run(ADD, the_id=0, more=5)
                await work.run_many(OPEN, rows)

        with pytest.raises(DatabaseFull):
            await add_too_much()
        assert await balance(database) == 0
        await add(database, 1)
        assert await balance(database) == 1


async def test_another_process_that_writes_is_waited_for_while_the_loop_goes_on(file: Path) -> None:
    other = sqlite3.connect(file, isolation_level=None)
    async with opened(file) as database:
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE accounts SET balance = 10 WHERE id = 0")
        adding = asyncio.create_task(add(database, 1))
        for _ in range(100):
            assert await balance(database) == 0
            await asyncio.sleep(0)
        assert not adding.done()
        other.execute("COMMIT")
        await adding

        assert await balance(database) == 11
    other.close()


async def test_many_open_the_same_new_file_at_once(tmp_path: Path) -> None:
    databases = [opened(tmp_path / "new" / "house.db") for _ in range(8)]
    await asyncio.gather(*(database.__aenter__() for database in databases))
    await open_accounts(databases[0])

    assert [await balance(database) for database in databases] == [0] * 8

    for database in databases:
        await database.__aexit__(None, None, None)
