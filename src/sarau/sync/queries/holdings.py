"""Which files the house has for somebody, by their hashes."""

from collections.abc import Sequence

from sqlalchemy import bindparam, select

from sarau.catalog.library.policies import View, seen
from sarau.catalog.library.tables import track_files, tracks
from sarau.foundation.database.portable import each
from sarau.foundation.database.query import Query, scalar
from sarau.foundation.database.reader import Reader
from sarau.sync.schemas import MissingAnswer, MissingRequest

_END = "g"  # after every hash
_ABSENT_AT_ONCE = 10_000
_asked = each("hashes", track_files.c.sha256.type)
_heard = select(1).join_from(track_files, tracks, tracks.c.id == track_files.c.track_id)
_UNKNOWN = Query(
    select(_asked.c.value).where(
        ~_heard.where(track_files.c.sha256 == _asked.c.value, tracks.c.available, seen(tracks)).exists()
    ),
    scalar,
    slow=True,
)
_HASHES = Query(
    select(track_files.c.sha256)
    .join(tracks, tracks.c.id == track_files.c.track_id)
    .where(
        track_files.c.sha256 > bindparam("after"),
        track_files.c.sha256 <= bindparam("until"),
        tracks.c.available,
        seen(tracks),
    )
    .distinct()
    .order_by(track_files.c.sha256)
    .limit(bindparam("limit")),
    scalar,
    slow=True,
)


async def unknown_hashes(reader: Reader, view: View, hashes: Sequence[str]) -> list[str]:
    """Return which of some hashes the house has not got for a viewer."""
    return await reader.all(_UNKNOWN, hashes=list(hashes), libraries=view.library_ids)


async def hashes_after(reader: Reader, view: View, after: str, limit: int, until: str = _END) -> list[str]:
    """Return the hashes that a viewer may have, in order, beginning after one."""
    return await reader.all(_HASHES, after=after, until=until, limit=limit, libraries=view.library_ids)


async def missing(reader: Reader, view: View, asked: MissingRequest) -> MissingAnswer:
    """Compare the hashes of a device between two bounds with those of the house."""
    unknown = await unknown_hashes(reader, view, asked.hashes)
    found = await hashes_after(reader, view, asked.after or "", _ABSENT_AT_ONCE, asked.until or _END)
    named = frozenset(asked.hashes)
    cut = found[-1] if len(found) == _ABSENT_AT_ONCE else None
    return MissingAnswer(unknown, [sha256 for sha256 in found if sha256 not in named], cut)
