"""A process that takes up jobs of a database and never ends one, for test_jobs: says when it began each."""

import asyncio
import sys

from tests.contracts.job_runners import RUNNERS

from sarau.foundation.database.database import Database, engine_for


async def begin_and_never_end(**arguments: object) -> None:
    """Say that the job was begun, and wait to be killed."""
    sys.stdout.write(f"{arguments}\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


async def main(url: str, kind: str, name: str) -> None:
    """Run jobs until killed."""
    async with Database(engine_for(url)) as database:
        jobs = RUNNERS[kind](database)
        jobs.register(name, begin_and_never_end)
        await jobs.run()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
