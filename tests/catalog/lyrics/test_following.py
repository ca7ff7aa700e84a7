"""Cues told along with what plays."""

import asyncio
import time
from collections.abc import AsyncGenerator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sarau.catalog.lyrics.following import (
    Constant,
    Follower,
    Jumped,
    follow_playing,
    follow_track,
    position_at,
)
from sarau.catalog.lyrics.schemas import Cue, SectionCue

SECOND_US = 1_000_000


def cues(*starts_ms: int, lasts_ms: int = 1_000) -> list[Cue]:
    return [Cue(start_ms, start_ms + lasts_ms, SectionCue(str(start_ms))) for start_ms in starts_ms]


def starts(some: Sequence[Cue | Jumped]) -> list[int]:
    return [one.start_ms for one in some if isinstance(one, Cue)]


def now_us() -> int:
    return time.monotonic_ns() // 1000


def test_a_position_goes_on_from_its_moment_while_it_plays() -> None:
    playing = Constant("t", 5_000, 10 * SECOND_US, rate=1.5)
    assert position_at(playing, 12 * SECOND_US) == 8_000
    assert position_at(playing, 9 * SECOND_US) == 5_000  # it begins a little later
    assert position_at(playing._replace(playing=False), 12 * SECOND_US) == 5_000


def test_cues_are_told_ahead_of_their_time_and_once() -> None:
    follower = Follower(ahead_ms=2_000)
    assert follower.due(0) == []
    assert follower.wait_s(0) is None
    assert follower.turn_to(Constant("t", 0, 0), cues(1_000, 3_000, 8_000), 0) == Jumped("t", 0)
    assert starts(follower.due(0)) == [1_000]
    assert follower.wait_s(0) == 1.0
    assert starts(follower.due(999_000)) == []
    assert starts(follower.due(SECOND_US)) == [3_000]
    assert starts(follower.due(SECOND_US)) == []
    assert starts(follower.due(20 * SECOND_US)) == [8_000]
    assert follower.wait_s(20 * SECOND_US) is None
    assert follower.wait_s(20 * SECOND_US, 30_000) == 10.0
    assert not follower.is_over(20 * SECOND_US, 30_000)
    assert follower.is_over(30 * SECOND_US, 30_000)


def test_what_sounds_already_is_told_first_and_what_is_over_never() -> None:
    follower = Follower(ahead_ms=500)
    follower.turn_to(Constant("t", 4_200, 0), cues(0, 2_000, 4_000, 6_000), 0)
    assert starts(follower.due(0)) == [4_000]


def test_while_it_pauses_nothing_is_told_and_going_on_is_no_jump() -> None:
    follower = Follower(ahead_ms=100)
    song = cues(1_000, 2_000, 3_000)
    follower.turn_to(Constant("t", 0, 0), song, 0)
    paused = Constant("t", 1_500, 0, playing=False)
    assert follower.turn_to(paused, song, 1_500_000) is None
    assert starts(follower.due(1_500_000)) == [1_000]
    assert follower.wait_s(1_500_000) is None
    assert follower.due(90 * SECOND_US) == []
    assert follower.turn_to(Constant("t", 1_500, 90 * SECOND_US), song, 90 * SECOND_US) is None
    assert follower.wait_s(90 * SECOND_US) == pytest.approx(0.4)
    assert starts(follower.due(91 * SECOND_US)) == [2_000]


def test_the_pace_makes_cues_come_sooner() -> None:
    follower = Follower(ahead_ms=500)
    follower.turn_to(Constant("t", 0, 0, rate=2.0), cues(5_000), 0)
    assert follower.wait_s(0) == 2.0
    assert follower.turn_to(Constant("t", 2_000, SECOND_US, rate=0.5), cues(5_000), SECOND_US) is None
    assert follower.wait_s(SECOND_US) == 5.5


@pytest.mark.parametrize(
    ("playing", "jumps"),
    [
        (Constant("t", 5_100, 0), False),  # a report that is a little off
        (Constant("t", 4_900, 0), False),
        (Constant("t", 6_000, 0), True),
        (Constant("t", 0, 0), True),  # from the beginning again
        (Constant("u", 5_000, 0), True),
        (Constant("", 0, 0, playing=False), True),
    ],
)
def test_jumps_are_told_apart_from_reports(playing: Constant, jumps: bool) -> None:
    follower = Follower(ahead_ms=0)
    follower.turn_to(Constant("t", 5_000, 0), cues(1_000, 9_000), 0)
    jumped = follower.turn_to(playing, cues(1_000, 9_000), 0)
    assert jumped == (Jumped(playing.track_id, playing.position_ms) if jumps else None)


@given(
    st.lists(st.integers(0, 60_000), max_size=30),
    st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 60_000) | st.none()), max_size=20),
    st.integers(0, 5_000),
)
def test_between_jumps_every_cue_comes_once_and_in_order(
    places: list[int], steps: list[tuple[int, int | None]], ahead_ms: int
) -> None:
    song = cues(*sorted(places))
    follower = Follower(ahead_ms)
    now_at_us = 0
    follower.turn_to(Constant("t", 0, 0), song, 0)
    told = follower.due(0)
    for passes_ms, seek_ms in steps:
        now_at_us += passes_ms * 1000
        told += follower.due(now_at_us)
        if seek_ms is not None and follower.turn_to(Constant("t", seek_ms, now_at_us), song, now_at_us):
            told = follower.due(now_at_us)
        assert starts(told) == sorted(starts(told))
        assert len(told) <= len(song)
    if all(seek_ms is None for _, seek_ms in steps):
        reached_ms = now_at_us // 1000 + ahead_ms
        assert starts(told) == [place for place in sorted(places) if place <= reached_ms]


async def test_a_track_is_followed_until_it_is_over() -> None:
    began = now_us()
    told = [
        (now_us() - began, cue)
        async for cue in follow_track("t", cues(0, 150, 300), now_us, start_ms=0, end_ms=400, ahead_ms=50)
    ]
    assert starts([cue for _, cue in told]) == [0, 150, 300]
    for at_us, cue in told:
        assert at_us >= (cue.start_ms - 50) * 1000
    assert now_us() - began >= 400_000


async def test_a_track_that_is_over_is_not_followed() -> None:
    assert [c async for c in follow_track("t", cues(0), now_us, start_ms=9_000, end_ms=5_000, ahead_ms=0)] == []


async def test_whatever_plays_is_followed_and_let_go() -> None:
    states: asyncio.Queue[Constant | None] = asyncio.Queue()
    looked_up: list[str] = []
    closed = asyncio.Event()

    async def playing() -> AsyncGenerator[Constant, None]:
        try:
            while (state := await states.get()) is not None:
                yield state
        finally:
            closed.set()

    async def cues_for(track_id: str) -> list[Cue]:
        looked_up.append(track_id)
        return cues(0, 200, 100_000)

    told = follow_playing(playing(), cues_for, now_us, ahead_ms=50)
    states.put_nowait(Constant("", 0, now_us(), playing=False))
    assert await anext(told) == Jumped("", 0)
    states.put_nowait(Constant("one", 0, now_us()))
    jumped = await anext(told)
    assert isinstance(jumped, Jumped)
    assert (jumped.track_id, jumped.position_ms // 1000) == ("one", 0)
    assert starts([await anext(told), await anext(told)]) == [0, 200]
    states.put_nowait(Constant("one", 99_990, now_us()))
    assert (await anext(told)).track_id == "one"
    assert starts([await anext(told)]) == [100_000]
    states.put_nowait(Constant("two", 0, now_us(), playing=False))
    assert (await anext(told)).track_id == "two"
    assert looked_up == ["one", "two"]
    states.put_nowait(None)
    assert [one async for one in told] == cues(0)
    assert closed.is_set()


async def test_who_stops_listening_leaves_nothing_behind() -> None:
    closed = asyncio.Event()

    async def playing() -> AsyncGenerator[Constant, None]:
        try:
            yield Constant("one", 0, 1)
            await asyncio.Event().wait()
        finally:
            closed.set()

    async def cues_for(_track_id: str) -> list[Cue]:
        return cues(100_000)

    told = follow_playing(playing(), cues_for, lambda: 1, ahead_ms=0)
    assert await anext(told) == Jumped("one", 0)
    await told.aclose()
    assert closed.is_set()


async def test_what_goes_wrong_with_what_plays_is_told() -> None:
    async def playing() -> AsyncGenerator[Constant, None]:
        yield Constant("", 0, now_us())
        raise LookupError("gone")

    async def cues_for(_track_id: str) -> list[Cue]:
        return []

    told = follow_playing(playing(), cues_for, now_us, ahead_ms=0)
    await anext(told)
    with pytest.raises(LookupError, match="gone"):
        await anext(told)
