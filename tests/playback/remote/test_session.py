"""Sessions follow commands: what holds after any of them, and what each is for."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sarau.foundation.errors import Invalid
from sarau.playback.remote import session as s
from sarau.playback.remote.errors import EntryNotFound, QueueChanged, QueueFull
from sarau.playback.remote.messages import PauseCommand, PlayCommand
from sarau.playback.remote.obeying import obey
from sarau.playback.remote.queue import NOWHERE
from sarau.playback.remote.schemas import MAX_ENTRIES, Repeat
from sarau.playback.remote.session import Moment, Session

TRACKS = ["a", "b", "c", "d", "e"]
SECOND_US = 1_000_000


def at(seconds: float, lead_ms: int = 0) -> Moment:
    return Moment(round(seconds * SECOND_US), lead_ms * 1000)


def playing(index: int = 0, tracks: list[str] = TRACKS, position_ms: int = 0) -> Session:
    """Return a session that began to play at second 0."""
    return s.load(Session(), at(0), tracks, index, position_ms, playing=True)


def tracks_of(session: Session) -> str:
    return "".join(entry.track_id for entry in session.queue.entries)


def heard(session: Session) -> str:
    return session.entry.track_id if session.entry else ""


def ids(session: Session, tracks: str) -> list[str]:
    return [entry.id for entry in session.queue.entries if entry.track_id in tracks]


def line(session: Session) -> str:
    """Return the tracks in the order they are played."""
    named = {entry.id: entry.track_id for entry in session.queue.entries}
    return "".join(named[entry_id] for entry_id in session.queue.line())


def test_the_position_follows_from_the_clock() -> None:
    session = playing(position_ms=500)
    assert session.position_at(2 * SECOND_US) == 2500
    session = s.set_rate(session, at(2), 1.5)
    assert (session.position_at(2 * SECOND_US), session.position_at(4 * SECOND_US)) == (2500, 5500)
    session = s.pause(session, at(4))
    assert session.position_at(99 * SECOND_US) == 5500
    session = s.play(session, at(100))
    assert session.position_at(101 * SECOND_US) == 7000
    session = s.seek(session, at(102), 60_000)
    assert session.position_at(103 * SECOND_US) == 61_500
    session = s.stop(session, at(104))
    assert (session.playing, session.position_at(200 * SECOND_US), heard(session)) == (False, 0, "a")


def test_several_devices_begin_a_little_later_and_together() -> None:
    session = s.seek(playing(), at(10, lead_ms=200), 30_000)
    assert session.at_us == 10_200_000
    assert [session.position_at(us) for us in (10_000_000, 10_200_000, 11_200_000)] == [30_000, 30_000, 31_000]
    assert s.pause(session, at(10.1)).position_ms == 30_000  # paused before it began
    paused = s.seek(s.pause(session, at(12)), at(13, lead_ms=200), 5_000)
    assert paused.at_us == 13_000_000  # nothing to be ready for


def test_next_and_previous_go_through_the_queue() -> None:
    session = playing()
    session = s.skip(session, at(1))
    assert heard(session) == "b"
    assert heard(s.previous(session, at(4))) == "a"  # exactly three seconds
    assert heard(s.previous(session, at(4.001))) == "b"
    assert s.previous(session, at(5)).position_at(5 * SECOND_US) == 0
    first = s.previous(playing(), at(1))
    assert (heard(first), first.position_at(SECOND_US)) == ("a", 0)


def test_the_end_of_the_queue_ends_playing_unless_it_is_repeated() -> None:
    last = playing(index=4)
    over = s.skip(last, at(1))
    assert (over.playing, heard(over), over.position_ms) == (False, "e", 0)
    for repeat in (Repeat.ALL, Repeat.ONE):
        again = s.skip(s.set_repeat(last, repeat), at(1))
        assert (again.playing, heard(again)) == (True, "a")
        assert heard(s.previous(s.set_repeat(playing(), repeat), at(1))) == "e"


@pytest.mark.parametrize(
    ("repeat", "index", "coming"),
    [
        (Repeat.OFF, 1, "c"),
        (Repeat.OFF, 4, ""),
        (Repeat.ALL, 4, "a"),
        (Repeat.ONE, 1, "b"),
    ],
)
def test_what_ends_by_itself_is_followed(repeat: Repeat, index: int, coming: str) -> None:
    session = s.set_repeat(playing(index), repeat)
    after = session.after()
    assert (after.track_id if after else "") == coming
    entry = session.entry
    assert entry is not None
    told = s.ended(session, at(180), entry.id, 180_000)
    assert (told.playing, heard(told) if told.playing else "") == (bool(coming), coming)
    assert told.position_ms == 0


def test_only_the_first_of_several_devices_ends_an_entry() -> None:
    session = s.sound_from(playing(tracks=["a", "a", "b"]), at(0), ("kitchen", "phone"))
    first = session.entry
    assert first is not None
    once = s.ended(session, at(180, 100), first.id, 180_000)
    twice = s.ended(once, at(180.05, 100), first.id, 180_000)
    assert once.index == twice.index == 1
    same = s.set_repeat(session, Repeat.ONE)
    once = s.ended(same, at(180, 100), first.id, 180_000)
    assert s.ended(once, at(180.05, 100), first.id, 180_000) == once
    later = s.ended(once, at(360.1, 100), first.id, 180_000)
    assert later.at_us == 360_200_000


def test_nothing_ends_that_does_not_play() -> None:
    session = playing()
    entry = session.entry
    assert entry is not None
    paused = s.pause(session, at(1))
    assert s.ended(paused, at(2), entry.id, 180_000) == paused
    assert s.ended(session, at(2), "another", 180_000) == session
    assert s.ended(Session(), at(2), entry.id, 180_000) == Session()


def test_shuffling_keeps_what_plays_and_comes_back_to_the_order() -> None:
    session = s.set_shuffle(s.skip(playing(), at(1)), shuffle=True, seed=7)
    assert (heard(session), session.shuffle, session.position_at(2 * SECOND_US)) == ("b", True, 1000)
    assert line(session)[0] == "b"
    assert sorted(line(session)) == TRACKS
    assert line(session) == line(s.set_shuffle(s.skip(playing(), at(1)), shuffle=True, seed=7))
    orders = {line(s.set_shuffle(playing(), shuffle=True, seed=seed)) for seed in range(40)}
    assert len(orders) > 10
    went = ""
    for _ in range(4):
        session = s.skip(session, at(2))
        went += heard(session)
    assert went == line(session)[1:]
    for before in reversed(line(session)[:-1]):
        session = s.previous(session, at(2))
        assert heard(session) == before
    ordered = s.set_shuffle(session, shuffle=False, seed=0)
    assert (heard(ordered), heard(s.skip(ordered, at(3)))) == ("b", "c")


def test_what_comes_into_a_shuffled_queue_is_played_after_what_plays() -> None:
    session = s.set_shuffle(playing(index=2), shuffle=True, seed=3)
    before = line(session)
    session = s.append(session, at(1), list("xyz"), None)
    assert tracks_of(session) == "abcdexyz"
    assert line(session)[0] == "c"
    assert [track for track in line(session) if track in "abcde"] == list(before)
    session = s.append(session, at(1), ["n", "o"], session.index + 1)
    assert line(session)[1:3] == "no"  # asked to be next, shuffled or not
    assert tracks_of(session)[3:5] == "no"


def test_a_new_queue_is_shuffled_too() -> None:
    session = s.set_shuffle(playing(), shuffle=True, seed=1)
    session = s.load(session, at(5), list("uvwxyz"), 3, 1500, playing=True)
    assert (heard(session), session.shuffle, line(session)[0]) == ("x", True, "x")
    assert (sorted(line(session)), session.position_at(6 * SECOND_US)) == (list("uvwxyz"), 2500)
    empty = s.load(session, at(6), [], 0, 0, playing=True)
    assert (empty.entry, empty.playing, empty.index, empty.shuffle) == (None, False, NOWHERE, True)


def test_the_queue_grows_where_it_is_asked_to() -> None:
    session = s.append(Session(), at(0), ["a", "c"], None)
    assert (heard(session), session.playing) == ("a", False)
    session = s.append(s.skip(session, at(0)), at(0), ["b"], 1)
    assert (tracks_of(session), heard(session)) == ("abc", "c")
    session = s.append(session, at(0), ["0"], 0)
    assert (tracks_of(session), heard(session), session.queue.version) == ("0abc", "c", 3)
    assert s.append(session, at(0), [], None) == session
    with pytest.raises(Invalid, match="only 4 entries"):
        s.append(session, at(0), ["x"], 5)


def test_a_queue_holds_ten_thousand_and_no_more() -> None:
    session = s.load(Session(), at(0), ["t"] * (MAX_ENTRIES - 1), 0, 0, playing=False)
    full = s.append(s.set_shuffle(session, shuffle=True, seed=1), at(0), ["t"], None)
    assert len(full.queue.entries) == len(full.queue.line()) == MAX_ENTRIES
    with pytest.raises(QueueFull):
        s.append(full, at(0), ["t"], None)


def test_entries_move_and_what_plays_goes_on() -> None:
    session = playing(index=1)
    (b,) = ids(session, "b")
    moved = s.move(session, b, 4)
    assert (tracks_of(moved), heard(moved), moved.position_at(SECOND_US)) == ("acdeb", "b", 1000)
    assert tracks_of(s.move(moved, b, 0)) == "bacde"
    assert s.move(session, b, 1).index == 1
    with pytest.raises(Invalid, match="only 5 entries"):
        s.move(session, b, 5)
    with pytest.raises(EntryNotFound):
        s.move(session, "nobody", 0)


def test_what_is_removed_makes_room_for_what_follows() -> None:
    session = playing(index=1)
    assert heard(s.remove(session, at(1), ids(session, "a"))) == "b"
    gone = s.remove(session, at(1), ids(session, "bc"))
    assert (tracks_of(gone), heard(gone), gone.playing, gone.position_at(2 * SECOND_US)) == ("ade", "d", True, 1000)
    last = s.remove(session, at(1), ids(session, "bcde"))
    assert (heard(last), last.playing) == ("a", False)
    around = s.remove(s.set_repeat(session, Repeat.ALL), at(1), ids(session, "bcde"))
    assert (heard(around), around.playing) == ("a", True)
    nothing = s.remove(session, at(1), ids(session, "abcde"))
    assert (nothing.entry, nothing.playing, nothing.index) == (None, False, NOWHERE)
    with pytest.raises(EntryNotFound):
        s.remove(session, at(1), ["nobody"])


def test_nothing_can_be_played_of_an_empty_queue() -> None:
    for act in (lambda: s.play(Session(), at(0)), lambda: s.seek(Session(), at(0), 5)):
        with pytest.raises(EntryNotFound, match="empty"):
            act()
    assert s.skip(Session(), at(0)).entry is s.previous(Session(), at(0)).entry is None


def test_sound_goes_over_without_a_break() -> None:
    session = s.sound_from(playing(), at(0), ("phone",))
    both = s.sound_from(session, at(5, 300), ("phone", "kitchen", "phone"))
    assert both.sounding == ("phone", "kitchen")
    assert (both.position_ms, both.at_us) == (session.position_ms, session.at_us)  # the phone goes on as it does
    moved = s.sound_from(both, at(9, 300), ("bath", "attic"))
    assert (moved.position_ms, moved.at_us) == (9300, 9_300_000)
    assert moved.position_at(10 * SECOND_US) == both.position_at(10 * SECOND_US)


def test_a_device_is_believed_where_it_is() -> None:
    session = s.sound_from(playing(), at(0), ("phone",))
    entry = session.entry
    assert entry is not None
    assert s.correct(session, entry.id, 4950, 5 * SECOND_US, 0) == session  # that is no difference
    stalled = s.correct(session, entry.id, 4000, 5 * SECOND_US, 0)
    assert stalled.position_at(6 * SECOND_US) == 5000
    assert s.correct(session, "another", 4000, 5 * SECOND_US, 0) == session
    sought = s.seek(session, at(5), 90_000)
    assert s.correct(sought, entry.id, 5020, 5_020_000, 100_000) == sought  # it had not heard of that yet
    assert s.correct(sought, entry.id, 89_000, 5_500_000, 100_000).position_ms == 89_000


def test_a_command_for_an_older_queue_is_refused() -> None:
    session = playing()
    assert obey(session, PauseCommand(queue_version=1), at(1), 0).playing is False
    with pytest.raises(QueueChanged):
        obey(s.append(session, at(1), ["x"], None), PauseCommand(queue_version=1), at(1), 0)
    assert obey(s.pause(session, at(1)), PlayCommand(), at(2), 0).playing is True


@given(st.data())
@settings(max_examples=50)
def test_positions_only_rise_while_it_plays(data: st.DataObject) -> None:
    session = playing(position_ms=data.draw(st.integers(0, 10**6)))
    session = s.set_rate(session, at(1), data.draw(st.floats(0.25, 4)))
    moments = sorted(data.draw(st.lists(st.integers(0, 10**10), min_size=2)))
    positions = [session.position_at(moment) for moment in moments]
    assert positions == sorted(positions)
