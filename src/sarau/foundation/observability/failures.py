"""Errors that nobody expected, kept in the activity log."""

from contextlib import suppress
from typing import ClassVar

from sarau.foundation.database.database import Database
from sarau.foundation.errors import DomainError
from sarau.foundation.events.event import Event


class Failed(Event, frozen=True, kw_only=True):
    """Something broke; the log has the whole story under the same request id."""

    activity: ClassVar[str | None] = "error"
    where: str
    kind: str


async def record_failure(database: Database, where: str, error: Exception) -> None:
    """Write an unexpected error into the activity log; a database that is down too is no further trouble."""
    with suppress(DomainError):
        async with database.working() as work:
            await work.publish(Failed(where=where[:500], kind=type(error).__name__))
