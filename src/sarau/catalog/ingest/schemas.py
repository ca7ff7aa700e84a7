"""The language of scans and uploads."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta

from sarau.catalog.library.schemas import Track


class ScanState(StrEnum):
    """What has become of a scan."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    INTERRUPTED = "interrupted"


class ScanCounts(msgspec.Struct):
    """What a scan has met so far; `total` is what it expects to see, 0 when unknown."""

    total: int = 0
    seen: int = 0
    added: int = 0
    changed: int = 0
    moved: int = 0
    missing: int = 0
    problems: int = 0


class Scan(msgspec.Struct, frozen=True):
    """One scan of a library."""

    id: str
    library_id: str
    library: str
    state: ScanState
    started_at: datetime
    heartbeat_at: datetime
    finished_at: datetime | None
    folder: str
    counts: ScanCounts
    error: str | None


class ScanProblem(msgspec.Struct, frozen=True):
    """A file that was passed over, and why."""

    path: str
    code: str
    reason: str
    seen_at: datetime


class ScanRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Folders below a library to be scanned, relative to it; none means all."""

    folders: Annotated[list[Annotated[str, Meta(max_length=4000)]], Meta(max_length=200)] = []


class UploadResult(msgspec.Struct, frozen=True):
    """What became of one uploaded file: its track, and whether its bytes were here already."""

    file_name: str
    track: Track
    duplicate: bool


class Room(msgspec.Struct, frozen=True):
    """What somebody may still upload; null means no limit but the disk."""

    max_file_bytes: int
    quota_bytes: int | None
    used_bytes: int
