"""The language of devices in sync. Hashes are SHA-256 in lower-case hex."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta

from sarau.catalog.library.schemas import Track

MAX_RULES = 200
MAX_HASHES = 4_096
Bytes = Annotated[int, Meta(ge=0, le=2**60)]
Hash = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
Id = Annotated[str, Meta(pattern="^[0-7][0-9a-f]{15}$")]


class ChangeKind(StrEnum):
    """What became of a track."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


class TrackChange(msgspec.Struct, frozen=True):
    """A track that changed; `hash` is null until a file in a folder has been read whole."""

    kind: ChangeKind
    track_id: str
    hash: str | None = None
    filename: str = ""
    size_bytes: int = 0
    track: Track | None = None


class Changes(msgspec.Struct, frozen=True):
    """Some changes, the earliest first, and the cursor to ask on from; `more` says that there are more now.

    `everything`: the cursor given was not usable, and all there is is told; what was not named when `more` is false
    is gone. `begins`: that telling begins here, whatever was told before.
    """

    items: list[TrackChange]
    cursor: str
    more: bool
    everything: bool
    begins: bool


class MissingRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Hashes that a device holds: all from after one hash up to another, so that many can be asked in parts."""

    hashes: Annotated[list[Hash], Meta(max_length=10_000)]
    after: Hash | None = None
    until: Hash | None = None


class MissingAnswer(msgspec.Struct, frozen=True):
    """What one has and the other has not; if `absent_until` is not null, `absent_there` is complete only so far."""

    unknown_here: list[str]
    absent_there: list[str]
    absent_until: str | None


class DeviceReport(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a device tells of itself; 0 bytes: unknown."""

    name: Annotated[str, Meta(min_length=1, max_length=100)]
    type: Annotated[str, Meta(max_length=50)] = ""
    space_free_bytes: Bytes = 0
    space_total_bytes: Bytes = 0


class Device(msgspec.Struct, frozen=True):
    """What is known of a device."""

    id: str
    name: str
    type: str
    last_seen_at: datetime
    space_free_bytes: int
    space_total_bytes: int
    held_count: int
    held_bytes: int


class HeldReport(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a device holds since its report before, or all of it."""

    anew: bool = False
    added: Annotated[list[Hash], Meta(max_length=10_000)] = []
    removed: Annotated[list[Hash], Meta(max_length=10_000)] = []


class RuleKind(StrEnum):
    """What a rule keeps on a device."""

    TRACK = "track"
    ALBUM = "album"
    ARTIST = "artist"
    GENRE = "genre"
    PLAYLIST = "playlist"
    LIBRARY = "library"
    STARRED = "starred"
    RECENTLY_ADDED = "recently_added"


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something to be kept on a device: with an id of its kind, or a count of what came last, or neither."""

    kind: RuleKind
    id: Id | None = None
    count: Annotated[int, Meta(ge=1, le=1_000_000)] | None = None


class Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All that is to be kept on a device, what counts most first; 0 bytes: as much as fits."""

    rules: Annotated[list[Rule], Meta(max_length=MAX_RULES)]
    limit_bytes: Bytes = 0


class PlanAction(StrEnum):
    """What a device does about a file."""

    FETCH = "fetch"
    KEEP = "keep"
    DROP = "drop"
    NO_SPACE = "no_space"


class PlanItem(msgspec.Struct, frozen=True):
    """What is to be done about a file, and which rule wants it, counted from 0; -1: none."""

    action: PlanAction
    track_id: str
    hash: str
    size_bytes: int
    rule_index: int


class PlanSum(msgspec.Struct, frozen=True):
    """How much of a plan is of one action."""

    action: PlanAction
    count: int
    size_bytes: int


class Plan(msgspec.Struct, frozen=True):
    """What a device is to do: what it drops first, then the rest by order of the rules; and the sums of all."""

    sums: list[PlanSum]
    items: list[PlanItem]


class NewUpload(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file that is going to be uploaded; title, artist and album correct its tags unless they are empty."""

    hash: Hash
    size_bytes: Annotated[int, Meta(ge=1, le=2**60)]
    filename: Annotated[str, Meta(min_length=1, max_length=500)]
    title: Annotated[str, Meta(max_length=500)] = ""
    artist: Annotated[str, Meta(max_length=500)] = ""
    album: Annotated[str, Meta(max_length=500)] = ""


class UploadState(msgspec.Struct, frozen=True):
    """How far an upload is; once it is kept it has no id any more, and its track has one."""

    upload_id: str
    offset_bytes: int
    kept: bool
    track_id: str
    expires_at: datetime | None
