"""What the index is an index of, as it lies in the library, the lyrics and the history."""

from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Select, bindparam, func, select, tuple_

from sarau.catalog.library.queries import songs
from sarau.catalog.library.schemas import ArtistRef
from sarau.catalog.library.tables import (
    album_genres,
    albums,
    artist_counts,
    artists,
    genres,
    libraries,
    track_artists,
    tracks,
)
from sarau.catalog.lyrics.tables import sheets
from sarau.foundation.database.portable import among
from sarau.foundation.database.query import Query
from sarau.foundation.database.types import EntityId
from sarau.playback.history.tables import plays

_MOST_OF_A_SHEET = 60_000  # characters


class TrackRow(NamedTuple):
    """What is searched of a track."""

    id: str
    revision: int
    available: bool
    library_id: str
    title: str
    version: str | None
    artist: str
    artists: list[ArtistRef]
    album_id: str | None
    album: str | None
    year: int
    genres: list[str]


class AlbumRow(NamedTuple):
    """What is searched of an album."""

    id: str
    library_id: str
    title: str
    artist: str
    artists: list[ArtistRef]
    year: int
    track_count: int


class SheetRow(NamedTuple):
    """A sheet of a track, cut off where songs end."""

    track_id: str
    source: str
    format: str
    content: str


def _pair(first: Any, second: Any) -> tuple[Any, Any]:
    return first, second


def _tracks() -> Select[Any]:
    return select(
        tracks.c.id,
        tracks.c.revision,
        tracks.c.available,
        tracks.c.library_id,
        tracks.c.title,
        tracks.c.version,
        tracks.c.artist,
        tracks.c.artists,
        tracks.c.album_id,
        albums.c.title,
        tracks.c.year,
        tracks.c.genres,
    ).select_from(tracks.outerjoin(albums, albums.c.id == tracks.c.album_id))


_of_library = bindparam("library_id", type_=EntityId())
_after = tuple_(bindparam("after", type_=BigInteger()), bindparam("after_id", type_=EntityId()))
REVISIONS = Query(select(libraries.c.id, libraries.c.revision).order_by(libraries.c.id), _pair)
CHANGED = Query(
    _tracks()
    .where(tracks.c.library_id == _of_library, tuple_(tracks.c.revision, tracks.c.id) > _after)
    .order_by(tracks.c.revision, tracks.c.id)
    .limit(bindparam("limit")),
    TrackRow,
    slow=True,
)
TRACKS = Query(_tracks().where(among(tracks.c.id, "ids")), TrackRow, slow=True)
ALBUMS = Query(
    select(
        albums.c.id,
        albums.c.library_id,
        albums.c.title,
        albums.c.artist,
        albums.c.artists,
        albums.c.year,
        albums.c.track_count,
    ).where(among(albums.c.id, "ids")),
    AlbumRow,
    slow=True,
)
GENRES_OF_ALBUMS = Query(
    select(album_genres.c.album_id, genres.c.name)
    .join(genres, genres.c.id == album_genres.c.genre_id)
    .where(among(album_genres.c.album_id, "ids"))
    .order_by(album_genres.c.album_id, genres.c.sort),
    _pair,
    slow=True,
)
ARTISTS = Query(select(artists.c.id, artists.c.name).where(among(artists.c.id, "ids")), _pair, slow=True)
# Nothing is counted of composers who do not play themselves.
LIBRARIES_OF_ARTISTS = Query(
    select(artist_counts.c.artist_id, artist_counts.c.library_id)
    .where(among(artist_counts.c.artist_id, "ids"))
    .union(
        select(track_artists.c.artist_id, tracks.c.library_id)
        .join_from(track_artists, tracks, tracks.c.id == track_artists.c.track_id)
        .where(among(track_artists.c.artist_id, "ids"), track_artists.c.role == songs.COMPOSER, tracks.c.available)
    ),
    _pair,
    slow=True,
)
COMPOSERS = Query(songs.COMPOSERS.statement, songs.COMPOSERS.into, slow=True)  # of hundreds of tracks at once
SHEETS = Query(
    select(sheets.c.track_id, sheets.c.source, sheets.c.format, func.substr(sheets.c.content, 1, _MOST_OF_A_SHEET))
    .where(among(sheets.c.track_id, "ids"))
    .order_by(sheets.c.track_id, sheets.c.source),
    SheetRow,
    slow=True,
)
PLAYS = Query(
    select(plays.c.track_id, func.count())
    .where(among(plays.c.track_id, "ids"), plays.c.listened)
    .group_by(plays.c.track_id),
    _pair,
    slow=True,
)
