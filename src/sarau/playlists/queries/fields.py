"""The fields of rules that the catalogue and playlists themselves know."""

from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, select

from sarau.catalog.library.identity import bare_isrc
from sarau.catalog.library.tables import (
    album_artists,
    albums,
    artists,
    genres,
    track_artists,
    track_files,
    track_genres,
    track_words,
    tracks,
)
from sarau.catalog.lyrics.tables import sheets
from sarau.playlists.fields import Field, Ordering
from sarau.playlists.policies import visible
from sarau.playlists.queries.rules import PLAYLIST
from sarau.playlists.smart_rules import FieldKind
from sarau.playlists.tables import playlist_entries, playlists

# Another name for tracks, for selections of tracks inside of the statement over all of them.
_others = tracks.alias("others")


def _text(name: str, value: ColumnElement[Any], rows: Select[Any] | None = None, **more: Any) -> Field:
    return Field(name, FieldKind.TEXT, value, rows, **more)


def _number(name: str, value: ColumnElement[Any]) -> Field:
    return Field(name, FieldKind.NUMBER, value, ordering=_by(value))


def _by(column: ColumnElement[Any]) -> Ordering:
    return Ordering(column, sure=not getattr(column, "nullable", True))


def _by_album(column: ColumnElement[Any]) -> Ordering:
    return Ordering(column, albums, albums.c.id == tracks.c.album_id, tracks.c.album_id.is_(None), rare=True)


def _of_album(*joined: Any) -> Select[Any]:
    """Return a selection of tracks by what their album is; only so does the database begin with the albums."""
    statement = select(_others.c.id).join(albums, albums.c.id == _others.c.album_id)
    for table, on in joined:
        statement = statement.join(table, on)
    return statement


def _credited(role: str) -> Select[Any]:
    return (
        select(track_artists.c.track_id)
        .join(artists, artists.c.id == track_artists.c.artist_id)
        .where(track_artists.c.role == role)
    )


def _words(kind: str) -> Select[Any]:
    return select(track_words.c.track_id).where(track_words.c.kind == kind)


def _plain(text: str) -> str:
    return text.strip().lower()


def _bare(text: str) -> str:
    return bare_isrc(text) or ""


_in_genre = select(track_genres.c.track_id).join(genres, genres.c.id == track_genres.c.genre_id)
_by_album_artist = _of_album(
    (album_artists, album_artists.c.album_id == albums.c.id), (artists, artists.c.id == album_artists.c.artist_id)
)
_in_playlist = (
    select(playlist_entries.c.track_id)
    .join(playlists, playlists.c.id == playlist_entries.c.playlist_id)
    .where(visible())
)
_BY_YEAR = Ordering(tracks.c.year, without=tracks.c.year == 0, rare=True)
_known_year = func.nullif(tracks.c.year, 0)

CATALOGUE_FIELDS: tuple[Field, ...] = (
    _text("title", tracks.c.sort, ordering=_by(tracks.c.sort)),
    _text("artist", artists.c.sort, _credited("artist"), ordering=_by(tracks.c.artist_sort)),
    _text("album", albums.c.sort, _of_album(), ordering=_by_album(albums.c.sort)),
    _text("album_artist", artists.c.sort, _by_album_artist, ordering=_by_album(albums.c.artist_sort)),
    _text("composer", artists.c.sort, _credited("composer")),
    _text("genre", genres.c.sort, _in_genre),
    _text("mood", track_words.c.sort, _words("mood")),
    _text("comment", track_words.c.sort, _words("comment")),
    _text("version", func.lower(func.coalesce(tracks.c.version, "")), folded=_plain),
    _text("codec", tracks.c.codec, folded=_plain, ordering=_by(tracks.c.codec)),
    _text("isrc", track_files.c.isrc, select(track_files.c.track_id), folded=_bare),
    Field(
        "year", FieldKind.NUMBER, _known_year, ordering=Ordering(tracks.c.year, without=tracks.c.year == 0, rare=True)
    ),
    _number("disc_number", tracks.c.disc_number),
    _number("track_number", tracks.c.track_number),
    _number("duration_ms", tracks.c.duration_ms),
    _number("bitrate_kbps", tracks.c.bitrate_kbps),
    _number("sample_rate_hz", tracks.c.sample_rate_hz),
    _number("bit_depth", tracks.c.bit_depth),
    _number("channels", tracks.c.channels),
    _number("size_bytes", tracks.c.size_bytes),
    _number("track_gain_db", tracks.c.track_gain_db),
    Field("added_at", FieldKind.MOMENT, tracks.c.added_at, ordering=_by(tracks.c.added_at)),
    Field("compilation", FieldKind.FLAG, literal(1), _of_album().where(albums.c.compilation)),
    Field("has_cover", FieldKind.FLAG, tracks.c.cover.isnot(None)),
    Field("has_lyrics", FieldKind.FLAG, literal(1), select(sheets.c.track_id)),
    Field("library", FieldKind.THING, tracks.c.library_id),
    Field("folder", FieldKind.THING, tracks.c.folder_id),
    Field("album_id", FieldKind.THING, tracks.c.album_id),
    Field("artist_id", FieldKind.THING, track_artists.c.artist_id, select(track_artists.c.track_id)),
    Field("genre_id", FieldKind.THING, track_genres.c.genre_id, select(track_genres.c.track_id)),
    Field(PLAYLIST, FieldKind.THING, playlist_entries.c.playlist_id, _in_playlist),
)
