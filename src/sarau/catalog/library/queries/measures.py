"""Questions about what reading files whole told, and which were not read yet."""

from typing import Any

from sqlalchemy import bindparam, select

from sarau.catalog.library.schemas import KnownIndex, LibraryKind, Unmeasured
from sarau.catalog.library.tables import libraries, track_files, track_indexes, tracks
from sarau.foundation.database.query import Query
from sarau.foundation.database.reader import Reader
from sarau.foundation.database.types import EntityId

_INDEX = Query(
    select(track_indexes.c.size_bytes, track_indexes.c.mtime_ns, track_indexes.c.packed).where(
        track_indexes.c.track_id == bindparam("id", type_=EntityId())
    ),
    KnownIndex,
)


def _unmeasured(track_id: str, kind: str, *rest: Any) -> Unmeasured:
    return Unmeasured(track_id, LibraryKind(kind), *rest)


_files = (
    select(
        track_files.c.track_id,
        libraries.c.kind,
        libraries.c.path,
        track_files.c.path,
        track_files.c.sha256,
        track_files.c.size_bytes,
        track_files.c.mtime_ns,
    )
    .join(libraries, libraries.c.id == track_files.c.library_id)
    .join(tracks, tracks.c.id == track_files.c.track_id)
    .where(tracks.c.available, track_files.c.track_id > bindparam("after", type_=EntityId()))
    .order_by(track_files.c.track_id)
    .limit(bindparam("most"))
)
_WITHOUT_HASH = Query(_files.where(track_files.c.sha256.is_(None)), _unmeasured, slow=True)
_WITHOUT_INDEX = Query(
    _files.outerjoin(track_indexes, track_indexes.c.track_id == track_files.c.track_id).where(
        track_files.c.sha256.isnot(None), track_indexes.c.track_id.is_(None)
    ),
    _unmeasured,
    slow=True,
)


async def known_index(reader: Reader, track_id: str) -> KnownIndex | None:
    """Return the index of a track's file that was kept, if one was."""
    return await reader.first(_INDEX, id=track_id)


async def without_hash(reader: Reader, after: str, most: int) -> list[Unmeasured]:
    """Return tracks behind one, by their ids, that can be heard and whose bytes nobody knows."""
    return await reader.all(_WITHOUT_HASH, after=after, most=most)


async def without_index(reader: Reader, after: str, most: int) -> list[Unmeasured]:
    """Return tracks behind one, by their ids, whose bytes are known and whose moments are not."""
    return await reader.all(_WITHOUT_INDEX, after=after, most=most)
