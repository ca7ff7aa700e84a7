"""The language of plays."""

from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from sarau.catalog.library.schemas import Track

Milliseconds = Annotated[int, Meta(ge=0, le=7 * 86_400_000)]


class NewPlay(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A track begins to play."""

    track_id: Annotated[str, Meta(max_length=16)]
    client: Annotated[str, Meta(max_length=100)] = ""


class PlayReport(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How long was really listened so far, pauses and skipped parts not counted."""

    listened_ms: Milliseconds
    position_ms: Milliseconds | None = None
    ended: bool = False


class Play(msgspec.Struct, frozen=True):
    """One play; `listened` once half of the track or four minutes were heard."""

    id: str
    track_id: str
    started_at: datetime
    listened_ms: int
    listened: bool
    client: str


class PlayedTrack(msgspec.Struct, frozen=True):
    """A play with its track, which is null when it can no longer be heard."""

    play: Play
    track: Track | None
