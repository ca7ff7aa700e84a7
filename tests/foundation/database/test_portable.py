"""What SQLite and PostgreSQL spell differently gives the same rows."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import BigInteger, Column, Integer, MetaData, Table, Text, UniqueConstraint, bindparam, select, update
from tests.support.tables import create

from sarau.foundation.database.database import Database
from sarau.foundation.database.portable import among, each, insert_into, total
from sarau.foundation.database.query import Change, Query
from sarau.foundation.database.types import EntityId, Instant
from sarau.kit.ids import new_id

songs = Table(
    "songs",
    MetaData(),
    Column("id", EntityId, primary_key=True, autoincrement=False),
    Column("title", Text, nullable=False),
    Column("plays", BigInteger, nullable=False),
    Column("at", Instant),
    Column("place", Integer),
    UniqueConstraint("title"),
)
INSERT = Change(insert_into(songs))
TITLES_OF = Query(select(songs.c.title).where(among(songs.c.id, "ids")).order_by(songs.c.title), str)
BY_TITLE = Query(select(songs.c.id).where(among(songs.c.title, "titles")).order_by(songs.c.title), str)
SUM = Query(select(total(songs.c.plays)).where(songs.c.title.like(bindparam("like"))), lambda plays: plays)
DAYS = [datetime(2024, 1, day, tzinfo=UTC) for day in (1, 2, 3)]


@pytest.fixture
async def opened(database: Database) -> tuple[Database, list[str]]:
    """A database with three songs, and their ids."""
    await create(database, songs)
    ids = [new_id() for _ in DAYS]
    async with database.working() as work:
        rows = zip(ids, ("a", "b", "c"), (1, 20, 300), DAYS, strict=True)
        await work.run_many(
            INSERT, [{"id": i, "title": t, "plays": p, "at": at, "place": None} for i, t, p, at in rows]
        )
    return database, ids


async def test_among_takes_lists_of_any_length(opened: tuple[Database, list[str]]) -> None:
    database, ids = opened
    strangers = [new_id() for _ in range(50_000)]
    async with database.reading() as reader:
        assert await reader.all(TITLES_OF, ids=ids[:2]) == ["a", "b"]
        assert await reader.all(TITLES_OF, ids=iter(ids)) == ["a", "b", "c"]
        assert await reader.all(TITLES_OF, ids=[ids[0]] * 3) == ["a"]
        assert await reader.all(TITLES_OF, ids=[]) == []
        assert await reader.all(TITLES_OF, ids=["no id", "' OR 1"]) == []
        assert await reader.all(TITLES_OF, ids=[*strangers, ids[2]]) == ["c"]


async def test_among_texts_of_any_kind(opened: tuple[Database, list[str]]) -> None:
    database, ids = opened
    async with database.reading() as reader:
        assert await reader.all(BY_TITLE, titles=["c", "a", '"', "\\", "{", "é,🎵", ""]) == [ids[0], ids[2]]


async def test_among_moments_and_numbers(opened: tuple[Database, list[str]]) -> None:
    database, _ = opened
    on_days = Query(select(songs.c.title).where(among(songs.c.at, "days")).order_by(songs.c.title), str)
    with_plays = Query(select(songs.c.title).where(among(songs.c.plays, "plays")).order_by(songs.c.title), str)
    async with database.reading() as reader:
        assert await reader.all(on_days, days=DAYS[1:]) == ["b", "c"]
        assert await reader.all(with_plays, plays=[300, 1, 2**62]) == ["a", "c"]


async def test_each_gives_the_items_of_a_list_as_rows(opened: tuple[Database, list[str]]) -> None:
    database, ids = opened
    items = each("ids", EntityId())
    absent = Query(
        select(items.c.value).where(items.c.value.not_in(select(songs.c.id))).order_by(items.c.value), lambda one: one
    )
    strangers = sorted(new_id() for _ in range(3))
    async with database.reading() as reader:
        assert await reader.all(absent, ids=[*reversed(strangers), *ids]) == strangers
        assert await reader.all(absent, ids=ids) == []


async def test_total_is_an_integer_also_of_nothing(opened: tuple[Database, list[str]]) -> None:
    database, _ = opened
    async with database.reading() as reader:
        found = [await reader.one(SUM, like=like) for like in ("%", "b", "nothing")]

    assert found == [321, 20, 0]
    assert {type(one) for one in found} == {int}


async def test_insert_or_keep(opened: tuple[Database, list[str]]) -> None:
    database, ids = opened
    keep = Change(insert_into(songs).on_conflict_do_nothing(index_elements=[songs.c.title]))
    async with database.working() as work:
        changed = await work.run(keep, id=new_id(), title="a", plays=9, at=None, place=None)
        added = await work.run(keep, id=new_id(), title="d", plays=9, at=None, place=None)
        assert (changed, added) == (0, 1)
        assert await work.all(BY_TITLE, titles=["a"]) == [ids[0]]
        assert await work.one(SUM, like="a") == 1


async def test_insert_or_change(opened: tuple[Database, list[str]]) -> None:
    database, ids = opened
    statement = insert_into(songs)
    change = Change(
        statement.on_conflict_do_update(
            index_elements=[songs.c.title], set_={"plays": songs.c.plays + statement.excluded.plays}
        )
    )
    async with database.working() as work:
        for title, plays in (("a", 5), ("e", 7)):
            assert await work.run(change, id=new_id(), title=title, plays=plays, at=None, place=None) == 1
        assert await work.one(SUM, like="a") == 6
        assert await work.one(SUM, like="e") == 7
        assert await work.all(BY_TITLE, titles=["a"]) == [ids[0]]


async def test_changed_rows_can_be_asked_back_with_our_types(opened: tuple[Database, list[str]]) -> None:
    database, ids = opened
    move = Query(
        update(songs)
        .where(among(songs.c.id, "ids"), songs.c.place.is_(None))
        .values(place=bindparam("to"))
        .returning(songs.c.id, songs.c.at),
        lambda *row: row,
    )
    async with database.working() as work:
        assert sorted(await work.all(move, ids=ids[1:], to=4)) == list(zip(ids[1:], DAYS[1:], strict=True))
        assert await work.all(move, ids=ids[1:], to=4) == []
