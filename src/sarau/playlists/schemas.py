"""The language of playlists."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from sarau.catalog.library.schemas import Track
from sarau.playlists.smart_rules import SmartRules

MAX_ENTRIES = 10_000
MAX_PLAYLISTS = 1_000
MAX_FOLDERS = 500
MAX_FOLDER_DEPTH = 8
MAX_EDITORS = 100
Name = Annotated[str, Meta(min_length=1, max_length=200)]
Description = Annotated[str, Meta(max_length=4_000)]
Id = Annotated[str, Meta(max_length=16)]
Version = Annotated[int, Meta(ge=1, le=2**53)]
TrackIds = Annotated[list[Id], Meta(max_length=MAX_ENTRIES)]
Usernames = Annotated[list[Annotated[str, Meta(max_length=40)]], Meta(max_length=MAX_EDITORS)]


class Visibility(StrEnum):
    """Who may see a playlist: its owner and editors, whoever has its link too, or the whole house."""

    PRIVATE = "private"
    LINK = "link"
    HOUSE = "house"


class Collaborative(StrEnum):
    """Who may change the entries of a playlist: its owner, named people too, or everyone who may see it."""

    NONE = "none"
    NAMED = "named"
    EVERYONE = "everyone"


class PlaylistScope(StrEnum):
    """Which playlists to list: those one owns, edits or follows, those of the house by others, or both."""

    MINE = "mine"
    HOUSE = "house"
    ALL = "all"


class Repeats(StrEnum):
    """What becomes of tracks to be added that are in the playlist already: added again, left out, or all refused."""

    ADD = "add"
    SKIP = "skip"
    REFUSE = "refuse"


class Contributor(msgspec.Struct, frozen=True):
    """Somebody who has to do with a playlist."""

    id: str
    username: str
    display_name: str


class Playlist(msgspec.Struct, frozen=True, kw_only=True):
    """A playlist; `entry_count` and `duration_ms` count also what cannot be heard just now.

    Both are null for a smart playlist in a list, whose tracks are chosen when it is opened. `link` is what it is
    opened by in place of its id where visibility is `link`; `cover` is null where its cover is made of others.
    """

    id: str
    name: str
    description: str
    owner: Contributor
    visibility: Visibility
    collaborative: Collaborative
    link: str | None
    cover: str | None
    smart: bool
    version: int
    folder_id: str | None
    followed: bool
    may_edit: bool
    created_at: datetime
    changed_at: datetime
    entry_count: int | None
    duration_ms: int | None


class PlaylistDetails(Playlist, frozen=True, kw_only=True):
    """A playlist, with its named editors and the rules of a smart one."""

    editors: list[Contributor]
    rules: SmartRules | None


class PlaylistEntry(msgspec.Struct, frozen=True):
    """A track in a playlist, which is null when it can no longer be heard; the same track may be in it twice.

    In a smart playlist the id of an entry is that of its track, and nobody added it.
    """

    id: str
    track_id: str
    added_at: datetime
    added_by: Contributor | None
    track: Track | None


class NewPlaylist(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A playlist to be made, with its first tracks or with the rules that choose them."""

    name: Name
    track_ids: TrackIds = []
    description: Description = ""
    visibility: Visibility = Visibility.PRIVATE
    collaborative: Collaborative = Collaborative.NONE
    editors: Usernames = []
    folder_id: Id | None = None
    rules: SmartRules | None = None


class PlaylistChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is to change of a playlist; what is left out stays.

    With `version`, nothing is changed that somebody else changed since that version.
    """

    name: Name | UnsetType = UNSET
    description: Description | UnsetType = UNSET
    visibility: Visibility | UnsetType = UNSET
    collaborative: Collaborative | UnsetType = UNSET
    editors: Usernames | UnsetType = UNSET
    rules: SmartRules | UnsetType = UNSET
    version: Version | None = None


class NewEntries(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Tracks to be put into a playlist, before an entry or at its end.

    `repeats` tells what becomes of those that are in it already: with `refuse`, 409 tells how many are.
    """

    track_ids: Annotated[list[Id], Meta(min_length=1, max_length=MAX_ENTRIES)]
    before: Id | None = None
    repeats: Repeats = Repeats.ADD
    version: Version | None = None


class Move(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where an entry is to go: before another, or to the end."""

    before: Id | None = None
    version: Version | None = None


class Added(msgspec.Struct, frozen=True):
    """The ids of new entries, in order, and the version that the playlist has with them."""

    entry_ids: list[str]
    version: int


class AddTracks(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="add"):
    """Tracks to be put before an entry, or at the end."""

    track_ids: Annotated[list[Id], Meta(min_length=1, max_length=MAX_ENTRIES)]
    before: Id | None = None
    repeats: Repeats = Repeats.ADD


class MoveEntries(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="move"):
    """Entries to be put in this order before another, or at the end."""

    entry_ids: Annotated[list[Id], Meta(min_length=1, max_length=MAX_ENTRIES)]
    before: Id | None = None


class RemoveEntries(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="remove"):
    """Entries to be taken out."""

    entry_ids: Annotated[list[Id], Meta(min_length=1, max_length=MAX_ENTRIES)]


Edit = AddTracks | MoveEntries | RemoveEntries


class PlaylistEdits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Edits to be made all or none, made to a version or to whatever there is.

    Made to an older version, they are merged with what others did since: an entry that is gone is gone, and what goes
    before it goes where it was. Who moves what another has moved or removed since is told of a conflict.
    """

    edits: Annotated[list[Edit], Meta(min_length=1, max_length=1_000)]
    version: Version | None = None


class NewOrder(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All tracks that a playlist is to have; entries whose track stays are kept."""

    track_ids: TrackIds
    version: Version | None = None


class PlaceOfRemoved(msgspec.Struct, frozen=True, array_like=True):
    """An entry that was taken out, and where it stood."""

    entry_id: str
    place: int


class Done(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one version brought, as it is kept."""

    fields: list[str] = []
    added: int = 0
    moved: list[str] = []
    removed: list[PlaceOfRemoved] = []
    replaced: bool = False


class PlaylistVersion(msgspec.Struct, frozen=True):
    """What one version brought: fields, how many entries were added, which were moved or removed, or a new order."""

    version: int
    at: datetime
    by: Contributor | None
    fields: list[str]
    added: int
    moved: list[str]
    removed: list[str]
    replaced: bool


class PlaylistVersions(msgspec.Struct, frozen=True):
    """What changed since a version, up to the present one; not complete where that is too long ago."""

    version: int
    complete: bool
    items: list[PlaylistVersion]


class PlaylistFolder(msgspec.Struct, frozen=True):
    """A folder of one's own for playlists."""

    id: str
    parent_id: str | None
    name: str


class NewPlaylistFolder(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A folder to be made, in another or at the top."""

    name: Name
    parent_id: Id | None = None


class PlaylistFolderChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is to change of a folder; what is left out stays, null is the top."""

    name: Name | UnsetType = UNSET
    parent_id: Id | UnsetType | None = UNSET


class Filed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The folder of one's own that a playlist is to stand in; null: none."""

    folder_id: Id | None


class RulesPreview(msgspec.Struct, frozen=True):
    """How many tracks rules choose, how many would match without their limit, and the first of them."""

    count: int
    matching: int
    tracks: list[Track]


class PlaylistFormat(StrEnum):
    """A kind of playlist file."""

    M3U8 = "m3u8"
    XSPF = "xspf"
    JSPF = "jspf"


class NotFoundTrack(msgspec.Struct, frozen=True):
    """Something in a file of which no track was found; `number` counts from 1."""

    number: int
    title: str | None
    artist: str | None
    album: str | None
    location: str | None


class ImportReport(msgspec.Struct, frozen=True):
    """What became of what a file lists: found by its path, by a code such as an ISRC, by its words, or not at all."""

    format: PlaylistFormat
    listed: int
    by_path: int
    by_code: int
    by_words: int
    not_found: list[NotFoundTrack]


class ImportedPlaylist(msgspec.Struct, frozen=True):
    """A playlist made of a file, and what became of what the file lists."""

    playlist: PlaylistDetails
    report: ImportReport


PlaylistOrder = Literal["created", "name", "changed"]
