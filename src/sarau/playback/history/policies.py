"""When a play counts as listened."""

from datetime import datetime

from sarau.kit.times import to_ms

FOUR_MINUTES_MS = 240_000
LONGEST_SILENCE_MS = 30 * 60_000


def counts_as_listened(listened_ms: int, duration_ms: int) -> bool:
    """Tell whether half of a track or four minutes were heard, whichever is less."""
    return listened_ms > 0 and listened_ms >= min(duration_ms / 2, FOUR_MINUTES_MS)


def believable_ms(listened_ms: int, elapsed_ms: int) -> int:
    """Return how much listening can be believed: no more than the time since the start, with some grace."""
    return min(listened_ms, elapsed_ms + 10_000)


def heard_since(state: str, at: datetime, moment: datetime) -> int:
    """Return how many milliseconds were heard since a player last said what it does; hours of silence are no word."""
    return min(to_ms(moment) - to_ms(at), LONGEST_SILENCE_MS) if state == "playing" else 0
