"""A queue and the order it is played in: pure thinking.

Every entry has a number of its own, so that a track may stand in the queue twice. While the queue is shuffled `order`
keeps the entries as they are played, made from a seed: what was played before is found again, and the same seed gives
the same order.
"""

import random
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from sarau.foundation.errors import Invalid
from sarau.playback.remote.errors import EntryNotFound, QueueFull
from sarau.playback.remote.schemas import MAX_ENTRIES

NOWHERE = -1


class Entry(NamedTuple):
    """A place in the queue."""

    id: str
    track_id: str


class PlayQueue(msgspec.Struct, frozen=True):
    """What is played one after the other; `made` counts the entries there ever were."""

    entries: tuple[Entry, ...] = ()
    version: int = 0
    made: int = 0
    seed: int = 0
    order: tuple[str, ...] | None = None

    def place(self, entry_id: str) -> int:
        """Return where an entry stands; raises EntryNotFound."""
        for place, entry in enumerate(self.entries):
            if entry.id == entry_id:
                return place
        raise EntryNotFound

    def line(self) -> Sequence[str]:
        """Return the ids of the entries in the order they are played."""
        return self.order if self.order is not None else [entry.id for entry in self.entries]

    def beside(self, index: int, step: int, *, around: bool) -> int:
        """Return the place of the entry played just after (1) or before (-1) one, NOWHERE past the ends."""
        if index == NOWHERE:
            return NOWHERE
        line = self.line()
        at = (line.index(self.entries[index].id) if self.order is not None else index) + step
        if not 0 <= at < len(line):
            if not around:
                return NOWHERE
            at %= len(line)
        return self.place(line[at]) if self.order is not None else at


def _new(queue: PlayQueue, track_ids: Sequence[str]) -> tuple[Entry, ...]:
    return tuple(Entry(f"{queue.made + n}", track_id) for n, track_id in enumerate(track_ids, 1))


def shuffled(queue: PlayQueue, index: int, seed: int) -> PlayQueue:
    """Return the queue in an order by chance, the entry that plays being the first."""
    rest = [entry.id for place, entry in enumerate(queue.entries) if place != index]
    random.Random(seed).shuffle(rest)  # noqa: S311 - an order of songs, no secret
    first = [queue.entries[index].id] if index != NOWHERE else []
    return msgspec.structs.replace(queue, seed=seed, order=(*first, *rest))


def in_order(queue: PlayQueue) -> PlayQueue:
    """Return the queue in its own order."""
    return msgspec.structs.replace(queue, order=None)


def loaded(queue: PlayQueue, track_ids: Sequence[str], index: int) -> PlayQueue:
    """Return the queue with other tracks in it, shuffled anew if it was; raises Invalid for a place it has not."""
    if index and index >= len(track_ids):
        raise Invalid("index", f"there are only {len(track_ids)} tracks")
    entries = _new(queue, track_ids)
    fresh = msgspec.structs.replace(
        queue, entries=entries, version=queue.version + 1, made=queue.made + len(entries), order=None
    )
    if queue.order is None:
        return fresh
    return shuffled(fresh, index if entries else NOWHERE, queue.seed + 1)


def put(queue: PlayQueue, track_ids: Sequence[str], index: int | None, current: int) -> PlayQueue:
    """Return the queue with more tracks before a place, or at its end; raises QueueFull, Invalid.

    What is put right behind the entry that plays is played next, shuffled or not.
    """
    place = len(queue.entries) if index is None else index
    if place > len(queue.entries):
        raise Invalid("index", f"the queue has only {len(queue.entries)} entries")
    if len(queue.entries) + len(track_ids) > MAX_ENTRIES:
        raise QueueFull(f"A queue holds {MAX_ENTRIES:,} entries at most.")
    entries = _new(queue, track_ids)
    made = queue.made + len(entries)
    order = queue.order
    if order is not None:
        at = order.index(queue.entries[current].id) + 1 if current != NOWHERE else 0
        new = [entry.id for entry in entries]
        played_next = index is not None and index == current + 1
        tail = [*new, *order[at:]] if played_next else _strewn(new, order[at:], f"{queue.seed} {made}")
        order = (*order[:at], *tail)
    return msgspec.structs.replace(
        queue,
        entries=(*queue.entries[:place], *entries, *queue.entries[place:]),
        version=queue.version + 1,
        made=made,
        order=order,
    )


def _strewn(new: Sequence[str], among: Sequence[str], seed: str) -> list[str]:
    """Return new entries strewn among others, whose own order stays."""
    chance = random.Random(seed)  # noqa: S311 - an order of songs, no secret
    mixed = list(new)
    chance.shuffle(mixed)
    places = set(chance.sample(range(len(new) + len(among)), len(new)))
    fresh, old = iter(mixed), iter(among)
    return [next(fresh if place in places else old) for place in range(len(new) + len(among))]


def moved(queue: PlayQueue, entry_id: str, index: int) -> PlayQueue:
    """Return the queue with an entry elsewhere, counted without it; raises EntryNotFound, Invalid."""
    place = queue.place(entry_id)
    if index >= len(queue.entries):
        raise Invalid("index", f"the queue has only {len(queue.entries)} entries")
    entries = list(queue.entries)
    entries.insert(index, entries.pop(place))
    return msgspec.structs.replace(queue, entries=tuple(entries), version=queue.version + 1)


def without(queue: PlayQueue, entry_ids: Iterable[str]) -> PlayQueue:
    """Return the queue without some entries; raises EntryNotFound if one of them is not there."""
    gone = set(entry_ids)
    entries = tuple(entry for entry in queue.entries if entry.id not in gone)
    if len(entries) + len(gone) != len(queue.entries):
        raise EntryNotFound
    order = None if queue.order is None else tuple(entry_id for entry_id in queue.order if entry_id not in gone)
    return msgspec.structs.replace(queue, entries=entries, version=queue.version + 1, order=order)
