"""Sorted lists of albums, tracks, artists and genres, in keyset pages."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, FromClause, Select, Table, bindparam, or_, select, tuple_

from sarau.catalog.library.policies import View, seen
from sarau.catalog.library.queries.rows import (
    ALBUM_COLUMNS,
    ARTIST_COLUMNS,
    TRACK_COLUMNS,
    TRACKS_WITH_ALBUM,
    track_of,
)
from sarau.catalog.library.schemas import Album, Artist, Genre, Track
from sarau.catalog.library.tables import (
    album_artists,
    album_genres,
    albums,
    artist_counts,
    artists,
    genre_counts,
    genres,
    track_artists,
    track_genres,
    tracks,
)
from sarau.foundation.database.portable import total
from sarau.foundation.database.query import Query
from sarau.foundation.database.reader import Reader
from sarau.foundation.database.types import EntityId
from sarau.kit.pages import BadCursor, Page, decode_cursor, page_of
from sarau.kit.times import from_ms, to_ms


class Sort(StrEnum):
    """What albums and tracks can be sorted by."""

    TITLE = "title"
    ARTIST = "artist"
    YEAR = "year"
    ADDED = "added"
    ALBUM = "album"


class Order(StrEnum):
    """Which end comes first."""

    ASC = "asc"
    DESC = "desc"


class Filters(NamedTuple):
    """Which rows to list; None means any."""

    library_id: str | None = None
    artist_id: str | None = None
    genre_id: str | None = None
    album_id: str | None = None
    folder_id: str | None = None
    year: int | None = None

    def given(self) -> dict[str, Any]:
        """Return those that are set."""
        return {name: value for name, value in self._asdict().items() if value is not None}


class Sorting(NamedTuple):
    """A sort: its column, what a cursor holds of it, and how to go between the two."""

    column: ColumnElement[Any]
    kind: type
    dump: Callable[[Any], str | int] = lambda value: value
    load: Callable[[Any], Any] = lambda value: value


_ALBUM_SORTS = {
    Sort.TITLE: Sorting(albums.c.sort, str),
    Sort.ARTIST: Sorting(albums.c.artist_sort, str),
    Sort.YEAR: Sorting(albums.c.year, int),
    Sort.ADDED: Sorting(albums.c.added_at, int, to_ms, from_ms),
}
_TRACK_SORTS = {
    Sort.TITLE: Sorting(tracks.c.sort, str),
    Sort.ARTIST: Sorting(tracks.c.artist_sort, str),
    Sort.YEAR: Sorting(tracks.c.year, int),
    Sort.ADDED: Sorting(tracks.c.added_at, int, to_ms, from_ms),
    Sort.ALBUM: Sorting(tracks.c.place, int),
}


def sorting_of(table: Table, sort: Sort) -> Sorting:
    """Return how albums or tracks are sorted by something."""
    return (_ALBUM_SORTS if table is albums else _TRACK_SORTS)[sort]


def in_order(sorting: Sorting, table: Table, order: Order) -> list[ColumnElement[Any]]:
    """Return what a list is ordered by: ids tell apart what is alike."""
    ends: tuple[ColumnElement[Any], ...] = (sorting.column, table.c.id)
    return [end if order is Order.ASC else end.desc() for end in ends]


def _beyond(sorting: Sorting, table: Table, order: Order) -> ColumnElement[bool]:
    here = tuple_(sorting.column, table.c.id)
    there = tuple_(bindparam("after", type_=sorting.column.type), bindparam("after_id", type_=EntityId()))
    beyond: ColumnElement[bool] = here > there if order is Order.ASC else here < there
    return beyond


def _id(name: str) -> ColumnElement[Any]:
    return bindparam(name, type_=EntityId())


def _album_filter(name: str) -> ColumnElement[bool]:
    match name:
        case "library_id":
            return albums.c.library_id == _id(name)
        case "artist_id":
            return albums.c.id.in_(select(album_artists.c.album_id).where(album_artists.c.artist_id == _id(name)))
        case "genre_id":
            return albums.c.id.in_(select(album_genres.c.album_id).where(album_genres.c.genre_id == _id(name)))
        case "year":
            return albums.c.year == bindparam(name)
        case _:
            raise ValueError(f"albums are not filtered by {name}")


def _track_filter(name: str) -> ColumnElement[bool]:
    match name:
        case "artist_id":
            return tracks.c.id.in_(select(track_artists.c.track_id).where(track_artists.c.artist_id == _id(name)))
        case "genre_id":
            return tracks.c.id.in_(select(track_genres.c.track_id).where(track_genres.c.genre_id == _id(name)))
        case "year":
            return tracks.c.year == bindparam(name)
        case _:
            column: ColumnElement[Any] = tracks.c[name]
            return column == _id(name)


def matching(table: Table, filters: Iterable[str]) -> list[ColumnElement[bool]]:
    """Return the conditions of some filters on albums or tracks, each with a parameter of its name."""
    return [(_album_filter if table is albums else _track_filter)(name) for name in filters]


def listed(table: Table, filters: Iterable[str]) -> list[ColumnElement[bool]]:
    """Return the conditions of a list of albums or tracks: what is there, may be heard, and matches the filters."""
    present = albums.c.track_count > 0 if table is albums else tracks.c.available
    return [present, seen(table), *matching(table, filters)]


@cache
def _list(table: Table, sort: Sort, order: Order, filters: tuple[str, ...], further: bool) -> Query[Any]:
    """Return the statement of one list: few enough to be kept, each compiled once."""
    is_albums = table is albums
    sorting = sorting_of(table, sort)
    source: FromClause = albums if is_albums else TRACKS_WITH_ALBUM
    statement: Select[Any] = select(sorting.column, *(ALBUM_COLUMNS if is_albums else TRACK_COLUMNS)).select_from(
        source
    )
    statement = statement.where(*listed(table, filters))
    if further:
        statement = statement.where(_beyond(sorting, table, order))
    statement = statement.order_by(*in_order(sorting, table, order))
    make: Callable[..., Any] = Album if is_albums else track_of
    # A filter may match little of a long index, and then the walk along it is long.
    return Query(statement.limit(bindparam("limit")), lambda key, *row: (key, make(*row)), slow=bool(filters))


async def _page(
    reader: Reader,
    view: View,
    table: Table,
    sort: Sort,
    order: Order,
    filters: Filters,
    limit: int,
    cursor: str | None,
) -> Page[Any]:
    given = filters.given()
    sorting = sorting_of(table, sort)
    query = _list(table, sort, order, tuple(given), cursor is not None)
    place: dict[str, Any] = {}
    if cursor is not None:
        after, after_id = decode_cursor(cursor, (sorting.kind, str))
        try:
            place = {"after": sorting.load(after), "after_id": after_id}
        except OverflowError as error:
            raise BadCursor("a moment out of range") from error
    rows = await reader.all(query, libraries=view.library_ids, limit=limit + 1, **given, **place)
    page = page_of(rows, limit, lambda row: (sorting.dump(row[0]), row[1].id))
    return Page([row for _, row in page.items], page.next_cursor)


async def album_page(
    reader: Reader, view: View, *, sort: Sort, order: Order, filters: Filters, limit: int, cursor: str | None
) -> Page[Album]:
    """Return albums in order; raises BadCursor."""
    return await _page(reader, view, albums, sort, order, filters, limit, cursor)


async def track_page(
    reader: Reader, view: View, *, sort: Sort, order: Order, filters: Filters, limit: int, cursor: str | None
) -> Page[Track]:
    """Return tracks in order; raises BadCursor."""
    return await _page(reader, view, tracks, sort, order, filters, limit, cursor)


def _artists(*conditions: ColumnElement[bool]) -> Select[Any]:
    """Artists with what the viewer can hear of them."""
    return (
        select(artists.c.sort, *ARTIST_COLUMNS)
        .join(artist_counts, artist_counts.c.artist_id == artists.c.id)
        .where(seen(artist_counts), *conditions)
        .group_by(artists.c.sort, artists.c.id)  # as an index has them, so that a page ends early
    )


only_album_artists = or_(~bindparam("albums_only"), artist_counts.c.album_count > 0)
_after = tuple_(bindparam("after", type_=artists.c.sort.type), bindparam("after_id", type_=EntityId()))
_ARTISTS = Query(
    _artists(only_album_artists, tuple_(artists.c.sort, artists.c.id) > _after)
    .order_by(artists.c.sort, artists.c.id)
    .limit(bindparam("limit")),
    lambda sort, *row: (sort, Artist(*row)),
)
_GENRES = Query(
    select(genres.c.id, genres.c.name, total(genre_counts.c.album_count), total(genre_counts.c.track_count))
    .join(genre_counts, genre_counts.c.genre_id == genres.c.id)
    .where(seen(genre_counts))
    .group_by(genres.c.id)
    .order_by(genres.c.sort)
    .limit(5000),
    Genre,
)


async def artist_page(
    reader: Reader, view: View, *, albums_only: bool, limit: int, cursor: str | None
) -> Page[Artist]:
    """Return artists by name, all or only those with albums of their own; raises BadCursor."""
    after, after_id = decode_cursor(cursor, (str, str)) if cursor else ("", "0" * 16)
    rows = await reader.all(
        _ARTISTS, libraries=view.library_ids, albums_only=albums_only, after=after, after_id=after_id, limit=limit + 1
    )
    page = page_of(rows, limit, lambda row: (row[0], row[1].id))
    return Page([artist for _, artist in page.items], page.next_cursor)


async def all_genres(reader: Reader, view: View) -> list[Genre]:
    """Return genres by name."""
    return await reader.all(_GENRES, libraries=view.library_ids)
