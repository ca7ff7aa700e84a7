"""How much of each artist and genre a library holds."""

from collections.abc import Iterable

from sqlalchemy import and_, delete, func, insert, literal, select, union_all

from sarau.catalog.library.tables import (
    album_artists,
    album_genres,
    albums,
    artist_counts,
    genre_counts,
    track_artists,
    track_genres,
    tracks,
)
from sarau.foundation.database.portable import among, total
from sarau.foundation.database.query import Change
from sarau.foundation.database.work import Work


def _artist_counts() -> Change:
    heard = (
        select(
            track_artists.c.artist_id,
            tracks.c.library_id,
            literal(0).label("album_count"),
            func.count(tracks.c.id.distinct()).label("track_count"),
            func.min(tracks.c.cover).label("cover"),
        )
        .join(tracks, tracks.c.id == track_artists.c.track_id)
        .where(among(track_artists.c.artist_id, "ids"), track_artists.c.role == "artist", tracks.c.available)
        .group_by(track_artists.c.artist_id, tracks.c.library_id)
    )
    made = (
        select(
            album_artists.c.artist_id,
            albums.c.library_id,
            func.count().label("album_count"),
            literal(0).label("track_count"),
            func.min(albums.c.cover).label("cover"),
        )
        .join(albums, albums.c.id == album_artists.c.album_id)
        .where(among(album_artists.c.artist_id, "ids"), albums.c.track_count > 0)
        .group_by(album_artists.c.artist_id, albums.c.library_id)
    )
    both = union_all(heard, made).subquery()
    return Change(
        insert(artist_counts).from_select(
            ["artist_id", "library_id", "album_count", "track_count", "cover"],
            select(
                both.c.artist_id,
                both.c.library_id,
                total(both.c.album_count),
                total(both.c.track_count),
                func.min(both.c.cover),
            ).group_by(both.c.artist_id, both.c.library_id),
        )
    )


def _genre_counts() -> Change:
    heard = (
        select(
            track_genres.c.genre_id,
            tracks.c.library_id,
            literal(0).label("album_count"),
            func.count().label("track_count"),
        )
        .join(tracks, and_(tracks.c.id == track_genres.c.track_id, tracks.c.available))
        .where(among(track_genres.c.genre_id, "ids"))
        .group_by(track_genres.c.genre_id, tracks.c.library_id)
    )
    made = (
        select(
            album_genres.c.genre_id,
            albums.c.library_id,
            func.count().label("album_count"),
            literal(0).label("track_count"),
        )
        .join(albums, albums.c.id == album_genres.c.album_id)
        .where(among(album_genres.c.genre_id, "ids"), albums.c.track_count > 0)
        .group_by(album_genres.c.genre_id, albums.c.library_id)
    )
    both = union_all(heard, made).subquery()
    return Change(
        insert(genre_counts).from_select(
            ["genre_id", "library_id", "album_count", "track_count"],
            select(both.c.genre_id, both.c.library_id, total(both.c.album_count), total(both.c.track_count)).group_by(
                both.c.genre_id, both.c.library_id
            ),
        ),
        slow=True,
    )


_DROP_ARTISTS = Change(delete(artist_counts).where(among(artist_counts.c.artist_id, "ids")))
_COUNT_ARTISTS = _artist_counts()
_DROP_GENRES = Change(delete(genre_counts).where(among(genre_counts.c.genre_id, "ids")))
_COUNT_GENRES = _genre_counts()


async def recount(work: Work, *, artist_ids: Iterable[str], genre_ids: Iterable[str]) -> None:
    """Count anew what libraries hold of artists and genres."""
    if some := sorted(set(artist_ids)):
        await work.run(_DROP_ARTISTS, ids=some)
        await work.run(_COUNT_ARTISTS, ids=some)
    if some := sorted(set(genre_ids)):
        await work.run(_DROP_GENRES, ids=some)
        await work.run(_COUNT_GENRES, ids=some)
