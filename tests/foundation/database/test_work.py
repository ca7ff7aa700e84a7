"""A Work commits as a whole or not at all, and so do the events it gives rise to."""

import asyncio
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, ClassVar

import pytest
from sqlalchemy import bindparam, insert, select, update
from tests.support.accounts import (
    ADD,
    BALANCE,
    OPEN,
    SLOW_BALANCE,
    SLOWLY_ADD,
    account,
    accounts,
    balance,
    open_accounts,
)

from sarau.foundation.database.database import Database, engine_for
from sarau.foundation.database.errors import Clash
from sarau.foundation.database.query import Change, Compiled, Query, scalar
from sarau.foundation.database.work import Work
from sarau.foundation.errors import Conflict
from sarau.foundation.events.event import Event


class Paid(Event, frozen=True, kw_only=True):
    activity: ClassVar[str | None] = "paid"
    amount: int


class Ledger:
    """An outbox that writes into the same transaction, as every outbox should."""

    async def record(self, work: Work, event: Event) -> None:
        assert isinstance(event, Paid)
        await work.run(ADD, the_id=1, more=event.amount)


@pytest.fixture
async def opened(database: Database) -> Database:
    await open_accounts(database)
    database.outbox = Ledger()
    return database


async def test_what_a_work_did_is_there_when_it_ended_well(opened: Database) -> None:
    async with opened.working() as work:
        assert await work.run(ADD, the_id=0, more=5) == 1
        assert await work.one(BALANCE, the_id=0) == 5

    assert await balance(opened) == 5


@pytest.mark.parametrize("error", [ValueError, asyncio.CancelledError, KeyboardInterrupt, GeneratorExit])
async def test_an_error_takes_everything_back(opened: Database, error: type[BaseException]) -> None:
    async def fail() -> None:
        async with opened.working() as work:
            await work.run(ADD, the_id=0, more=5)
            await work.run(SLOWLY_ADD, the_id=0, more=5)
            await work.publish(Paid(amount=7))
            raise error

    with pytest.raises(error):
        await fail()

    assert [await balance(opened, number) for number in (0, 1)] == [0, 0]
    async with opened.working() as work:
        await work.run(ADD, the_id=0, more=1)
    assert await balance(opened) == 1


async def test_nobody_sees_a_work_before_it_commits(opened: Database) -> None:
    async with opened.working() as work:
        await work.run(ADD, the_id=0, more=5)
        assert await balance(opened) == 0
        async with opened.reading() as reader:
            assert await reader.one(SLOW_BALANCE, the_id=0) == 0

    assert await balance(opened) == 5


async def test_an_event_is_recorded_in_the_same_transaction(opened: Database) -> None:
    async with opened.working() as work:
        await work.publish(Paid(amount=7))
        assert await balance(opened, 1) == 0

    assert await balance(opened, 1) == 7


async def test_callbacks_come_after_the_commit_and_only_then(opened: Database) -> None:
    called: list[str] = []
    async with opened.working() as work:
        work.after_commit.append(lambda: called.append("first"))
        work.after_commit.append(lambda: called.append("second"))
        assert called == []
    assert called == ["first", "second"]

    async def fail() -> None:
        async with opened.working() as work:
            work.after_commit.append(lambda: called.append("never"))
            raise LookupError

    with pytest.raises(LookupError):
        await fail()
    assert called == ["first", "second"]


@pytest.mark.parametrize(
    "row", [account(0), account(7, name="taken"), account(7, parent_id=99)], ids=["key", "unique", "parent"]
)
async def test_a_clash_is_told_and_leaves_nothing(opened: Database, row: dict[str, Any]) -> None:
    async with opened.working() as work:
        await work.run(OPEN, **account(5, name="taken"))

    async def clash() -> None:
        async with opened.working() as work:
            await work.run(ADD, the_id=0, more=5)
            await work.run(OPEN, **row)

    with pytest.raises(Clash) as caught:
        await clash()
    assert isinstance(caught.value, Conflict)
    assert caught.value.data["constraint"]
    assert await balance(opened) == 0


async def test_a_clash_in_a_batch_takes_the_whole_batch_back(opened: Database) -> None:
    async def clash() -> None:
        async with opened.working() as work:
            await work.run_many(OPEN, [account(10), account(11), account(10)])

    with pytest.raises(Clash):
        await clash()
    async with opened.reading() as reader:
        assert await reader.first(BALANCE, the_id=11) is None


async def test_after_a_clash_nothing_can_be_committed(opened: Database) -> None:
    async def go_on_all_the_same() -> None:
        async with opened.working() as work:
            work.after_commit.append(lambda: pytest.fail("there was no commit"))
            await work.run(ADD, the_id=0, more=5)
            with suppress(Clash):
                await work.run(OPEN, **account(0))

    with pytest.raises(Clash):
        await go_on_all_the_same()
    assert await balance(opened) == 0


async def test_a_mistake_of_ours_does_not_pass_for_a_clash(opened: Database) -> None:
    async def forget_the_balance() -> None:
        async with opened.working() as work:
            await work.run(OPEN, **account(8, balance=None))

    with pytest.raises(Exception, match=r"(?i)not.null") as caught:
        await forget_the_balance()
    assert not isinstance(caught.value, Clash)


async def test_an_empty_batch_is_no_work(opened: Database) -> None:
    async with opened.working() as work:
        await work.run_many(OPEN, [])
        assert await work.one(BALANCE, the_id=0) == 0


@pytest.mark.parametrize("slow", [False, True])
async def test_a_reader_cannot_write(opened: Database, dialect: str, slow: bool) -> None:
    write: Query[int] = Query(update(accounts).values(balance=9).returning(accounts.c.id), scalar, slow=slow)

    async def try_to() -> None:
        async with opened.reading() as reader:
            await reader.all(write)

    with pytest.raises(Exception, match=r"(?i)read.?only"):
        await try_to()
    assert await balance(opened) == 0


async def test_a_missing_parameter_is_an_error_of_that_name(opened: Database) -> None:
    async with opened.working() as work:
        with pytest.raises(KeyError, match="more"):
            await work.run(ADD, the_id=0)
        with pytest.raises(KeyError, match="name"):
            await work.run(OPEN, id=9, balance=1, parent_id=None)
        await work.run(ADD, the_id=0, more=2)

    assert await balance(opened) == 2


async def test_questions_with_one_answer_many_or_none(opened: Database) -> None:
    numbers = Query(select(accounts.c.id).where(accounts.c.id >= bindparam("least")).order_by(accounts.c.id), scalar)
    async with opened.reading() as reader:
        assert await reader.all(numbers, least=0) == [0, 1]
        assert await reader.first(numbers, least=1) == 1
        assert await reader.first(numbers, least=2) is None
        assert await reader.all(numbers, least=2) == []


def test_a_statement_is_compiled_once_for_each_database() -> None:
    change = Change(insert(accounts))
    sqlite, postgres = engine_for("sqlite:///x").dialect, engine_for("postgresql://x/y").dialect

    assert change.on(sqlite) is change.on(engine_for("sqlite:///other").dialect)
    assert change.on(postgres) is change.on(postgres)
    assert change.on(sqlite).sql != change.on(postgres).sql


@pytest.mark.parametrize("url", ["", "x", "mysql://h/d", "sqlite://", "sqlite:///", "sqlite:x", "file:///x"])
def test_an_address_of_no_database_of_ours_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="sqlite:///path or postgresql://"):
        engine_for(url)


async def test_statistics_and_size(opened: Database) -> None:
    await opened.engine.analyze()

    assert await opened.engine.size_bytes() > 4096


async def test_new_statistics_are_known_to_whoever_has_the_database_open(tmp_path: Path) -> None:
    # Of two indexes the planner takes the one by which fewer rows are left, once it knows.
    url = f"sqlite:///{tmp_path / 'a.db'}"
    with closing(sqlite3.connect(tmp_path / "a.db")) as raw:
        raw.execute("CREATE TABLE t (one INTEGER, other INTEGER, more TEXT)")
        raw.execute("CREATE INDEX by_one ON t (one)")
        raw.execute("CREATE INDEX by_other ON t (other)")
    async with Database(engine_for(url)) as serving, Database(engine_for(url)) as scanning:

        async def chosen(turn: str) -> str:
            plan = f"EXPLAIN QUERY PLAN SELECT * FROM t WHERE one = 1 AND other = 1 -- {turn}"
            async with serving.engine.reading() as connection:
                await connection.fetch(
                    Compiled("SELECT count(*) FROM t"), (), False
                )  # explaining alone looks at nothing
                (row,) = await connection.fetch(Compiled(plan), (), False)
                return str(row[3])

        for few, many in (("one", "other"), ("other", "one")):
            async with scanning.engine.writing() as connection:
                await connection.execute(Compiled("DELETE FROM t"), (), False)
                rows = ((number,) for number in range(2_000))
                await connection.execute_many(Compiled(f"INSERT INTO t ({few}, {many}) VALUES (?, 1)"), rows, False)
            await scanning.engine.analyze()
            assert f"by_{few}" in await chosen(few)
