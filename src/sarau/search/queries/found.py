"""What was found, as the viewer may see it; and names that begin with what was typed, by the library's own order."""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Table, bindparam, or_, select

from sarau.catalog.library.policies import View, seen
from sarau.catalog.library.queries.collections import albums_by_id
from sarau.catalog.library.queries.pages import has_part, has_part_of
from sarau.catalog.library.queries.rows import ARTIST_COLUMNS
from sarau.catalog.library.schemas import Album, Artist
from sarau.catalog.library.tables import albums, artist_counts, artists, tracks
from sarau.foundation.database.portable import among
from sarau.foundation.database.query import Query
from sarau.foundation.database.reader import Reader
from sarau.search.queries.catalogue import SHEETS, SheetRow
from sarau.search.schemas import Kind

_HIGHEST = "\U0010ffff"
_MOST_WALKED = 1_000  # names that begin so and may all be hidden from the viewer


class Beginning(NamedTuple):
    """Something whose name begins with what was typed."""

    id: str
    sort: str


# Of what has a name: its table, and the columns that say whether a row is there to be heard.
_TABLES: dict[Kind, tuple[Table, tuple[Any, ...]]] = {
    Kind.ARTIST: (artists, ()),
    Kind.ALBUM: (albums, (albums.c.track_count, albums.c.library_id)),
    Kind.TRACK: (tracks, (tracks.c.available, tracks.c.library_id)),
}


@cache
def _beginning(kind: Kind) -> Query[Beginning]:
    table, more = _TABLES[kind]
    walked = (
        select(table.c.id, table.c.sort, *more)
        .where(table.c.sort >= bindparam("low"), table.c.sort < bindparam("high"))
        .order_by(table.c.sort, table.c.id)
        .limit(bindparam("most"))
        .subquery()
    )
    if kind is Kind.ARTIST:
        counted = select(1).where(artist_counts.c.artist_id == walked.c.id, seen(artist_counts))
        heard = counted.exists() | has_part_of(walked.c.id)
    else:
        is_there = walked.c.track_count > 0 if kind is Kind.ALBUM else walked.c.available
        heard = is_there & among(walked.c.library_id, "libraries")
    # In the order of what it walks along; asked for it once more, SQLite would walk to the end and sort.
    return Query(select(walked.c.id, walked.c.sort).where(heard).limit(bindparam("limit")), Beginning)


_ARTISTS = Query(
    select(*ARTIST_COLUMNS)
    .select_from(artists.outerjoin(artist_counts, (artist_counts.c.artist_id == artists.c.id) & seen(artist_counts)))
    .where(among(artists.c.id, "ids"), or_(artist_counts.c.artist_id.isnot(None), has_part))
    .group_by(artists.c.id),
    Artist,
)


async def beginnings(reader: Reader, view: View, kind: Kind, key: str, limit: int) -> list[Beginning]:
    """Return what the viewer may hear whose sort key begins with a text, in order."""
    bounds = {"low": key, "high": key + _HIGHEST, "most": max(_MOST_WALKED, limit)}
    return await reader.all(_beginning(kind), libraries=view.library_ids, limit=limit, **bounds)


async def artists_of(reader: Reader, view: View, ids: Sequence[str]) -> list[Artist]:
    """Return the artists of some ids whom the viewer may hear, in that order."""
    found = {artist.id: artist for artist in await reader.all(_ARTISTS, ids=list(ids), libraries=view.library_ids)}
    return [found[i] for i in ids if i in found]


async def albums_of(reader: Reader, view: View, ids: Sequence[str]) -> list[Album]:
    """Return the albums of some ids that the viewer may hear, in that order."""
    return [listed.album for listed in await albums_by_id(reader, view, ids)]


async def sheets_of(reader: Reader, ids: Sequence[str]) -> dict[str, list[SheetRow]]:
    """Return the sheets of some tracks."""
    found: dict[str, list[SheetRow]] = {}
    for sheet in await reader.all(SHEETS, ids=list(ids)):
        found.setdefault(sheet.track_id, []).append(sheet)
    return found
