"""Reader: questions to the database, nothing else."""

from typing import Any, TypeVar

from sqlalchemy.engine import Dialect

from sarau.foundation.database.dialects.engine import Connection
from sarau.foundation.database.query import Query

R = TypeVar("R")


class Reader:
    """Runs queries on one connection."""

    def __init__(self, connection: Connection, dialect: Dialect) -> None:
        self._connection = connection
        self._dialect = dialect

    async def all(self, query: Query[R], /, **parameters: Any) -> list[R]:
        """Return all rows."""
        compiled = query.on(self._dialect)
        raws = await self._connection.fetch(compiled, compiled.arguments(parameters), query.slow)
        return query.rows(compiled, raws)

    async def first(self, query: Query[R], /, **parameters: Any) -> R | None:
        """Return the first row or None."""
        rows = await self.all(query, **parameters)
        return rows[0] if rows else None

    async def one(self, query: Query[R], /, **parameters: Any) -> R:
        """Return the only row of a query that always has one, such as a count."""
        rows = await self.all(query, **parameters)
        return rows[0]
