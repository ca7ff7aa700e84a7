"""Where entries stand: numbers with gaps, so that a move rewrites one row."""

GAP = 1 << 32
ROOM = 1 << 16  # left between neighbours that are moved apart, for as many moves to come
WINDOW = 32  # neighbours on either side that are moved apart first


def places_between(low: int | None, high: int | None, count: int, *, at_least: int = 1) -> list[int] | None:
    """Return so many rising numbers between two, which are None at the ends; None where they would stand too close.

    >>> places_between(None, None, 2) == [GAP, 2 * GAP]
    True
    """
    if high is None:
        start = low if low is not None else 0
        return [start + GAP * step for step in range(1, count + 1)]
    if low is None:
        low = high - GAP * (count + 1)
    step = (high - low) // (count + 1)
    return [low + step * number for number in range(1, count + 1)] if step >= at_least else None
