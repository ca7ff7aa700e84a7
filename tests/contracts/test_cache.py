"""What every Cache does, whatever it is made of."""

import asyncio
from collections.abc import Callable

import pytest

from sarau.adapters.memory.cache import MemoryCache
from sarau.foundation.cache import Cache

CACHES: dict[str, Callable[[], Cache]] = {"memory": MemoryCache}
LONG_S = 60.0


@pytest.fixture(params=list(CACHES))
def cache(request: pytest.FixtureRequest) -> Cache:
    return CACHES[request.param]()


async def gone(cache: Cache, key: str) -> bool:
    """Wait until a key is forgotten; a cache that keeps it runs into the limit."""
    async with asyncio.timeout(20):
        found = await cache.get(key)
        while found is not None:
            await asyncio.sleep(0.01)
            found = await cache.get(key)
    return True


@pytest.mark.parametrize("value", [b"", b"x", bytes(range(256)) * 1000])
@pytest.mark.parametrize("key", ["", "a", "session:é 🎵", "with\nline", "x" * 5000])
async def test_what_was_kept_is_found(cache: Cache, key: str, value: bytes) -> None:
    await cache.set(key, value, LONG_S)

    assert await cache.get(key) == value


async def test_what_was_never_kept_is_not_there(cache: Cache) -> None:
    await cache.set("a", b"1", LONG_S)

    assert await cache.get("b") is None
    assert await cache.get("A") is None
    assert await cache.get("") is None


async def test_a_new_value_takes_the_place_of_the_old(cache: Cache) -> None:
    await cache.set("a", b"old", LONG_S)
    await cache.set("a", b"new", LONG_S)

    assert await cache.get("a") == b"new"


async def test_what_is_forgotten_is_gone_and_nothing_else(cache: Cache) -> None:
    await cache.set("a", b"1", LONG_S)
    await cache.set("b", b"2", LONG_S)
    await cache.delete("a")
    await cache.delete("a")
    await cache.delete("never there")

    assert await cache.get("a") is None
    assert await cache.get("b") == b"2"


async def test_a_value_is_kept_no_longer_than_asked(cache: Cache) -> None:
    await cache.set("short", b"1", 0.05)
    await cache.set("long", b"2", LONG_S)

    assert await gone(cache, "short")
    assert await cache.get("long") == b"2"


async def test_a_new_value_lives_its_own_time(cache: Cache) -> None:
    await cache.set("a", b"1", LONG_S)
    await cache.set("a", b"2", 0.05)
    await cache.set("b", b"1", 0.05)
    await cache.set("b", b"2", LONG_S)

    assert await gone(cache, "a")
    assert await cache.get("b") == b"2"


async def test_many_use_it_at_once(cache: Cache) -> None:
    async def use(number: int) -> None:
        for turn in range(50):
            await cache.set(f"key {number}", b"%d" % turn, LONG_S)
            assert await cache.get(f"key {number}") == b"%d" % turn

    await asyncio.gather(*(use(number) for number in range(20)))
