"""SQLite through the standard library: short statements on the event loop, long ones in threads."""

import asyncio
import random
import sqlite3
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import Dialect

from sarau.foundation.database.dialects.engine import Row
from sarau.foundation.database.errors import Clash, DatabaseFull, DatabaseUnavailable
from sarau.foundation.database.query import Compiled

T = TypeVar("T")

BUSY_PATIENCE_S = 60
_SLOW_READERS = 4
_CACHE_KIB = 16_000
_SLOW_CACHE_KIB = 6_000  # of each: what they read the system keeps too
_CHECKPOINT_AT_BYTES = 8 << 20
_TRUNCATE_AT_BYTES = 64 << 20
# Who has the database open reads new statistics only with a new schema: so there is a view for a moment.
_ANALYZE = ("BEGIN IMMEDIATE", "ANALYZE", "CREATE VIEW analyzed AS SELECT 1", "DROP VIEW analyzed", "COMMIT")


def connect(
    path: Path, *, writes: bool, patience_ms: int = 10_000, cache_kib: int = _CACHE_KIB
) -> sqlite3.Connection:
    """Return a connection with our settings, which waits so long for other processes inside of the driver."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, cached_statements=512)
    try:
        connection.execute(f"PRAGMA busy_timeout={patience_ms}")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute(f"PRAGMA cache_size=-{cache_kib}")
        connection.execute("PRAGMA temp_store=MEMORY")
        connection.execute("PRAGMA wal_autocheckpoint=0")  # a checkpoint syncs the disk: not on the event loop
        if not writes:
            connection.execute("PRAGMA query_only=ON")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


_CLASHES = frozenset(
    {
        sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY,
        sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY,
        sqlite3.SQLITE_CONSTRAINT_ROWID,
        sqlite3.SQLITE_CONSTRAINT_UNIQUE,
    }
)
_UNAVAILABLE = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_READONLY,
    }
)


def _translated(error: sqlite3.Error) -> Exception:
    code = getattr(error, "sqlite_errorcode", 0)
    if code in _CLASHES:
        return Clash(constraint=str(error))
    if code & 0xFF == sqlite3.SQLITE_FULL:
        return DatabaseFull()
    if code & 0xFF in _UNAVAILABLE:
        return DatabaseUnavailable(f"The database does not answer: {error}.")
    return error


def _is_busy(error: sqlite3.Error) -> bool:
    return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY


async def _in_thread(function: Callable[[], T]) -> T:
    """Run in a thread and, even when cancelled, let it end before the connection is used again."""
    running = asyncio.ensure_future(asyncio.to_thread(function))
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        while not running.done():  # however often we are cancelled
            with suppress(asyncio.CancelledError):
                await asyncio.wait([running])
        raise


class _SqliteConnection:
    def __init__(self, raw: sqlite3.Connection, slow: Callable[[Callable[[sqlite3.Connection], Any]], Any]) -> None:
        self._raw = raw
        self.clash: Clash | None = None
        self.was_slow = False
        self._slow: Callable[[Callable[[sqlite3.Connection], Any]], Awaitable[Any]] = slow

    async def _run(self, slow: bool, act: Callable[[sqlite3.Connection], T]) -> T:
        try:
            if slow:
                self.was_slow = True
                result: T = await self._slow(act)
                return result
            return act(self._raw)
        except sqlite3.Error as error:
            told = _translated(error)
            if isinstance(told, Clash):
                self.clash = told
            raise told from error

    async def fetch(self, compiled: Compiled, arguments: Row, slow: bool) -> Sequence[Row]:
        """Return all rows."""
        return await self._run(slow, lambda raw: raw.execute(compiled.sql, arguments).fetchall())

    async def execute(self, compiled: Compiled, arguments: Row, slow: bool) -> int:
        """Run and return how many rows were changed."""
        return await self._run(slow, lambda raw: raw.execute(compiled.sql, arguments).rowcount)

    async def execute_many(self, compiled: Compiled, rows: Iterable[Row], slow: bool) -> None:
        """Run once for each row of arguments."""
        await self._run(slow, lambda raw: raw.executemany(compiled.sql, rows))


async def _commit(raw: sqlite3.Connection, *, slow: bool) -> None:
    try:
        if slow:  # a virtual table, such as an index of words, does most of its work now
            await _in_thread(lambda: raw.execute("COMMIT"))
        else:
            raw.execute("COMMIT")
    except sqlite3.Error as error:
        raise _translated(error) from error


def _first_connection(path: Path) -> sqlite3.Connection:
    writer = connect(path, writes=True)
    try:
        _keep_log(writer)
        # From now on it never waits inside the driver, where it would stop the event loop.
        writer.execute("PRAGMA busy_timeout=0")
    except BaseException:
        writer.close()
        raise
    return writer


def _keep_log(writer: sqlite3.Connection) -> None:
    deadline = time.monotonic() + BUSY_PATIENCE_S
    while True:
        try:
            writer.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:  # another process is opening the new file at this moment
            if not _is_busy(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.01)


class SqliteEngine:
    """One file, one writer, any number of readers (write-ahead log)."""

    def __init__(self, path: Path, *, checkpoint_every_s: float = 2) -> None:
        self.path = path
        self._checkpoint_every_s = checkpoint_every_s
        self.dialect: Dialect = sqlite.dialect(paramstyle="qmark")
        self._open_slow: list[sqlite3.Connection] = []

    async def open(self) -> None:
        """Open the file, creating it if need be."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._writer = await asyncio.to_thread(_first_connection, self.path)
            # It waits inside the driver only in the short moments when another process recovers or resets the log.
            self._reader = connect(self.path, writes=False)
        except (sqlite3.Error, OSError) as error:
            raise DatabaseUnavailable(f"Cannot open the database {self.path}: {error}.") from error
        self._lock = asyncio.Lock()
        self._slow_slots = asyncio.Semaphore(_SLOW_READERS)
        self._checkpoints = asyncio.create_task(self._keep_log_short())

    async def close(self) -> None:
        """Close all connections."""
        self._checkpoints.cancel()
        with suppress(asyncio.CancelledError):
            await self._checkpoints
        for connection in (*self._open_slow, self._reader, self._writer):
            connection.close()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[_SqliteConnection]:
        """Lend a connection that cannot write."""
        yield _SqliteConnection(self._reader, self._read_in_thread)

    def _slow_reader(self) -> sqlite3.Connection:
        return connect(self.path, writes=False, cache_kib=_SLOW_CACHE_KIB)

    async def _read_in_thread(self, act: Callable[[sqlite3.Connection], T]) -> T:
        async with self._slow_slots:
            raw = self._open_slow.pop() if self._open_slow else self._slow_reader()
            try:
                return await _in_thread(lambda: act(raw))
            finally:
                self._open_slow.append(raw)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[_SqliteConnection]:
        """Lend the writing connection inside BEGIN IMMEDIATE."""
        raw = self._writer
        async with self._lock:
            await self._begin()
            try:
                connection = _SqliteConnection(raw, lambda act: _in_thread(lambda: act(raw)))
                yield connection
                if connection.clash is not None:  # it was not let through; PostgreSQL would commit nothing either
                    raise connection.clash
                await _commit(raw, slow=connection.was_slow)
            finally:
                if raw.in_transaction:
                    raw.execute("ROLLBACK")

    async def _begin(self) -> None:
        """Take the write lock; while another process has it, wait without stopping the loop."""
        deadline = time.monotonic() + BUSY_PATIENCE_S
        pause_s = 0.001
        while True:
            try:
                self._writer.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError as error:
                if not _is_busy(error) or time.monotonic() > deadline:
                    raise _translated(error) from error
            await asyncio.sleep(pause_s * random.uniform(0.5, 1.5))  # noqa: S311 - jitter, no secret
            pause_s = min(pause_s * 1.5, 0.02)

    async def _keep_log_short(self) -> None:
        log = self.path.with_name(self.path.name + "-wal")
        while True:
            await asyncio.sleep(self._checkpoint_every_s)
            with suppress(OSError, DatabaseUnavailable, DatabaseFull):
                size_bytes = log.stat().st_size
                if size_bytes > _TRUNCATE_AT_BYTES:
                    async with self._lock:  # else it would never find a moment when nobody writes
                        await self._on_own_connection("PRAGMA wal_checkpoint(TRUNCATE)", patience_s=1)
                elif size_bytes > _CHECKPOINT_AT_BYTES:
                    await self._on_own_connection("PRAGMA wal_checkpoint(PASSIVE)", patience_s=1)

    async def _on_own_connection(self, *statements: str, patience_s: int) -> None:
        def run() -> None:
            connection = connect(self.path, writes=True, patience_ms=patience_s * 1000)
            try:
                for sql in statements:
                    connection.execute(sql).fetchall()
            finally:
                connection.close()

        try:
            await _in_thread(run)
        except sqlite3.Error as error:
            raise _translated(error) from error

    async def analyze(self) -> None:
        """Refresh all statistics; PRAGMA optimize samples too little for large libraries."""
        async with self._lock:
            await self._on_own_connection(*_ANALYZE, patience_s=BUSY_PATIENCE_S)

    async def size_bytes(self) -> int:
        """Return the size of the file and its log."""
        paths = (self.path, self.path.with_name(self.path.name + "-wal"))
        return sum(path.stat().st_size for path in paths if path.exists())
