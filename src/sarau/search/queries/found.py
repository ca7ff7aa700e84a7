"""What was found, as the viewer may see it; and names that begin with what was typed, by the library's own order."""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Table, and_, bindparam, func, or_, select

from sarau.catalog.library.policies import View, seen
from sarau.catalog.library.queries.rows import ALBUM_COLUMNS, TRACK_COLUMNS, TRACKS_WITH_ALBUM, track_of
from sarau.catalog.library.queries.songs import COMPOSER
from sarau.catalog.library.schemas import Album, Artist, Track
from sarau.catalog.library.tables import albums, artist_counts, artists, track_artists, tracks
from sarau.catalog.lyrics.tables import sheets
from sarau.foundation.database.portable import among, total
from sarau.foundation.database.query import Query
from sarau.foundation.database.reader import Reader
from sarau.search.queries.catalogue import MOST_OF_A_SHEET, SheetRow
from sarau.search.schemas import Kind

_HIGHEST = "\U0010ffff"
_MOST_WALKED = 1_000  # names that begin so and may all be hidden from the viewer


class Beginning(NamedTuple):
    """Something whose name begins with what was typed."""

    id: str
    sort: str


class _Named(NamedTuple):
    """A table of what has a name, and what says whether a row is there to be heard."""

    table: Table
    more: tuple[Any, ...]


_TABLES = {
    Kind.ARTIST: _Named(artists, ()),
    Kind.ALBUM: _Named(albums, (albums.c.track_count, albums.c.library_id)),
    Kind.TRACK: _Named(tracks, (tracks.c.available, tracks.c.library_id)),
}


def _has_part(artist_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """Tell whether somebody has part in a track that can be heard: composers may not be counted."""
    part = select(1).join_from(track_artists, tracks, tracks.c.id == track_artists.c.track_id)
    return part.where(track_artists.c.artist_id == artist_id, tracks.c.available, seen(tracks)).exists()


@cache
def _beginning(kind: Kind) -> Query[Beginning]:
    table, more = _TABLES[kind]
    walked = (
        select(table.c.id, table.c.sort, *more)
        .where(table.c.sort >= bindparam("low"), table.c.sort < bindparam("high"))
        .order_by(table.c.sort, table.c.id)
        .limit(bindparam("most"))
        .subquery()
    )
    there: dict[Kind, Any] = {
        Kind.ARTIST: lambda: (
            select(1)
            .where(
                artist_counts.c.artist_id == walked.c.id,
                seen(artist_counts),
                or_(artist_counts.c.track_count > 0, artist_counts.c.album_count > 0),
            )
            .exists()
            | _has_part(walked.c.id)
        ),
        Kind.ALBUM: lambda: walked.c.track_count > 0,
        Kind.TRACK: lambda: walked.c.available,
    }
    statement = select(walked.c.id, walked.c.sort).where(there[kind]())
    if kind is not Kind.ARTIST:
        statement = statement.where(among(walked.c.library_id, "libraries"))
    # In the order of what it walks along; asked for it once more, SQLite would walk to the end and sort.
    return Query(statement.limit(bindparam("limit")), Beginning)


_ARTISTS = Query(
    select(
        artists.c.id,
        artists.c.name,
        total(artist_counts.c.album_count),
        total(artist_counts.c.track_count),
        func.min(artist_counts.c.cover),
    )
    .select_from(
        artists.outerjoin(artist_counts, and_(artist_counts.c.artist_id == artists.c.id, seen(artist_counts)))
    )
    .where(among(artists.c.id, "ids"), or_(artist_counts.c.artist_id.isnot(None), _has_part(artists.c.id)))
    .group_by(artists.c.id),
    Artist,
)
_ALBUMS = Query(
    select(*ALBUM_COLUMNS).where(among(albums.c.id, "ids"), albums.c.track_count > 0, seen(albums)), Album
)
_TRACKS = Query(
    select(*TRACK_COLUMNS)
    .select_from(TRACKS_WITH_ALBUM)
    .where(among(tracks.c.id, "ids"), tracks.c.available, seen(tracks)),
    track_of,
)
_COMPOSERS = Query(
    select(track_artists.c.track_id, artists.c.name)
    .join(artists, artists.c.id == track_artists.c.artist_id)
    .where(among(track_artists.c.track_id, "ids"), track_artists.c.role == COMPOSER)
    .order_by(track_artists.c.track_id, track_artists.c.position),
    lambda track_id, name: (track_id, name),
)
_SHEETS = Query(
    select(sheets.c.track_id, sheets.c.source, sheets.c.format, func.substr(sheets.c.content, 1, MOST_OF_A_SHEET))
    .where(among(sheets.c.track_id, "ids"))
    .order_by(sheets.c.track_id, sheets.c.source),
    SheetRow,
)


async def beginnings(reader: Reader, view: View, kind: Kind, key: str, limit: int) -> list[Beginning]:
    """Return what the viewer may hear whose sort key begins with a text, in order."""
    bounds = {"low": key, "high": key + _HIGHEST, "most": max(_MOST_WALKED, limit)}
    return await reader.all(_beginning(kind), libraries=view.library_ids, limit=limit, **bounds)


async def artists_of(reader: Reader, view: View, ids: Sequence[str]) -> list[Artist]:
    """Return the artists of some ids whom the viewer may hear, in that order."""
    found = {artist.id: artist for artist in await _some(reader, view, _ARTISTS, ids)}
    return [found[i] for i in ids if i in found]


async def albums_of(reader: Reader, view: View, ids: Sequence[str]) -> list[Album]:
    """Return the albums of some ids that the viewer may hear, in that order."""
    found = {album.id: album for album in await _some(reader, view, _ALBUMS, ids)}
    return [found[i] for i in ids if i in found]


async def tracks_of(reader: Reader, view: View, ids: Sequence[str]) -> list[Track]:
    """Return the tracks of some ids that the viewer may hear, in that order."""
    found = {track.id: track for track in await _some(reader, view, _TRACKS, ids)}
    return [found[i] for i in ids if i in found]


async def composers_of(reader: Reader, ids: Sequence[str]) -> dict[str, list[str]]:
    """Return the names of those who composed some tracks."""
    found: dict[str, list[str]] = {}
    for track_id, name in await reader.all(_COMPOSERS, ids=list(ids)) if ids else []:
        found.setdefault(track_id, []).append(name)
    return found


async def _some(reader: Reader, view: View, query: Query[Any], ids: Sequence[str]) -> list[Any]:
    return await reader.all(query, ids=list(ids), libraries=view.library_ids) if ids else []


async def sheets_of(reader: Reader, ids: Sequence[str]) -> dict[str, list[SheetRow]]:
    """Return the sheets of some tracks."""
    found: dict[str, list[SheetRow]] = {}
    for sheet in await reader.all(_SHEETS, ids=list(ids)) if ids else []:
        found.setdefault(sheet.track_id, []).append(sheet)
    return found
