"""What every Lock does, whatever it is made of."""

import asyncio
from collections.abc import Callable

import pytest

from sarau.adapters.memory.cache import MemoryLock
from sarau.foundation.cache import Lock

LOCKS: dict[str, Callable[[], Lock]] = {"memory": MemoryLock}
LONG_S = 20.0


@pytest.fixture(params=list(LOCKS))
def lock(request: pytest.FixtureRequest) -> Lock:
    return LOCKS[request.param]()


async def test_one_at_a_time_and_everybody_in_the_end(lock: Lock) -> None:
    inside, most, served = 0, 0, 0

    async def enter() -> None:
        nonlocal inside, most, served
        async with lock.hold("album", wait_s=LONG_S) as held:
            assert held
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0)
            inside -= 1
            served += 1

    await asyncio.gather(*(enter() for _ in range(30)))
    assert (most, served) == (1, 30)


@pytest.mark.parametrize("wait_s", [0, 0.05])
async def test_who_cannot_wait_longer_is_told(lock: Lock, wait_s: float) -> None:
    async with lock.hold("album", wait_s=LONG_S) as first:
        async with lock.hold("album", wait_s=wait_s) as second:
            assert (first, second) == (True, False)
        async with lock.hold("album", wait_s=wait_s) as third:
            assert not third


async def test_a_free_name_is_had_without_waiting(lock: Lock) -> None:
    for _ in range(3):
        async with lock.hold("album", wait_s=0) as held:
            assert held


async def test_who_could_not_have_it_takes_nothing_from_the_holder(lock: Lock) -> None:
    async with lock.hold("album", wait_s=LONG_S):
        async with lock.hold("album", wait_s=0):
            pass
        async with lock.hold("album", wait_s=0) as held:
            assert not held


async def test_names_do_not_disturb_each_other(lock: Lock) -> None:
    async with lock.hold("album", wait_s=0) as one, lock.hold("Album", wait_s=0) as other:
        assert (one, other) == (True, True)


@pytest.mark.parametrize("error", [LookupError, asyncio.CancelledError])
async def test_an_error_inside_gives_the_name_back(lock: Lock, error: type[BaseException]) -> None:
    async def fail() -> None:
        async with lock.hold("album", wait_s=0):
            raise error

    with pytest.raises(error):
        await fail()
    async with lock.hold("album", wait_s=0) as held:
        assert held


async def test_who_gives_up_waiting_is_passed_over(lock: Lock) -> None:
    async def wait() -> None:
        async with lock.hold("album", wait_s=LONG_S):
            pass

    async with lock.hold("album", wait_s=LONG_S):
        waiting = [asyncio.create_task(wait()) for _ in range(5)]
        await asyncio.sleep(0)
        for task in waiting[:3]:
            task.cancel()
        await asyncio.gather(*waiting[:3], return_exceptions=True)
    await asyncio.gather(*waiting[3:])

    async with lock.hold("album", wait_s=0) as held:
        assert held


async def test_the_last_to_come_does_not_wait_for_ever_behind_the_others(lock: Lock) -> None:
    """Also at the moment when the name was given back and the next in line has not got it yet."""
    got_it, may_go = asyncio.Event(), asyncio.Event()

    async def hold_long() -> None:
        async with lock.hold("album", wait_s=LONG_S):
            got_it.set()
            await may_go.wait()

    async with lock.hold("album", wait_s=LONG_S):
        next_in_line = asyncio.create_task(hold_long())
        await asyncio.sleep(0)
    async with asyncio.timeout(LONG_S), lock.hold("album", wait_s=0.05) as held:
        assert not held
    await got_it.wait()
    may_go.set()
    await next_in_line
