"""The log beside a SQLite file does not grow for ever, however much is written."""

from itertools import pairwise
from pathlib import Path

from sqlalchemy import Column, Integer, LargeBinary, MetaData, Table, bindparam, insert, update
from tests.support.tables import create

from sarau.foundation.database.database import Database
from sarau.foundation.database.dialects.sqlite import SqliteEngine
from sarau.foundation.database.query import Change

MIB = 1 << 20
covers = Table(
    "covers", MetaData(), Column("id", Integer, primary_key=True), Column("raw", LargeBinary, nullable=False)
)
INSERT = Change(insert(covers))
CHANGE = Change(update(covers).where(covers.c.id == bindparam("the_id")).values(raw=bindparam("new")), slow=True)


WRITTEN_MIB, HIGHEST_MIB = 400, 200


async def test_the_log_stays_short_under_load(tmp_path: Path) -> None:
    log = tmp_path / "house.db-wal"
    sizes: list[int] = []
    async with Database(SqliteEngine(tmp_path / "house.db", checkpoint_every_s=0.05)) as database:
        await create(database, covers)
        async with database.working() as work:
            await work.run(INSERT, id=1, raw=b"")
        for number in range(WRITTEN_MIB):
            async with database.working() as work:
                await work.run(CHANGE, the_id=1, new=bytes([number % 256]) * MIB)
            sizes.append(log.stat().st_size)

    assert max(sizes) < HIGHEST_MIB * MIB
    assert any(after < before for before, after in pairwise(sizes))
    assert not log.exists()
    assert (tmp_path / "house.db").stat().st_size < 8 * MIB
