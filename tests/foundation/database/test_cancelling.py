"""A task may be cancelled at any moment: its Work is taken back and the connection is good for the next."""

import asyncio
from contextlib import suppress

import pytest
from sqlalchemy import literal, select, update
from tests.support.accounts import ADD, SLOWLY_ADD, accounts, balance, open_accounts

from sarau.foundation.database.database import Database
from sarau.foundation.database.query import Change, Query, scalar

_first = select(literal(1).label("n")).cte("counting", recursive=True)
_counting = _first.union_all(select(_first.c.n + 1).where(_first.c.n < 700_000))
_highest = select(_counting.c.n).order_by(_counting.c.n.desc()).limit(1)
LONG_QUESTION = Query(_highest, scalar, slow=True)
LONG_CHANGE = Change(update(accounts).values(balance=_highest.scalar_subquery()), slow=True)


@pytest.fixture
async def opened(database: Database) -> Database:
    await open_accounts(database)
    return database


async def cancelled(task: "asyncio.Task[None]", times: int = 1) -> None:
    """Cancel a task so many times, a turn of the loop apart, and wait for its end."""
    for _ in range(times):
        task.cancel()
        await asyncio.sleep(0)
    with suppress(asyncio.CancelledError):
        await task
    assert task.cancelled()


async def still_good(database: Database, before: int = 0) -> None:
    """Check that nothing is left of what was cancelled, and that one can go on."""
    assert await balance(database) == before
    async with database.working() as work:
        await work.run(ADD, the_id=0, more=1)
        await work.run(SLOWLY_ADD, the_id=0, more=1)
    assert await balance(database) == before + 2


async def test_between_two_statements(opened: Database) -> None:
    under_way = asyncio.Event()

    async def work_for_ever() -> None:
        async with opened.working() as work:
            await work.run(ADD, the_id=0, more=100)
            under_way.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(work_for_ever())
    await under_way.wait()
    await cancelled(task)

    await still_good(opened)


@pytest.mark.parametrize("times", [1, 3])
async def test_in_a_long_change(opened: Database, times: int) -> None:
    under_way = asyncio.Event()

    async def change_for_long() -> None:
        async with opened.working() as work:
            await work.run(ADD, the_id=0, more=100)
            under_way.set()
            await work.run(LONG_CHANGE)

    task = asyncio.create_task(change_for_long())
    await under_way.wait()
    await cancelled(task, times)

    await still_good(opened)


async def test_in_long_questions_and_more_of_them_than_there_are_connections(opened: Database) -> None:
    async def ask_for_long() -> None:
        async with opened.reading() as reader:
            await reader.all(LONG_QUESTION)

    tasks = [asyncio.create_task(ask_for_long()) for _ in range(25)]
    await asyncio.sleep(0)
    await asyncio.gather(*(cancelled(task) for task in tasks))

    await still_good(opened)
    async with opened.reading() as reader:
        assert await reader.one(LONG_QUESTION) == 700_000


async def test_while_waiting_for_ones_turn(opened: Database) -> None:
    async def add() -> None:
        async with opened.working() as work:
            await work.run(ADD, the_id=0, more=100)

    async with opened.working() as work:
        await work.run(ADD, the_id=0, more=1)
        waiting = [asyncio.create_task(add()) for _ in range(25)]
        await asyncio.sleep(0)
        # PostgreSQL lets a second transaction begin, and makes it wait for the row.
        await asyncio.gather(*(cancelled(task) for task in waiting))

    await still_good(opened, before=1)


async def test_at_any_turn_of_the_loop(opened: Database) -> None:
    """Wherever the cancellation lands, the whole Work is there or nothing of it."""

    async def add_twice() -> None:
        async with opened.working() as work:
            await work.run(ADD, the_id=0, more=1)
            await work.run(SLOWLY_ADD, the_id=1, more=-1)

    for turns in range(60):
        task = asyncio.create_task(add_twice())
        for _ in range(turns % 20):
            await asyncio.sleep(0)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        assert await balance(opened, 0) == -await balance(opened, 1)

    await still_good(opened, before=await balance(opened))
