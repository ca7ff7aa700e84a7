"""Moments survive being stored as milliseconds."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sarau.kit.times import from_ms, now, to_ms

FIRST, LAST = (to_ms(datetime(year, 1, 1, tzinfo=UTC)) for year in (1, 9999))


@given(st.integers(FIRST, LAST))
def test_milliseconds_survive_the_way_there_and_back(ms: int) -> None:
    assert to_ms(from_ms(ms)) == ms


@given(st.datetimes(datetime(1900, 1, 1), timezones=st.timezones()))  # noqa: DTZ001 - the strategy wants naive bounds
def test_a_moment_loses_less_than_a_millisecond_whatever_its_zone(moment: datetime) -> None:
    stored = from_ms(to_ms(moment))

    assert timedelta(0) <= moment - stored < timedelta(milliseconds=1)
    assert stored.tzinfo is UTC


def test_this_moment_survives_being_stored() -> None:
    moment = now()

    assert from_ms(to_ms(moment)) == moment
    assert abs(datetime.now(UTC) - moment) < timedelta(minutes=1)


def test_known_moments() -> None:
    assert to_ms(datetime(1970, 1, 1, tzinfo=UTC)) == 0
    assert to_ms(datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)) == -1
    assert to_ms(datetime(2020, 1, 1, 1, tzinfo=timezone(timedelta(hours=1)))) == 1_577_836_800_000


def test_a_time_without_zone_is_an_error_and_not_a_guess() -> None:
    with pytest.raises(TypeError):
        to_ms(datetime(2020, 1, 1))  # noqa: DTZ001 - that is the point
