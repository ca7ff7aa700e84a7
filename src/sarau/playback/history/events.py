"""What happened while listening."""

from typing import ClassVar

from sarau.foundation.events.event import Event


class PlayStarted(Event, frozen=True, kw_only=True):
    """Somebody began to hear a track."""

    activity: ClassVar[str | None] = "play.started"
    play_id: str
    track_id: str
    title: str


class TrackListened(Event, frozen=True, kw_only=True):
    """Somebody heard half of a track, or four minutes of it."""

    play_id: str
    track_id: str
