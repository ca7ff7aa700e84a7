"""Jobs in a table, run inside the server process."""

import asyncio
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import (
    Column,
    ColumnElement,
    Index,
    Integer,
    Select,
    Table,
    Text,
    bindparam,
    delete,
    or_,
    select,
    union_all,
    update,
)

from sarau.foundation.database.database import Database
from sarau.foundation.database.errors import Clash
from sarau.foundation.database.portable import insert_into
from sarau.foundation.database.query import Change, Query, scalar
from sarau.foundation.database.schema import metadata
from sarau.foundation.database.types import EntityId, Instant, Json
from sarau.foundation.database.work import Work
from sarau.foundation.errors import Unavailable
from sarau.foundation.jobs import JobFunction
from sarau.foundation.observability.logs import get_logger
from sarau.foundation.observability.metrics import jobs as jobs_counter
from sarau.kit.ids import new_id
from sarau.kit.text import clean
from sarau.kit.times import now

log = get_logger(__name__)

_AT_ONCE = 4
_DEATHS = 3  # a job that takes its process down with it must not do so for ever

jobs = Table(
    "jobs",
    metadata,
    Column("id", EntityId, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("arguments", Json(dict[str, Any]), nullable=False),
    Column("unique_key", Text, unique=True),
    Column("state", Text, nullable=False),  # waiting, running, failed; a finished job is deleted
    Column("run_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("max_attempts", Integer, nullable=False),
    Column("lease_until", Instant),
    Column("holder", EntityId),
    Column("error", Text),
    Index("ix_jobs_state_run_at", "state", "run_at"),
)
schedules = Table(
    "job_schedules",
    metadata,
    Column("name", Text, primary_key=True),
    Column("next_at", Instant, nullable=False),
)


class Job(NamedTuple):
    """A job taken to be run."""

    id: str
    name: str
    arguments: dict[str, Any]
    attempts: int
    max_attempts: int


_at = bindparam("at", type_=Instant())
_ENQUEUE = Change(insert_into(jobs).on_conflict_do_nothing(index_elements=[jobs.c.unique_key]))
_waits = (jobs.c.state == "waiting") & (jobs.c.run_at <= _at)
_left = (jobs.c.state == "running") & (jobs.c.lease_until < _at)
_is_due = or_(_waits, _left)


def _first(condition: ColumnElement[bool]) -> Select[Any]:
    return select(select(jobs.c.id).where(condition).order_by(jobs.c.run_at).limit(1).subquery())


# Each by itself: of both at once, all that are due would be sorted, and many thousands may be waiting.
_DUE = Query(union_all(_first(_left), _first(_waits)), scalar)
_TAKE = Query(
    update(jobs)
    .where(jobs.c.id == bindparam("the_id", type_=EntityId()), _is_due)
    .values(
        state="running",
        attempts=jobs.c.attempts + 1,
        lease_until=bindparam("until", type_=Instant()),
        holder=bindparam("me", type_=EntityId()),
        unique_key=None,  # while it runs, the next one may be enqueued
    )
    .returning(jobs.c.id, jobs.c.name, jobs.c.arguments, jobs.c.attempts, jobs.c.max_attempts),
    Job,
)
_mine = (jobs.c.id == bindparam("the_id", type_=EntityId()), jobs.c.holder == bindparam("me", type_=EntityId()))
_RENEW = Change(update(jobs).where(*_mine).values(lease_until=bindparam("until", type_=Instant())))
_DONE = Change(delete(jobs).where(*_mine))
_FAIL = Change(
    update(jobs)
    .where(*_mine)
    .values(state=bindparam("to"), run_at=bindparam("again_at", type_=Instant()), error=bindparam("why"))
)
_NOT_YET = Query(
    select(schedules.c.name).where(schedules.c.name == bindparam("name"), schedules.c.next_at > _at), scalar
)
_NEW_SCHEDULE = Change(insert_into(schedules).on_conflict_do_nothing(index_elements=[schedules.c.name]))
_ADVANCE = Change(
    update(schedules)
    .where(schedules.c.name == bindparam("the_name"), schedules.c.next_at <= _at)
    .values(next_at=bindparam("next", type_=Instant()))
)


class SqlJobs:
    """Runs jobs from a table; several processes may share it."""

    def __init__(
        self, database: Database, *, lease_s: float = 30, first_pause_s: float = 2, look_every_s: float = 1
    ) -> None:
        self._database = database
        self._lease_s = lease_s  # a job whose process falls silent for so long is taken up by another
        self._first_pause_s = first_pause_s  # before a failed job is tried again; doubled every time
        self._look_every_s = look_every_s  # for what other processes enqueued
        self._functions: dict[str, tuple[JobFunction, int]] = {}
        self._periods: dict[str, float] = {}
        self._me = new_id()
        self._wake = asyncio.Event()

    def register(self, name: str, function: JobFunction, *, max_attempts: int = 8) -> None:
        """Say which function a name stands for; its arguments are plain values."""
        self._functions[name] = (function, max_attempts)

    def every(self, seconds: float, name: str, function: JobFunction) -> None:
        """Run a function again and again, once per period over all processes."""
        self.register(name, function, max_attempts=1)
        self._periods[name] = seconds

    async def enqueue(
        self, work: Work, name: str, *, run_at: datetime | None = None, unique: str | None = None, **arguments: Any
    ) -> str:
        """Record a job in the open transaction; `unique` drops it while a same-named one is waiting."""
        job_id = new_id()
        await work.run(
            _ENQUEUE,
            id=job_id,
            name=name,
            arguments=arguments,
            unique_key=unique,
            state="waiting",
            run_at=run_at or now(),
            attempts=0,
            max_attempts=self._functions.get(name, (None, 8))[1],
            lease_until=None,
            holder=None,
            error=None,
        )
        work.after_commit.append(self._wake.set)
        return job_id

    async def run(self) -> None:
        """Run jobs until cancelled; jobs under way are given up and taken up again after their lease."""
        running: set[asyncio.Task[None]] = set()
        try:
            while True:
                self._wake.clear()
                try:
                    await self._start_due(running)
                except Exception:  # whatever it is, it must not be the end of all jobs
                    log.exception("jobs cannot be fetched")
                waits: set[asyncio.Task[Any]] = {asyncio.create_task(self._wake.wait()), *running}
                await asyncio.wait(waits, timeout=self._look_every_s, return_when=asyncio.FIRST_COMPLETED)
                for waiter in waits - running:
                    waiter.cancel()
                running = {task for task in running if not task.done()}
        finally:
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)

    async def _start_due(self, running: set[asyncio.Task[None]]) -> None:
        await self._enqueue_scheduled()
        while len(running) < _AT_ONCE and (job := await self._take()):
            running.add(asyncio.create_task(self._perform(job)))

    async def _enqueue_scheduled(self) -> None:
        for name, seconds in self._periods.items():
            moment = now()
            async with self._database.reading() as reader:
                if await reader.all(_NOT_YET, name=name, at=moment):
                    continue
            async with self._database.working() as work:
                next_at = moment + timedelta(seconds=seconds)
                # A new schedule runs after its first period: a start must not set off everything at once.
                await work.run(_NEW_SCHEDULE, name=name, next_at=next_at)
                if await work.run(_ADVANCE, the_name=name, at=moment, next=next_at):
                    await self.enqueue(work, name, unique=f"every {name}")

    async def _take(self) -> Job | None:
        moment = now()
        async with self._database.reading() as reader:
            due = await reader.first(_DUE, at=moment)
        if due is None:
            return None
        async with self._database.working() as work:
            until = moment + timedelta(seconds=self._lease_s)
            return await work.first(_TAKE, the_id=due, at=moment, until=until, me=self._me)

    async def _perform(self, job: Job) -> None:
        lease = asyncio.create_task(self._keep(job))
        try:
            await self._try(job)
        except (Unavailable, Clash) as error:
            log.warning("how a job ended cannot be recorded: it will be run again", job=job.name, error=str(error))
        finally:
            lease.cancel()

    async def _try(self, job: Job) -> None:
        try:
            await self._call(job)
        except Exception as error:
            await self._failed(job, error)
        else:
            async with self._database.working() as work:
                await work.run(_DONE, the_id=job.id, me=self._me)
            jobs_counter.labels(job.name, "done").inc()

    async def _call(self, job: Job) -> None:
        if job.attempts > job.max_attempts + _DEATHS:
            raise RuntimeError("its process died every time this was tried")
        function, _ = self._functions[job.name]
        await function(**job.arguments)

    async def _keep(self, job: Job) -> None:
        while True:
            await asyncio.sleep(self._lease_s / 3)
            with suppress(Unavailable, Clash):
                async with self._database.working() as work:
                    await work.run(_RENEW, the_id=job.id, me=self._me, until=now() + timedelta(seconds=self._lease_s))

    async def _failed(self, job: Job, error: Exception) -> None:
        last = job.attempts >= job.max_attempts
        log.error("job failed", job=job.name, attempt=job.attempts, final=last, exc_info=error)
        jobs_counter.labels(job.name, "failed" if last else "retried").inc()
        pause_s = min(self._first_pause_s * 2.0 ** (job.attempts - 1), 3600)
        async with self._database.working() as work:
            await work.run(
                _FAIL,
                the_id=job.id,
                me=self._me,
                to="failed" if last else "waiting",
                again_at=now() + timedelta(seconds=pause_s),
                why=clean(f"{type(error).__name__}: {error}")[:2000],
            )
