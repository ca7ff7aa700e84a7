"""Figures from samples: medians, spreads, percentiles, ratios. Pure thinking."""

import math
from collections.abc import Sequence
from statistics import median


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that at least this share (0 to 1) of the values does not exceed (nearest rank)."""
    if not values:
        raise ValueError("no values")
    if not 0 <= share <= 1:
        raise ValueError("share must be from 0 to 1")
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float | None:
    """Return how many times theirs ours is, None where that has no meaning.

    Runs that took turns are compared pair by pair, for neighbours shared the machine's mood; the median pair counts.
    """
    if not ours or not theirs:
        return None
    if len(ours) == len(theirs):
        pairs = [our / their for our, their in zip(ours, theirs, strict=True) if their]
        return median(pairs) if len(pairs) == len(ours) else None
    whole = median(theirs)
    return median(ours) / whole if whole else None
