"""The language of playing from afar: what devices are told."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta

from sarau.catalog.library.schemas import Track

MAX_ENTRIES = 10_000
SILENT_AFTER_S = 60

Usernames = Annotated[list[Annotated[str, Meta(max_length=100)]], Meta(max_length=50)]


class Repeat(StrEnum):
    """What comes after the end."""

    OFF = "off"
    ALL = "all"
    ONE = "one"


class SessionState(msgspec.Struct, frozen=True):
    """Where a session is: now is position_ms + (server time - at_us) / 1000 * rate while it plays.

    `at_us` is the server's clock in microseconds, and may lie a little ahead so that all can be ready. `track` is
    null, and `next_track_id` empty, where there is none or the viewer may not hear it.
    """

    session_id: str
    playing: bool
    position_ms: int
    at_us: int
    rate: float
    repeat: Repeat
    shuffle: bool
    entry_id: str
    index: int
    track: Track | None
    sounding_device_ids: tuple[str, ...]
    party: list[str]
    owner: str
    next_track_id: str


class QueueEntry(msgspec.Struct, frozen=True):
    """A place in the queue; without a track id where the viewer may not hear it."""

    id: str
    track_id: str


class PlaybackQueue(msgspec.Struct, frozen=True):
    """What is played one after the other; the version rises with every change."""

    entries: list[QueueEntry]
    version: int


class QueuedTrack(msgspec.Struct, frozen=True):
    """A place in the queue with its track, which is null where the viewer may not hear it."""

    id: str
    track_id: str
    track: Track | None


class WholeQueue(msgspec.Struct, frozen=True):
    """The queue with its tracks."""

    entries: list[QueuedTrack]
    version: int


class PlayDevice(msgspec.Struct, frozen=True):
    """A device that plays or commands; the last message of it is told in Unix time."""

    id: str
    name: str
    type: str
    owner: str
    online: bool
    plays: bool
    sounding: bool
    has_volume: bool
    volume: float
    muted: bool
    buffering: bool
    last_seen_ms: int
    round_trip_us: int
    problem: str


class Devices(msgspec.Struct, frozen=True):
    """All devices of a session, those that are online first."""

    devices: list[PlayDevice]


class Joined(msgspec.Struct, frozen=True):
    """A device is in; if resumed, the events it missed follow, else this is all there is to know."""

    device_id: str
    session_id: str
    resume_token: str
    state: SessionState
    queue: PlaybackQueue
    devices: list[PlayDevice]
    resumed: bool


class Pong(msgspec.Struct, frozen=True):
    """Answers a ping: when it came and when this left, in microseconds of the server's clock."""

    client_time_us: int
    server_received_us: int
    server_sent_us: int


class Done(msgspec.Struct, frozen=True):
    """A request was done."""

    request_id: int


class Refused(msgspec.Struct, frozen=True):
    """A request was not done."""

    request_id: int
    code: str
    message: str


ServerMessage = SessionState | PlaybackQueue | Devices | Joined | Pong | Done | Refused


class Overview(msgspec.Struct, frozen=True):
    """A session with all that belongs to it, at a moment of the server's clock."""

    state: SessionState
    queue: WholeQueue
    devices: list[PlayDevice]
    now_us: int


class Party(msgspec.Struct, frozen=True):
    """A session of somebody else that one may take part in."""

    session_id: str
    owner: str
    playing: bool
    track: Track | None


class PartyMembers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who may take part, by username."""

    usernames: Usernames


class Ticket(msgspec.Struct, frozen=True):
    """What lets somebody connect once, without a header."""

    ticket: str
    expires_at: datetime


class Heard(msgspec.Struct, frozen=True):
    """What a session plays, for who follows it: an empty track id where there is none, or none for the viewer."""

    track_id: str
    position_ms: int
    at_us: int
    rate: float
    playing: bool
