"""Tracks with all that players show of them: where they lie, who made them, what their album is credited to."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Select, bindparam, func, select, type_coerce

from sarau.catalog.library.policies import View, seen
from sarau.catalog.library.queries.rows import TRACKS_WITH_ALBUM
from sarau.catalog.library.schemas import ArtistRef
from sarau.catalog.library.tables import albums, artists, track_artists, track_files, track_genres, tracks
from sarau.foundation.database.portable import among
from sarau.foundation.database.query import Query, scalar
from sarau.foundation.database.reader import Reader
from sarau.foundation.database.types import EntityId, Json

COMPOSER = "composer"
_id = bindparam("id", type_=EntityId())


class SongWords(msgspec.Struct, frozen=True):
    """The words of a file's tags that no table has."""

    isrcs: tuple[str, ...] = ()
    moods: tuple[str, ...] = ()
    comment: str | None = None
    composers: tuple[str, ...] = ()
    mb_recording_id: str | None = None


class Song(NamedTuple):
    """A track as players show it, flat, for they show hundreds at once; composers are those the tags name."""

    id: str
    folder_id: str | None
    album_id: str | None
    album: str | None
    title: str
    artist: str
    artists: list[ArtistRef]
    genres: list[str]
    year: int | None
    disc_number: int | None
    track_number: int | None
    duration_ms: int
    media_type: str
    bitrate_kbps: int
    sample_rate_hz: int
    bit_depth: int | None
    channels: int
    size_bytes: int
    track_gain_db: float | None
    album_gain_db: float | None
    track_peak: float | None
    album_peak: float | None
    cover: str | None
    added_at: datetime
    sort: str
    album_artist: str | None
    album_artists: list[ArtistRef] | None
    path: bytes
    name: str
    words: SongWords
    composers: tuple[ArtistRef, ...] = ()


_COLUMNS = (
    tracks.c.id,
    tracks.c.folder_id,
    tracks.c.album_id,
    albums.c.title,
    tracks.c.title,
    tracks.c.artist,
    tracks.c.artists,
    tracks.c.genres,
    func.nullif(tracks.c.year, 0),
    tracks.c.disc_number,
    tracks.c.track_number,
    tracks.c.duration_ms,
    tracks.c.media_type,
    tracks.c.bitrate_kbps,
    tracks.c.sample_rate_hz,
    tracks.c.bit_depth,
    tracks.c.channels,
    tracks.c.size_bytes,
    tracks.c.track_gain_db,
    tracks.c.album_gain_db,
    tracks.c.track_peak,
    tracks.c.album_peak,
    tracks.c.cover,
    tracks.c.added_at,
    tracks.c.sort,
    albums.c.artist,
    albums.c.artists,
    track_files.c.path,
    track_files.c.name,
    type_coerce(track_files.c.tags, Json(SongWords)).label("words"),
)


def _songs(*conditions: Any) -> Select[Any]:
    source = TRACKS_WITH_ALBUM.join(track_files, track_files.c.track_id == tracks.c.id)
    return select(*_COLUMNS).select_from(source).where(tracks.c.available, seen(tracks), *conditions)


_BY_ID = Query(_songs(among(tracks.c.id, "ids")), Song)
_OF_ALBUM = Query(
    _songs(tracks.c.album_id == _id).order_by(tracks.c.place, tracks.c.sort, tracks.c.id).limit(5000), Song
)
_IDS_OF_ALBUM = Query(
    select(tracks.c.id)
    .where(tracks.c.album_id == _id, tracks.c.available, seen(tracks))
    .order_by(tracks.c.place, tracks.c.sort, tracks.c.id)
    .limit(5000),
    scalar,
)
_IN_FOLDER = Query(_songs(tracks.c.folder_id == _id).order_by(track_files.c.path).limit(10_000), Song, slow=True)
_OF_GENRE = Query(
    select(track_genres.c.track_id)
    .join(tracks, tracks.c.id == track_genres.c.track_id)
    .where(track_genres.c.genre_id == _id, tracks.c.available, seen(tracks))
    .order_by(track_genres.c.track_id)
    .limit(bindparam("limit"))
    .offset(bindparam("offset")),
    scalar,
    slow=True,
)
_DRAWN_FROM = 20_000
_present = tracks.c.available, seen(tracks), tracks.c.year.between(bindparam("first"), bindparam("last"))


def _by_chance(found: Select[Any]) -> Query[str]:
    """The database shuffles what is left: not more than it can in a few milliseconds."""
    some = found.limit(_DRAWN_FROM).subquery()
    return Query(select(some.c.id).order_by(func.random()).limit(bindparam("limit")), scalar, slow=True)


_OF_YEARS_BY_CHANCE = _by_chance(select(tracks.c.id).where(*_present))
_OF_GENRE_BY_CHANCE = _by_chance(
    select(tracks.c.id)
    .join(track_genres, track_genres.c.track_id == tracks.c.id)
    .where(track_genres.c.genre_id == _id, *_present)
)
COMPOSERS = Query(
    select(track_artists.c.track_id, artists.c.id, artists.c.name)
    .join(artists, artists.c.id == track_artists.c.artist_id)
    .where(among(track_artists.c.track_id, "ids"), track_artists.c.role == COMPOSER)
    .order_by(track_artists.c.track_id, track_artists.c.position),
    lambda track_id, artist_id, name: (track_id, ArtistRef(artist_id, name)),
)
_TITLED = Query(
    select(tracks.c.id)
    .where(tracks.c.sort == bindparam("title"), tracks.c.artist_sort == bindparam("artist"))
    .where(tracks.c.available, seen(tracks))
    .order_by(tracks.c.sort, tracks.c.id)
    .limit(1),
    scalar,
)


async def _with_composers(reader: Reader, found: list[Song]) -> list[Song]:
    """Return songs with the composers that their tags name."""
    composed = [song.id for song in found if song.words.composers]
    if not composed:
        return found
    known = await composers_of(reader, composed)
    return [song._replace(composers=tuple(known.get(song.id, ()))) for song in found]


async def composers_of(reader: Reader, ids: Sequence[str]) -> dict[str, list[ArtistRef]]:
    """Return those who composed some tracks, by the ids of the tracks."""
    found: dict[str, list[ArtistRef]] = {}
    for track_id, artist in await reader.all(COMPOSERS, ids=list(ids)):
        found.setdefault(track_id, []).append(artist)
    return found


async def songs_by_id(reader: Reader, view: View, ids: list[str]) -> list[Song]:
    """Return the songs of some ids that the viewer may hear, in that order."""
    rows = await reader.all(_BY_ID, ids=list(dict.fromkeys(ids)), libraries=view.library_ids)
    found = {song.id: song for song in await _with_composers(reader, rows)}
    return [found[i] for i in ids if i in found]


async def songs_of_album(reader: Reader, view: View, album_id: str) -> list[Song]:
    """Return the songs of an album in order."""
    return await _with_composers(reader, await reader.all(_OF_ALBUM, id=album_id, libraries=view.library_ids))


async def song_ids_of_album(reader: Reader, view: View, album_id: str) -> list[str]:
    """Return the ids of the songs of an album in order."""
    return await reader.all(_IDS_OF_ALBUM, id=album_id, libraries=view.library_ids)


async def songs_in_folder(reader: Reader, view: View, folder_id: str) -> list[Song]:
    """Return the songs that lie in a folder itself, by file name."""
    return await _with_composers(reader, await reader.all(_IN_FOLDER, id=folder_id, libraries=view.library_ids))


async def songs_of_genre(reader: Reader, view: View, genre_id: str, limit: int, offset: int) -> list[str]:
    """Return the ids of songs of a genre, those filed first first."""
    return await reader.all(_OF_GENRE, id=genre_id, libraries=view.library_ids, limit=limit, offset=offset)


async def tracks_by_chance(
    reader: Reader, view: View, genre_id: str | None, years: tuple[int, int], count: int
) -> list[str]:
    """Return the ids of tracks by chance, of some years and perhaps a genre: drawn from the first 20,000 of them."""
    among_which = {"libraries": view.library_ids, "first": years[0], "last": years[1], "limit": count}
    if genre_id is None:
        return await reader.all(_OF_YEARS_BY_CHANCE, **among_which)
    return await reader.all(_OF_GENRE_BY_CHANCE, id=genre_id, **among_which)


async def track_titled(reader: Reader, view: View, title: str, artist: str) -> str | None:
    """Return the id of a track by the sort keys of its title and artist, or None."""
    return await reader.first(_TITLED, title=title, artist=artist, libraries=view.library_ids)
