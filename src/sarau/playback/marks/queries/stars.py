"""Questions about stars: always one's own, and of what one may hear."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, Table, bindparam, or_, select, tuple_

from sarau.catalog.library.errors import AlbumNotFound, ArtistNotFound, TrackNotFound
from sarau.catalog.library.policies import View, seen
from sarau.catalog.library.queries.pages import has_album, has_part
from sarau.catalog.library.queries.rows import (
    ALBUM_COLUMNS,
    ARTIST_COLUMNS,
    TRACK_COLUMNS,
    TRACKS_WITH_ALBUM,
    track_of,
)
from sarau.catalog.library.schemas import Album, Artist
from sarau.catalog.library.tables import albums, artist_counts, artists, tracks
from sarau.foundation.database.portable import among
from sarau.foundation.database.query import Query, scalar
from sarau.foundation.database.reader import Reader
from sarau.foundation.database.types import EntityId, Instant
from sarau.foundation.errors import NotFound
from sarau.foundation.security.actor import Actor
from sarau.kit.pages import BadCursor, Page, decode_cursor, page_of
from sarau.kit.times import from_ms, to_ms
from sarau.playback.marks.schemas import Marked, Star, StarredIds
from sarau.playback.marks.tables import album_stars, artist_stars, track_stars

_END = from_ms(253_000_000_000_000)
_LAST = "7fffffffffffffff"
_MOST_IDS = 50_000
_id = bindparam("id", type_=EntityId())


def _after(stars: Table, column: ColumnElement[Any]) -> ColumnElement[bool]:
    there = tuple_(bindparam("before", type_=Instant()), bindparam("before_id", type_=EntityId()))
    return tuple_(stars.c.starred_at, column) < there


def _page(statement: Select[Any], stars: Table, column: ColumnElement[Any]) -> Select[Any]:
    return (
        statement.where(stars.c.user_id == bindparam("user_id", type_=EntityId()), _after(stars, column))
        .order_by(stars.c.starred_at.desc(), column.desc())
        .limit(bindparam("limit"))
    )


def _tracks() -> Query[Star]:
    source = track_stars.join(tracks, tracks.c.id == track_stars.c.track_id).outerjoin(
        TRACKS_WITH_ALBUM.right, TRACKS_WITH_ALBUM.onclause
    )
    statement = select(track_stars.c.starred_at, *TRACK_COLUMNS).select_from(source)
    statement = statement.where(tracks.c.available, seen(tracks))
    return Query(
        _page(statement, track_stars, track_stars.c.track_id),
        lambda at, *row: Star(Marked.TRACK, row[0], at, track=track_of(*row)),
    )


def _albums() -> Query[Star]:
    source = album_stars.join(albums, albums.c.id == album_stars.c.album_id)
    statement = select(album_stars.c.starred_at, *ALBUM_COLUMNS).select_from(source)
    statement = statement.where(albums.c.track_count > 0, seen(albums))
    return Query(
        _page(statement, album_stars, album_stars.c.album_id),
        lambda at, *row: Star(Marked.ALBUM, row[0], at, album=Album(*row)),
    )


def _artists() -> Query[Star]:
    source = artist_stars.join(artists, artists.c.id == artist_stars.c.artist_id).outerjoin(
        artist_counts, (artist_counts.c.artist_id == artists.c.id) & seen(artist_counts)
    )
    statement = (
        select(artist_stars.c.starred_at, *ARTIST_COLUMNS)
        .select_from(source)
        .where(or_(has_part, has_album))
        .group_by(artist_stars.c.starred_at, artist_stars.c.artist_id, artists.c.id, artists.c.name)
    )
    return Query(
        _page(statement, artist_stars, artist_stars.c.artist_id),
        lambda at, *row: Star(Marked.ARTIST, row[0], at, artist=Artist(*row)),
    )


def _ids(stars: Table, column: ColumnElement[Any]) -> Query[str]:
    statement = select(column).where(stars.c.user_id == bindparam("user_id", type_=EntityId()))
    return Query(statement.order_by(stars.c.starred_at.desc(), column.desc()).limit(_MOST_IDS), scalar, slow=True)


class _Kind(NamedTuple):
    """How one kind of thing is asked for."""

    page: Query[Star]
    ids: Query[str]
    there: Query[str]
    missing: Callable[[], NotFound]


_KINDS = {
    Marked.TRACK: _Kind(
        _tracks(),
        _ids(track_stars, track_stars.c.track_id),
        Query(select(tracks.c.id).where(tracks.c.id == _id, tracks.c.available, seen(tracks)), scalar),
        TrackNotFound,
    ),
    Marked.ALBUM: _Kind(
        _albums(),
        _ids(album_stars, album_stars.c.album_id),
        Query(select(albums.c.id).where(albums.c.id == _id, albums.c.track_count > 0, seen(albums)), scalar),
        AlbumNotFound,
    ),
    Marked.ARTIST: _Kind(
        _artists(),
        _ids(artist_stars, artist_stars.c.artist_id),
        Query(select(artists.c.id).where(artists.c.id == _id, or_(has_part, has_album)), scalar),
        ArtistNotFound,
    ),
}
_STARRED_AMONG = Query(
    select(track_stars.c.track_id).where(
        track_stars.c.user_id == bindparam("user_id", type_=EntityId()), among(track_stars.c.track_id, "ids")
    ),
    scalar,
)


async def require_there(reader: Reader, view: View, kind: Marked, target_id: str) -> None:
    """Raise TrackNotFound, AlbumNotFound or ArtistNotFound for what the viewer may not hear."""
    about = _KINDS[kind]
    if await reader.first(about.there, id=target_id, libraries=view.library_ids) is None:
        raise about.missing()


async def my_stars(
    reader: Reader, view: View, actor: Actor, kind: Marked, limit: int, cursor: str | None
) -> Page[Star]:
    """Return what the actor starred and may hear, last starred first; raises BadCursor."""
    before: datetime = _END
    before_id = _LAST
    if cursor:
        at, before_id = decode_cursor(cursor, (int, str))  # type: ignore[assignment]  # of the types just named
        try:
            before = from_ms(at)  # type: ignore[arg-type]  # of the type just named
        except OverflowError as error:
            raise BadCursor("a moment out of range") from error
    rows = await reader.all(
        _KINDS[kind].page,
        user_id=actor.id,
        libraries=view.library_ids,
        before=before,
        before_id=before_id,
        limit=limit + 1,
    )
    return page_of(rows, limit, lambda star: (to_ms(star.starred_at), star.id))


async def starred_ids(reader: Reader, actor: Actor) -> StarredIds:
    """Return the ids of everything the actor starred, at most 50,000 of a kind: to show hearts in lists."""
    return StarredIds(*[await reader.all(about.ids, user_id=actor.id) for about in _KINDS.values()])


async def starred_among(reader: Reader, actor: Actor, track_ids: list[str]) -> set[str]:
    """Return which of some tracks the actor starred."""
    return set(await reader.all(_STARRED_AMONG, user_id=actor.id, ids=track_ids))
