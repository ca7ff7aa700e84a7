"""When a play counts as listened."""

FOUR_MINUTES_MS = 240_000


def counts_as_listened(listened_ms: int, duration_ms: int) -> bool:
    """Tell whether half of a track or four minutes were heard, whichever is less."""
    return listened_ms > 0 and listened_ms >= min(duration_ms / 2, FOUR_MINUTES_MS)


def believable_ms(listened_ms: int, elapsed_ms: int) -> int:
    """Return how much listening can be believed: no more than the time since the start, with some grace."""
    return min(listened_ms, elapsed_ms + 10_000)
