"""Work: one transaction, with the events it gives rise to."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol

from sqlalchemy.engine import Dialect

from sarau.foundation.database.dialects.engine import Connection
from sarau.foundation.database.query import Change
from sarau.foundation.database.reader import Reader
from sarau.foundation.events.event import Event


class Outbox(Protocol):
    """Where events go."""

    async def record(self, work: "Work", event: Event) -> None:
        """Write down, in the same transaction, what is to be done about an event."""
        ...


class Work(Reader):
    """A unit of work: opened and committed by the edge only; commands check, write and publish in it."""

    def __init__(self, connection: Connection, dialect: Dialect, outbox: Outbox | None) -> None:
        super().__init__(connection, dialect)
        self._outbox = outbox
        self.after_commit: list[Callable[[], None]] = []

    async def run(self, change: Change, /, **parameters: Any) -> int:
        """Run a statement and return how many rows it changed; raises Clash."""
        compiled = change.on(self._dialect)
        return await self._connection.execute(compiled, compiled.arguments(parameters), change.slow)

    async def run_many(self, change: Change, rows: Iterable[Mapping[str, Any]]) -> None:
        """Run a statement once for each set of parameters; raises Clash."""
        compiled = change.on(self._dialect)
        arguments = [compiled.arguments(row) for row in rows]
        if arguments:
            await self._connection.execute_many(compiled, arguments, change.slow)

    async def publish(self, event: Event) -> None:
        """Tell what happened; it is heard if and when this transaction commits."""
        if self._outbox is not None:
            await self._outbox.record(self, event)
