"""Questions about scans, problems and room for uploads."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, select

from sarau.accounts.users.queries import user
from sarau.catalog.ingest.errors import ScanNotFound
from sarau.catalog.ingest.schemas import Room, Scan, ScanCounts, ScanProblem, ScanState
from sarau.catalog.ingest.tables import scan_problems, scans
from sarau.catalog.library.queries.files import uploaded_bytes
from sarau.catalog.library.queries.libraries import require_library
from sarau.catalog.library.tables import libraries
from sarau.foundation.database.query import Query
from sarau.foundation.database.reader import Reader
from sarau.foundation.database.types import EntityId
from sarau.foundation.security.actor import Actor
from sarau.foundation.security.permissions import Permission
from sarau.foundation.settings.sections import Uploads
from sarau.kit.times import now

HEARTBEAT_PATIENCE = timedelta(seconds=15)  # a scan silent for longer was killed


def _scan(
    scan_id: str,
    library_id: str,
    library: str,
    state: str,
    started_at: datetime,
    heartbeat_at: datetime,
    finished_at: datetime | None,
    folder: str,
    counts: ScanCounts,
    error: str | None,
) -> Scan:
    shown = ScanState(state)
    if shown is ScanState.RUNNING and heartbeat_at < now() - HEARTBEAT_PATIENCE:
        shown = ScanState.INTERRUPTED
    return Scan(scan_id, library_id, library, shown, started_at, heartbeat_at, finished_at, folder, counts, error)


_columns = select(
    scans.c.id,
    scans.c.library_id,
    libraries.c.name,
    scans.c.state,
    scans.c.started_at,
    scans.c.heartbeat_at,
    scans.c.finished_at,
    scans.c.folder,
    scans.c.counts,
    scans.c.error,
).join(libraries, libraries.c.id == scans.c.library_id)
_library = bindparam("library_id", type_=EntityId())
_RECENT = Query(_columns.order_by(scans.c.id.desc()).limit(bindparam("limit")), _scan)
_ONE = Query(_columns.where(scans.c.id == bindparam("id", type_=EntityId())), _scan)
_LAST = Query(_columns.where(scans.c.library_id == _library).order_by(scans.c.id.desc()).limit(1), _scan)


def _problem(path: bytes, *rest: Any) -> ScanProblem:
    return ScanProblem(path.decode(errors="replace"), *rest)


_PROBLEMS = Query(
    select(scan_problems.c.path, scan_problems.c.code, scan_problems.c.reason, scan_problems.c.seen_at)
    .where(scan_problems.c.library_id == _library)
    .order_by(scan_problems.c.path)
    .limit(2000),
    _problem,
)


async def recent_scans(reader: Reader, actor: Actor, limit: int = 50) -> list[Scan]:
    """Return scans, newest first, for who manages libraries."""
    actor.require(Permission.LIBRARY_MANAGE)
    return await reader.all(_RECENT, limit=limit)


async def scan(reader: Reader, actor: Actor, scan_id: str) -> Scan:
    """Return one scan; raises ScanNotFound."""
    actor.require(Permission.LIBRARY_MANAGE)
    found = await reader.first(_ONE, id=scan_id)
    if found is None:
        raise ScanNotFound
    return found


async def last_scan(reader: Reader, library_id: str) -> Scan | None:
    """Return the newest scan of a library."""
    return await reader.first(_LAST, library_id=library_id)


async def problems_of(reader: Reader, actor: Actor, library_id: str) -> list[ScanProblem]:
    """Return the files of a library that were passed over, by path; raises LibraryNotFound."""
    actor.require(Permission.LIBRARY_MANAGE)
    await require_library(reader, library_id)
    return await reader.all(_PROBLEMS, library_id=library_id)


async def room_of(reader: Reader, actor: Actor, limits: Uploads) -> Room:
    """Return what the actor may still upload."""
    actor.require(Permission.LIBRARY_UPLOAD)
    person = await user(reader, actor.id)
    quota = person.quota_bytes if person.quota_bytes is not None else (limits.quota_bytes or None)
    return Room(limits.max_file_bytes, quota, await uploaded_bytes(reader, actor.id))
