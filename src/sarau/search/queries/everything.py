"""Everything there is, page by page at a flat cost: for players that copy the whole library."""

from typing import NamedTuple

from sqlalchemy import BigInteger, bindparam, select

from sarau.catalog.library.policies import View, seen
from sarau.catalog.library.tables import artist_counts
from sarau.foundation.database.portable import among, each, total
from sarau.foundation.database.query import Query, scalar
from sarau.foundation.database.reader import Reader
from sarau.search.places import BLOCK_BITS
from sarau.search.queries import docs
from sarau.search.schemas import Kind
from sarau.search.tables import search_blocks, search_docs


class _Block(NamedTuple):
    block: int
    docs: int


_number = search_blocks.c.library
_BLOCKS = Query(
    select(search_blocks.c.block, total(search_blocks.c.docs))
    .where(search_blocks.c.kind == bindparam("kind"), among(_number, "numbers"))
    .group_by(search_blocks.c.block)
    .order_by(search_blocks.c.block),
    _Block,
)
_starts = each("starts", BigInteger())
_WITHIN = Query(
    select(search_docs.c.entity_id)
    .select_from(_starts)
    .join(
        search_docs,
        (search_docs.c.place >= _starts.c.value) & (search_docs.c.place < _starts.c.value + (1 << BLOCK_BITS)),
    )
    .where(among(search_docs.c.library, "numbers"))
    .order_by(search_docs.c.place)
    .limit(bindparam("limit"))
    .offset(bindparam("offset")),
    scalar,
)
_HEARD = Query(
    select(artist_counts.c.artist_id)
    .where(seen(artist_counts))
    .group_by(artist_counts.c.artist_id)
    .order_by(artist_counts.c.artist_id)
    .limit(bindparam("limit"))
    .offset(bindparam("offset")),
    scalar,
    slow=True,
)


async def _ids(reader: Reader, view: View, kind: Kind, offset: int, limit: int) -> list[str]:
    """Return ids in the order of places: whole blocks are passed over, and only those that hold the page are read."""
    libraries = set(view.library_ids)
    numbers = [one.number for one in await docs.progress(reader) if one.library_id in libraries]
    starts: list[int] = []
    skipped = passed = 0
    for block in await reader.all(_BLOCKS, kind=int(kind), numbers=numbers):
        if passed + block.docs <= offset:
            skipped += block.docs
        else:
            starts.append(block.block << BLOCK_BITS)
        passed += block.docs
        if passed >= offset + limit:
            break
    if not starts:
        return []
    return await reader.all(_WITHIN, starts=starts, numbers=numbers, limit=limit, offset=offset - skipped)


async def artist_ids(reader: Reader, view: View, offset: int, limit: int) -> list[str]:
    """Return ids of artists the viewer may hear, by when they came."""
    return await reader.all(_HEARD, libraries=view.library_ids, limit=limit, offset=offset)


async def album_ids(reader: Reader, view: View, offset: int, limit: int) -> list[str]:
    """Return ids of albums the viewer may hear, by when they came."""
    return await _ids(reader, view, Kind.ALBUM, offset, limit)


async def track_ids(reader: Reader, view: View, offset: int, limit: int) -> list[str]:
    """Return ids of tracks the viewer may hear, by when they came."""
    return await _ids(reader, view, Kind.TRACK, offset, limit)


def is_everything(words: str) -> bool:
    """Tell whether a search asks for everything: by no words, or by two quotes, as the documentation has it."""
    return words.strip() in ("", '""', "''")
