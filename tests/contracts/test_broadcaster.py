"""What every Broadcaster does, whatever it is made of."""

import asyncio
from collections.abc import Callable

import pytest

from sarau.adapters.memory.broadcast import MemoryBroadcaster
from sarau.foundation.events.broadcast import Broadcaster, Subscription

BROADCASTERS: dict[str, Callable[[], Broadcaster]] = {"memory": MemoryBroadcaster}
MOST_BEHIND = 1000


@pytest.fixture(params=list(BROADCASTERS))
def broadcaster(request: pytest.FixtureRequest) -> Broadcaster:
    return BROADCASTERS[request.param]()


async def heard(subscription: Subscription) -> tuple[str, bytes]:
    async with asyncio.timeout(20):
        return await subscription.next()


async def silent(subscription: Subscription, broadcaster: Broadcaster, channel: str) -> bool:
    """Tell whether nothing more waits: a last word is the next that is heard."""
    await broadcaster.send(channel, b"last word")
    return await heard(subscription) == (channel, b"last word")


async def test_everyone_who_listens_hears_in_order(broadcaster: Broadcaster) -> None:
    async with broadcaster.listen("a") as one, broadcaster.listen("a") as other:
        for number in range(100):
            await broadcaster.send("a", b"%d" % number)
        for listener in (one, other):
            assert [await heard(listener) for _ in range(100)] == [("a", b"%d" % number) for number in range(100)]


async def test_one_may_listen_to_several_channels_and_hears_no_others(broadcaster: Broadcaster) -> None:
    async with broadcaster.listen("a", "b", "a") as listener:
        await broadcaster.send("c", b"not for us")
        await broadcaster.send("b", b"2")
        await broadcaster.send("a", b"1")

        assert await heard(listener) == ("b", b"2")
        assert await heard(listener) == ("a", b"1")
        assert await silent(listener, broadcaster, "a")


async def test_nothing_is_kept_for_who_is_not_listening(broadcaster: Broadcaster) -> None:
    await broadcaster.send("a", b"too early")
    async with broadcaster.listen("a") as listener:
        assert await silent(listener, broadcaster, "a")
    await broadcaster.send("a", b"too late")
    async with broadcaster.listen("a") as listener:
        assert await silent(listener, broadcaster, "a")


async def test_a_message_wakes_who_waits(broadcaster: Broadcaster) -> None:
    async with broadcaster.listen("a") as listener:
        waiting = asyncio.create_task(heard(listener))
        await asyncio.sleep(0)
        assert not waiting.done()
        await broadcaster.send("a", b"")

        assert await waiting == ("a", b"")


async def test_who_gives_up_waiting_loses_nothing(broadcaster: Broadcaster) -> None:
    async with broadcaster.listen("a") as listener:
        waiting = asyncio.create_task(heard(listener))
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        await broadcaster.send("a", b"1")

        assert await heard(listener) == ("a", b"1")


async def test_who_falls_far_behind_loses_the_oldest_and_hinders_nobody(broadcaster: Broadcaster) -> None:
    async with broadcaster.listen("a") as slow, broadcaster.listen("a") as quick:
        for number in range(MOST_BEHIND + 50):
            await broadcaster.send("a", b"%d" % number)
            assert await heard(quick) == ("a", b"%d" % number)

        assert await heard(slow) == ("a", b"50")


async def test_a_listener_that_breaks_off_hinders_nobody(broadcaster: Broadcaster) -> None:
    async def break_off() -> None:
        async with broadcaster.listen("a"):
            raise LookupError

    async with broadcaster.listen("a") as listener:
        with pytest.raises(LookupError):
            await break_off()
        await broadcaster.send("a", b"1")

        assert await heard(listener) == ("a", b"1")
