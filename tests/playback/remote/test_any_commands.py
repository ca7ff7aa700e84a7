"""Any commands in any order: what holds of a session after each of them."""

from collections.abc import Callable
from typing import Any

import msgspec
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from sarau.playback.remote import session as s
from sarau.playback.remote.queue import NOWHERE
from sarau.playback.remote.schemas import Repeat
from sarau.playback.remote.session import Moment, Session


class Commands(RuleBasedStateMachine):
    """Any commands in any order, beside a plain list of the tracks."""

    def __init__(self) -> None:
        super().__init__()
        self.session = Session()
        self.expected: list[str] = []
        self.now = 0
        self.version = 0

    def _do(self, act: Callable[..., Session], *given: Any) -> None:
        before = self.session
        self.session = act(self.session, *given)
        changed = self.session.queue.entries != before.queue.entries
        assert self.session.queue.version >= before.queue.version
        assert not changed or self.session.queue.version > before.queue.version

    def _moment(self) -> Moment:
        self.now += 700_000
        return Moment(self.now, 50_000)

    def _some(self, data: st.DataObject, least: int = 0) -> list[str]:
        entries = [entry.id for entry in self.session.queue.entries]
        return data.draw(st.lists(st.sampled_from(entries), unique=True, min_size=least))

    @rule(tracks=st.lists(st.text("abc", min_size=1, max_size=1), max_size=8), data=st.data(), plays=st.booleans())
    def load(self, tracks: list[str], data: st.DataObject, plays: bool) -> None:
        index = data.draw(st.integers(0, max(0, len(tracks) - 1)))
        self._do(s.load, self._moment(), tracks, index, 100, plays)
        self.expected = list(tracks)

    @rule(tracks=st.lists(st.text("xyz", min_size=1, max_size=1), max_size=5), data=st.data())
    def append(self, tracks: list[str], data: st.DataObject) -> None:
        index = data.draw(st.none() | st.integers(0, len(self.expected)))
        self._do(s.append, self._moment(), tracks, index)
        place = len(self.expected) if index is None else index
        self.expected[place:place] = tracks

    @precondition(lambda self: self.expected)
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        gone = self._some(data)
        places = {self.session.queue.place(one) for one in gone}
        self._do(s.remove, self._moment(), gone)
        self.expected = [track for place, track in enumerate(self.expected) if place not in places]

    @precondition(lambda self: self.expected)
    @rule(data=st.data())
    def move(self, data: st.DataObject) -> None:
        one = self._some(data, 1)[0]
        index = data.draw(st.integers(0, len(self.expected) - 1))
        place, before = self.session.queue.place(one), self.session.entry
        self._do(s.move, one, index)
        self.expected.insert(index, self.expected.pop(place))
        assert self.session.entry == before

    @precondition(lambda self: self.expected)
    @rule(data=st.data())
    def jump(self, data: st.DataObject) -> None:
        one = self._some(data, 1)[0]
        self._do(s.jump, self._moment(), one)
        assert self.session.playing
        assert self.session.queue.place(one) == self.session.index

    @rule(act=st.sampled_from([s.pause, s.stop, s.skip, s.previous]))
    def go(self, act: Callable[..., Session]) -> None:
        self._do(act, self._moment())

    @precondition(lambda self: self.expected)
    @rule(position_ms=st.integers(0, 10**7))
    def seek(self, position_ms: int) -> None:
        self._do(s.play, self._moment())
        self._do(s.seek, self._moment(), position_ms)

    @precondition(lambda self: self.session.playing)
    @rule()
    def end(self) -> None:
        entry, coming = self.session.entry, self.session.after()
        assert entry is not None
        self._do(s.ended, self._moment(), entry.id, 0)
        assert self.session.playing == (coming is not None)
        assert coming is None or self.session.entry == coming

    @precondition(lambda self: self.session.playing and self.session.repeat is Repeat.OFF)
    @rule()
    def there_and_back(self) -> None:
        before, moment = self.session, self._moment()
        there = s.skip(before, moment)
        if there.entry != before.entry:
            assert s.previous(there, moment).entry == before.entry

    @rule(shuffle=st.booleans(), seed=st.integers(0, 2**32))
    def shuffle(self, shuffle: bool, seed: int) -> None:
        before = self.session.entry
        self._do(s.set_shuffle, shuffle, seed)
        assert (self.session.shuffle, self.session.entry) == (shuffle, before)

    @rule(repeat=st.sampled_from(Repeat), rate=st.floats(0.25, 4))
    def set_modes(self, repeat: Repeat, rate: float) -> None:
        self._do(s.set_repeat, repeat)
        self._do(s.set_rate, self._moment(), rate)

    @invariant()
    def the_queue_is_what_was_asked_for(self) -> None:
        queue = self.session.queue
        assert [entry.track_id for entry in queue.entries] == self.expected
        every = [entry.id for entry in queue.entries]
        assert len(set(every)) == len(every)
        assert sorted(queue.line()) == sorted(every)

    @invariant()
    def something_of_it_plays_or_nothing(self) -> None:
        session = self.session
        assert (session.index == NOWHERE) == (not self.expected)
        assert session.index < len(self.expected)
        assert session.entry is not None or not session.playing
        assert session.position_ms >= 0
        assert session.position_at(self.now + 10**6) >= session.position_at(self.now) >= 0

    @invariant()
    def it_can_be_written_down(self) -> None:
        raw = msgspec.json.encode(self.session)
        assert msgspec.json.decode(raw, type=Session) == self.session


Commands.TestCase.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
TestCommands = Commands.TestCase
