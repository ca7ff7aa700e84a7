"""The language of plays."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta

from sarau.catalog.library.schemas import Track

Milliseconds = Annotated[int, Meta(ge=0, le=7 * 86_400_000)]
Id = Annotated[str, Meta(max_length=16)]
Named = Annotated[str, Meta(max_length=100)]


class Source(StrEnum):
    """Out of what a track was played."""

    NONE = ""
    ALBUM = "album"
    ARTIST = "artist"
    FOLDER = "folder"
    GENRE = "genre"
    PLAYLIST = "playlist"
    QUEUE = "queue"
    SEARCH = "search"
    STARS = "stars"
    TRACKS = "tracks"
    PARTY = "party"


class PlayState(StrEnum):
    """Whether something sounds."""

    PLAYING = "playing"
    PAUSED = "paused"


class NewPlay(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A track begins to play, by an app, on a device, out of something."""

    track_id: Id
    client: Named = ""
    device: Named = ""
    source: Source = Source.NONE
    source_id: Id | None = None


class PlayReport(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How long was really listened so far, pauses and skipped parts not counted."""

    listened_ms: Milliseconds
    position_ms: Milliseconds | None = None
    ended: bool = False
    state: PlayState = PlayState.PLAYING


class Play(msgspec.Struct, frozen=True):
    """One play; `listened` once half of the track or four minutes were heard."""

    id: str
    track_id: str
    started_at: datetime
    listened_ms: int
    listened: bool
    client: str
    device: str
    source: str
    source_id: str | None


class PlayedTrack(msgspec.Struct, frozen=True):
    """A play with its track, which is null when it can no longer be heard."""

    play: Play
    track: Track | None


class PlayFilters(msgspec.Struct, frozen=True):
    """Which plays to list; None means any. `since` is in, `until` is out."""

    since: datetime | None = None
    until: datetime | None = None
    track_id: str | None = None
    album_id: str | None = None
    client: str | None = None
    device: str | None = None
    source: str | None = None
    listened: bool | None = None


class Listener(msgspec.Struct, frozen=True):
    """Somebody of the house, as others see them."""

    id: str
    username: str
    display_name: str


class NowPlaying(msgspec.Struct, frozen=True):
    """What somebody hears now: `position_ms` as it was at `updated_at`, going on at `rate` while playing."""

    listener: Listener
    track: Track
    play_id: str
    client: str
    device: str
    state: PlayState
    position_ms: int
    rate: float
    started_at: datetime
    updated_at: datetime


class Reported(StrEnum):
    """What a player says that it does."""

    STARTING = "starting"
    PLAYING = "playing"
    PAUSED = "paused"
    STOPPED = "stopped"


class PlaybackReport(msgspec.Struct, frozen=True):
    """Where a player is, told by one that keeps no id of a play; uncounted when it tells listening by itself."""

    track_id: str
    state: Reported
    position_ms: int
    rate: float = 1.0
    client: str = ""
    device: str = ""
    uncounted: bool = False
