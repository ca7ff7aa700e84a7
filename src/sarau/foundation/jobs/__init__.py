"""The Jobs port: slow work, enqueued in the transaction of the change that asks for it."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, Protocol

from sarau.foundation.database.work import Work

JobFunction = Callable[..., Awaitable[None]]


class Jobs(Protocol):
    """Runs functions by name, at least once each.

    A job is not seen before the transaction that enqueued it commits. One that fails is tried again with growing
    pauses, at most max_attempts times, then kept as failed. One whose process dies is taken up by another.
    """

    def register(self, name: str, function: JobFunction, *, max_attempts: int = 8) -> None:
        """Say which function a name stands for; its arguments are plain values."""
        ...

    def every(self, seconds: float, name: str, function: JobFunction) -> None:
        """Run a function again and again, once per period over all processes."""
        ...

    async def enqueue(
        self,
        work: Work,
        name: str,
        *,
        run_at: datetime | None = None,
        unique: str | None = None,
        **arguments: Any,
    ) -> str:
        """Record a job in the open transaction; `unique` drops it while a same-named one is waiting."""
        ...

    async def run(self) -> None:
        """Run jobs until cancelled."""
        ...
