"""What happened in libraries."""

from typing import ClassVar

from sarau.foundation.events.event import Event


class LibraryAdded(Event, frozen=True, kw_only=True):
    """A folder became a library."""

    activity: ClassVar[str | None] = "library.added"
    library_id: str
    name: str


class LibraryChanged(Event, frozen=True, kw_only=True):
    """A library was renamed, or opened to others."""

    activity: ClassVar[str | None] = "library.changed"
    library_id: str
    name: str


class LibraryRemoved(Event, frozen=True, kw_only=True):
    """A library was taken out of the house; its files stay where they are."""

    activity: ClassVar[str | None] = "library.removed"
    library_id: str
    name: str


class TrackEdited(Event, frozen=True, kw_only=True):
    """Somebody corrected what a track says of itself."""

    activity: ClassVar[str | None] = "track.edited"
    track_id: str
    title: str
    fields: list[str]


class TrackBinned(Event, frozen=True, kw_only=True):
    """A track went to the bin."""

    activity: ClassVar[str | None] = "track.deleted"
    track_id: str
    title: str


class TrackRestored(Event, frozen=True, kw_only=True):
    """A track came back from the bin."""

    activity: ClassVar[str | None] = "track.restored"
    track_id: str
    title: str


class TracksPurged(Event, frozen=True, kw_only=True):
    """Tracks whose time in the bin was over are gone for good."""

    activity: ClassVar[str | None] = "track.purged"
    count: int
