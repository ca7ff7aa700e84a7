"""How long lists are and where their pages begin, so that a reader can go into the middle of a long one."""

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, bindparam, func, select

from sarau.catalog.library.policies import View, seen
from sarau.catalog.library.queries.lists import (
    Filters,
    Order,
    Sort,
    in_order,
    listed,
    only_album_artists,
    sorting_of,
)
from sarau.catalog.library.tables import albums, artist_counts, artists, tracks
from sarau.foundation.database.query import Query, scalar
from sarau.foundation.database.reader import Reader
from sarau.kit.pages import Outline, outline_of


def _ends(rows: Select[Any], order: list[ColumnElement[Any]]) -> Query[Any]:
    """Return the statement of the last row of every full page: rows of a sort key and an id."""
    numbered = rows.add_columns(func.row_number().over(order_by=order).label("number")).subquery()
    key, row_id, number = numbered.c
    ends = select(key, row_id).where(number % bindparam("limit") == 0).order_by(number)
    return Query(ends, lambda key, row_id: (key, row_id), slow=True)


@cache
def _statements(table: Table, sort: Sort, order: Order, filters: tuple[str, ...]) -> tuple[Query[int], Query[Any]]:
    conditions = listed(table, filters)
    sorting = sorting_of(table, sort)
    count = select(func.count()).select_from(table).where(*conditions)
    rows = select(sorting.column, table.c.id).where(*conditions)
    return Query(count, scalar, slow=True), _ends(rows, in_order(sorting, table, order))


async def _outline(
    reader: Reader, view: View, table: Table, sort: Sort, order: Order, filters: Filters, limit: int
) -> Outline:
    given = filters.given()
    dump = sorting_of(table, sort).dump
    count, ends = _statements(table, sort, order, tuple(given))
    total = await reader.one(count, libraries=view.library_ids, **given)
    if total <= limit:
        return outline_of(total, limit, [])
    rows = await reader.all(ends, libraries=view.library_ids, limit=limit, **given)
    return outline_of(total, limit, [(dump(key), row_id) for key, row_id in rows])


async def album_outline(
    reader: Reader, view: View, *, sort: Sort, order: Order, filters: Filters, limit: int
) -> Outline:
    """Return the outline of a list of albums in pages of `limit`."""
    return await _outline(reader, view, albums, sort, order, filters, limit)


async def track_outline(
    reader: Reader, view: View, *, sort: Sort, order: Order, filters: Filters, limit: int
) -> Outline:
    """Return the outline of a list of tracks in pages of `limit`."""
    return await _outline(reader, view, tracks, sort, order, filters, limit)


_heard = (
    select(artists.c.sort, artists.c.id)
    .join(artist_counts, artist_counts.c.artist_id == artists.c.id)
    .where(seen(artist_counts), only_album_artists)
    .group_by(artists.c.sort, artists.c.id)
)
_ARTIST_COUNT = Query(select(func.count()).select_from(_heard.subquery()), scalar, slow=True)
_ARTIST_ENDS = _ends(_heard, [artists.c.sort, artists.c.id])


async def artist_outline(reader: Reader, view: View, *, albums_only: bool, limit: int) -> Outline:
    """Return the outline of a list of artists in pages of `limit`."""
    asked: dict[str, Any] = {"libraries": view.library_ids, "albums_only": albums_only}
    total = await reader.one(_ARTIST_COUNT, **asked)
    return outline_of(total, limit, await reader.all(_ARTIST_ENDS, limit=limit, **asked))
