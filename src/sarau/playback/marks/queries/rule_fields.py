"""What rules of smart playlists may ask about stars and ratings: always those of the one who looks."""

from typing import Any

from sqlalchemy import Select, Table, and_, literal, select

from sarau.catalog.library.tables import track_artists, tracks
from sarau.playback.marks.tables import (
    album_ratings,
    album_stars,
    artist_ratings,
    artist_stars,
    track_ratings,
    track_stars,
)
from sarau.playlists.fields import VIEWER, Field, Ordering
from sarau.playlists.smart_rules import FieldKind

_others = tracks.alias("others")


def _of_tracks(marks: Table) -> Select[Any]:
    return select(marks.c.track_id).where(marks.c.user_id == VIEWER)


def _of_albums(marks: Table) -> Select[Any]:
    statement = select(_others.c.id).join(marks, marks.c.album_id == _others.c.album_id)
    return statement.where(marks.c.user_id == VIEWER)


def _of_artists(marks: Table) -> Select[Any]:
    statement = select(track_artists.c.track_id).join(marks, marks.c.artist_id == track_artists.c.artist_id)
    return statement.where(marks.c.user_id == VIEWER, track_artists.c.role == "artist")


def _ordering(marks: Table, column: str) -> Ordering:
    mine = and_(marks.c.track_id == tracks.c.id, marks.c.user_id == VIEWER)
    return Ordering(marks.c[column], marks, mine, tracks.c.id.not_in(_of_tracks(marks)))


def _starred(name: str, rows: Select[Any]) -> Field:
    return Field(name, FieldKind.FLAG, literal(1), rows)


def _rating(name: str, marks: Table, rows: Select[Any], ordering: Ordering | None = None) -> Field:
    return Field(name, FieldKind.NUMBER, marks.c.rating, rows, ordering=ordering)


MARKS_FIELDS: tuple[Field, ...] = (
    _starred("starred", _of_tracks(track_stars)),
    _starred("album_starred", _of_albums(album_stars)),
    _starred("artist_starred", _of_artists(artist_stars)),
    Field(
        "starred_at",
        FieldKind.MOMENT,
        track_stars.c.starred_at,
        _of_tracks(track_stars),
        ordering=_ordering(track_stars, "starred_at"),
    ),
    _rating("rating", track_ratings, _of_tracks(track_ratings), _ordering(track_ratings, "rating")),
    _rating("album_rating", album_ratings, _of_albums(album_ratings)),
    _rating("artist_rating", artist_ratings, _of_artists(artist_ratings)),
)
