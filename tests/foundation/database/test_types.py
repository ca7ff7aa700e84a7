"""Every portable type gives back what it was given, on both databases."""

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import BigInteger, Boolean, Column, Integer, LargeBinary, MetaData, Table, Text, insert, select
from tests.support.tables import create, run_sql

from sarau.foundation.database.database import Database
from sarau.foundation.database.query import Change, Query
from sarau.foundation.database.types import EntityId, Instant, Json, Real, sortable
from sarau.kit.ids import to_text
from sarau.kit.times import from_ms, to_ms


class Credit(msgspec.Struct, frozen=True):
    name: str
    since: datetime | None = None


things = Table(
    "things",
    MetaData(),
    Column("n", BigInteger, primary_key=True, autoincrement=False),
    Column("entity", EntityId),
    Column("at", Instant),
    Column("plain", Json),
    Column("credits", Json(list[Credit])),
    Column("real", Real),
    Column("name", sortable()),
    Column("words", Text),
    Column("flag", Boolean),
    Column("small", Integer),
    Column("raw", LargeBinary),
)
INSERT = Change(insert(things))
ALL = Query(select(*[c for c in things.c if c.name != "n"]).order_by(things.c.n), lambda *row: row)

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
MOMENTS = st.integers(to_ms(datetime(1, 1, 2, tzinfo=UTC)), to_ms(datetime(9999, 12, 31, tzinfo=UTC))).map(from_ms)
NUMBERS = st.integers(-(2**63), 2**63 - 1)
REALS = st.floats(allow_nan=False)
PLAIN = st.recursive(
    st.booleans() | NUMBERS | st.floats(allow_nan=False, allow_infinity=False) | TEXTS | st.just("\0"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)
ROWS = st.lists(
    st.tuples(
        st.integers(0, 2**63 - 1).map(to_text) | st.none(),
        MOMENTS | st.none(),
        PLAIN | st.none(),
        st.lists(st.builds(Credit, TEXTS, MOMENTS | st.none()), max_size=3) | st.none(),
        REALS | st.none(),
        TEXTS | st.none(),
        TEXTS | st.none(),
        st.booleans() | st.none(),
        st.integers(-(2**31), 2**31 - 1) | st.none(),
        st.binary(max_size=100) | st.none(),
    ),
    min_size=1,
    max_size=30,
)
NAMES = [c.name for c in things.c if c.name != "n"]


@pytest.fixture
async def opened(database: Database) -> Database:
    await create(database, things)
    return database


@pytest.fixture
def some_rows() -> list[list[tuple[Any, ...]]]:
    """Many rows of any values: drawn first, since a property test cannot wait for a database."""
    drawn: list[list[tuple[Any, ...]]] = []

    @given(ROWS)
    def draw(rows: list[tuple[Any, ...]]) -> None:
        drawn.append(rows)

    draw()
    return drawn


async def test_any_value_comes_back_as_it_went(opened: Database, some_rows: list[list[tuple[Any, ...]]]) -> None:
    for rows in some_rows:
        async with opened.working() as work:
            await work.run_many(INSERT, [dict(zip(NAMES, row, strict=True), n=n) for n, row in enumerate(rows)])
            assert await work.all(ALL) == rows
            raws = await work.all(Query(select(things.c.flag).order_by(things.c.n), lambda flag: flag))
            assert [type(flag) for flag in raws] == [type(row[7]) for row in rows]
        await run_sql(opened, "DELETE FROM things")


async def test_names_sort_byte_by_byte_on_both(opened: Database) -> None:
    names = ["b", "a", "B", "é", "z", "_", "日", "a b", "ab", "🎵", "Z"]
    rows = [{**dict.fromkeys(NAMES), "n": n, "name": name} for n, name in enumerate(names)]
    async with opened.working() as work:
        await work.run_many(INSERT, rows)
        found = await work.all(Query(select(things.c.name).order_by(things.c.name), str))

    assert found == sorted(names, key=str.encode)


async def test_what_is_no_identifier_matches_no_row(opened: Database) -> None:
    async with opened.working() as work:
        await work.run(INSERT, **{**dict.fromkeys(NAMES), "n": 1, "entity": to_text(0)})
        query = Query(select(things.c.n).where(things.c.entity == "' OR 1=1"), int)
        assert await work.all(query) == []


async def test_a_moment_is_stored_as_a_number_that_sorts(opened: Database) -> None:
    moments = [datetime(2024, 5, day, tzinfo=UTC) for day in (3, 1, 2)]
    async with opened.working() as work:
        for n, moment in enumerate(moments):
            await work.run(INSERT, **{**dict.fromkeys(NAMES), "n": n, "at": moment})
        found = await work.all(
            Query(select(things.c.at).where(things.c.at > moments[1]).order_by("at"), lambda at: at)
        )

    assert found == [moments[2], moments[0]]
