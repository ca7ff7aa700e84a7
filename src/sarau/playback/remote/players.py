"""A device as the house knows it."""

import msgspec

from sarau.playback.remote.clock import now_ms


class Player(msgspec.Struct):
    """Somebody's device: what is kept of it, and how it does at this moment."""

    id: str
    user_id: str
    owner: str
    name: str
    type: str
    media_types: list[str]
    plays: bool
    has_volume: bool
    volume: float
    muted: bool
    last_seen_ms: int
    buffering: bool = False
    problem: str = ""
    round_trip_us: int = 0
    offset_us: int | None = None

    def seen(self) -> None:
        """Note that something was heard from it."""
        self.last_seen_ms = now_ms()
