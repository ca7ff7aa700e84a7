"""A simple search: names that begin with what was typed, then names with a word that does."""

from typing import Any

from sqlalchemy import Select, Table, bindparam, func, select

from sarau.catalog.library.policies import View, seen
from sarau.catalog.library.queries.rows import ALBUM_COLUMNS, TRACK_COLUMNS, TRACKS_WITH_ALBUM, track_of
from sarau.catalog.library.schemas import Album, Artist, SearchResults
from sarau.catalog.library.tables import albums, artist_counts, artists, tracks
from sarau.foundation.database.portable import total
from sarau.foundation.database.query import Query
from sarau.foundation.database.reader import Reader
from sarau.kit.text import sort_key

_HIGHEST = "\U0010ffff"
_SELECTS: dict[str, tuple[Table, Select[Any], Any]] = {
    "artists": (
        artists,
        select(
            artists.c.id,
            artists.c.name,
            total(artist_counts.c.album_count),
            total(artist_counts.c.track_count),
            func.min(artist_counts.c.cover),
        )
        .join(artist_counts, artist_counts.c.artist_id == artists.c.id)
        .where(seen(artist_counts))
        .group_by(artists.c.id),
        Artist,
    ),
    "albums": (albums, select(*ALBUM_COLUMNS).where(albums.c.track_count > 0, seen(albums)), Album),
    "tracks": (
        tracks,
        select(*TRACK_COLUMNS).select_from(TRACKS_WITH_ALBUM).where(tracks.c.available, seen(tracks)),
        track_of,
    ),
}


def _beginning(table: Table, statement: Select[Any], make: Any) -> Query[Any]:
    bounds = table.c.sort >= bindparam("low"), table.c.sort < bindparam("high")
    return Query(statement.where(*bounds).order_by(table.c.sort, table.c.id).limit(bindparam("limit")), make)


def _with_word(table: Table, statement: Select[Any], make: Any) -> Query[Any]:
    match = table.c.sort.like(bindparam("pattern"), escape="\\")
    return Query(statement.where(match).limit(bindparam("limit")), make, slow=True)


_BEGINNING = {name: _beginning(*parts) for name, parts in _SELECTS.items()}
_WITH_WORD = {name: _with_word(*parts) for name, parts in _SELECTS.items()}


async def search(reader: Reader, view: View, words: str, limit: int) -> SearchResults:
    """Return up to `limit` artists, albums and tracks each; case, accents and a leading "the" do not matter."""
    key = sort_key(words)
    found = {name: await _search(reader, view, name, key, limit) if key else [] for name in _SELECTS}
    return SearchResults(**found)


async def _search(reader: Reader, view: View, name: str, key: str, limit: int) -> list[Any]:
    common = {"libraries": view.library_ids, "limit": limit}
    rows = await reader.all(_BEGINNING[name], low=key, high=key + _HIGHEST, **common)
    if len(rows) < limit:
        escaped = key.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        already = {row.id for row in rows}
        more = await reader.all(_WITH_WORD[name], pattern=f"% {escaped}%", **common)
        rows = [*rows, *(row for row in more if row.id not in already)][:limit]
    return rows
