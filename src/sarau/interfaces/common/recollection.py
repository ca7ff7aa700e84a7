"""What was read a moment ago and is asked again with every request: who holds a session, what somebody may hear."""

import time
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from sarau.foundation.database.database import Database

T = TypeVar("T")

# Another process (the command line, a scan) may change what we remember: within this time everybody sees it.
MOST_AGE_S = 1.0
_MOST_ENTRIES = 2048


class Recollection(Generic[T]):
    """Remembers answers until this process commits any change, and for a second at most."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[str, tuple[int, float, T]] = {}

    async def recall(self, key: str, read: Callable[[], Awaitable[T]]) -> T:
        """Return the answer remembered under a key, or read it."""
        commits, now = self._database.commits, time.monotonic()
        known = self._known.get(key)
        if known is not None and known[0] == commits and now - known[1] < MOST_AGE_S:
            return known[2]
        answer = await read()
        if len(self._known) >= _MOST_ENTRIES:
            self._known.clear()
        # Counted before it was read: a change that was committed meanwhile makes us read again.
        self._known[key] = commits, now, answer
        return answer
