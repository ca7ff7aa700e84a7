"""What a database driver does for us."""

from collections.abc import Iterable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol

from sqlalchemy.engine import Dialect

from sarau.foundation.database.query import Compiled

Row = Sequence[Any]


class Connection(Protocol):
    """Runs compiled statements; used by one task at a time."""

    async def fetch(self, compiled: Compiled, arguments: Row, slow: bool) -> Sequence[Row]:
        """Return all rows."""
        ...

    async def execute(self, compiled: Compiled, arguments: Row, slow: bool) -> int:
        """Run and return how many rows were changed."""
        ...

    async def execute_many(self, compiled: Compiled, rows: Iterable[Row], slow: bool) -> None:
        """Run once for each row of arguments."""
        ...


class Engine(Protocol):
    """A database, open or not."""

    dialect: Dialect

    async def open(self) -> None:
        """Connect; raises DatabaseUnavailable."""
        ...

    async def close(self) -> None:
        """Close all connections."""
        ...

    def reading(self) -> AbstractAsyncContextManager[Connection]:
        """Lend a connection that cannot write."""
        ...

    def writing(self) -> AbstractAsyncContextManager[Connection]:
        """Lend a connection inside a transaction: committed at the end, rolled back on an error."""
        ...

    async def analyze(self) -> None:
        """Refresh the statistics that the query planner uses."""
        ...

    async def size_bytes(self) -> int:
        """Return how much disk the database takes."""
        ...
