"""What every RateLimit does, whatever it is made of."""

import asyncio
from collections.abc import Callable

import pytest

from sarau.adapters.memory.cache import MemoryRateLimit
from sarau.foundation.cache import Allowance, RateLimit

LIMITS: dict[str, Callable[[], RateLimit]] = {"memory": MemoryRateLimit}
LONG_S = 60.0


@pytest.fixture(params=list(LIMITS))
def limits(request: pytest.FixtureRequest) -> RateLimit:
    return LIMITS[request.param]()


async def test_so_many_and_no_more(limits: RateLimit) -> None:
    answers = [await limits.hit("anna", limit=3, window_s=LONG_S) for _ in range(5)]

    assert [answer.allowed for answer in answers] == [True, True, True, False, False]
    assert answers[0] == Allowance(True, 0.0)


async def test_who_is_refused_hears_when_to_come_back(limits: RateLimit) -> None:
    await limits.hit("anna", limit=1, window_s=LONG_S)
    refused = await limits.hit("anna", limit=1, window_s=LONG_S)

    assert 0 < refused.retry_after_s <= LONG_S


async def test_keys_do_not_count_for_each_other(limits: RateLimit) -> None:
    for key in ("anna", "Anna", "bert", ""):
        assert (await limits.hit(key, limit=1, window_s=LONG_S)).allowed


async def test_the_window_slides_on(limits: RateLimit) -> None:
    window_s = 0.2
    assert (await limits.hit("anna", limit=1, window_s=window_s)).allowed
    async with asyncio.timeout(20):
        answer = await limits.hit("anna", limit=1, window_s=window_s)
        while not answer.allowed:
            # Refused attempts do not count: else it would never be allowed again.
            await asyncio.sleep(0.01)
            answer = await limits.hit("anna", limit=1, window_s=window_s)
    assert not (await limits.hit("anna", limit=1, window_s=LONG_S)).allowed


async def test_coming_back_when_told_is_early_enough(limits: RateLimit) -> None:
    await limits.hit("anna", limit=1, window_s=0.1)
    refused = await limits.hit("anna", limit=1, window_s=0.1)
    await asyncio.sleep(refused.retry_after_s + 0.005)

    assert (await limits.hit("anna", limit=1, window_s=0.1)).allowed


async def test_a_key_that_is_forgotten_starts_afresh(limits: RateLimit) -> None:
    await limits.hit("anna", limit=1, window_s=LONG_S)
    await limits.hit("bert", limit=1, window_s=LONG_S)
    await limits.forget("anna")
    await limits.forget("nobody")

    assert (await limits.hit("anna", limit=1, window_s=LONG_S)).allowed
    assert not (await limits.hit("bert", limit=1, window_s=LONG_S)).allowed


async def test_a_limit_of_nothing_allows_nothing(limits: RateLimit) -> None:
    refused = await limits.hit("anna", limit=0, window_s=LONG_S)

    assert not refused.allowed
    assert refused.retry_after_s > 0


async def test_at_once_is_no_way_around(limits: RateLimit) -> None:
    answers = await asyncio.gather(*(limits.hit("anna", limit=7, window_s=LONG_S) for _ in range(100)))

    assert sum(answer.allowed for answer in answers) == 7


async def test_a_flood_of_keys_forgets_nobody(limits: RateLimit) -> None:
    await limits.hit("anna", limit=1, window_s=LONG_S)
    for number in range(25_000):
        await limits.hit(f"flood {number}", limit=1, window_s=LONG_S)

    assert not (await limits.hit("anna", limit=1, window_s=LONG_S)).allowed
    assert not (await limits.hit("flood 0", limit=1, window_s=LONG_S)).allowed
