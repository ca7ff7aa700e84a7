"""Replies that depend on the library alone: made once, and kept until it changes."""

from collections.abc import Awaitable, Callable
from hashlib import blake2b

from sarau.catalog.library.policies import View
from sarau.foundation.database.reader import Reader
from sarau.interfaces.subsonic.call import Call

_KEPT_S = 600


async def kept(
    call: Call, view: View, what: str, make: Callable[[Reader], Awaitable[bytes]], ttl_s: float = _KEPT_S
) -> bytes:
    """Return what is kept under a name for what a viewer may hear, or make it."""
    key = "subsonic " + blake2b(f"{view.token} {what}".encode(), digest_size=16).hexdigest()
    data = await call.home.cache.get(key)
    if data is None:
        async with call.reading() as reader:
            data = await make(reader)
        await call.home.cache.set(key, data, ttl_s)
    return data
