"""Broadcaster among the tasks of this process."""

import asyncio
from collections import defaultdict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

_BEHIND = 1000


class _Ear:
    def __init__(self) -> None:
        self._waiting: deque[tuple[str, bytes]] = deque(maxlen=_BEHIND)
        self._some = asyncio.Event()

    def hear(self, channel: str, message: bytes) -> None:
        """Take in a message; the oldest is lost when nobody fetches them."""
        self._waiting.append((channel, message))
        self._some.set()

    async def next(self) -> tuple[str, bytes]:
        """Return the next (channel, message); waits for it."""
        while not self._waiting:
            self._some.clear()
            await self._some.wait()
        return self._waiting.popleft()


class MemoryBroadcaster:
    """Carries messages to all listeners of a channel in this process."""

    def __init__(self) -> None:
        self._ears: dict[str, set[_Ear]] = defaultdict(set)

    async def send(self, channel: str, message: bytes) -> None:
        """Hand a message to everyone who listens to the channel now."""
        for ear in self._ears.get(channel, ()):
            ear.hear(channel, message)

    @asynccontextmanager
    async def listen(self, *channels: str) -> AsyncIterator[_Ear]:
        """Listen to channels for as long as the context is open."""
        ear = _Ear()
        for channel in channels:
            self._ears[channel].add(ear)
        try:
            yield ear
        finally:
            for channel in channels:
                self._ears[channel].discard(ear)
                if not self._ears[channel]:
                    del self._ears[channel]
