"""Albums, artists, genres and folders as players list them: by id, by year or genre, or all."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, or_, select

from sarau.catalog.library.policies import View, seen
from sarau.catalog.library.queries.pages import has_album, has_part
from sarau.catalog.library.queries.rows import ALBUM_COLUMNS, ARTIST_COLUMNS
from sarau.catalog.library.schemas import Album, Artist, Folder
from sarau.catalog.library.tables import album_genres, albums, artist_counts, artists, folders, genres
from sarau.foundation.database.portable import among
from sarau.foundation.database.query import Query, scalar
from sarau.foundation.database.reader import Reader
from sarau.foundation.database.types import EntityId
from sarau.kit.text import fold, sort_key


class ListedAlbum(NamedTuple):
    """An album with what players sort and match it by."""

    album: Album
    sort: str
    mbid: str | None


class ListedArtist(NamedTuple):
    """An artist with what players sort and match them by."""

    artist: Artist
    sort: str
    mbid: str | None


def _album(*row: Any) -> ListedAlbum:
    *columns, sort, mbid = row
    return ListedAlbum(Album(*columns), sort, mbid)


def _albums(*conditions: ColumnElement[bool]) -> Select[Any]:
    listed = select(*ALBUM_COLUMNS, albums.c.sort, albums.c.mbid)
    return listed.where(albums.c.track_count > 0, seen(albums), *conditions)


def _of_years(*, rising: bool) -> Query[str]:
    ends = (albums.c.year, albums.c.id) if rising else (albums.c.year.desc(), albums.c.id.desc())
    there = albums.c.year.between(bindparam("first"), bindparam("last")), albums.c.track_count > 0, seen(albums)
    found = select(albums.c.id).where(*there).order_by(*ends)
    return Query(found.limit(bindparam("limit")).offset(bindparam("offset")), scalar, slow=True)


_genre_id = bindparam("genre_id", type_=EntityId())
_ALBUMS_BY_ID = Query(_albums(among(albums.c.id, "ids")), _album)
_ALBUMS_OF_YEARS = {rising: _of_years(rising=rising) for rising in (True, False)}
_ALBUMS_OF_GENRE = Query(
    select(album_genres.c.album_id)
    .join(albums, albums.c.id == album_genres.c.album_id)
    .where(album_genres.c.genre_id == _genre_id, albums.c.track_count > 0, seen(albums))
    .order_by(album_genres.c.album_id)
    .limit(bindparam("limit"))
    .offset(bindparam("offset")),
    scalar,
    slow=True,
)
_GENRES_OF_ALBUMS = Query(
    select(album_genres.c.album_id, genres.c.name)
    .join(genres, genres.c.id == album_genres.c.genre_id)
    .where(among(album_genres.c.album_id, "ids"))
    .order_by(album_genres.c.album_id, genres.c.sort),
    lambda album_id, name: (album_id, name),
)
_GENRE = Query(select(genres.c.id).where(genres.c.sort == bindparam("sort")), scalar)
_LISTED_ARTIST = (*ARTIST_COLUMNS, artists.c.sort, artists.c.mbid)


def _artist(*row: Any) -> ListedArtist:
    *counted, sort, mbid = row
    return ListedArtist(Artist(*counted), sort, mbid)


_ALL_ARTISTS = Query(
    select(*_LISTED_ARTIST)
    .join(artist_counts, artist_counts.c.artist_id == artists.c.id)
    .where(seen(artist_counts), artist_counts.c.album_count > 0)
    .group_by(artists.c.sort, artists.c.id)
    .order_by(artists.c.sort, artists.c.id),
    _artist,
    slow=True,
)
_ARTISTS_BY_ID = Query(
    select(*_LISTED_ARTIST)
    .select_from(artists.outerjoin(artist_counts, (artist_counts.c.artist_id == artists.c.id) & seen(artist_counts)))
    .where(among(artists.c.id, "ids"), or_(has_part, has_album))
    .group_by(artists.c.id),
    _artist,
)
_ARTIST_NAMED = Query(
    select(artists.c.id)
    .join(artist_counts, artist_counts.c.artist_id == artists.c.id)
    .where(artists.c.sort == bindparam("sort"), seen(artist_counts))
    .order_by(artist_counts.c.track_count.desc(), artists.c.id)
    .limit(1),
    scalar,
)
_FOLDERS_IN = Query(
    select(folders.c.id, folders.c.library_id, folders.c.parent_id, folders.c.name, folders.c.cover)
    .where(among(folders.c.parent_id, "ids"), seen(folders))
    .order_by(folders.c.sort, folders.c.id),
    Folder,
    slow=True,
)


async def albums_by_id(reader: Reader, view: View, ids: Sequence[str]) -> list[ListedAlbum]:
    """Return the albums of some ids that the viewer may hear, in that order."""
    rows = await reader.all(_ALBUMS_BY_ID, ids=list(dict.fromkeys(ids)), libraries=view.library_ids)
    found = {row.album.id: row for row in rows}
    return [found[i] for i in ids if i in found]


async def albums_of_years(reader: Reader, view: View, first: int, last: int, limit: int, offset: int) -> list[str]:
    """Return the ids of the albums of some years; the latest first where the first year given is the later one."""
    years = {"first": min(first, last), "last": max(first, last)}
    query = _ALBUMS_OF_YEARS[first <= last]
    return await reader.all(query, libraries=view.library_ids, limit=limit, offset=offset, **years)


async def albums_of_genre(reader: Reader, view: View, genre_id: str, limit: int, offset: int) -> list[str]:
    """Return the ids of albums of a genre, those filed first first."""
    page = {"limit": limit, "offset": offset}
    return await reader.all(_ALBUMS_OF_GENRE, genre_id=genre_id, libraries=view.library_ids, **page)


async def genres_of_albums(reader: Reader, ids: Sequence[str]) -> dict[str, list[str]]:
    """Return the names of the genres of some albums."""
    found: dict[str, list[str]] = {}
    for album_id, name in await reader.all(_GENRES_OF_ALBUMS, ids=list(ids)):
        found.setdefault(album_id, []).append(name)
    return found


async def genre_named(reader: Reader, name: str) -> str | None:
    """Return the id of a genre by its name, or None."""
    return await reader.first(_GENRE, sort=fold(name)[:200] or name)


async def all_artists(reader: Reader, view: View) -> list[ListedArtist]:
    """Return everybody who has albums of their own, by name: to be kept, for it grows with the library."""
    return await reader.all(_ALL_ARTISTS, libraries=view.library_ids)


async def artists_by_id(reader: Reader, view: View, ids: Sequence[str]) -> list[ListedArtist]:
    """Return the artists of some ids whom the viewer may hear, in that order."""
    rows = await reader.all(_ARTISTS_BY_ID, ids=list(dict.fromkeys(ids)), libraries=view.library_ids)
    found = {row.artist.id: row for row in rows}
    return [found[i] for i in ids if i in found]


async def artist_named(reader: Reader, view: View, name: str) -> str | None:
    """Return the id of the artist of a name, of namesakes the one heard most of, or None."""
    return await reader.first(_ARTIST_NAMED, sort=sort_key(name), libraries=view.library_ids)


async def folders_in(reader: Reader, view: View, parent_ids: Sequence[str]) -> list[Folder]:
    """Return the folders that lie in some folders themselves, by name."""
    return await reader.all(_FOLDERS_IN, ids=list(parent_ids), libraries=view.library_ids)
