"""Changes to scans and problems; filing uploads."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import bindparam, delete, insert, or_, update

from sarau.catalog.artwork.commands import note_pictures
from sarau.catalog.artwork.schemas import KeptPicture
from sarau.catalog.ingest import queries
from sarau.catalog.ingest.errors import ScanRunning
from sarau.catalog.ingest.events import ScanFinished, TrackUploaded
from sarau.catalog.ingest.schemas import Scan, ScanCounts, ScanState, UploadResult
from sarau.catalog.ingest.tables import scan_problems, scans
from sarau.catalog.library.commands.filing import file_tracks
from sarau.catalog.library.commands.libraries import ensure_uploads_library
from sarau.catalog.library.commands.tracks import unbin
from sarau.catalog.library.commands.turns import take_turn
from sarau.catalog.library.filing import Filing
from sarau.catalog.library.queries import pages
from sarau.catalog.library.queries.files import uploaded_file
from sarau.catalog.library.queries.libraries import view_of
from sarau.catalog.library.schemas import MAX_PATH_BYTES
from sarau.catalog.lyrics.commands import set_embedded
from sarau.catalog.lyrics.reading import embedded_sheet
from sarau.foundation.database.portable import insert_into
from sarau.foundation.database.query import Change
from sarau.foundation.database.types import EntityId, Instant, Json
from sarau.foundation.database.work import Work
from sarau.foundation.media.tags import SoundFile
from sarau.foundation.security.actor import Actor
from sarau.foundation.storage import StoredBlob
from sarau.kit.ids import new_id
from sarau.kit.times import now

_the_scan = scans.c.id == bindparam("the_id", type_=EntityId())
_library = bindparam("library_id", type_=EntityId())
_START = Change(insert(scans))
_PROGRESS = Change(
    update(scans)
    .where(_the_scan)
    .values(
        heartbeat_at=bindparam("at", type_=Instant()),
        folder=bindparam("in_folder"),
        counts=bindparam("new_counts", type_=Json(ScanCounts)),
    )
)
_FINISH = Change(
    update(scans)
    .where(_the_scan)
    .values(
        state=bindparam("new_state"),
        finished_at=bindparam("at", type_=Instant()),
        heartbeat_at=bindparam("at", type_=Instant()),
        counts=bindparam("new_counts", type_=Json(ScanCounts)),
        error=bindparam("why"),
        folder="",
    )
)
_INTERRUPT = Change(
    update(scans)
    .where(scans.c.library_id == _library, scans.c.state == ScanState.RUNNING.value)
    .values(state=ScanState.INTERRUPTED.value, finished_at=bindparam("at", type_=Instant()))
)


def _upsert_problem() -> Change:
    statement = insert_into(scan_problems)
    return Change(
        statement.on_conflict_do_update(
            index_elements=[scan_problems.c.library_id, scan_problems.c.path],
            set_={c: statement.excluded[c] for c in ("code", "reason", "seen_at")},
        )
    )


_NOTE_PROBLEM = _upsert_problem()
_FORGET_PROBLEMS = Change(
    delete(scan_problems).where(
        scan_problems.c.library_id == _library,
        scan_problems.c.seen_at < bindparam("before", type_=Instant()),
        or_(
            bindparam("all"),
            scan_problems.c.path == bindparam("folder"),
            (scan_problems.c.path >= bindparam("low")) & (scan_problems.c.path < bindparam("high")),
        ),
    )
)


class FoundProblem(NamedTuple):
    """A file that cannot be filed, and why."""

    path: bytes
    code: str
    reason: str


async def start_scan(work: Work, library_id: str, total: int) -> Scan:
    """Note that a scan begins; raises ScanRunning while another shows signs of life."""
    await take_turn(work)
    last = await queries.last_scan(work, library_id)
    if last is not None and last.state is ScanState.RUNNING:
        raise ScanRunning
    moment, scan_id = now(), new_id()
    await work.run(_INTERRUPT, library_id=library_id, at=moment)
    await work.run(
        _START,
        id=scan_id,
        library_id=library_id,
        state=ScanState.RUNNING.value,
        started_at=moment,
        heartbeat_at=moment,
        finished_at=None,
        folder="",
        counts=ScanCounts(total=total),
        error=None,
    )
    return await queries.scan(work, Actor.SYSTEM, scan_id)


async def note_progress(work: Work, scan_id: str, counts: ScanCounts, folder: str) -> None:
    """Note how far a scan has come."""
    await work.run(_PROGRESS, the_id=scan_id, at=now(), new_counts=counts, in_folder=folder)


async def finish_scan(work: Work, scan: Scan, state: ScanState, counts: ScanCounts, error: str | None = None) -> None:
    """Note that a scan ended."""
    await work.run(_FINISH, the_id=scan.id, new_state=state.value, at=now(), new_counts=counts, why=error)
    await work.publish(
        ScanFinished(
            library_id=scan.library_id,
            library=scan.library,
            state=state.value,
            seen=counts.seen,
            added=counts.added,
            changed=counts.changed,
            moved=counts.moved,
            missing=counts.missing,
            problems=counts.problems,
            error=error,
        )
    )


async def note_problems(work: Work, library_id: str, problems: Iterable[FoundProblem]) -> None:
    """List files that cannot be filed."""
    moment = now()
    rows = [
        {
            "library_id": library_id,
            "path": problem.path[:MAX_PATH_BYTES],
            "code": problem.code,
            "reason": problem.reason,
            "seen_at": moment,
        }
        for problem in problems
    ]
    await work.run_many(_NOTE_PROBLEM, rows)


async def forget_problems(work: Work, scan: Scan, folder: bytes) -> None:
    """Take off the list what a scan of a folder did not meet again: it is well now, or gone."""
    await work.run(
        _FORGET_PROBLEMS,
        library_id=scan.library_id,
        before=scan.started_at,
        all=not folder,
        folder=folder,
        low=folder + b"/",
        high=folder + b"0",  # what comes after "/"
    )


class Arrived(NamedTuple):
    """An upload whose bytes are stored and understood."""

    name: str
    media_type: str
    blob: StoredBlob
    sound: SoundFile
    picture: KeptPicture | None


def _filing(arrived: Arrived, actor: Actor) -> Filing:
    cover = arrived.picture.id if arrived.picture else None
    return Filing(
        track_id=None,
        folder_id=None,
        folder_path=None,
        path=arrived.blob.sha256.encode(),
        name=arrived.name,
        media_type=arrived.media_type,
        mtime_ns=0,
        size_bytes=arrived.blob.size_bytes,
        properties=arrived.sound.properties,
        tags=arrived.sound.tags,
        fingerprint=arrived.sound.fingerprint,
        picture=cover,
        cover=cover,
        added_at=now(),
        sha256=arrived.blob.sha256,
        uploader_id=actor.id,
    )


async def file_upload(work: Work, actor: Actor, arrived: Arrived) -> UploadResult:
    """File an upload; bytes that are here already are not filed twice, and come out of the bin."""
    library_id = await ensure_uploads_library(work)
    await take_turn(work)
    known = await uploaded_file(work, library_id, arrived.blob.sha256)
    if known is not None:
        if known.binned:
            await unbin(work, known.track_id, actor)
        track = await pages.track(work, await view_of(work, actor), known.track_id)
        return UploadResult(arrived.name, track, True)
    if arrived.picture is not None:
        await note_pictures(work, [arrived.picture])
    (track_id,) = await file_tracks(work, library_id, [_filing(arrived, actor)])
    if arrived.sound.tags.lyrics:
        await set_embedded(work, {track_id: embedded_sheet(arrived.sound.tags.lyrics)})
    track = await pages.track(work, await view_of(work, actor), track_id)
    await work.publish(
        TrackUploaded(
            actor_id=actor.id,
            address=actor.address,
            track_id=track_id,
            title=track.title,
            size_bytes=arrived.blob.size_bytes,
        )
    )
    return UploadResult(arrived.name, track, False)
