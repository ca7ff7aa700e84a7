"""Reading parts of open files without keeping anybody waiting."""

import asyncio
import os

_PROBE = bytearray(1)
_PROBE_EVERY = 512 << 10


def _resident(descriptor: int, position: int) -> bool:
    """Tell whether a byte can be had without waiting for a disk."""
    try:
        return os.preadv(descriptor, [_PROBE], position, os.RWF_NOWAIT) == 1
    except OSError:  # not in memory, or a file system that cannot say
        return False


async def read_at(descriptor: int, length: int, position: int) -> bytes:
    """Return bytes of a file; from memory at once, from a slow disk in a thread."""
    end = position + length
    if all(_resident(descriptor, place) for place in range(position, end, _PROBE_EVERY)) and _resident(
        descriptor, end - 1
    ):
        return os.pread(descriptor, length, position)
    return await asyncio.to_thread(os.pread, descriptor, length, position)
