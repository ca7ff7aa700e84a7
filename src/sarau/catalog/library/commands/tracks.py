"""Correcting, deleting and restoring tracks; noting which files are missing."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec
from sqlalchemy import bindparam, delete, select, update

from sarau.catalog.library import events
from sarau.catalog.library.commands.filing import file_tracks, touch
from sarau.catalog.library.commands.revisions import bury
from sarau.catalog.library.commands.turns import take_turn
from sarau.catalog.library.edits import merged
from sarau.catalog.library.errors import TrackNotFound
from sarau.catalog.library.policies import View, may_edit
from sarau.catalog.library.queries import files, pages
from sarau.catalog.library.schemas import NOWHERE, LibraryKind, TrackDetails, TrackEdit
from sarau.catalog.library.tables import libraries, track_files, tracks
from sarau.foundation.database.portable import among
from sarau.foundation.database.query import Change, Query, scalar
from sarau.foundation.database.types import EntityId, Instant
from sarau.foundation.database.work import Work
from sarau.foundation.security.actor import Actor, PermissionMissing
from sarau.foundation.security.permissions import Permission
from sarau.kit.times import now

_the_file = track_files.c.track_id == bindparam("the_id", type_=EntityId())
_BIN = Change(
    update(track_files)
    .where(_the_file)
    .values(deleted_at=bindparam("at", type_=Instant()), deleted_by=bindparam("by", type_=EntityId()))
)
_SET_MISSING = Change(
    update(track_files)
    .where(
        among(track_files.c.track_id, "ids"),
        track_files.c.library_id == bindparam("of_library", type_=EntityId()),  # not found in another meanwhile
    )
    .values(missing_since=bindparam("at", type_=Instant()))
)
_FREE_PLACE = Change(update(track_files).where(_the_file).values(path=bindparam("nowhere")))
_BINNED = Query(
    select(tracks.c.library_id, tracks.c.title)
    .join(track_files, track_files.c.track_id == tracks.c.id)
    .where(tracks.c.id == bindparam("id", type_=EntityId()), track_files.c.deleted_at.isnot(None)),
    lambda library_id, title: (library_id, title),
)
# Only uploads are purged: a file in a served folder would come back with the next scan.
_EXPIRED = Query(
    select(track_files.c.track_id, track_files.c.library_id, track_files.c.sha256)
    .join(libraries, libraries.c.id == track_files.c.library_id)
    .where(
        track_files.c.deleted_at < bindparam("before", type_=Instant()), libraries.c.kind == LibraryKind.UPLOADS.value
    )
    .limit(500),
    lambda track_id, library_id, sha256: (track_id, library_id, sha256),
)
_DELETE = Change(delete(tracks).where(among(tracks.c.id, "ids")))
_STILL_USED = Query(select(track_files.c.sha256).where(among(track_files.c.sha256, "digests")).distinct(), scalar)


async def edit_track(work: Work, actor: Actor, view: View, track_id: str, edit: TrackEdit) -> TrackDetails:
    """Correct a track; the corrections live beside the file's tags and survive rescans. Raises TrackNotFound."""
    await take_turn(work)
    details = await _editable(work, actor, view, track_id)
    library_id, filing = (await files.filings_of(work, [track_id]))[0]
    await file_tracks(work, library_id, [filing._replace(edits=merged(filing.edits, edit))])
    given = [name for name, value in msgspec.structs.asdict(edit).items() if value is not msgspec.UNSET]
    await work.publish(
        events.TrackEdited(actor_id=actor.user_id, track_id=track_id, title=details.track.title, fields=given)
    )
    return await pages.track_details(work, view, actor, track_id)


async def _editable(work: Work, actor: Actor, view: View, track_id: str) -> TrackDetails:
    details = await pages.track_details(work, view, actor, track_id)
    if not may_edit(actor, details.uploader_id):
        raise PermissionMissing(permission=Permission.LIBRARY_EDIT.value)
    return details


async def bin_track(work: Work, actor: Actor, view: View, track_id: str) -> None:
    """Put a track into the bin; raises TrackNotFound."""
    await take_turn(work)
    details = await _editable(work, actor, view, track_id)
    await work.run(_BIN, the_id=track_id, at=now(), by=actor.user_id)
    await touch(work, details.track.library_id, [track_id])
    await work.publish(
        events.TrackBinned(
            actor_id=actor.user_id, address=actor.address, track_id=track_id, title=details.track.title
        )
    )


async def bin_copies(work: Work, actor: Actor, view: View, sha256: str) -> bool:
    """Put every track with these bytes into the bin that the actor may edit; tells whether there was any to be heard.

    Raises PermissionMissing when all of them are somebody else's.
    """
    await take_turn(work)
    copies = await files.copies_of(work, view, sha256)
    own = [track_id for track_id, uploader_id in copies if may_edit(actor, uploader_id)]
    if copies and not own:
        raise PermissionMissing(permission=Permission.LIBRARY_EDIT.value)
    for track_id in own:
        await bin_track(work, actor, view, track_id)
    return bool(own)


async def restore_track(work: Work, actor: Actor, track_id: str) -> None:
    """Take a track out of the bin; raises TrackNotFound if it is not there."""
    actor.require(Permission.LIBRARY_EDIT_ANY)
    await unbin(work, track_id, actor)


async def unbin(work: Work, track_id: str, actor: Actor) -> None:
    """Take a track out of the bin, as an upload of the same bytes does too; raises TrackNotFound."""
    await take_turn(work)
    found = await work.first(_BINNED, id=track_id)
    if found is None:
        raise TrackNotFound
    library_id, title = found
    await work.run(_BIN, the_id=track_id, at=None, by=None)
    await touch(work, library_id, [track_id])
    await work.publish(
        events.TrackRestored(actor_id=actor.user_id, address=actor.address, track_id=track_id, title=title)
    )


async def set_missing(work: Work, library_id: str, track_ids: Sequence[str], missing: bool) -> None:
    """Note that the files of tracks are missing, or are there again."""
    if track_ids:
        await take_turn(work)
        await work.run(_SET_MISSING, ids=list(track_ids), of_library=library_id, at=now() if missing else None)
        await touch(work, library_id, track_ids)


async def free_places(work: Work, track_ids: Iterable[str]) -> None:
    """Take tracks from the places they were filed at, for others to be filed there."""
    await work.run_many(_FREE_PLACE, [{"the_id": i, "nowhere": NOWHERE + i.encode()} for i in track_ids])


async def purge_bin(work: Work, before: datetime) -> list[str]:
    """Forget uploads binned before a moment, up to 500; returns the digests of bytes that nothing needs now."""
    await take_turn(work)
    expired = await work.all(_EXPIRED, before=before)
    if not expired:
        return []
    by_library: dict[str, list[str]] = {}
    for track_id, library_id, _ in expired:
        by_library.setdefault(library_id, []).append(track_id)
    for library_id, track_ids in by_library.items():
        await bury(work, library_id, track_ids, await touch(work, library_id, track_ids))
        await work.run(_DELETE, ids=track_ids)
    digests = {sha256 for _, _, sha256 in expired if sha256}
    await work.publish(events.TracksPurged(count=len(expired)))
    return sorted(digests - set(await work.all(_STILL_USED, digests=sorted(digests))))
