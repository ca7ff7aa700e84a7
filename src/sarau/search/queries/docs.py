"""What is in the index, and how far it follows the libraries."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import bindparam, func, or_, select

from sarau.catalog.library.tables import track_tombstones
from sarau.foundation.database.portable import among, each
from sarau.foundation.database.query import Query, scalar
from sarau.foundation.database.reader import Reader
from sarau.foundation.database.types import EntityId
from sarau.search.places import first_of, last_of
from sarau.search.schemas import Kind
from sarau.search.tables import search_docs, search_libraries, search_terms

_HIGHEST = "\U0010ffff"
LAST_TRACK = "7fffffffffffffff"  # all tracks of a revision were looked at


class Doc(NamedTuple):
    """What is kept of an entry beside its words."""

    place: int
    kind: int
    entity_id: str
    library: int
    plays: int
    digest: int
    parents: str

    def parent_places(self) -> list[int]:
        """Return the places of a track's album and artists."""
        return [int(place) for place in self.parents.split()]


class Progress(NamedTuple):
    """How far the index follows a library."""

    library_id: str
    number: int
    revision: int
    track_id: str


_ALL = (
    search_docs.c.place,
    search_docs.c.kind,
    search_docs.c.entity_id,
    search_docs.c.library,
    search_docs.c.plays,
    search_docs.c.digest,
    search_docs.c.parents,
)
_KIND = search_docs.c.kind == bindparam("kind")
_OF = Query(select(*_ALL).where(among(search_docs.c.entity_id, "ids"), _KIND), Doc, slow=True)
_AT = Query(select(*_ALL).where(among(search_docs.c.place, "places")), Doc, slow=True)
_LAST = Query(
    select(func.max(search_docs.c.place)).where(search_docs.c.place.between(bindparam("low"), bindparam("high"))),
    scalar,
)
_BEYOND = Query(
    select(*_ALL)
    .where(search_docs.c.place > bindparam("after"))
    .order_by(search_docs.c.place)
    .limit(bindparam("limit")),
    Doc,
    slow=True,
)
_GONE = Query(
    select(*_ALL)
    .select_from(track_tombstones)
    .join(search_docs, search_docs.c.entity_id == track_tombstones.c.track_id)
    .where(
        track_tombstones.c.library_id == bindparam("library_id", type_=EntityId()),
        track_tombstones.c.revision > bindparam("after"),
        track_tombstones.c.revision <= bindparam("up_to"),
        or_(*[search_docs.c.kind == int(kind) for kind in (Kind.TRACK, Kind.LYRICS)]),
        search_docs.c.library == bindparam("number"),
    )
    .limit(bindparam("limit")),
    Doc,
    slow=True,
)
_progress = select(
    search_libraries.c.library_id,
    search_libraries.c.number,
    search_libraries.c.revision,
    search_libraries.c.track_id,
).order_by(search_libraries.c.library_id)
_PROGRESS = Query(_progress, Progress)
# SQLite leaves the lock out: it has one writer anyway.
_LOCKED = Query(_progress.with_for_update(), Progress)
_KNOWN = Query(select(search_terms.c.term).where(among(search_terms.c.term, "words")), scalar)
_beginnings = each("words", search_terms.c.term.type)
_BEGUN = Query(
    select(_beginnings.c.value).where(
        select(1)
        .where(
            search_terms.c.term >= _beginnings.c.value,
            search_terms.c.term < _beginnings.c.value.op("||")(bindparam("highest")),
        )
        .exists()
    ),
    scalar,
    slow=True,
)


async def docs_of(reader: Reader, kind: Kind, ids: Iterable[str]) -> dict[str, Doc]:
    """Return what is kept of some entities, by their ids."""
    return {doc.entity_id: doc for doc in await reader.all(_OF, kind=int(kind), ids=list(ids))}


async def docs_at(reader: Reader, places: Iterable[int]) -> list[Doc]:
    """Return what is kept at some places."""
    return await reader.all(_AT, places=list(places))


async def docs_beyond(reader: Reader, after: int, limit: int) -> list[Doc]:
    """Return what is kept beyond a place, in order."""
    return await reader.all(_BEYOND, after=after, limit=limit)


async def docs_gone(reader: Reader, at: Progress, up_to: int, limit: int) -> list[Doc]:
    """Return what is kept of tracks that left a library since a revision, unless they are in another by now."""
    since = {"library_id": at.library_id, "after": at.revision - 1, "up_to": up_to}
    return await reader.all(_GONE, number=at.number, limit=limit, **since)


async def last_place(reader: Reader, kind: Kind) -> int:
    """Return the highest place of a kind that is taken, or the one before the first."""
    found = await reader.one(_LAST, low=first_of(kind), high=last_of(kind))
    return int(found or first_of(kind))


async def progress(reader: Reader) -> list[Progress]:
    """Return how far the index follows every library it knows."""
    return await reader.all(_PROGRESS)


async def locked_progress(reader: Reader) -> list[Progress]:
    """Return the same, and let nobody else write to the index until this transaction ends."""
    return await reader.all(_LOCKED)


async def known_words(reader: Reader, words: Sequence[str]) -> set[str]:
    """Return those words that some entry holds or held."""
    return set(await reader.all(_KNOWN, words=list(words)))


async def begun_words(reader: Reader, beginnings: Sequence[str]) -> set[str]:
    """Return those beginnings with which some word begins."""
    return set(await reader.all(_BEGUN, words=list(beginnings), highest=_HIGHEST))
