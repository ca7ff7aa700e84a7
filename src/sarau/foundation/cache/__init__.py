"""Ports for what may be forgotten: values, locks, counts of attempts."""

from contextlib import AbstractAsyncContextManager
from typing import NamedTuple, Protocol


class Cache(Protocol):
    """Bytes under a key, for a while."""

    async def get(self, key: str) -> bytes | None:
        """Return what is kept under the key, or None."""
        ...

    async def set(self, key: str, value: bytes, ttl_s: float) -> None:
        """Keep a value for at most so many seconds."""
        ...

    async def delete(self, key: str) -> None:
        """Forget a key."""
        ...


class Lock(Protocol):
    """Names that only one at a time may hold, across everything that shares the adapter."""

    def hold(self, name: str, *, wait_s: float, ttl_s: float = 60) -> AbstractAsyncContextManager[bool]:
        """Hold the name while the context is open; yields False when it could not be had within wait_s.

        A holder that dies loses it after ttl_s.
        """
        ...


class Allowance(NamedTuple):
    """The answer of a rate limit."""

    allowed: bool
    retry_after_s: float


class RateLimit(Protocol):
    """At most so many in a sliding window, by key."""

    async def hit(self, key: str, *, limit: int, window_s: float) -> Allowance:
        """Count one attempt and tell whether it is within the limit; a refused attempt does not count."""
        ...

    async def forget(self, key: str) -> None:
        """Start a key afresh."""
        ...
