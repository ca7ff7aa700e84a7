"""What happened to lyrics and chords."""

from typing import ClassVar

from sarau.foundation.events.event import Event


class SheetPut(Event, frozen=True, kw_only=True):
    """Somebody put words or chords to a track, in place of those put before."""

    activity: ClassVar[str | None] = "lyrics.put"
    track_id: str
    title: str
    source: str
    format: str


class SheetsRemoved(Event, frozen=True, kw_only=True):
    """Somebody took away words or chords that had been put to a track."""

    activity: ClassVar[str | None] = "lyrics.removed"
    track_id: str
    title: str
