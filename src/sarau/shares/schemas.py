"""The language of public links."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, UnsetType

from sarau.catalog.library.schemas import Track

MAX_TARGETS = 500
MAX_PLAYLISTS = 20  # behind one link: strangers have all of them looked through
MAX_TRACKS = 10_000
MAX_SHARES = 1_000
Id = Annotated[str, Meta(max_length=16)]
Description = Annotated[str, Meta(max_length=500)]
Moment = Annotated[datetime, Meta(tz=True)]
Password = Annotated[str, Meta(min_length=4, max_length=200)]


class SharedKind(StrEnum):
    """What can be shared."""

    TRACK = "track"
    ALBUM = "album"
    PLAYLIST = "playlist"


class Target(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A thing that is shared."""

    kind: SharedKind
    id: Id


Targets = Annotated[list[Target], Meta(min_length=1, max_length=MAX_TARGETS)]


class NewShare(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A link to be made."""

    targets: Targets
    description: Description = ""
    password: Password | None = None
    may_download: bool = False
    expires_at: Moment | None = None


class ShareChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is to change of a link; what is left out stays, null takes a password or an end away."""

    description: Description | UnsetType = UNSET
    password: Password | UnsetType | None = UNSET
    may_download: bool | UnsetType = UNSET
    expires_at: Moment | UnsetType | None = UNSET


class Owner(msgspec.Struct, frozen=True):
    """Who made a link."""

    id: str
    username: str
    display_name: str


class Share(msgspec.Struct, frozen=True):
    """A link as its owner sees it: its address is that of the house, `/s/` and the slug.

    `title` is what the first of its things is called, empty where that is not to be seen any more.
    """

    id: str
    slug: str
    owner: Owner
    targets: list[Target]
    title: str
    description: str
    has_password: bool
    may_download: bool
    created_at: datetime
    changed_at: datetime
    expires_at: datetime | None
    visit_count: int
    last_visited_at: datetime | None


class SharedTrack(msgspec.Struct, frozen=True):
    """A track as strangers see it."""

    id: str
    title: str
    artist: str
    album: str | None
    duration_ms: int
    track_number: int | None
    disc_number: int | None
    year: int | None
    media_type: str


class SharedPage(msgspec.Struct, frozen=True):
    """What a link shows to whoever may open it."""

    title: str
    description: str
    owner: str
    may_download: bool
    expires_at: datetime | None
    tracks: list[SharedTrack]


def shared_track(track: Track) -> SharedTrack:
    """Return of a track what strangers may know."""
    return SharedTrack(
        track.id,
        track.title,
        track.artist,
        track.album,
        track.duration_ms,
        track.track_number,
        track.disc_number,
        track.year,
        track.media_type,
    )
