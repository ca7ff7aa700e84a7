"""Cache, Lock and RateLimit in this process' memory."""

import asyncio
import time
from collections import OrderedDict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from sarau.foundation.cache import Allowance

_OVERHEAD_BYTES = 200  # of an entry, so that many small ones are bounded too
_SWEEP_AT = 10_000


class MemoryCache:
    """Keeps at most so many bytes; the longest unused goes first."""

    def __init__(self, max_bytes: int = 32 << 20) -> None:
        self._max_bytes = max_bytes
        self._bytes = 0
        self._entries: OrderedDict[str, tuple[float, bytes]] = OrderedDict()

    async def get(self, key: str) -> bytes | None:
        """Return what is kept under the key, or None."""
        entry = self._entries.get(key)
        if entry is None:
            return None
        if entry[0] <= time.monotonic():
            await self.delete(key)
            return None
        self._entries.move_to_end(key)
        return entry[1]

    async def set(self, key: str, value: bytes, ttl_s: float) -> None:
        """Keep a value for at most so many seconds."""
        await self.delete(key)
        if _size_bytes(key, value) > self._max_bytes:
            return
        self._entries[key] = (time.monotonic() + ttl_s, value)
        self._bytes += _size_bytes(key, value)
        while self._bytes > self._max_bytes:
            oldest, (_, dropped) = self._entries.popitem(last=False)
            self._bytes -= _size_bytes(oldest, dropped)

    async def delete(self, key: str) -> None:
        """Forget a key."""
        entry = self._entries.pop(key, None)
        if entry is not None:
            self._bytes -= _size_bytes(key, entry[1])


def _size_bytes(key: str, value: bytes) -> int:
    return len(key) + len(value) + _OVERHEAD_BYTES


class MemoryLock:
    """Named locks among the tasks of this process; they end with it, so ttl_s needs no clock."""

    def __init__(self) -> None:
        self._locks: dict[str, tuple[asyncio.Lock, int]] = {}

    @asynccontextmanager
    async def hold(self, name: str, *, wait_s: float, ttl_s: float = 60) -> AsyncIterator[bool]:  # noqa: ARG002
        """Hold the name while the context is open; yields False when it could not be had within wait_s."""
        lock, users = self._locks.get(name, (asyncio.Lock(), 0))
        self._locks[name] = (lock, users + 1)
        held = False
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(wait_s):
                    held = await lock.acquire()
            yield held
        finally:
            if held:
                lock.release()
            lock, users = self._locks.pop(name)
            if users > 1:
                self._locks[name] = (lock, users - 1)


class MemoryRateLimit:
    """Sliding windows of moments; keys that fell silent are swept."""

    def __init__(self) -> None:
        self._hits: dict[str, tuple[float, deque[float]]] = {}
        self._sweep_at = _SWEEP_AT

    async def hit(self, key: str, *, limit: int, window_s: float) -> Allowance:
        """Count one attempt and tell whether it is within the limit; a refused attempt does not count."""
        now = time.monotonic()
        if len(self._hits) > self._sweep_at:
            self._sweep(now)
        _, moments = self._hits.setdefault(key, (window_s, deque()))
        while moments and moments[0] <= now - window_s:
            moments.popleft()
        if len(moments) >= limit:
            return Allowance(False, moments[0] + window_s - now if moments else window_s)
        moments.append(now)
        return Allowance(True, 0.0)

    def _sweep(self, now: float) -> None:
        self._hits = {k: v for k, v in self._hits.items() if v[1] and v[1][-1] > now - v[0]}
        # Under a flood of keys that are all alive, sweeping at every hit would stop the loop.
        self._sweep_at = max(_SWEEP_AT, 2 * len(self._hits))

    async def forget(self, key: str) -> None:
        """Start a key afresh."""
        self._hits.pop(key, None)
