"""The plan of a device: what rules want, as far as there is room, the first rule first."""

from hypothesis import given
from hypothesis import strategies as st

from sarau.sync.comparing import NamedHashes
from sarau.sync.planning import Held, Wanted, plan, sums
from sarau.sync.schemas import PlanAction

A, B, C, D = (f"{number:064x}" for number in range(4))


def actions(wanted: list[Wanted], held: list[Held], limit: int | None) -> list[tuple[str, str, int]]:
    """Return what is planned."""
    return [(item.action, item.hash, item.rule_index) for item in plan(wanted, held, limit)]


def test_what_is_wanted_is_fetched_kept_or_dropped() -> None:
    wanted = [Wanted(0, "a", A, 10), Wanted(1, "b", B, 20), Wanted(2, "a", A, 10)]
    held = [Held(B, "b", 20), Held(C, "", 0)]
    assert actions(wanted, held, None) == [("drop", C, -1), ("fetch", A, 0), ("keep", B, 1)]


def test_the_first_rule_has_the_room() -> None:
    wanted = [Wanted(0, "a", A, 60), Wanted(1, "b", B, 60), Wanted(1, "c", C, 40), Wanted(2, "d", D, 1)]
    held = [Held(B, "b", 60), Held(D, "d", 1)]
    assert actions(wanted, held, 100) == [("drop", B, 1), ("drop", D, 2), ("fetch", A, 0), ("fetch", C, 1)]
    assert actions(wanted[:2], [], 100) == [("fetch", A, 0), ("no_space", B, 1)]


_hashes = st.integers(0, 30).map("{:064x}".format)
_wanted = st.lists(st.builds(Wanted, st.integers(0, 5), st.just("t"), _hashes, st.integers(0, 100)), max_size=40)
_held = st.lists(st.builds(Held, _hashes, st.just("t"), st.integers(0, 100)), max_size=30)


@given(_wanted.map(sorted), _held, st.none() | st.integers(0, 1500))
def test_a_plan_names_every_file_once_and_fits(wanted: list[Wanted], held: list[Held], limit: int | None) -> None:
    items = list(plan(wanted, held, limit))
    named = [item.hash for item in items]
    assert sorted(named) == sorted({file.sha256 for file in wanted} | {file.sha256 for file in held})
    on_device = {file.sha256 for file in held}
    there = [item for item in items if item.action in (PlanAction.KEEP, PlanAction.FETCH)]
    assert limit is None or sum(item.size_bytes for item in there) <= limit
    for item in items:
        assert (item.hash in on_device) == (item.action in (PlanAction.KEEP, PlanAction.DROP))
    drops = [item.action is PlanAction.DROP for item in items]
    assert drops == sorted(drops, reverse=True)  # room is made before it is filled
    assert [(one.action, one.count) for one in sums(items)] == [
        (action, sum(item.action is action for item in items)) for action in PlanAction
    ]
    if limit is None:
        assert all(item.rule_index == -1 for item in items if item.action is PlanAction.DROP)


@given(
    st.sets(st.binary(min_size=32, max_size=32).map(bytes.hex)),
    st.sets(st.binary(min_size=32, max_size=32).map(bytes.hex)),
)
def test_hashes_that_were_named_are_known(named: set[str], others: set[str]) -> None:
    known = NamedHashes()
    half = len(named) // 2
    known.add(list(named)[:half])
    assert all((sha256 in known) == (sha256 in list(named)[:half]) for sha256 in named)
    known.add(list(named)[half:])
    assert len(known) == len(named)
    assert {sha256 for sha256 in named | others if sha256 in known} == named
