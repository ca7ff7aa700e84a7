"""Indexes of moments: small, ascending, and whatever bytes come in place of one."""

from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from sarau.foundation.media.seeking import OPAQUE, Layout, SeekIndex, SeekPoint, index_of, pack, unpack

points = st.lists(st.tuples(st.integers(0, 1 << 40), st.integers(0, 1 << 50)), max_size=60).map(
    lambda found: [SeekPoint(*pair) for pair in found]
)
indexes = st.builds(index_of, st.sampled_from(Layout), st.integers(0, 1 << 40), points)


@given(indexes)
def test_what_was_packed_is_unpacked(index: SeekIndex) -> None:
    assert unpack(pack(index)) == index


@given(indexes)
def test_points_ascend_in_time_and_place(index: SeekIndex) -> None:
    assert len(index.points) != 1
    assert list(index.points) == sorted(index.points)
    assert len({point.time_ms for point in index.points}) == len({point.offset for point in index.points})


@given(indexes, st.integers(0, 1 << 41))
def test_where_one_begins_is_never_after_what_was_asked_unless_nothing_is_before(
    index: SeekIndex, asked: int
) -> None:
    if index.points:
        found = index.before(asked)
        assert found.time_ms <= asked or found == index.points[0]
        assert found != index.points[-1]
        later = [point for point in index.points[:-1] if found.time_ms < point.time_ms <= asked]
        assert later == []


@given(indexes, st.lists(st.integers(0, 1 << 51), max_size=20))
def test_times_ascend_with_places(index: SeekIndex, places: list[int]) -> None:
    times = [index.time_at(place) for place in sorted(places)]
    assert times == sorted(times)
    for point in index.points:
        assert index.time_at(point.offset) == point.time_ms


@given(st.binary(max_size=200))
def test_anything_else_is_refused(packed: bytes) -> None:
    with suppress(ValueError):
        unpack(b"\1" + packed)
    assert unpack(b"\7" + packed) == OPAQUE


def test_four_minutes_take_a_kilobyte_and_a_half_at_most() -> None:
    for bytes_per_s in (2_000, 40_000, 180_000):
        found = [SeekPoint(second * 930, 5_000_000 + second * bytes_per_s) for second in range(258)]
        assert len(pack(index_of(Layout.FLAC, 0, found))) <= 1536
