"""A device that is connected: what it is still to be sent, and how much it may say."""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable

from sarau.foundation.errors import DomainError
from sarau.foundation.security.actor import Actor
from sarau.playback.remote.errors import DeviceTooSlow, TooManyMessages
from sarau.playback.remote.schemas import Joined, Pong, ServerMessage
from sarau.playback.remote.telling import Event, Sent

OUTBOX = 256
_MESSAGES_PER_S = 20.0
_BURST = 100.0
_PATIENCE = 200  # messages refused before we no longer listen

Again = Callable[[], Awaitable[Actor | None]]
Welcome = Callable[[], Awaitable[Joined]]
Tell = Callable[[Event, Actor], Awaitable[Sent]]


class Connection:
    """One device while it is joined; `over` tells why it is to end, once it is."""

    __slots__ = (
        "_again", "_allowed", "_counted_at", "_outbox", "_refused", "_tell", "_wake",
        "actor", "checked_at", "heard_at", "over", "parted", "player_id", "session_id",
    )  # fmt: skip

    def __init__(self, actor: Actor, session_id: str, player_id: str, tell: Tell, again: Again) -> None:
        self.actor = actor
        self.session_id = session_id
        self.player_id = player_id
        self.over: DomainError | None = None
        self.parted = asyncio.Event()
        self.heard_at = self.checked_at = self._counted_at = time.monotonic()
        self._tell = tell
        self._again = again
        self._outbox: deque[Event | Sent | tuple[int, Welcome]] = deque()
        self._wake = asyncio.Event()
        self._allowed = _BURST
        self._refused = 0

    def post(self, item: Event | Sent | tuple[int, Welcome]) -> None:
        """Put something into the outbox; a device that does not take it in time is cut off."""
        if len(self._outbox) >= OUTBOX:
            self.part(DeviceTooSlow())
        elif self.over is None:
            self._outbox.append(item)
            self._wake.set()

    def answer(self, message: ServerMessage) -> None:
        """Put an answer to this device alone into the outbox."""
        self.post(Sent(0, message))

    def part(self, reason: DomainError) -> None:
        """End it."""
        if self.over is None:
            self.over = reason
            self._outbox.clear()
            self.parted.set()
            self._wake.set()

    async def next(self) -> Sent:
        """Return what is to be sent next, when there is something; raises why it is over."""
        while not self._outbox:
            if self.over is not None:
                raise self.over
            self._wake.clear()
            await self._wake.wait()
        item = self._outbox.popleft()
        if isinstance(item, Event):
            return await self._tell(item, self.actor)
        if isinstance(item, tuple):
            return Sent(item[0], await item[1]())
        return item

    def heard(self) -> None:
        """Note that the device said something; raises TooManyMessages."""
        now = self.heard_at = time.monotonic()
        self._allowed = min(_BURST, self._allowed + (now - self._counted_at) * _MESSAGES_PER_S)
        self._counted_at = now
        if self._allowed < 1:
            self._refused += 1
            if self._refused > _PATIENCE:
                self.part(TooManyMessages())
            raise TooManyMessages
        self._allowed -= 1

    async def still_welcome(self) -> bool:
        """Tell whether who connected it is still signed in, and note what they may now."""
        self.checked_at = time.monotonic()
        actor = await self._again()
        if actor is None or actor.id != self.actor.id:
            return False
        self.actor = actor
        return True


def sent_now(pong: Pong, moment_us: int) -> Pong:
    """Return a pong that leaves at this moment."""
    return Pong(pong.client_time_us, pong.server_received_us, moment_us)
