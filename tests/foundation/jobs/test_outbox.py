"""An event is heard if and when the change it comes from commits; each reaction runs in a Work of its own."""

import asyncio
from datetime import UTC, datetime
from typing import ClassVar

import pytest
from sqlalchemy import func, select
from tests.support.accounts import ADD, balance, open_accounts

from sarau.adapters.sqljobs.jobs import SqlJobs, jobs
from sarau.foundation.database.database import Database
from sarau.foundation.database.query import Query, scalar
from sarau.foundation.database.work import Work
from sarau.foundation.events.event import Event
from sarau.foundation.events.reactions import Reactions
from sarau.foundation.jobs.outbox import EventOutbox
from sarau.foundation.observability.activity import activity_page

WAITING = Query(select(func.count()).select_from(jobs), scalar)
PATIENCE_S = 20


class SongAdded(Event, frozen=True, kw_only=True):
    activity: ClassVar[str | None] = "song.added"
    song_id: str
    at: datetime
    lengths: list[int]
    labels: dict[str, bool]


class SongSkipped(Event, frozen=True, kw_only=True):
    song_id: str


ADDED = SongAdded(
    actor_id="0000000000000001",
    song_id="0000000000000002",
    at=datetime(2024, 5, 1, 12, 30, tzinfo=UTC),
    lengths=[1, 2],
    labels={"é": True},
)


class Listener:
    """Reactions that note what they heard and how often they were called."""

    def __init__(self) -> None:
        self.heard: list[Event] = []
        self.calls = 0
        self.some = asyncio.Event()

    async def note(self, work: Work, event: Event) -> None:
        self.heard.append(event)
        await work.run(ADD, the_id=0, more=1)
        self.some.set()

    async def fail_once(self, work: Work, event: Event) -> None:
        await work.run(ADD, the_id=1, more=1)
        self.calls += 1
        if self.calls == 1:
            raise RuntimeError("not yet")
        self.heard.append(event)
        self.some.set()


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture
async def runner(database: Database, listener: Listener) -> SqlJobs:
    """Jobs of a database whose events reach the listener."""
    await open_accounts(database)
    runner, reactions = SqlJobs(database, first_pause_s=0.01, look_every_s=0.01), Reactions()
    reactions.on(SongAdded, listener.note, "note")
    reactions.on(SongAdded, listener.fail_once, "fail once")
    reactions.on(SongSkipped, listener.note, "note skipping")
    outbox = EventOutbox(reactions, runner)
    outbox.serve(database)
    database.outbox = outbox
    return runner


async def waiting(database: Database) -> int:
    async with database.reading() as reader:
        found: int = await reader.one(WAITING)
    return found


async def run_until_nothing_waits(database: Database, runner: SqlJobs) -> None:
    running = asyncio.create_task(runner.run())
    async with asyncio.timeout(PATIENCE_S):
        left = await waiting(database)
        while left:
            await asyncio.sleep(0.01)
            left = await waiting(database)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_every_reaction_hears_what_was_committed(
    database: Database, runner: SqlJobs, listener: Listener
) -> None:
    async with database.working() as work:
        await work.publish(ADDED)
        assert await waiting(database) == 0

    assert await waiting(database) == 2
    assert listener.heard == []
    await run_until_nothing_waits(database, runner)
    assert listener.heard == [ADDED, ADDED]


async def test_what_was_taken_back_leaves_neither_job_nor_activity(
    database: Database, runner: SqlJobs, listener: Listener
) -> None:
    async def fail() -> None:
        async with database.working() as work:
            await work.publish(ADDED)
            raise LookupError

    with pytest.raises(LookupError):
        await fail()

    assert await waiting(database) == 0
    async with database.reading() as reader:
        page = await activity_page(reader, kind=None, actor_id=None, limit=10, cursor=None)
    assert page.items == []


async def test_a_reaction_that_fails_is_taken_back_alone_and_tried_again(
    database: Database, runner: SqlJobs, listener: Listener
) -> None:
    async with database.working() as work:
        await work.publish(ADDED)
    await run_until_nothing_waits(database, runner)

    assert listener.calls == 2
    assert [await balance(database, number) for number in (0, 1)] == [1, 1]


async def test_an_event_nobody_reacts_to_is_no_error(database: Database, runner: SqlJobs) -> None:
    class Unheard(Event, frozen=True, kw_only=True):
        pass

    async with database.working() as work:
        await work.publish(Unheard())

    assert await waiting(database) == 0


async def test_an_event_without_a_kind_is_heard_but_not_kept(
    database: Database, runner: SqlJobs, listener: Listener
) -> None:
    async with database.working() as work:
        await work.publish(SongSkipped(song_id="0000000000000003"))
    await run_until_nothing_waits(database, runner)

    assert listener.heard == [SongSkipped(song_id="0000000000000003")]
    async with database.reading() as reader:
        page = await activity_page(reader, kind=None, actor_id=None, limit=10, cursor=None)
    assert page.items == []


async def test_what_a_reaction_publishes_is_heard_too(database: Database, listener: Listener) -> None:
    await open_accounts(database)
    runner, reactions = SqlJobs(database, look_every_s=0.01), Reactions()

    async def skip(work: Work, event: SongAdded) -> None:
        await work.publish(SongSkipped(song_id=event.song_id))

    reactions.on(SongAdded, skip)
    reactions.on(SongSkipped, listener.note)
    database.outbox = EventOutbox(reactions, runner)
    database.outbox.serve(database)
    async with database.working() as work:
        await work.publish(ADDED)
    await run_until_nothing_waits(database, runner)

    assert listener.heard == [SongSkipped(song_id=ADDED.song_id)]


def test_two_reactions_of_one_name_are_a_mistake(listener: Listener) -> None:
    reactions = Reactions()
    reactions.on(SongAdded, listener.note)

    with pytest.raises(ValueError, match=r"Listener\.note"):
        reactions.on(SongSkipped, listener.note)
    assert reactions.to(ADDED) == [f"{__name__}.Listener.note"]
