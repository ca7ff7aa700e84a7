"""The activity log tells who did what, and nothing it need not tell."""

from datetime import timedelta
from typing import ClassVar

import pytest

from sarau.adapters.sqljobs.jobs import SqlJobs
from sarau.foundation.database.database import Database
from sarau.foundation.events.event import Event
from sarau.foundation.events.reactions import Reactions
from sarau.foundation.jobs.outbox import EventOutbox
from sarau.foundation.observability.activity import Entry, activity_page, prune_activity
from sarau.foundation.observability.failures import record_failure
from sarau.foundation.observability.logs import request_id
from sarau.kit.ids import new_id
from sarau.kit.pages import BadCursor, encode_cursor
from sarau.kit.times import now

ANNA, BERT = new_id(), new_id()


class Sung(Event, frozen=True, kw_only=True):
    activity: ClassVar[str | None] = "sung"
    song: str
    verses: int = 1


class Hummed(Event, frozen=True, kw_only=True):
    activity: ClassVar[str | None] = "hummed"


@pytest.fixture
async def house(database: Database) -> Database:
    database.outbox = EventOutbox(Reactions(), SqlJobs(database))
    return database


async def publish(database: Database, *events: Event) -> None:
    async with database.working() as work:
        for event in events:
            await work.publish(event)


async def page(
    database: Database, limit: int = 100, cursor: str | None = None, **wanted: str
) -> tuple[list[Entry], str | None]:
    async with database.reading() as reader:
        found = await activity_page(
            reader, kind=wanted.get("kind"), actor_id=wanted.get("actor_id"), limit=limit, cursor=cursor
        )
    return found.items, found.next_cursor


async def test_a_line_tells_who_where_what_and_in_which_request(house: Database) -> None:
    before = now()
    context = request_id.set("r-17")
    await publish(house, Sung(actor_id=ANNA, address="192.0.2.7", song="Ó Abre Alas\0", verses=2))
    request_id.reset(context)
    [line], more = await page(house)

    assert (line.kind, line.actor_id, line.address, line.request_id) == ("sung", ANNA, "192.0.2.7", "r-17")
    assert before <= line.at <= now()
    assert more is None


async def test_details_hold_what_the_kind_has_of_its_own(house: Database) -> None:
    await publish(house, Sung(actor_id=ANNA, address="192.0.2.7", song="Ó Abre Alas\0"), Hummed(actor_id=ANNA))
    lines, _ = await page(house)

    assert [line.details for line in lines] == [{}, {"song": "Ó Abre Alas\0", "verses": 1}]
    assert [line.request_id for line in lines] == [None, None]


async def test_pages_follow_each_other_newest_first(house: Database) -> None:
    await publish(house, *(Sung(song=str(number)) for number in range(25)))
    songs: list[str] = []
    cursor, pages = None, 0
    while cursor is not None or pages == 0:
        lines, cursor = await page(house, limit=10, cursor=cursor)
        songs += [line.details["song"] for line in lines]
        pages += 1

    assert songs == [str(number) for number in reversed(range(25))]
    assert pages == 3


@pytest.mark.parametrize("cursor", ["garbage", encode_cursor((1,)), encode_cursor(("a", "b"))])
async def test_a_cursor_of_another_list_is_refused(house: Database, cursor: str) -> None:
    with pytest.raises(BadCursor):
        await page(house, cursor=cursor)


async def test_lines_can_be_picked_by_kind_and_person(house: Database) -> None:
    events = [Sung(actor_id=ANNA, song="a"), Hummed(actor_id=ANNA), Sung(actor_id=BERT, song="b"), Hummed()]
    await publish(house, *events)

    async def picked(**wanted: str) -> list[tuple[str, str | None]]:
        return [(line.kind, line.actor_id) for line in (await page(house, **wanted))[0]]

    assert await picked(kind="sung") == [("sung", BERT), ("sung", ANNA)]
    assert await picked(actor_id=ANNA) == [("hummed", ANNA), ("sung", ANNA)]
    assert await picked(kind="hummed", actor_id=ANNA) == [("hummed", ANNA)]
    assert await picked(kind="shouted") == []
    assert await picked(actor_id="nobody") == []
    assert len(await picked()) == 4


async def test_old_lines_are_forgotten(house: Database) -> None:
    await publish(house, Hummed(), Hummed())
    async with house.working() as work:
        assert await prune_activity(work, now() - timedelta(days=1)) == 0
        assert await prune_activity(work, now() + timedelta(seconds=1)) == 2

    assert await page(house) == ([], None)


async def test_an_error_nobody_expected_is_kept(house: Database) -> None:
    await record_failure(house, "GET /é" + "x" * 1000, ValueError("with a secret in it"))
    [line], _ = await page(house, kind="error")

    assert line.details["kind"] == "ValueError"
    assert line.details["where"].startswith("GET /é")
    assert len(line.details["where"]) <= 500
    assert "secret" not in str(line.details)


async def test_a_database_that_is_down_too_is_no_further_trouble(house: Database, dialect: str) -> None:
    if dialect == "postgresql":
        await house.engine.close()
    else:
        path = house.engine.path  # type: ignore[attr-defined]
        content = bytearray(path.read_bytes())
        content[18] = 3  # makes a file read-only that is opened from now on
        path.write_bytes(content)
        await house.engine.close()
        await house.engine.open()

    await record_failure(house, "here", ValueError())
