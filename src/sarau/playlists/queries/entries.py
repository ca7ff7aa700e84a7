"""Questions about what is in a playlist."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import NamedTuple

from sqlalchemy import BigInteger, Integer, bindparam, func, select, tuple_, type_coerce

from sarau.accounts.users.tables import users
from sarau.catalog.library.policies import View, seen
from sarau.catalog.library.queries.chance import tracks_by_id
from sarau.catalog.library.schemas import Track
from sarau.catalog.library.tables import albums, tracks
from sarau.foundation.database.portable import among
from sarau.foundation.database.query import Query, scalar
from sarau.foundation.database.reader import Reader
from sarau.foundation.database.types import EntityId
from sarau.foundation.security.actor import Actor
from sarau.kit.pages import BadCursor, Page, decode_cursor, encode_cursor, page_of
from sarau.playlists.errors import EntryNotFound
from sarau.playlists.queries.playlists import rights, rules_of
from sarau.playlists.queries.rules import RuleBook
from sarau.playlists.queries.words import patterns, with_words
from sarau.playlists.schemas import MAX_ENTRIES, Contributor, PlaylistEntry
from sarau.playlists.tables import playlist_entries


class Place(NamedTuple):
    """Where an entry stands."""

    entry_id: str
    place: int


class Standing(NamedTuple):
    """Where an entry stands, and of which track it is."""

    entry_id: str
    place: int
    track_id: str


class _Row(NamedTuple):
    """An entry as it is kept."""

    place: int
    id: str
    track_id: str
    added_at: datetime
    user_id: str | None
    username: str | None
    display_name: str | None

    def shown(self, track: Track | None) -> PlaylistEntry:
        """Return the entry with its track."""
        by = None
        if self.user_id is not None:
            by = Contributor(self.user_id, self.username or "", self.display_name or "")
        return PlaylistEntry(self.id, self.track_id, self.added_at, by, track)


_in = playlist_entries.c.playlist_id == bindparam("playlist_id", type_=EntityId())
_order = (playlist_entries.c.place, playlist_entries.c.id)
_after = tuple_(bindparam("after", type_=BigInteger()), bindparam("after_id", type_=EntityId()))
_FIRST_PLACE = -(2**63)
# All that can be looked for in an entry, folded.
_HAYSTACK = tracks.c.sort + " " + tracks.c.artist_sort + " " + func.coalesce(albums.c.sort, "")


@cache
def _page(words: int) -> Query[_Row]:
    statement = (
        select(
            playlist_entries.c.place,
            playlist_entries.c.id,
            playlist_entries.c.track_id,
            playlist_entries.c.added_at,
            users.c.id,
            users.c.username,
            users.c.display_name,
        )
        .select_from(playlist_entries.outerjoin(users, users.c.id == playlist_entries.c.added_by))
        .where(_in, tuple_(*_order) > _after)
    )
    if words:
        statement = (
            statement.join(tracks, tracks.c.id == playlist_entries.c.track_id)
            .outerjoin(albums, albums.c.id == tracks.c.album_id)
            .where(tracks.c.available, seen(tracks), *with_words(_HAYSTACK, words))
        )
    return Query(statement.order_by(*_order).limit(bindparam("limit")), _Row, slow=words > 0)


@cache
def _with_words(words: int) -> Query[str]:
    statement = (
        select(tracks.c.id)
        .outerjoin(albums, albums.c.id == tracks.c.album_id)
        .where(among(tracks.c.id, "ids"), *with_words(_HAYSTACK, words))
    )
    return Query(statement, scalar, slow=True)


_place_of = select(playlist_entries.c.id, playlist_entries.c.place).where(_in)
_at = bindparam("place", type_=BigInteger())
_limit = bindparam("limit", type_=Integer())
# By the entries alone: asked for its playlist too, the database would walk all of that.
_PLACES = Query(
    select(playlist_entries.c.id, playlist_entries.c.place, playlist_entries.c.playlist_id).where(
        among(playlist_entries.c.id, "ids")
    ),
    lambda entry_id, place, playlist_id: (playlist_id, entry_id, place),
)
_LAST = Query(_place_of.order_by(*(end.desc() for end in _order)).limit(1), Place)
_UP_TO = Query(
    _place_of.where(playlist_entries.c.place <= _at).order_by(*(end.desc() for end in _order)).limit(_limit), Place
)
_FROM = Query(_place_of.where(playlist_entries.c.place >= _at).order_by(*_order).limit(_limit), Place)
_ALL = Query(
    select(playlist_entries.c.id, playlist_entries.c.place, playlist_entries.c.track_id).where(_in).order_by(*_order),
    Standing,
    slow=True,
)
_TRACK_IDS = Query(
    select(playlist_entries.c.track_id).where(_in).order_by(*_order).limit(MAX_ENTRIES), scalar, slow=True
)
_ALREADY_IN = Query(
    select(playlist_entries.c.track_id).where(_in, among(playlist_entries.c.track_id, "ids")).distinct(),
    scalar,
    slow=True,
)
_HOW_MANY = Query(select(func.count()).where(_in), scalar)
_number = type_coerce(func.row_number().over(order_by=_order) - 1, BigInteger)
_numbered = select(playlist_entries.c.id, _number.label("number")).where(_in).subquery()
_AT = Query(
    select(_numbered.c.id, _numbered.c.number).where(among(_numbered.c.number, "indexes")),
    lambda entry_id, number: (number, entry_id),
    slow=True,
)


async def entries(
    reader: Reader,
    view: View,
    actor: Actor,
    ref: str,
    book: RuleBook,
    *,
    words: str = "",
    limit: int,
    cursor: str | None,
) -> Page[PlaylistEntry]:
    """Return the entries of a playlist in order, all or those with some words; raises PlaylistNotFound, BadCursor."""
    asked = await rights(reader, actor, ref)
    looked_for = patterns(words)
    if words.strip() and not looked_for:
        return Page([], None)
    if asked.smart:
        return await _chosen(reader, view, actor, asked.id, book, looked_for, limit, cursor)
    after, after_id = decode_cursor(cursor, (int, str)) if cursor else (_FIRST_PLACE, "0" * 16)
    rows = await reader.all(
        _page(len(looked_for)),
        playlist_id=asked.id,
        libraries=view.library_ids,
        after=after,
        after_id=after_id,
        limit=limit + 1,
        **looked_for,
    )
    page = page_of(rows, limit, lambda row: (row.place, row.id))
    found = {track.id: track for track in await tracks_by_id(reader, view, [row.track_id for row in page.items])}
    return Page([row.shown(found.get(row.track_id)) for row in page.items], page.next_cursor)


async def _chosen(
    reader: Reader,
    view: View,
    actor: Actor,
    playlist_id: str,
    book: RuleBook,
    looked_for: dict[str, str],
    limit: int,
    cursor: str | None,
) -> Page[PlaylistEntry]:
    """Return the tracks that rules choose; a cursor is how many come before."""
    (offset,) = decode_cursor(cursor, (int,)) if cursor else (0,)
    if not isinstance(offset, int) or not 0 <= offset <= MAX_ENTRIES:
        raise BadCursor("a place out of range")
    rules = await rules_of(reader, playlist_id)
    if rules is None:
        return Page([], None)
    if looked_for:
        ids = await book.track_ids(reader, view, actor, rules, seed=playlist_id, limit=MAX_ENTRIES)
        having = set(await reader.all(_with_words(len(looked_for)), ids=ids, **looked_for))
        ids = [i for i in ids if i in having][offset : offset + limit + 1]
    else:
        ids = await book.track_ids(reader, view, actor, rules, seed=playlist_id, limit=limit + 1, offset=offset)
    tracks_there = await tracks_by_id(reader, view, ids[:limit])
    found = [PlaylistEntry(track.id, track.id, track.added_at, None, track) for track in tracks_there]
    return Page(found, encode_cursor((offset + limit,)) if len(ids) > limit else None)


async def track_ids_of(reader: Reader, view: View, actor: Actor, ref: str, book: RuleBook) -> list[str]:
    """Return the ids of all tracks of a playlist in order, also of those not to be heard; raises PlaylistNotFound."""
    asked = await rights(reader, actor, ref)
    rules = await rules_of(reader, asked.id) if asked.smart else None
    if rules is None:
        return await reader.all(_TRACK_IDS, playlist_id=asked.id)
    return await book.track_ids(reader, view, actor, rules, seed=asked.id, limit=MAX_ENTRIES)


async def tracks_of(reader: Reader, view: View, actor: Actor, ref: str, book: RuleBook) -> list[Track]:
    """Return all tracks of a playlist that can be heard, in order; raises PlaylistNotFound."""
    return await tracks_by_id(reader, view, await track_ids_of(reader, view, actor, ref, book))


async def entry_ids_at(reader: Reader, playlist_id: str, indexes: Sequence[int]) -> list[str]:
    """Return the entries at some places of a playlist, counted from 0; raises EntryNotFound."""
    found = dict(await reader.all(_AT, playlist_id=playlist_id, indexes=list(indexes)))
    if missing := [index for index in indexes if index not in found]:
        raise EntryNotFound(index=missing[0])
    return [found[index] for index in indexes]


async def entry_count(reader: Reader, playlist_id: str) -> int:
    """Return how many entries a playlist has."""
    return int(await reader.one(_HOW_MANY, playlist_id=playlist_id))


async def already_in(reader: Reader, playlist_id: str, track_ids: Sequence[str]) -> set[str]:
    """Return which of some tracks are in a playlist already."""
    return set(await reader.all(_ALREADY_IN, playlist_id=playlist_id, ids=list(track_ids)))


async def all_entries(reader: Reader, playlist_id: str) -> list[Standing]:
    """Return all entries of a playlist in order, bare."""
    return await reader.all(_ALL, playlist_id=playlist_id)


async def places_of(reader: Reader, playlist_id: str, entry_ids: Sequence[str]) -> dict[str, int]:
    """Return where those of some entries stand that there are."""
    found = await reader.all(_PLACES, ids=list(entry_ids))
    return {entry_id: place for of_playlist, entry_id, place in found if of_playlist == playlist_id}


async def last_place(reader: Reader, playlist_id: str) -> int | None:
    """Return where the last entry stands, None for an empty playlist."""
    found = await reader.first(_LAST, playlist_id=playlist_id)
    return found.place if found else None


async def entries_up_to(reader: Reader, playlist_id: str, place: int, limit: int) -> list[Place]:
    """Return the entries that stand at a place and before it, the nearest first."""
    return await reader.all(_UP_TO, playlist_id=playlist_id, place=place, limit=limit)


async def entries_from(reader: Reader, playlist_id: str, place: int, limit: int) -> list[Place]:
    """Return the entries that stand at a place and after it, the nearest first."""
    return await reader.all(_FROM, playlist_id=playlist_id, place=place, limit=limit)
