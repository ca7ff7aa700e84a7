"""The index of words in PostgreSQL: lexemes with a weight for each field, under an inverted index."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    TableClause,
    Text,
    bindparam,
    cast,
    column,
    delete,
    select,
    table,
    union_all,
)
from sqlalchemy import literal_column as sql
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR, insert

from sarau.foundation.database.portable import among
from sarau.foundation.database.query import Change, Query
from sarau.foundation.database.reader import Reader
from sarau.foundation.database.types import EntityId
from sarau.foundation.database.work import Work
from sarau.foundation.search import Ask, Clause, Entry, Field, Hit, Shelf, Term

_WEIGHTS = {Field.NAME: "A", Field.ARTIST: "B", Field.ALBUM: "C", Field.ABOUT: "D"}
_LAST_POSITION = 16_383  # PostgreSQL documentation, section 12.11
_SHOWN = ("key", "name", "artist", "album")


def _table(shelf: Shelf) -> TableClause:
    texts = (column(name, Text) for name in ("name", "artist", "album"))
    return table(
        shelf.value, column("place", BigInteger), column("key", EntityId()), *texts, column("words", TSVECTOR)
    )


def _put(shelf: Shelf) -> Change:
    entries = _table(shelf)
    new: dict[str, Any] = {name: bindparam(name, type_=entries.c[name].type) for name in ("place", *_SHOWN)}
    new["words"] = cast(bindparam("words", type_=Text()), TSVECTOR)
    statement = insert(entries).values(new)
    changes = {name: statement.excluded[name] for name in (*_SHOWN, "words")}
    return Change(statement.on_conflict_do_update(index_elements=["place"], set_=changes), slow=True)


def _copy(source: Shelf, target: Shelf) -> Change:
    entries, kept = _table(source), _table(target)
    names = (*_SHOWN, "words")
    rows = select(bindparam("target", type_=BigInteger()), *(entries.c[name] for name in names))
    rows = rows.where(entries.c.place == bindparam("source", type_=BigInteger()))
    statement = insert(kept).from_select(["place", *names], rows)
    changes = {name: statement.excluded[name] for name in names}
    return Change(statement.on_conflict_do_update(index_elements=["place"], set_=changes), slow=True)


def _remove(shelf: Shelf) -> Change:
    entries = _table(shelf)
    return Change(delete(entries).where(among(entries.c.place, "places")), slow=True)


_PUT = {shelf: _put(shelf) for shelf in Shelf}
_COPY = {(source, target): _copy(source, target) for source in Shelf for target in Shelf}
_REMOVE = {shelf: _remove(shelf) for shelf in Shelf}


@cache
def _find(shelves: tuple[Shelf, ...], slow: bool) -> Query[Hit]:
    """Return the statement of so many questions at once."""
    parts: list[Any] = []
    for number, shelf in enumerate(shelves):
        entries = _table(shelf)
        place = entries.c.place
        wanted: ColumnElement[Any] = cast(bindparam(f"match{number}", type_=Text()), TSQUERY)
        found = (
            select(sql(str(number)).label("ask"), place, *(entries.c[c] for c in _SHOWN))
            .where(entries.c.words.op("@@")(wanted))
            .where(
                place >= bindparam(f"low{number}", type_=BigInteger()),
                place <= bindparam(f"high{number}", type_=BigInteger()),
            )
            .order_by(place)
            .limit(bindparam(f"limit{number}"))
            .subquery()
        )
        parts.append(select(found))
    return Query(union_all(*parts), Hit, slow=slow)


def _quoted(word: str) -> str:
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"


def _term(term: Term) -> str:
    marks = ("*" if term.prefix else "") + (_WEIGHTS[term.field] if term.field else "")
    return _quoted(term.word) + (f":{marks}" if marks else "")


def _clause(clause: Clause) -> str:
    return "(" + " | ".join(map(_term, clause)) + ")"


def _words(entry: Entry) -> str:
    """Return the words of an entry as a text of lexemes: an empty one is none."""
    found: dict[str, str] = {}
    for field, weight in _WEIGHTS.items():
        for word in dict.fromkeys(getattr(entry, field.value).split()):
            position = min(len(found) + 1, _LAST_POSITION)
            found[word] = f"{found[word]},{position}{weight}" if word in found else f"{position}{weight}"
    return " ".join(f"{_quoted(word)}:{places}" for word, places in found.items())


class TsvectorIndex:
    """The index in the tables that migrations made."""

    async def put(self, work: Work, shelf: Shelf, entries: Sequence[Entry]) -> None:
        """Keep entries, each in place of what was kept there."""
        await work.run_many(_PUT[shelf], [{**entry._asdict(), "words": _words(entry)} for entry in entries])

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
            given |= {f"match{number}": " & ".join(map(_clause, ask.clauses)), f"low{number}": ask.low}
            given |= {f"high{number}": ask.high, f"limit{number}": ask.limit}
        return await reader.all(_find(tuple(ask.shelf for ask in asks), slow), **given)

    async def tidy(self, work: Work, *, begin: bool) -> bool:  # noqa: ARG002
        """Leave it to the database, which does its housekeeping by itself."""
        return False
