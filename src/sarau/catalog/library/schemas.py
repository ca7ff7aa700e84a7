"""The language of the library."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, NamedTuple

import msgspec
from msgspec import UNSET, Meta, UnsetType

from sarau.foundation.media.tags import ReplayGain

Name = Annotated[str, Meta(min_length=1, max_length=500)]
Names = Annotated[list[Name], Meta(max_length=50)]
Year = Annotated[int, Meta(ge=1, le=9999)]
Number = Annotated[int, Meta(ge=0, le=99999)]

MAX_PATH_BYTES = 2000  # paths are parts of keys, and PostgreSQL indexes no more than some 2,700 bytes
NOWHERE = b"\0"  # begins the path of a track whose place another has taken; no real one does


class LibraryKind(StrEnum):
    """Where the files of a library lie."""

    FOLDER = "folder"
    UPLOADS = "uploads"


class Library(msgspec.Struct, frozen=True):
    """A library as its listeners see it."""

    id: str
    name: str
    kind: LibraryKind
    everyone: bool


class ManagedLibrary(msgspec.Struct, frozen=True):
    """A library as administrators see it."""

    id: str
    name: str
    kind: LibraryKind
    everyone: bool
    path: str | None
    created_at: datetime
    scanned_at: datetime | None
    track_count: int
    missing_count: int
    size_bytes: int
    member_ids: list[str] = []


class NewLibrary(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A folder to be served in place."""

    name: Annotated[str, Meta(min_length=1, max_length=80)]
    path: Annotated[str, Meta(min_length=1, max_length=4000)]
    everyone: bool = True
    member_ids: Annotated[list[str], Meta(max_length=1000)] = []


class LibraryChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is to change of a library; what is left out stays. `member_ids` replaces the list."""

    name: Annotated[str, Meta(min_length=1, max_length=80)] | UnsetType = UNSET
    everyone: bool | UnsetType = UNSET
    member_ids: Annotated[list[str], Meta(max_length=1000)] | UnsetType = UNSET


class ArtistRef(msgspec.Struct, frozen=True):
    """An artist, named as credited."""

    id: str
    name: str


class Artist(msgspec.Struct, frozen=True):
    """An artist, with how much the viewer can hear of them."""

    id: str
    name: str
    album_count: int
    track_count: int
    cover: str | None


class Genre(msgspec.Struct, frozen=True):
    """A genre, with how much the viewer can hear of it."""

    id: str
    name: str
    album_count: int
    track_count: int


class Album(msgspec.Struct, frozen=True):
    """An album; `artist` is the text to show, `artists` whom it credits."""

    id: str
    library_id: str
    title: str
    artist: str
    artists: list[ArtistRef]
    year: int | None
    compilation: bool
    cover: str | None
    track_count: int
    disc_count: int
    duration_ms: int
    added_at: datetime


class Track(msgspec.Struct, frozen=True):
    """A track; `artist` is the text to show, `artists` whom it credits."""

    id: str
    library_id: str
    folder_id: str | None
    album_id: str | None
    album: str | None
    title: str
    version: str | None
    artist: str
    artists: list[ArtistRef]
    genres: list[str]
    year: int | None
    disc_number: int | None
    track_number: int | None
    duration_ms: int
    codec: str
    media_type: str
    bitrate_kbps: int
    sample_rate_hz: int
    bit_depth: int | None
    channels: int
    size_bytes: int
    replay_gain: ReplayGain
    cover: str | None
    added_at: datetime


class Credit(msgspec.Struct, frozen=True):
    """Somebody's part in a track."""

    artist: ArtistRef
    role: str


class TrackDetails(msgspec.Struct, frozen=True):
    """All that is known of a track; `edited` names the fields corrected by hand."""

    track: Track
    file_name: str
    date: str | None
    original_date: str | None
    album_artists: list[str]
    composers: list[str]
    credits: list[Credit]
    compilation: bool
    comment: str | None
    isrcs: list[str]
    mb_recording_id: str | None
    mb_album_id: str | None
    mb_release_group_id: str | None
    uploader_id: str | None
    may_edit: bool
    edited: list[str]


class TrackEdit(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Corrections to a track: what is left out stays, null takes the correction back."""

    title: Name | UnsetType | None = UNSET
    version: Name | UnsetType | None = UNSET
    artists: Names | UnsetType | None = UNSET
    album: Name | UnsetType | None = UNSET
    album_artists: Names | UnsetType | None = UNSET
    composers: Names | UnsetType | None = UNSET
    genres: Names | UnsetType | None = UNSET
    year: Year | UnsetType | None = UNSET
    disc_number: Number | UnsetType | None = UNSET
    track_number: Number | UnsetType | None = UNSET
    compilation: bool | UnsetType | None = UNSET


class AlbumPage(msgspec.Struct, frozen=True):
    """An album and its tracks in order."""

    album: Album
    tracks: list[Track]


class ArtistPage(msgspec.Struct, frozen=True):
    """An artist, their albums, and the albums of others they are heard on."""

    artist: Artist
    albums: list[Album]
    appears_on: list[Album]


class Folder(msgspec.Struct, frozen=True):
    """A real folder below a library."""

    id: str
    library_id: str
    parent_id: str | None
    name: str
    cover: str | None


class FolderPage(msgspec.Struct, frozen=True):
    """A folder, the way to it from the top, and its folders."""

    folder: Folder
    ancestors: list[Folder]
    folders: list[Folder]


class BinnedTrack(msgspec.Struct, frozen=True):
    """A track in the bin; restorable until it is purged."""

    track: Track
    deleted_at: datetime
    deleted_by: str | None


class MissingTrack(msgspec.Struct, frozen=True):
    """A track whose file was not found at the last scan."""

    id: str
    title: str
    artist: str
    path: str
    missing_since: datetime


class FileOnDisk(NamedTuple):
    """Where the bytes of a track lie, and what is told of them to players."""

    track_id: str
    kind: LibraryKind
    root: str | None
    path: bytes
    sha256: str | None
    name: str
    media_type: str
    codec: str
    duration_ms: int
    bitrate_kbps: int
    mtime_ns: int = 0
    size_bytes: int = 0


class KnownIndex(NamedTuple):
    """A packed index of moments, and the state of the file that it was made of."""

    size_bytes: int
    mtime_ns: int
    packed: bytes


class Unmeasured(NamedTuple):
    """A file that nobody has read whole yet, or whose moments nobody looked for."""

    track_id: str
    kind: LibraryKind
    root: str | None
    path: bytes
    sha256: str | None
    size_bytes: int
    mtime_ns: int


class Measured(NamedTuple):
    """What reading a track's file whole told, and the state it had."""

    track_id: str
    sha256: str
    size_bytes: int
    mtime_ns: int
    packed: bytes
