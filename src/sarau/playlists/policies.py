"""Where entries stand: numbers with gaps, so that a move rewrites one row."""

GAP = 1 << 32


def places_between(low: int | None, high: int | None, count: int) -> list[int] | None:
    """Return so many rising numbers between two, which are None at the ends; None where there is no room.

    >>> places_between(None, None, 2) == [GAP, 2 * GAP]
    True
    """
    if high is None:
        start = low if low is not None else 0
        return [start + GAP * step for step in range(1, count + 1)]
    if low is None:
        low = high - GAP * (count + 1)
    step = (high - low) // (count + 1)
    return [low + step * number for number in range(1, count + 1)] if step else None
