"""Cues told just ahead of their time, along with what plays: through pauses, seeks and changes of rate."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Sequence
from typing import NamedTuple, Protocol

from sarau.catalog.lyrics.schemas import Cue

_SHORTEST_S = 0.001
_SAME_MS = 250  # players tell their position now and then: what differs by less is no jump


class Playing(Protocol):
    """What plays: the position is of a moment, and goes on from it."""

    @property
    def track_id(self) -> str:
        """The track, empty for nothing."""
        ...

    @property
    def position_ms(self) -> int:
        """Where in the track."""
        ...

    @property
    def at_us(self) -> int:
        """When that was, by the server's clock."""
        ...

    @property
    def rate(self) -> float:
        """How fast, 1 as recorded."""
        ...

    @property
    def playing(self) -> bool:
        """Whether it sounds."""
        ...


class Constant(NamedTuple):
    """A track that simply plays on."""

    track_id: str
    position_ms: int
    at_us: int
    rate: float = 1.0
    playing: bool = True


class Jumped(NamedTuple):
    """What was told before is void: somebody sought, or another track began."""

    track_id: str
    position_ms: int


def position_at(playing: Playing, moment_us: int) -> float:
    """Return where a track is at a moment, in milliseconds."""
    passed_us = max(0, moment_us - playing.at_us) if playing.playing else 0
    return playing.position_ms + passed_us / 1000 * playing.rate


class Follower:
    """The cues of what plays that are still to be told: pure thinking."""

    def __init__(self, ahead_ms: int) -> None:
        self._ahead_ms = ahead_ms
        self._playing: Playing | None = None
        self._cues: Sequence[Cue] = ()
        self._next = 0

    @property
    def track_id(self) -> str | None:
        """The track that plays, None before anything was told."""
        return None if self._playing is None else self._playing.track_id

    def turn_to(self, playing: Playing, cues: Sequence[Cue], now_us: int) -> Jumped | None:
        """Note what plays from now on, and return what that means for what was told before."""
        before, self._playing = self._playing, playing
        position_ms = position_at(playing, now_us)
        goes_on = before is not None and before.track_id == playing.track_id
        if before is not None and goes_on and abs(position_at(before, now_us) - position_ms) < _SAME_MS:
            return None
        self._cues = [cue for cue in cues if cue.end_ms > position_ms]
        self._next = 0
        return Jumped(playing.track_id, round(position_ms))

    def due(self, now_us: int) -> list[Cue]:
        """Return the cues that are to be told now, and count them as told."""
        if self._playing is None:
            return []
        reached_ms = position_at(self._playing, now_us) + self._ahead_ms * self._playing.rate
        begin = self._next
        while self._next < len(self._cues) and self._cues[self._next].start_ms <= reached_ms:
            self._next += 1
        return list(self._cues[begin : self._next])

    def wait_s(self, now_us: int, until_ms: float | None = None) -> float | None:
        """Return how long it is until the next cue, or when all are told until a position; None: for ever."""
        playing = self._playing
        if playing is None or not playing.playing or playing.rate <= 0:
            return None
        target_ms = until_ms
        if self._next < len(self._cues):
            target_ms = self._cues[self._next].start_ms - self._ahead_ms * playing.rate
        if target_ms is None:
            return None
        begins_in_s = max(0, playing.at_us - now_us) / 1_000_000
        plays_s = max(0.0, target_ms - position_at(playing, now_us)) / playing.rate / 1000
        return max(_SHORTEST_S, begins_in_s + plays_s)

    def is_over(self, now_us: int, end_ms: int) -> bool:
        """Return whether all cues are told and the end is reached."""
        playing = self._playing
        return playing is not None and self._next == len(self._cues) and position_at(playing, now_us) >= end_ms


async def follow_track(
    track_id: str, cues: Sequence[Cue], now_us: Callable[[], int], *, start_ms: int, end_ms: int, ahead_ms: int
) -> AsyncGenerator[Cue, None]:
    """Yield the cues of a track as if it began to play now at a position, until it is over."""
    follower = Follower(ahead_ms)
    follower.turn_to(Constant(track_id, start_ms, now_us()), cues, now_us())
    while True:
        for cue in follower.due(now_us()):
            yield cue
        if follower.is_over(now_us(), end_ms):
            return
        await asyncio.sleep(follower.wait_s(now_us(), end_ms) or 0)


async def follow_playing(
    states: AsyncIterator[Playing],
    cues_for: Callable[[str], Awaitable[Sequence[Cue]]],
    now_us: Callable[[], int],
    *,
    ahead_ms: int,
) -> AsyncGenerator[Cue | Jumped, None]:
    """Yield the cues of whatever plays, and first of all and with every jump where it is, until there is no more."""
    follower = Follower(ahead_ms)
    cues: Sequence[Cue] = ()
    coming = asyncio.ensure_future(anext(states, None))
    try:
        while True:
            await asyncio.wait({coming}, timeout=follower.wait_s(now_us()))
            if coming.done():
                playing = coming.result()
                if playing is None:
                    return
                coming = asyncio.ensure_future(anext(states, None))
                if playing.track_id != follower.track_id:
                    cues = await cues_for(playing.track_id) if playing.track_id else ()
                jumped = follower.turn_to(playing, cues, now_us())
                if jumped is not None:
                    yield jumped
            for cue in follower.due(now_us()):
                yield cue
    finally:
        coming.cancel()
        await asyncio.gather(coming, return_exceptions=True)
