"""The server's clock, and how much ahead devices are told to begin."""

import time
from collections.abc import Iterable

_ANCHOR_US = time.time_ns() // 1000 - time.monotonic_ns() // 1000
_LEAST_LEAD_US = 40_000
_MOST_LEAD_US = 500_000
_UNKNOWN_US = 100_000


def now_us() -> int:
    """Return server time: Unix time in microseconds at the start, and even from then on, whatever sets the clock."""
    return _ANCHOR_US + time.monotonic_ns() // 1000


def now_ms() -> int:
    """Return server time in milliseconds."""
    return now_us() // 1000


def lead_us(round_trips_us: Iterable[int]) -> int:
    """Return how much ahead several devices begin, so that the farthest has heard of it: one worst round trip.

    That is twice the way of the message, which leaves the device time to be ready; 0 stands for an unknown one.
    """
    worst_us = max((trip_us or _UNKNOWN_US for trip_us in round_trips_us), default=0)
    return min(max(worst_us, _LEAST_LEAD_US), _MOST_LEAD_US)
