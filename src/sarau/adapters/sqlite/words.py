"""The index of words in SQLite: FTS5 tables, which answer in the order of places without ranking anything.

Made by the migrations: columns are told apart (detail=column), and beginnings of one to three letters have lists of
their own. Their tokenizer divides at spaces alone, as words come in folded.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    TableClause,
    Text,
    bindparam,
    column,
    delete,
    func,
    insert,
    select,
    table,
    union_all,
)
from sqlalchemy import literal_column as sql

from sarau.foundation.database.portable import among
from sarau.foundation.database.query import Change, Query, scalar
from sarau.foundation.database.reader import Reader
from sarau.foundation.database.types import EntityId
from sarau.foundation.database.work import Work
from sarau.foundation.search import Ask, Clause, Entry, Hit, Shelf, Term

_MERGED_PAGES = 400  # in one step: some tens of milliseconds


def _table(shelf: Shelf) -> TableClause:
    texts = (column(name, Text) for name in ("name", "artist", "album", "about"))
    return table(shelf.value, column("rowid", BigInteger), column("key", EntityId()), *texts)


def _put(shelf: Shelf) -> Change:
    return Change(insert(_table(shelf)).prefix_with("OR REPLACE"), slow=True)


def _copy(source: Shelf, target: Shelf) -> Change:
    entries = _table(source)
    texts = ("name", "artist", "album", "about")
    rows = select(bindparam("target", type_=BigInteger()), entries.c.key, *(entries.c[c] for c in texts))
    copied = insert(_table(target)).prefix_with("OR REPLACE")
    return Change(
        copied.from_select(["rowid", "key", *texts], rows.where(entries.c.rowid == bindparam("source"))), slow=True
    )


def _remove(shelf: Shelf) -> Change:
    entries = _table(shelf)
    return Change(delete(entries).where(among(entries.c.rowid, "places")), slow=True)


def _merge(shelf: Shelf) -> Change:
    # The command is given as a row (FTS5 documentation, section 6.8).
    commands = table(shelf.value, column(shelf.value, Text), column("rank", BigInteger))
    return Change(insert(commands).values({shelf.value: "merge", "rank": bindparam("pages")}), slow=True)


_PUT = {shelf: _put(shelf) for shelf in Shelf}
_COPY = {(source, target): _copy(source, target) for source in Shelf for target in Shelf}
_REMOVE = {shelf: _remove(shelf) for shelf in Shelf}
_MERGE = {shelf: _merge(shelf) for shelf in Shelf}
_CHANGES = Query(select(func.total_changes()), scalar)


@cache
def _find(shelves: tuple[Shelf, ...], slow: bool) -> Query[Hit]:
    """Return the statement of so many questions at once."""
    parts: list[Any] = []
    for number, shelf in enumerate(shelves):
        entries = _table(shelf)
        place = entries.c.rowid
        found = (
            select(sql(str(number)).label("ask"), place, *(entries.c[c] for c in ("key", "name", "artist", "album")))
            .where(column(shelf.value).op("MATCH")(bindparam(f"match{number}", type_=Text())))
            .where(place >= bindparam(f"low{number}"), place <= bindparam(f"high{number}"))
            .order_by(place)
            .limit(bindparam(f"limit{number}"))
            .subquery()
        )
        parts.append(select(found))
    return Query(union_all(*parts), Hit, slow=slow)


def _term(term: Term) -> str:
    words = '"' + term.word.replace('"', '""') + '"'
    return f"{f'{term.field.value} : ' if term.field else ''}{words}{' *' if term.prefix else ''}"


def _clause(clause: Clause) -> str:
    return _term(clause[0]) if len(clause) == 1 else "(" + " OR ".join(map(_term, clause)) + ")"


def expression(clauses: Sequence[Clause]) -> str:
    """Return clauses in FTS5's query language."""
    return " AND ".join(map(_clause, clauses))


class Fts5Index:
    """The index in the tables that migrations made."""

    async def put(self, work: Work, shelf: Shelf, entries: Sequence[Entry]) -> None:
        """Keep entries, each in place of what was kept there."""
        await work.run_many(_PUT[shelf], [{"rowid": entry.place, **entry._asdict()} for entry in entries])

    async def copy(self, work: Work, source: Shelf, target: Shelf, places: Sequence[tuple[int, int]]) -> None:
        """Keep on one shelf what another has."""
        await work.run_many(_COPY[source, target], [{"source": a, "target": b} for a, b in places])

    async def remove(self, work: Work, shelf: Shelf, places: Sequence[int]) -> None:
        """Let go what is kept at places."""
        if places:
            await work.run(_REMOVE[shelf], places=list(places))

    async def find(self, reader: Reader, asks: Sequence[Ask], *, slow: bool) -> list[Hit]:
        """Answer some questions at once."""
        if not asks:
            return []
        given: dict[str, Any] = {}
        for number, ask in enumerate(asks):
            given |= {f"match{number}": expression(ask.clauses), f"low{number}": ask.low}
            given |= {f"high{number}": ask.high, f"limit{number}": ask.limit}
        return await reader.all(_find(tuple(ask.shelf for ask in asks), slow), **given)

    async def tidy(self, work: Work, *, begin: bool) -> bool:
        """Merge some pages of the lists of words, in the end into a single list; what changes nothing is done."""
        before = await work.one(_CHANGES)
        for shelf in Shelf:
            # A negative number has all lists merged into one from now on (FTS5 documentation, section 6.8).
            await work.run(_MERGE[shelf], pages=-_MERGED_PAGES if begin else _MERGED_PAGES)
        # Each command counts as a change of its own.
        return int(await work.one(_CHANGES)) - int(before) > len(Shelf)
