"""Database: where edges open a Reader or a Work."""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Self

from sarau.foundation.database.dialects.engine import Engine
from sarau.foundation.database.dialects.sqlite import SqliteEngine
from sarau.foundation.database.reader import Reader
from sarau.foundation.database.work import Outbox, Work


class Database:
    """An open database.

    `outbox` takes the events of every Work, `measure` the seconds each was open; `commits` counts those of this
    process.
    """

    def __init__(
        self, engine: Engine, outbox: Outbox | None = None, measure: Callable[[float], None] | None = None
    ) -> None:
        self.engine = engine
        self.outbox = outbox
        self.commits = 0
        self._measure = measure

    async def __aenter__(self) -> Self:
        await self.engine.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.engine.close()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Reader]:
        """Open a Reader; close it before streaming an answer."""
        async with self.engine.reading() as connection:
            yield Reader(connection, self.engine.dialect)

    @asynccontextmanager
    async def working(self) -> AsyncIterator[Work]:
        """Open a Work: commits when the block ends well, and then calls what waits for the commit."""
        began = time.perf_counter()
        async with self.engine.writing() as connection:
            work = Work(connection, self.engine.dialect, self.outbox)
            yield work
        self.commits += 1
        if self._measure is not None:
            self._measure(time.perf_counter() - began)
        for callback in work.after_commit:
            callback()


def engine_for(url: str, *, pool_size: int = 10) -> Engine:
    """Return the engine of a database URL, sqlite:///path or postgresql://…; raises ValueError.

    PostgreSQL gets at most `pool_size` connections.
    """
    scheme, _, rest = url.partition("://")
    if scheme == "sqlite" and rest.startswith("/") and len(rest) > 1:
        return SqliteEngine(Path(rest[1:]))
    if scheme in ("postgresql", "postgres"):
        # Its driver takes a tenth of a start, which houses on SQLite can do without.
        from sarau.foundation.database.dialects.postgres import PostgresEngine

        return PostgresEngine(url, pool_size=pool_size)
    raise ValueError(f"database url: {scheme!r} is not sqlite:///path or postgresql://user@host/name")
