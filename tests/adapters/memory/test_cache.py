"""What is kept in memory is bounded, however it comes in."""

import asyncio
import tracemalloc

from sarau.adapters.memory.cache import MemoryCache, MemoryLock, MemoryRateLimit

LONG_S = 60.0


async def test_the_longest_unused_goes_first() -> None:
    cache = MemoryCache(max_bytes=3500)
    for key in "abc":
        await cache.set(key, bytes(900), LONG_S)
    await cache.get("a")
    await cache.set("d", bytes(900), LONG_S)

    assert [await cache.get(key) is not None for key in "abcd"] == [True, False, True, True]


async def test_a_value_that_does_not_fit_drives_nobody_out() -> None:
    cache = MemoryCache(max_bytes=3500)
    await cache.set("a", b"1", LONG_S)
    await cache.set("large", bytes(4000), LONG_S)
    assert await cache.get("large") is None
    assert await cache.get("a") == b"1"

    await cache.set("a", bytes(4000), LONG_S)
    assert await cache.get("a") is None, "the old value is not the one that was set last"


async def test_what_was_replaced_deleted_or_over_gives_its_room_back() -> None:
    cache = MemoryCache(max_bytes=3000)
    await cache.set("kept", b"1", LONG_S)
    for number in range(100):
        await cache.set("same", bytes(1000), LONG_S)
        await cache.set(f"deleted {number}", bytes(500), LONG_S)
        await cache.delete(f"deleted {number}")
        await cache.set(f"over {number}", bytes(500), 0)
        assert await cache.get(f"over {number}") is None

    assert await cache.get("kept") == b"1"


async def test_many_small_entries_are_bounded_too() -> None:
    cache = MemoryCache(max_bytes=100_000)
    tracemalloc.start()
    for number in range(20_000):
        await cache.set(f"key {number}", b"", LONG_S)
    used_bytes, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert used_bytes < 500_000
    assert await cache.get("key 19999") == b""
    assert await cache.get("key 0") is None


async def test_names_nobody_holds_take_no_room() -> None:
    lock = MemoryLock()
    tracemalloc.start()
    for number in range(5_000):
        async with lock.hold(f"name {number}", wait_s=0):
            await asyncio.sleep(0)
    used_bytes, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert used_bytes < 100_000


async def test_keys_that_fell_silent_take_no_room() -> None:
    limits = MemoryRateLimit()
    tracemalloc.start()
    for number in range(60_000):
        await limits.hit(f"key {number}", limit=1, window_s=0)
    used_bytes, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert used_bytes < 20_000_000
