"""Keeping what reading files whole told."""

from collections.abc import Sequence

from sqlalchemy import bindparam, select, update

from sarau.catalog.library.commands.revisions import mark_changed
from sarau.catalog.library.commands.turns import take_turn
from sarau.catalog.library.schemas import Measured
from sarau.catalog.library.tables import track_files, track_indexes
from sarau.foundation.database.portable import among, insert_into
from sarau.foundation.database.query import Change, Query
from sarau.foundation.database.types import EntityId
from sarau.foundation.database.work import Work

_STATES = Query(
    select(track_files.c.track_id, track_files.c.sha256, track_files.c.size_bytes, track_files.c.mtime_ns).where(
        among(track_files.c.track_id, "ids")
    ),
    lambda *row: row,
)
_SET_HASH = Change(
    update(track_files)
    .where(track_files.c.track_id == bindparam("the_id", type_=EntityId()))
    .values(sha256=bindparam("hash"))
)


def _upsert_index() -> Change:
    statement = insert_into(track_indexes)
    kept = {c: statement.excluded[c] for c in ("size_bytes", "mtime_ns", "packed")}
    return Change(statement.on_conflict_do_update(index_elements=[track_indexes.c.track_id], set_=kept))


_KEEP_INDEX = _upsert_index()


async def note_measured(work: Work, measured: Sequence[Measured]) -> list[str]:
    """Keep what is still true of files; return the tracks whose bytes became known by it."""
    await take_turn(work)
    states = {row[0]: row[1:] for row in await work.all(_STATES, ids=[one.track_id for one in measured])}
    # What a scan filed anew meanwhile is read again; an upload never changes, and its row tells no time.
    good = [one for one in measured if _is_same(one, states.get(one.track_id))]
    news = [one for one in good if states[one.track_id][0] != one.sha256]
    await work.run_many(_SET_HASH, [{"the_id": one.track_id, "hash": one.sha256} for one in news])
    await work.run_many(_KEEP_INDEX, [_row(one) for one in good])
    ids = [one.track_id for one in news]
    if ids:
        await mark_changed(work, ids)
    return ids


def _is_same(one: Measured, state: tuple[str | None, int, int] | None) -> bool:
    if state is None:
        return False
    sha256, size_bytes, mtime_ns = state
    return sha256 == one.sha256 or (sha256 is None and (size_bytes, mtime_ns) == (one.size_bytes, one.mtime_ns))


def _row(one: Measured) -> dict[str, object]:
    return {"track_id": one.track_id, "size_bytes": one.size_bytes, "mtime_ns": one.mtime_ns, "packed": one.packed}
