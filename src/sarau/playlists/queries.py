"""Questions about playlists: always one's own."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import BigInteger, bindparam, func, select, tuple_

from sarau.catalog.library.policies import View
from sarau.catalog.library.queries.chance import tracks_by_id
from sarau.foundation.database.query import Query, scalar
from sarau.foundation.database.reader import Reader
from sarau.foundation.database.types import EntityId
from sarau.foundation.security.actor import Actor
from sarau.kit.pages import Page, decode_cursor, page_of
from sarau.playlists.errors import EntryNotFound, PlaylistNotFound
from sarau.playlists.schemas import Playlist, PlaylistEntry
from sarau.playlists.tables import playlist_entries, playlists


class Place(NamedTuple):
    """Where an entry stands."""

    entry_id: str
    place: int


class _Row(NamedTuple):
    place: int
    id: str
    track_id: str
    added_at: datetime


_mine = playlists.c.owner_id == bindparam("owner_id", type_=EntityId())
_in = playlist_entries.c.playlist_id == bindparam("playlist_id", type_=EntityId())
_count = select(func.count()).where(playlist_entries.c.playlist_id == playlists.c.id).scalar_subquery()
_COLUMNS = (playlists.c.id, playlists.c.name, playlists.c.created_at, playlists.c.changed_at, _count)
_ALL = Query(select(*_COLUMNS).where(_mine).order_by(playlists.c.id), Playlist, slow=True)
_ONE = Query(select(*_COLUMNS).where(playlists.c.id == bindparam("id", type_=EntityId()), _mine), Playlist)
_HOW_MANY = Query(select(func.count()).where(_mine), scalar)
_after = tuple_(bindparam("after", type_=BigInteger()), bindparam("after_id", type_=EntityId()))
_ENTRIES = Query(
    select(playlist_entries.c.place, playlist_entries.c.id, playlist_entries.c.track_id, playlist_entries.c.added_at)
    .where(_in, tuple_(playlist_entries.c.place, playlist_entries.c.id) > _after)
    .order_by(playlist_entries.c.place, playlist_entries.c.id)
    .limit(bindparam("limit")),
    _Row,
)
_place_of = select(playlist_entries.c.id, playlist_entries.c.place).where(_in)
_PLACE = Query(_place_of.where(playlist_entries.c.id == bindparam("entry_id", type_=EntityId())), Place)
_LAST = Query(
    _place_of.order_by(playlist_entries.c.place.desc(), playlist_entries.c.id.desc()).limit(1),
    Place,
)
_BEFORE = Query(
    _place_of.where(playlist_entries.c.place < bindparam("place"))
    .order_by(playlist_entries.c.place.desc(), playlist_entries.c.id.desc())
    .limit(1),
    Place,
)
_FIRST_PLACE = -(2**63)


async def my_playlists(reader: Reader, actor: Actor) -> list[Playlist]:
    """Return the actor's playlists, oldest first."""
    return await reader.all(_ALL, owner_id=actor.id)


async def playlist(reader: Reader, actor: Actor, playlist_id: str) -> Playlist:
    """Return one of the actor's playlists; raises PlaylistNotFound."""
    found = await reader.first(_ONE, id=playlist_id, owner_id=actor.id)
    if found is None:
        raise PlaylistNotFound
    return found


async def playlist_count(reader: Reader, actor: Actor) -> int:
    """Return how many playlists the actor has."""
    return int(await reader.one(_HOW_MANY, owner_id=actor.id))


async def entries(
    reader: Reader, view: View, actor: Actor, playlist_id: str, limit: int, cursor: str | None
) -> Page[PlaylistEntry]:
    """Return the entries of a playlist in order; raises PlaylistNotFound, BadCursor."""
    await playlist(reader, actor, playlist_id)
    after, after_id = decode_cursor(cursor, (int, str)) if cursor else (_FIRST_PLACE, "0" * 16)
    rows = await reader.all(_ENTRIES, playlist_id=playlist_id, after=after, after_id=after_id, limit=limit + 1)
    page = page_of(rows, limit, lambda row: (row.place, row.id))
    tracks = {track.id: track for track in await tracks_by_id(reader, view, [row.track_id for row in page.items])}
    found = [PlaylistEntry(row.id, row.track_id, row.added_at, tracks.get(row.track_id)) for row in page.items]
    return Page(found, page.next_cursor)


async def place_of(reader: Reader, playlist_id: str, entry_id: str) -> Place:
    """Return where an entry stands; raises EntryNotFound."""
    found = await reader.first(_PLACE, playlist_id=playlist_id, entry_id=entry_id)
    if found is None:
        raise EntryNotFound
    return found


async def last_place(reader: Reader, playlist_id: str) -> Place | None:
    """Return where the last entry stands, None for an empty playlist."""
    return await reader.first(_LAST, playlist_id=playlist_id)


async def place_before(reader: Reader, playlist_id: str, place: int) -> Place | None:
    """Return the entry that stands before a place."""
    return await reader.first(_BEFORE, playlist_id=playlist_id, place=place)
