"""What every Jobs adapter does, whatever it is made of: nothing is lost, nothing comes too early."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from tests.contracts.job_runners import FIRST_PAUSE_S, LEASE_S, RUNNERS
from tests.support.logs import unread_logs

from sarau.foundation.database.database import Database
from sarau.foundation.jobs import Jobs
from sarau.kit.times import now

ROOT = Path(__file__).parents[2]
PATIENCE_S = 30
NAME = "greet"


@pytest.fixture(autouse=True)
def _unread() -> Iterator[None]:
    with unread_logs():
        yield


@pytest.fixture(params=list(RUNNERS))
def kind(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def jobs(kind: str, database: Database) -> Jobs:
    return RUNNERS[kind](database)


class Diary:
    """A job function that notes what it was called with and when."""

    def __init__(self, fail_times: int = 0) -> None:
        self.calls: list[dict[str, Any]] = []
        self.moments: list[datetime] = []
        self._fail_times = fail_times
        self._changed = asyncio.Condition()

    async def note(self, **arguments: Any) -> None:
        self.moments.append(now())
        async with self._changed:
            self.calls.append(arguments)
            self._changed.notify_all()
        if len(self.calls) <= self._fail_times:
            raise RuntimeError(f"failure {len(self.calls)} \ud800\0")

    async def until(self, count: int) -> None:
        async with asyncio.timeout(PATIENCE_S), self._changed:
            await self._changed.wait_for(lambda: len(self.calls) >= count)


@asynccontextmanager
async def running(*runners: Jobs) -> AsyncIterator[None]:
    tasks = [asyncio.create_task(runner.run()) for runner in runners]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        ends = await asyncio.gather(*tasks, return_exceptions=True)
        assert {type(end) for end in ends} == {asyncio.CancelledError}


async def enqueue(database: Database, jobs: Jobs, name: str = NAME, **how: Any) -> None:
    async with database.working() as work:
        await jobs.enqueue(work, name, **how)


async def all_done(database: Database, jobs: Jobs) -> None:
    """Wait until everything enqueued so far has been run."""
    last = Diary()
    jobs.register("last", last.note)
    await enqueue(database, jobs, "last")
    await last.until(1)


async def test_a_job_is_run_with_its_arguments(database: Database, jobs: Jobs) -> None:
    diary = Diary()
    jobs.register(NAME, diary.note)
    arguments = {"text": "é🎵\0", "number": 2**60, "flag": None, "list": [1, {"x": [True]}], "real": 0.5}
    await enqueue(database, jobs, **arguments)
    async with running(jobs):
        await diary.until(1)
        await all_done(database, jobs)

    assert diary.calls == [arguments]


async def test_nothing_is_run_before_its_transaction_commits(database: Database, jobs: Jobs) -> None:
    diary, other = Diary(), Diary()
    jobs.register(NAME, diary.note)
    jobs.register("other", other.note)
    async with running(jobs):
        await enqueue(database, jobs, "other")
        await other.until(1)
        async with database.working() as work:
            await jobs.enqueue(work, NAME)
            await asyncio.sleep(0.1)  # five looks of the runner
            assert diary.calls == []
        await diary.until(1)


async def test_what_was_taken_back_is_never_run(database: Database, jobs: Jobs) -> None:
    diary = Diary()
    jobs.register(NAME, diary.note)

    async def fail() -> None:
        async with database.working() as work:
            await jobs.enqueue(work, NAME)
            raise LookupError

    with pytest.raises(LookupError):
        await fail()
    async with running(jobs):
        await all_done(database, jobs)

    assert diary.calls == []


async def test_a_job_waits_for_its_time(database: Database, jobs: Jobs) -> None:
    diary, much_later = Diary(), Diary()
    jobs.register(NAME, diary.note)
    jobs.register("much later", much_later.note)
    at = now() + timedelta(seconds=0.3)
    await enqueue(database, jobs, run_at=at)
    await enqueue(database, jobs, "much later", run_at=at + timedelta(days=1))
    async with running(jobs):
        await diary.until(1)
        await all_done(database, jobs)

    assert diary.moments[0] >= at
    assert much_later.calls == []


async def test_a_job_that_fails_is_tried_again_after_growing_pauses(database: Database, jobs: Jobs) -> None:
    diary = Diary(fail_times=3)
    jobs.register(NAME, diary.note, max_attempts=5)
    await enqueue(database, jobs, song="a")
    async with running(jobs):
        await diary.until(4)
        await all_done(database, jobs)

    assert diary.calls == [{"song": "a"}] * 4
    pauses = [later - earlier for earlier, later in pairwise(diary.moments)]
    assert all(pause >= timedelta(seconds=FIRST_PAUSE_S * 2**n) for n, pause in enumerate(pauses))


async def test_a_job_is_given_up_after_its_last_attempt(database: Database, jobs: Jobs) -> None:
    diary = Diary(fail_times=100)
    jobs.register(NAME, diary.note, max_attempts=2)
    await enqueue(database, jobs, which="first")
    async with running(jobs):
        await diary.until(2)
        await enqueue(database, jobs, which="second", run_at=now() + timedelta(seconds=FIRST_PAUSE_S * 8))
        await diary.until(3)

    assert [call["which"] for call in diary.calls] == ["first", "first", "second"]


async def test_one_that_fails_holds_up_nobody(database: Database, jobs: Jobs) -> None:
    bad, good = Diary(fail_times=100), Diary()
    jobs.register("bad", bad.note)
    jobs.register(NAME, good.note)
    async with database.working() as work:
        await jobs.enqueue(work, "unknown to everybody")
        for number in range(10):
            await jobs.enqueue(work, "bad")
            await jobs.enqueue(work, NAME, number=number)
    async with running(jobs):
        await good.until(10)

    assert sorted(call["number"] for call in good.calls) == list(range(10))


async def test_a_unique_job_is_dropped_while_one_of_its_name_waits(database: Database, jobs: Jobs) -> None:
    diary = Diary()
    jobs.register(NAME, diary.note)
    for number in range(3):
        await enqueue(database, jobs, unique="scan 1", number=number)
    await enqueue(database, jobs, unique="scan 2", number=3)
    async with database.working() as work:
        await jobs.enqueue(work, NAME, unique="scan 3", number=4)
        await jobs.enqueue(work, NAME, unique="scan 3", number=5)
    async with running(jobs):
        await all_done(database, jobs)

    assert sorted(call["number"] for call in diary.calls) == [0, 3, 4]


async def test_a_unique_job_may_follow_one_that_runs_or_is_done(database: Database, jobs: Jobs) -> None:
    begun, may_end, diary = asyncio.Event(), asyncio.Event(), Diary()

    async def slow(**arguments: Any) -> None:
        await diary.note(**arguments)
        begun.set()
        await may_end.wait()

    jobs.register(NAME, slow)
    await enqueue(database, jobs, unique="scan", number=0)
    async with running(jobs):
        await begun.wait()
        await enqueue(database, jobs, unique="scan", number=1)
        may_end.set()
        await diary.until(2)
        await all_done(database, jobs)
        await enqueue(database, jobs, unique="scan", number=2)
        await diary.until(3)

    assert [call["number"] for call in diary.calls] == [0, 1, 2]


async def test_two_runners_share_the_work_and_none_is_done_twice(database: Database, kind: str, jobs: Jobs) -> None:
    diary = Diary()
    other = RUNNERS[kind](database)
    for runner in (jobs, other):
        runner.register(NAME, diary.note)
    async with database.working() as work:
        for number in range(100):
            await jobs.enqueue(work, NAME, number=number)
    async with running(jobs, other):
        await diary.until(100)
        await all_done(database, jobs)

    assert sorted(call["number"] for call in diary.calls) == list(range(100))


async def test_a_job_longer_than_its_lease_is_not_taken_away(database: Database, kind: str, jobs: Jobs) -> None:
    diary = Diary()

    async def slow() -> None:
        await diary.note()
        await asyncio.sleep(3 * LEASE_S)

    other = RUNNERS[kind](database)
    for runner in (jobs, other):
        runner.register(NAME, slow)
    await enqueue(database, jobs)
    async with running(jobs, other):
        await diary.until(1)
        await asyncio.sleep(3 * LEASE_S)
        await all_done(database, jobs)

    assert len(diary.calls) == 1


async def test_a_schedule_runs_once_a_period_over_all_runners(database: Database, kind: str, jobs: Jobs) -> None:
    period_s, diary = 0.25, Diary()
    other = RUNNERS[kind](database)
    for runner in (jobs, other):
        runner.every(period_s, "tidy", diary.note)
    began = now()
    async with running(jobs, other):
        await diary.until(4)
    elapsed = now() - began

    assert diary.moments[0] - began >= timedelta(seconds=period_s), "a start does not set off everything at once"
    assert len(diary.calls) <= elapsed / timedelta(seconds=period_s) + 1


async def test_a_schedule_goes_on_after_a_failure(database: Database, jobs: Jobs) -> None:
    diary = Diary(fail_times=2)
    jobs.every(0.05, "tidy", diary.note)
    async with running(jobs):
        await diary.until(4)


async def test_what_was_given_up_at_the_end_is_taken_up_again(database: Database, kind: str, jobs: Jobs) -> None:
    begun, diary = asyncio.Event(), Diary()

    async def never_ends() -> None:
        begun.set()
        await asyncio.Event().wait()

    jobs.register(NAME, never_ends)
    await enqueue(database, jobs)
    async with running(jobs):
        await begun.wait()
    later = RUNNERS[kind](database)
    later.register(NAME, diary.note)
    async with running(later):
        await diary.until(1)


async def test_jobs_of_a_process_that_was_killed_are_done_by_another(
    database: Database, database_url: str, kind: str, jobs: Jobs
) -> None:
    for number in range(20):
        await enqueue(database, jobs, number=number)
    begun = await asyncio.to_thread(run_and_kill, database_url, kind)
    diary = Diary()
    jobs.register(NAME, diary.note)
    async with running(jobs):
        await diary.until(20)
        await all_done(database, jobs)

    assert begun > 0
    assert sorted(call["number"] for call in diary.calls) == list(range(20)), "each once, as none had ended before"


def run_and_kill(url: str, kind: str) -> int:
    """Let a process take up jobs, kill it in the middle, and return how many it had begun."""
    command = [sys.executable, "-m", "tests.contracts.job_process", url, kind, NAME]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    begun = [process.stdout.readline() for _ in range(3)]
    process.kill()
    process.wait()
    process.stdout.close()
    return sum(line.startswith("{") for line in begun)
