"""Figures that the bench draws from samples."""

import pytest
from bench.stats import percentile, ratio
from hypothesis import given
from hypothesis import strategies as st

figures = st.lists(st.floats(0.001, 1e6), min_size=1, max_size=50)


def test_the_99th_of_a_hundred_is_exceeded_by_one() -> None:
    assert percentile(list(range(1, 101)), 0.99) == 99


def test_a_percentile_of_few_values_is_one_of_them() -> None:
    assert percentile([3.0, 1.0, 2.0], 0.5) == 2.0
    assert percentile([3.0, 1.0, 2.0], 0.99) == 3.0


@given(figures, st.floats(0, 1))
def test_no_more_than_the_rest_exceeds_a_percentile(values: list[float], share: float) -> None:
    found = percentile(values, share)
    assert found in values
    assert sum(value > found for value in values) <= (1 - share) * len(values) + 1e-9


@pytest.mark.parametrize("share", [-0.1, 1.1])
def test_a_share_outside_its_domain_is_refused(share: float) -> None:
    with pytest.raises(ValueError, match="share"):
        percentile([1.0], share)


def test_nothing_has_no_percentile() -> None:
    with pytest.raises(ValueError, match="no values"):
        percentile([], 0.5)


def test_runs_that_took_turns_are_compared_with_their_neighbours() -> None:
    # The machine was twice as fast in the second turn: the ratio does not care.
    assert ratio([50, 100, 50], [100, 200, 100]) == 0.5
    assert ratio([50, 100, 60], [100, 200, 100]) == 0.5


def test_unlike_counts_are_compared_by_their_medians() -> None:
    assert ratio([10, 20, 30], [40]) == 0.5


@pytest.mark.parametrize(("ours", "theirs"), [([], [1.0]), ([1.0], []), ([1.0], [0.0]), ([1.0, 2.0], [0.0])])
def test_there_is_no_ratio_to_nothing(ours: list[float], theirs: list[float]) -> None:
    assert ratio(ours, theirs) is None
