"""Albums and tracks by chance, cheap however large the library."""

import random
from functools import cache

from sqlalchemy import ColumnElement, Table, bindparam, func, literal_column, select

from sarau.catalog.library.policies import View, seen
from sarau.catalog.library.queries.lists import Filters, listed
from sarau.catalog.library.queries.rows import ALBUM_COLUMNS, TRACK_COLUMNS, TRACKS_WITH_ALBUM, track_of
from sarau.catalog.library.schemas import Album, Track
from sarau.catalog.library.tables import albums, tracks
from sarau.foundation.database.portable import among, each
from sarau.foundation.database.query import Query, scalar
from sarau.foundation.database.reader import Reader
from sarau.foundation.database.types import EntityId

_DRAWS = 4


def _drawn(table: Table) -> Query[str | None]:
    """For each of some random places the first row at or after it: a few index steps each."""
    points = each("points", table.c.shuffle.type)
    present = table.c.track_count > 0 if table is albums else table.c.available
    # Signed, it is in no index: without statistics SQLite would sort all rows of a library, for every place again.
    library_id: ColumnElement[str] = literal_column(f"+{table.name}.library_id", EntityId())
    first = (
        select(table.c.id)
        .where(table.c.shuffle >= points.c.value, present, among(library_id, "libraries"))
        .order_by(table.c.shuffle)
        .limit(1)
        .scalar_subquery()
    )
    return Query(select(first).select_from(points), scalar, slow=True)


def _first(table: Table) -> Query[str]:
    statement = select(table.c.id).where(*listed(table, ())).order_by(table.c.shuffle).limit(bindparam("limit"))
    return Query(statement, scalar, slow=True)


@cache
def _filtered(table: Table, filters: tuple[str, ...]) -> Query[str]:
    """Return the statement that draws from what filters leave: little enough to be shuffled by the database."""
    found = select(table.c.id).where(*listed(table, filters))
    statement = found.order_by(func.random()).limit(bindparam("limit"))
    return Query(statement, scalar, slow=True)


_DRAWN = {"albums": _drawn(albums), "tracks": _drawn(tracks)}
_FIRST = {"albums": _first(albums), "tracks": _first(tracks)}
_ALBUMS_BY_ID = Query(select(*ALBUM_COLUMNS).where(among(albums.c.id, "ids")), Album)
_TRACKS_BY_ID = Query(
    select(*TRACK_COLUMNS)
    .select_from(TRACKS_WITH_ALBUM)
    .where(among(tracks.c.id, "ids"), tracks.c.available, seen(tracks)),
    track_of,
)


async def _chosen(reader: Reader, view: View, what: str, filters: Filters, count: int) -> list[str]:
    if given := filters.given():
        query = _filtered(albums if what == "albums" else tracks, tuple(given))
        return await reader.all(query, libraries=view.library_ids, limit=count, **given)
    found: dict[str, None] = {}
    for _ in range(_DRAWS):  # places that met the same row are drawn again
        points = [random.getrandbits(31) for _ in range(count - len(found))]
        rows = await reader.all(_DRAWN[what], points=points, libraries=view.library_ids)
        found |= dict.fromkeys(row for row in rows if row is not None)
        if len(found) >= count:
            break
    else:  # a library hardly larger than what is asked for: take whatever there is
        found |= dict.fromkeys(await reader.all(_FIRST[what], libraries=view.library_ids, limit=count))
    ids = list(found)
    random.shuffle(ids)
    return ids[:count]


async def random_albums(reader: Reader, view: View, *, filters: Filters, count: int) -> list[Album]:
    """Return albums by chance, each at most once."""
    ids = await _chosen(reader, view, "albums", filters, count)
    found = {album.id: album for album in await reader.all(_ALBUMS_BY_ID, ids=ids)}
    return [found[i] for i in ids]


async def random_tracks(reader: Reader, view: View, *, filters: Filters, count: int) -> list[Track]:
    """Return tracks by chance, each at most once."""
    return await tracks_by_id(reader, view, await _chosen(reader, view, "tracks", filters, count))


async def random_album_ids(reader: Reader, view: View, count: int) -> list[str]:
    """Return the ids of albums by chance, each at most once."""
    return await _chosen(reader, view, "albums", Filters(), count)


async def random_track_ids(reader: Reader, view: View, count: int) -> list[str]:
    """Return the ids of tracks by chance, each at most once."""
    return await _chosen(reader, view, "tracks", Filters(), count)


async def tracks_by_id(reader: Reader, view: View, ids: list[str]) -> list[Track]:
    """Return the tracks of some ids that the viewer may hear, in that order."""
    found = {track.id: track for track in await reader.all(_TRACKS_BY_ID, ids=ids, libraries=view.library_ids)}
    return [found[i] for i in ids if i in found]
