"""Moments: aware UTC datetimes in Python, milliseconds since 1970 in the database."""

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def now() -> datetime:
    """Return this moment, in whole milliseconds, so that it survives being stored."""
    return from_ms(to_ms(datetime.now(UTC)))


def to_ms(moment: datetime) -> int:
    """Return milliseconds since 1970 of an aware datetime."""
    return (moment - _EPOCH) // _MILLISECOND


def from_ms(ms: int) -> datetime:
    """Return the UTC datetime of milliseconds since 1970."""
    return _EPOCH + timedelta(milliseconds=ms)
