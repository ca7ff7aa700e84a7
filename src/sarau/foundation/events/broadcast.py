"""Live push: short messages to whoever listens to a channel at this moment."""

from contextlib import AbstractAsyncContextManager
from typing import Protocol


class Subscription(Protocol):
    """An open ear on some channels."""

    async def next(self) -> tuple[str, bytes]:
        """Return the next (channel, message); waits for it."""
        ...


class Broadcaster(Protocol):
    """Carries messages to all listeners of a channel; nothing is kept for who is not listening.

    A listener that falls more than a thousand messages behind loses the oldest.
    """

    async def send(self, channel: str, message: bytes) -> None:
        """Hand a message to everyone who listens to the channel now."""
        ...

    def listen(self, *channels: str) -> AbstractAsyncContextManager[Subscription]:
        """Listen to channels for as long as the context is open."""
        ...
