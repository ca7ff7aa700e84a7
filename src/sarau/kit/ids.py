"""Identifiers: 63-bit integers in the database, sixteen hex digits everywhere else.

42 bits of milliseconds since 2020 and 21 random bits, rising within a process: new rows land at the end of an
index, and the order of ids is the order of creation. They are no secret: access is checked for every object.
"""

import random
import re
import threading
import time
from functools import lru_cache

EPOCH_MS = 1_577_836_800_000  # 2020-01-01T00:00:00Z
_RANDOM_BITS = 21
_LENGTH = 16
_SHAPE = re.compile(r"[0-7][0-9a-f]{15}")
_lock = threading.Lock()
_last = 0


def new_id() -> str:
    """Return a new identifier, larger than every one this process made before."""
    global _last  # noqa: PLW0603 - the one counter of this process
    now_ms = time.time_ns() // 1_000_000 - EPOCH_MS
    fresh = now_ms << _RANDOM_BITS | random.getrandbits(_RANDOM_BITS)
    with _lock:
        _last = max(_last + 1, fresh)
        return f"{_last:016x}"


def is_id(text: str) -> bool:
    """Tell whether a text has the shape of an identifier."""
    return _SHAPE.fullmatch(text) is not None


def to_integer(identifier: str) -> int:
    """Return the stored form of an identifier; -1, which no row has, for a text that is none."""
    return _parsed(identifier) if len(identifier) == _LENGTH else -1


@lru_cache(maxsize=4096)
def _parsed(identifier: str) -> int:
    return int(identifier, 16) if is_id(identifier) else -1


to_text = "{:016x}".format
"""Return the written form of a stored identifier."""
