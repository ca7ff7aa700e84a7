"""A playback session and what every command makes of it: pure thinking, told the time by who calls.

Positions are not counted: they follow from a position, the moment it is of, and the rate. Where several devices
sound, playing begins a little ahead of now, so that all of them are ready.
"""

from typing import NamedTuple

import msgspec

from sarau.playback.remote import queue as queues
from sarau.playback.remote.errors import EntryNotFound
from sarau.playback.remote.queue import NOWHERE, Entry, PlayQueue
from sarau.playback.remote.schemas import Repeat

BEGINNING_MS = 3000
# A report that differs by less is a matter of how devices count, not of where they are.
DRIFT_MS = 80
_AHEAD_MS = 500


class Moment(NamedTuple):
    """When something is done, in microseconds of the server's clock, and how much later devices are to begin."""

    now_us: int
    lead_us: int = 0

    @property
    def begin_us(self) -> int:
        """When sound begins that is asked for now."""
        return self.now_us + self.lead_us


class Session(msgspec.Struct, frozen=True):
    """What plays, where in it, and on which devices."""

    queue: PlayQueue = PlayQueue()
    index: int = NOWHERE
    playing: bool = False
    position_ms: int = 0
    at_us: int = 0
    rate: float = 1.0
    repeat: Repeat = Repeat.OFF
    sounding: tuple[str, ...] = ()

    @property
    def shuffle(self) -> bool:
        """Whether the queue is played by chance."""
        return self.queue.order is not None

    @property
    def entry(self) -> Entry | None:
        """The entry that plays."""
        return self.queue.entries[self.index] if self.index != NOWHERE else None

    def position_at(self, moment_us: int) -> int:
        """Return where it is at a moment, in milliseconds of the track."""
        if not self.playing:
            return self.position_ms
        return self.position_ms + round(max(0, moment_us - self.at_us) / 1000 * self.rate)

    def after(self) -> Entry | None:
        """Return what is played when this entry comes to its end."""
        if self.repeat is Repeat.ONE:
            return self.entry
        index = self.queue.beside(self.index, 1, around=self.repeat is Repeat.ALL)
        return self.queue.entries[index] if index != NOWHERE else None


def _at(session: Session, index: int, moment: Moment, position_ms: int = 0) -> Session:
    """Return the session at a position of an entry, playing as it does."""
    at_us = moment.begin_us if session.playing else moment.now_us
    return msgspec.structs.replace(session, index=index, position_ms=position_ms, at_us=at_us)


def _over(session: Session, moment: Moment) -> Session:
    """Return the session when there is nothing more to play: at the beginning of the last entry, silent."""
    return msgspec.structs.replace(session, playing=False, position_ms=0, at_us=moment.now_us)


def _playing(session: Session) -> Session:
    return msgspec.structs.replace(session, playing=True)


def play(session: Session, moment: Moment) -> Session:
    """Go on, from where it is; raises EntryNotFound with an empty queue."""
    if session.entry is None:
        raise EntryNotFound("The queue is empty.")
    if session.playing:
        return session
    return _at(_playing(session), session.index, moment, session.position_ms)


def pause(session: Session, moment: Moment) -> Session:
    """Be silent and keep the position."""
    if not session.playing:
        return session
    here_ms = session.position_at(moment.now_us)
    return msgspec.structs.replace(session, playing=False, position_ms=here_ms, at_us=moment.now_us)


def stop(session: Session, moment: Moment) -> Session:
    """End playing and forget the position."""
    return _over(session, moment)


def skip(session: Session, moment: Moment) -> Session:
    """Go to the next entry; who repeats anything comes round to the first, else the last one ends playing."""
    index = session.queue.beside(session.index, 1, around=session.repeat is not Repeat.OFF)
    return _over(session, moment) if index == NOWHERE else _at(session, index, moment)


def previous(session: Session, moment: Moment) -> Session:
    """Go to the entry before, or to this one's beginning when some of it has played or there is none before."""
    index = NOWHERE
    if session.position_at(moment.now_us) <= BEGINNING_MS:
        index = session.queue.beside(session.index, -1, around=session.repeat is not Repeat.OFF)
    return _at(session, session.index if index == NOWHERE else index, moment)


def seek(session: Session, moment: Moment, position_ms: int) -> Session:
    """Go to a position of the entry; raises EntryNotFound with an empty queue."""
    if session.entry is None:
        raise EntryNotFound("The queue is empty.")
    return _at(session, session.index, moment, position_ms)


def set_rate(session: Session, moment: Moment, rate: float) -> Session:
    """Play faster or slower from here on."""
    here_ms = session.position_at(moment.now_us)
    at_us = max(moment.now_us, session.at_us) if session.playing else moment.now_us
    return msgspec.structs.replace(session, rate=rate, position_ms=here_ms, at_us=at_us)


def set_repeat(session: Session, repeat: Repeat) -> Session:
    """Say what comes after the end."""
    return msgspec.structs.replace(session, repeat=repeat)


def set_shuffle(session: Session, shuffle: bool, seed: int) -> Session:
    """Play the queue by chance, in the order that a seed gives, or in its own order."""
    if shuffle == session.shuffle:
        return session
    ordered = queues.shuffled(session.queue, session.index, seed) if shuffle else queues.in_order(session.queue)
    return msgspec.structs.replace(session, queue=ordered)


def load(
    session: Session, moment: Moment, track_ids: list[str], index: int, position_ms: int, playing: bool
) -> Session:
    """Put tracks in place of the queue; raises Invalid."""
    queue = queues.loaded(session.queue, track_ids, index)
    fresh = msgspec.structs.replace(session, queue=queue, playing=playing and bool(track_ids))
    return _at(fresh, index, moment, position_ms) if track_ids else _at(fresh, NOWHERE, moment)


def append(session: Session, moment: Moment, track_ids: list[str], index: int | None) -> Session:
    """Put tracks into the queue, before an entry or at its end; raises QueueFull, Invalid."""
    if not track_ids:
        return session
    queue = queues.put(session.queue, track_ids, index, session.index)
    if session.index == NOWHERE:
        first = queue.place(queue.line()[0])
        return _at(msgspec.structs.replace(session, queue=queue), first, moment)
    pushed = index is not None and index <= session.index
    return msgspec.structs.replace(session, queue=queue, index=session.index + len(track_ids) * pushed)


def move(session: Session, entry_id: str, index: int) -> Session:
    """Put an entry elsewhere in the queue; raises EntryNotFound, Invalid."""
    queue = queues.moved(session.queue, entry_id, index)
    plays = session.entry
    return msgspec.structs.replace(session, queue=queue, index=queue.place(plays.id) if plays else NOWHERE)


def remove(session: Session, moment: Moment, entry_ids: list[str]) -> Session:
    """Take entries out; with the one that plays it goes on with the next that stays. Raises EntryNotFound."""
    if not entry_ids:
        return session
    queue = queues.without(session.queue, entry_ids)
    plays, gone = session.entry, set(entry_ids)
    left = msgspec.structs.replace(session, queue=queue)
    if plays is None or not queue.entries:
        return _over(msgspec.structs.replace(left, index=NOWHERE), moment)
    if plays.id not in gone:
        return msgspec.structs.replace(left, index=queue.place(plays.id))
    line = list(session.queue.line())
    later = [entry_id for entry_id in line[line.index(plays.id) :] if entry_id not in gone]
    if later or session.repeat is not Repeat.OFF:
        return _at(left, queue.place(later[0] if later else queue.line()[0]), moment)
    return _over(msgspec.structs.replace(left, index=queue.place(queue.line()[-1])), moment)


def jump(session: Session, moment: Moment, entry_id: str) -> Session:
    """Play another entry of the queue; raises EntryNotFound."""
    return _at(_playing(session), session.queue.place(entry_id), moment)


def sound_from(session: Session, moment: Moment, device_ids: tuple[str, ...]) -> Session:
    """Let sound come from these devices alone; those that sound already go on as they do."""
    chosen = tuple(dict.fromkeys(device_ids))
    there = msgspec.structs.replace(session, sounding=chosen)
    if not session.playing or set(chosen) & set(session.sounding):
        return there
    at_us = max(moment.begin_us, session.at_us)
    return msgspec.structs.replace(there, position_ms=session.position_at(at_us), at_us=at_us)


def ended(session: Session, moment: Moment, entry_id: str, position_ms: int) -> Session:
    """Go on when a device says that an entry came to its end: the first of several that sound counts.

    One that was somewhere else, at the end of the turn before, is not believed.
    """
    plays = session.entry
    if plays is None or plays.id != entry_id or not session.playing:
        return session
    if len(session.sounding) > 1 and position_ms > session.position_at(moment.now_us) + _AHEAD_MS:
        return session
    coming = session.after()
    return _over(session, moment) if coming is None else _at(session, session.queue.place(coming.id), moment)


def correct(session: Session, entry_id: str, position_ms: int, at_us: int, settle_us: int) -> Session:
    """Believe the only device that sounds about where it is, if it is not about where we thought.

    Not before it can have heard of the last change, which takes `settle_us`: until then it tells of what was before.
    """
    plays = session.entry
    if plays is None or plays.id != entry_id or not session.playing or at_us < session.at_us + settle_us:
        return session
    if abs(session.position_at(at_us) - position_ms) < DRIFT_MS:
        return session
    return msgspec.structs.replace(session, position_ms=position_ms, at_us=at_us)
