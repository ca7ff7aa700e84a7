"""The language of playlists."""

from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from sarau.catalog.library.schemas import Track

MAX_ENTRIES = 10_000
MAX_PLAYLISTS = 1_000
Name = Annotated[str, Meta(min_length=1, max_length=200)]
Id = Annotated[str, Meta(max_length=16)]


class Playlist(msgspec.Struct, frozen=True):
    """A playlist of one's own; `entry_count` counts also what cannot be heard just now."""

    id: str
    name: str
    created_at: datetime
    changed_at: datetime
    entry_count: int


class PlaylistEntry(msgspec.Struct, frozen=True):
    """A track in a playlist, which is null when it can no longer be heard; the same track may be in it twice."""

    id: str
    track_id: str
    added_at: datetime
    track: Track | None


class NewPlaylist(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A playlist to be made, with its first tracks."""

    name: Name
    track_ids: Annotated[list[Id], Meta(max_length=MAX_ENTRIES)] = []


class PlaylistChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is to change of a playlist."""

    name: Name


class NewEntries(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Tracks to be put into a playlist, before an entry or at its end."""

    track_ids: Annotated[list[Id], Meta(min_length=1, max_length=MAX_ENTRIES)]
    before: Id | None = None


class Move(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where an entry is to go: before another, or to the end."""

    before: Id | None = None


class Added(msgspec.Struct, frozen=True):
    """The ids of new entries, in order."""

    entry_ids: list[str]
