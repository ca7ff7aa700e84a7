"""PostgreSQL through asyncpg."""

from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Any

import asyncpg
from sqlalchemy.dialects.postgresql import asyncpg as dialect
from sqlalchemy.engine import Dialect

from sarau.foundation.database.dialects.engine import Row
from sarau.foundation.database.errors import Clash, DatabaseFull, DatabaseUnavailable
from sarau.foundation.database.query import Compiled

# The server goes down, has no connection left, or ended ours, also at this very moment: the driver's internal error.
_UNAVAILABLE = (
    asyncpg.InternalClientError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.TooManyConnectionsError,
    OSError,
)


@contextmanager
def _translation() -> Iterator[None]:
    try:
        yield
    except (asyncpg.UniqueViolationError, asyncpg.ForeignKeyViolationError) as error:
        raise Clash(constraint=error.constraint_name) from error
    except (asyncpg.DeadlockDetectedError, asyncpg.SerializationError) as error:
        raise Clash from error
    except asyncpg.DiskFullError as error:
        raise DatabaseFull from error
    except _UNAVAILABLE as error:
        raise DatabaseUnavailable from error
    except asyncpg.InterfaceError as error:
        if "connection" in str(error) or "pool" in str(error):
            raise DatabaseUnavailable from error
        raise


class _PostgresConnection:
    """Takes a pooled connection at the first statement and holds it until released."""

    def __init__(self, pool: Any) -> None:
        self._pool = pool
        self.raw: Any = None

    async def take(self) -> Any:
        """Return the driver's connection; raises DatabaseUnavailable, whatever keeps us from having one."""
        if self.raw is None:
            try:
                with _translation():
                    self.raw = await self._pool.acquire()
            except asyncpg.PostgresError as error:
                raise DatabaseUnavailable from error
        return self.raw

    async def release(self) -> None:
        """Give the connection back."""
        if self.raw is not None:
            raw, self.raw = self.raw, None
            await self._pool.release(raw)

    async def fetch(self, compiled: Compiled, arguments: Row, slow: bool) -> Sequence[Row]:  # noqa: ARG002
        """Return all rows."""
        raw = self.raw or await self.take()
        with _translation():
            rows: Sequence[Row] = await raw.fetch(compiled.sql, *arguments)
        return rows

    async def execute(self, compiled: Compiled, arguments: Row, slow: bool) -> int:  # noqa: ARG002
        """Run and return how many rows were changed."""
        raw = self.raw or await self.take()
        with _translation():
            status: str = await raw.execute(compiled.sql, *arguments)
        count = status.rpartition(" ")[2]
        return int(count) if count.isdecimal() else 0

    async def execute_many(self, compiled: Compiled, rows: Iterable[Row], slow: bool) -> None:  # noqa: ARG002
        """Run once for each row of arguments."""
        raw = self.raw or await self.take()
        with _translation():
            await raw.executemany(compiled.sql, rows)


class PostgresEngine:
    """A pool of connections."""

    def __init__(self, url: str, *, pool_size: int = 10) -> None:
        self.url = url
        self._pool_size = pool_size
        self.dialect: Dialect = dialect.dialect()  # type: ignore[no-untyped-call]

    async def open(self) -> None:
        """Connect; raises DatabaseUnavailable."""
        try:
            self._pool = await asyncpg.create_pool(
                self.url,
                min_size=1,
                max_size=self._pool_size,
                statement_cache_size=512,
                server_settings={"application_name": "sarau", "jit": "off", "default_transaction_read_only": "on"},
                reset=_keep_state,
            )
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, ValueError) as error:
            raise DatabaseUnavailable(f"Cannot connect to PostgreSQL: {error}.") from error

    async def close(self) -> None:
        """Close all connections."""
        await self._pool.close()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[_PostgresConnection]:
        """Lend a connection, taken from the pool at the first statement; each statement stands alone."""
        connection = _PostgresConnection(self._pool)
        try:
            yield connection
        finally:
            await connection.release()

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[_PostgresConnection]:
        """Lend a connection inside a transaction."""
        connection = _PostgresConnection(self._pool)
        raw = await connection.take()
        try:
            with _translation():
                await raw.execute("BEGIN READ WRITE")
            try:
                yield connection
            except BaseException:
                # Where the connection broke there is nothing left to roll back, and the first error tells more.
                with suppress(asyncpg.PostgresError, asyncpg.InterfaceError, *_UNAVAILABLE):
                    await raw.execute("ROLLBACK")
                raise
            with _translation():
                if await raw.execute("COMMIT") == "ROLLBACK":  # a clash was not let through
                    raise Clash
        finally:
            await connection.release()

    async def analyze(self) -> None:
        """Refresh all statistics."""
        async with self._pool.acquire() as raw:
            await raw.execute("ANALYZE")

    async def size_bytes(self) -> int:
        """Return the size of the database."""
        async with self.reading() as connection:
            raw = await connection.take()
            with _translation():
                size: int = await raw.fetchval("SELECT pg_database_size(current_database())")
        return size


async def _keep_state(connection: Any) -> None:
    """Skip the driver's reset, a round trip on every release: we change no session state."""
