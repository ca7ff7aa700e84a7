"""What happened when music came in."""

from typing import ClassVar

from sarau.foundation.events.event import Event


class TrackUploaded(Event, frozen=True, kw_only=True):
    """Somebody uploaded a track."""

    activity: ClassVar[str | None] = "track.uploaded"
    track_id: str
    title: str
    size_bytes: int


class ScanFinished(Event, frozen=True, kw_only=True):
    """A scan ended, well or not."""

    activity: ClassVar[str | None] = "scan.finished"
    library_id: str
    library: str
    state: str
    seen: int
    added: int
    changed: int
    moved: int
    missing: int
    problems: int
    error: str | None
