"""Albums: made from the tags of their tracks, and brought up to date when these change."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, delete, func, insert, select, update

from sarau.catalog.library.commands.names import resolve_artists
from sarau.catalog.library.filing import NamedArtist, random_place, with_ids
from sarau.catalog.library.identity import VARIOUS_ARTISTS, VARIOUS_ARTISTS_MBID, joined
from sarau.catalog.library.schemas import ArtistRef
from sarau.catalog.library.tables import album_artists, album_genres, albums, track_genres, tracks
from sarau.foundation.database.portable import among, insert_into
from sarau.foundation.database.query import Change, Query, scalar
from sarau.foundation.database.types import EntityId, Json
from sarau.foundation.database.work import Work
from sarau.foundation.media.tags import Tags
from sarau.kit.ids import new_id
from sarau.kit.text import sort_key
from sarau.kit.times import now

_VARIOUS: tuple[NamedArtist, ...] = ((VARIOUS_ARTISTS, VARIOUS_ARTISTS_MBID),)


class AlbumTags(NamedTuple):
    """What the tags of a track say of its album."""

    title: str
    artists: tuple[NamedArtist, ...]
    artist: str
    from_tracks: bool
    compilation: bool
    mbid: str | None
    release_group_mbid: str | None


def album_tags(tags: Tags) -> AlbumTags:
    """Return what tags say of the album; without album artists its tracks decide, unless it is a compilation."""
    from_tracks = not tags.album_artists and not tags.compilation
    artists = with_ids(tags.album_artists, tags.mb_album_artist_ids)
    shown = tags.album_artist_display or joined(tags.album_artists)
    if not tags.album_artists:
        artists, shown = _VARIOUS, VARIOUS_ARTISTS
    return AlbumTags(
        tags.album or "?", artists, shown, from_tracks, tags.compilation, tags.mb_album_id, tags.mb_release_group_id
    )


_the_album = albums.c.id == bindparam("the_id", type_=EntityId())
_BY_KEY = Query(
    select(albums.c.key, albums.c.id, albums.c.title).where(
        among(albums.c.key, "keys"), albums.c.library_id == bindparam("library_id", type_=EntityId())
    ),
    lambda key, album_id, title: (key, album_id, title),
)
_NEW = Change(insert_into(albums).on_conflict_do_nothing(index_elements=[albums.c.key, albums.c.library_id]))
_DESCRIBE = Change(
    update(albums)
    .where(_the_album)
    .values({c: bindparam(f"new_{c}", type_=albums.c[c].type) for c in (
        "key", "title", "sort", "artist", "artist_sort", "artists", "from_tracks", "compilation", "mbid",
        "release_group_mbid",
    )})
)  # fmt: skip
_DROP_ARTISTS = Change(delete(album_artists).where(among(album_artists.c.album_id, "ids")))
_ADD_ARTIST = Change(insert(album_artists))
_OLD_ARTISTS = Query(
    select(album_artists.c.artist_id).where(among(album_artists.c.album_id, "ids")).distinct(), scalar
)
_SIZES = Query(
    select(tracks.c.album_id, func.count()).where(among(tracks.c.album_id, "ids")).group_by(tracks.c.album_id),
    lambda album_id, count: (album_id, count),
)


async def resolve_albums(
    work: Work,
    library_id: str,
    wanted: dict[str, AlbumTags],
    renamed: dict[str, str],
    artist_ids: dict[NamedArtist, str],
) -> tuple[dict[str, str], list[str]]:
    """Make missing albums and describe all anew; returns the id of every one by key, and those with a new title.

    `renamed` maps the key of a missing album to the album that all its tracks come from: that one takes the key.
    """
    before = await work.all(_BY_KEY, keys=sorted(wanted), library_id=library_id)
    retitled = [album_id for key, album_id, title in before if title != wanted[key].title]
    known = {key: album_id for key, album_id, _ in before}
    known |= {key: album_id for key, album_id in renamed.items() if key not in known}
    rows = {key: _described(key, tags, artist_ids) for key, tags in wanted.items()}
    missing = [_new_row(library_id, row) for key, row in rows.items() if key not in known]
    await work.run_many(
        _DESCRIBE,
        [
            {"the_id": known[key], **{f"new_{c}": v for c, v in row.items()}}
            for key, row in rows.items()
            if key in known
        ],
    )
    if missing:
        await work.run_many(_NEW, missing)
        known = {key: i for key, i, _ in await work.all(_BY_KEY, keys=sorted(wanted), library_id=library_id)}
    await work.run(_DROP_ARTISTS, ids=list(known.values()))
    await work.run_many(_ADD_ARTIST, _artist_rows((known[key], rows[key]["artists"]) for key in wanted))
    return known, retitled


def _described(key: str, tags: AlbumTags, artist_ids: dict[NamedArtist, str]) -> dict[str, Any]:
    return {
        "key": key,
        "title": tags.title,
        "sort": sort_key(tags.title),
        "artist": tags.artist,
        "artist_sort": sort_key(tags.artist),
        "artists": [ArtistRef(artist_ids[one], one[0]) for one in dict.fromkeys(tags.artists)],
        "from_tracks": tags.from_tracks,
        "compilation": tags.compilation,
        "mbid": tags.mbid,
        "release_group_mbid": tags.release_group_mbid,
    }


def _new_row(library_id: str, described: dict[str, Any]) -> dict[str, Any]:
    return described | {
        "id": new_id(),
        "library_id": library_id,
        "year": 0,
        "cover": None,
        "track_count": 0,
        "disc_count": 0,
        "duration_ms": 0,
        "added_at": now(),
        "shuffle": random_place(),
    }


def _artist_rows(credited: Iterable[tuple[str, list[ArtistRef]]]) -> list[dict[str, Any]]:
    return [
        {"album_id": album_id, "position": position, "artist_id": artist_id}
        for album_id, artists in credited
        for position, artist_id in enumerate(dict.fromkeys(artist.id for artist in artists))
    ]


async def sizes_of(work: Work, album_ids: Iterable[str]) -> dict[str, int]:
    """Return how many tracks albums have, missing and binned ones included."""
    return dict(await work.all(_SIZES, ids=list(album_ids)))


class _Row(NamedTuple):
    album_id: str
    available: bool
    place: int
    disc_number: int | None
    year: int
    duration_ms: int
    artist: str
    cover: str | None
    added_at: datetime


_TRACKS = Query(
    select(
        tracks.c.album_id, tracks.c.available, tracks.c.place, tracks.c.disc_number, tracks.c.year,
        tracks.c.duration_ms, tracks.c.artist, tracks.c.cover, tracks.c.added_at,
    )
    .where(among(tracks.c.album_id, "ids"))
    .order_by(tracks.c.album_id, tracks.c.place),
    _Row,
)  # fmt: skip
_SUM_UP = Change(
    update(albums)
    .where(_the_album)
    .values({c: bindparam(f"new_{c}", type_=albums.c[c].type) for c in (
        "year", "cover", "track_count", "disc_count", "duration_ms", "added_at"
    )})
)  # fmt: skip
_EMPTY = Change(
    delete(albums).where(among(albums.c.id, "ids"), ~select(1).where(tracks.c.album_id == albums.c.id).exists())
)
_FROM_TRACKS = Query(select(albums.c.id).where(among(albums.c.id, "ids"), albums.c.from_tracks), scalar)
_FIRST_ARTISTS = Query(
    select(tracks.c.artists).where(tracks.c.album_id == bindparam("album_id", type_=EntityId())).limit(1), scalar
)
_SET_ARTIST = Change(
    update(albums)
    .where(_the_album)
    .values(
        artist=bindparam("new_artist"),
        artist_sort=bindparam("new_sort"),
        artists=bindparam("new_artists", type_=Json(list[ArtistRef])),
    )
)
_DROP_GENRES = Change(delete(album_genres).where(among(album_genres.c.album_id, "ids")))
_ADD_GENRES = Change(
    insert(album_genres).from_select(
        ["album_id", "genre_id"],
        select(tracks.c.album_id, track_genres.c.genre_id)
        .join(tracks, tracks.c.id == track_genres.c.track_id)
        .where(among(tracks.c.album_id, "ids"), tracks.c.available)
        .distinct(),
    )
)


async def refresh_albums(work: Work, album_ids: Sequence[str]) -> set[str]:
    """Sum albums up from their tracks, forget empty ones; returns the artists whose counts may have changed."""
    ids = sorted(set(album_ids))
    if not ids:
        return set()
    touched = set(await work.all(_OLD_ARTISTS, ids=ids))
    rows: dict[str, list[_Row]] = defaultdict(list)
    for row in await work.all(_TRACKS, ids=ids):
        rows[row.album_id].append(row)
    await work.run_many(_SUM_UP, [_summed_up(album_id, rows[album_id]) for album_id in ids if rows[album_id]])
    for album_id in await work.all(_FROM_TRACKS, ids=ids):
        if rows[album_id]:
            await _take_artist_from_tracks(work, album_id, rows[album_id])
    await work.run(_DROP_GENRES, ids=ids)
    await work.run(_ADD_GENRES, ids=ids)
    await work.run(_EMPTY, ids=ids)
    return touched | set(await work.all(_OLD_ARTISTS, ids=ids))


def _summed_up(album_id: str, rows: list[_Row]) -> dict[str, Any]:
    heard = [row for row in rows if row.available]
    return {
        "the_id": album_id,
        "new_year": max(row.year for row in heard or rows),
        "new_cover": next((row.cover for row in heard or rows if row.cover), None),
        "new_track_count": len(heard),
        "new_disc_count": len({row.disc_number or 1 for row in heard}),
        "new_duration_ms": sum(row.duration_ms for row in heard),
        "new_added_at": min(row.added_at for row in rows),
    }


async def _take_artist_from_tracks(work: Work, album_id: str, rows: list[_Row]) -> None:
    names = {row.artist for row in rows}
    if len(names) == 1:
        artists: list[ArtistRef] = (await work.all(_FIRST_ARTISTS, album_id=album_id))[0]
        shown = names.pop()
    else:
        ids = await resolve_artists(work, _VARIOUS)
        artists, shown = [ArtistRef(ids[_VARIOUS[0]], VARIOUS_ARTISTS)], VARIOUS_ARTISTS
    await work.run(_SET_ARTIST, the_id=album_id, new_artist=shown, new_sort=sort_key(shown), new_artists=artists)
    await work.run(_DROP_ARTISTS, ids=[album_id])
    await work.run_many(_ADD_ARTIST, _artist_rows([(album_id, artists)]))
