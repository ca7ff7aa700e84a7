"""What the table of jobs shows to who looks into it, and how a job that kills its process ends."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import select, update
from tests.support.logs import unread_logs

from sarau.adapters.sqljobs.jobs import SqlJobs, jobs
from sarau.foundation.database.database import Database
from sarau.foundation.database.query import Change, Query
from sarau.foundation.observability.metrics import exposition
from sarau.kit.times import now

ROWS = Query(select(jobs.c.name, jobs.c.state, jobs.c.attempts, jobs.c.error), lambda *row: row)
PATIENCE_S = 20


@pytest.fixture(autouse=True)
def _unread() -> Iterator[None]:
    with unread_logs():
        yield


@pytest.fixture
def runner(database: Database) -> SqlJobs:
    return SqlJobs(database, lease_s=0.3, first_pause_s=0.01, look_every_s=0.01)


async def rows(database: Database) -> list[tuple[Any, ...]]:
    async with database.reading() as reader:
        return await reader.all(ROWS)


async def run_until(database: Database, runner: SqlJobs, states: set[str]) -> None:
    """Run until the table holds jobs of these states only."""
    running = asyncio.create_task(runner.run())
    async with asyncio.timeout(PATIENCE_S):
        found = {"not looked yet"}
        while found != states:
            await asyncio.sleep(0.01)
            found = {row[1] for row in await rows(database)}
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


def counted(name: str, outcome: str) -> float:
    for family in text_string_to_metric_families(exposition().decode()):
        for sample in family.samples:
            if sample.name == "sarau_jobs_total" and sample.labels == {"name": name, "outcome": outcome}:
                return sample.value
    return 0


async def succeed() -> None:
    """Do nothing, well."""


async def fail() -> None:
    """Fail with a reason that is longer and stranger than a database would like."""
    raise LookupError("no such song: \ud800\0 " + "é" * 5000)


async def test_a_failed_job_is_kept_with_its_reason_and_a_good_one_is_not(
    database: Database, runner: SqlJobs
) -> None:
    runner.register("test good", succeed)
    runner.register("test bad", fail, max_attempts=3)
    async with database.working() as work:
        await runner.enqueue(work, "test good")
        await runner.enqueue(work, "test bad")
        await runner.enqueue(work, "test unknown", run_at=now() + timedelta(days=1))
    before = {outcome: counted("test bad", outcome) for outcome in ("failed", "retried")}
    done = counted("test good", "done")
    await run_until(database, runner, {"failed", "waiting"})

    (bad,) = [row for row in await rows(database) if row[0] == "test bad"]
    assert bad[1:3] == ("failed", 3)
    assert bad[3].startswith("LookupError: no such song:  éé")
    assert len(bad[3]) <= 2000
    assert counted("test good", "done") == done + 1
    assert counted("test bad", "retried") == before["retried"] + 2
    assert counted("test bad", "failed") == before["failed"] + 1


async def test_a_job_that_kills_its_process_every_time_is_given_up(database: Database, runner: SqlJobs) -> None:
    runner.register("test deadly", succeed, max_attempts=2)
    async with database.working() as work:
        await runner.enqueue(work, "test deadly")
        died = {"state": "running", "attempts": 5, "lease_until": now() - timedelta(seconds=1)}
        await work.run(Change(update(jobs).values(died)))
    await run_until(database, runner, {"failed"})

    assert "process died" in (await rows(database))[0][3]


async def test_a_runner_outlives_a_database_that_does_not_answer(database: Database, runner: SqlJobs) -> None:
    runner.register("test good", succeed)
    running = asyncio.create_task(runner.run())
    await asyncio.sleep(0)
    await database.engine.close()
    await asyncio.sleep(0.05)  # several looks at a database that is closed
    await database.engine.open()
    async with database.working() as work:
        await runner.enqueue(work, "test good")
    async with asyncio.timeout(PATIENCE_S):
        left = await rows(database)
        while left and not running.done():
            await asyncio.sleep(0.01)
            left = await rows(database)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)

    assert left == []
