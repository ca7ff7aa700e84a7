"""Revisions: every change of what is to be seen has a number, by which devices ask what changed since."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import bindparam, case, delete, func, insert, select, update

from sarau.catalog.library.commands.turns import take_turn
from sarau.catalog.library.tables import libraries, track_files, track_tombstones, tracks
from sarau.foundation.database.portable import among
from sarau.foundation.database.query import Change, Query, scalar
from sarau.foundation.database.types import EntityId, Instant
from sarau.foundation.database.work import Work
from sarau.kit.times import now

_the_library = libraries.c.id == bindparam("the_id", type_=EntityId())
_NEXT = Query(
    update(libraries).where(_the_library).values(revision=libraries.c.revision + 1).returning(libraries.c.revision),
    scalar,
)
_MARK = Change(update(tracks).where(among(tracks.c.id, "ids")).values(revision=bindparam("at_revision")))
_MARK_OF_ALBUMS = Change(
    update(tracks).where(among(tracks.c.album_id, "album_ids")).values(revision=bindparam("at_revision"))
)
_is_there = (
    select(1)
    .where(
        track_files.c.track_id == tracks.c.id,
        track_files.c.missing_since.is_(None),
        track_files.c.deleted_at.is_(None),
    )
    .exists()
)
_RECHECK = Change(
    update(tracks)
    .where(among(tracks.c.id, "ids"))
    .values(
        available=_is_there,
        revision=bindparam("at_revision"),
        # What was gone and is there again is new to devices that let it go.
        came=case((tracks.c.available, tracks.c.came), else_=bindparam("at_revision")),
    )
)
_BURY = Change(insert(track_tombstones))
_OLD = Query(
    select(track_tombstones.c.library_id, func.max(track_tombstones.c.revision))
    .where(track_tombstones.c.at < bindparam("before", type_=Instant()))
    .group_by(track_tombstones.c.library_id),
    lambda library_id, revision: (library_id, revision),
)
_FORGET = Change(
    delete(track_tombstones).where(
        track_tombstones.c.library_id == bindparam("library_id", type_=EntityId()),
        track_tombstones.c.revision <= bindparam("up_to"),
    )
)
_FORGOTTEN = Change(update(libraries).where(_the_library).values(forgotten=bindparam("up_to")))
_OF_LIBRARY = Query(
    select(tracks.c.library_id, tracks.c.id).where(among(tracks.c.id, "ids")),
    lambda library_id, track_id: (library_id, track_id),
)


async def next_revision(work: Work, library_id: str) -> int:
    """Raise a library's revision and return it; whoever changes the library meanwhile waits for our commit.

    So what has a lower revision is committed before what has a higher one, and nobody who read up to a revision has
    missed anything below it.
    """
    return int(await work.one(_NEXT, the_id=library_id))


async def mark_changed(work: Work, track_ids: Iterable[str]) -> None:
    """Give tracks a new revision, as something that belongs to them changed: their bytes became known, for one."""
    await take_turn(work)
    by_library: dict[str, list[str]] = {}
    for library_id, track_id in await work.all(_OF_LIBRARY, ids=list(track_ids)):
        by_library.setdefault(library_id, []).append(track_id)
    for library_id, ids in sorted(by_library.items()):
        await work.run(_MARK, ids=ids, at_revision=await next_revision(work, library_id))


async def mark_albums(work: Work, album_ids: Sequence[str], revision: int) -> None:
    """Give all tracks of albums a revision: they show what their album is called."""
    if album_ids:
        await work.run(_MARK_OF_ALBUMS, album_ids=list(album_ids), at_revision=revision)


async def recheck(work: Work, track_ids: Sequence[str], revision: int) -> None:
    """Note anew which tracks can be heard, after their files came or went."""
    await work.run(_RECHECK, ids=list(track_ids), at_revision=revision)


async def bury(work: Work, library_id: str, track_ids: Iterable[str], revision: int) -> None:
    """Keep in mind that tracks left a library."""
    moment = now()
    await work.run_many(
        _BURY,
        [{"library_id": library_id, "revision": revision, "track_id": i, "at": moment} for i in track_ids],
    )


async def forget_tombstones(work: Work, before: datetime) -> None:
    """Forget what left libraries before a moment: who has not asked since then is told everything."""
    await take_turn(work)
    for library_id, revision in await work.all(_OLD, before=before):
        await work.run(_FORGET, library_id=library_id, up_to=revision)
        await work.run(_FORGOTTEN, the_id=library_id, up_to=revision)
