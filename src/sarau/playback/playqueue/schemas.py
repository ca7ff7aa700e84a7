"""The language of saved queues."""

from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from sarau.catalog.library.schemas import Track

MAX_QUEUED = 10_000
Id = Annotated[str, Meta(max_length=16)]


class NewQueue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody hears and where in it they are; `current_index` is null for an empty queue, or at its start."""

    track_ids: Annotated[list[Id], Meta(max_length=MAX_QUEUED)]
    current_index: Annotated[int, Meta(ge=0)] | None = None
    position_ms: Annotated[int, Meta(ge=0, le=7 * 86_400_000)] = 0
    client: Annotated[str, Meta(max_length=100)] = ""


class KeptQueue(msgspec.Struct, frozen=True):
    """A queue as it was written down."""

    track_ids: list[str]
    current_index: int | None
    position_ms: int
    changed_at: datetime
    changed_by: str


class SavedQueue(msgspec.Struct, frozen=True):
    """A queue to be taken up; what can no longer be heard is left out, and the next track is current instead."""

    tracks: list[Track]
    current_index: int | None
    position_ms: int
    changed_at: datetime
    changed_by: str
