"""A process full of tasks that read and write one database, for test_crowd: prints what it did as JSON."""

import asyncio
import json
import sys
from dataclasses import asdict, dataclass

from tests.support.accounts import ADD, SLOW_SUM, SLOWLY_ADD, SUM

from sarau.foundation.database.database import Database, engine_for

WRITERS, READERS, ROUNDS = 10, 50, 25


@dataclass
class Told:
    """What came of it."""

    added: int = 0
    read: int = 0
    half_seen: int = 0


async def write(database: Database, told: Told, writer: int) -> None:
    """Move something from one account to the other, in several steps with others' turns between them."""
    change = SLOWLY_ADD if writer == 0 else ADD
    for _ in range(ROUNDS):
        async with database.working() as work:
            await work.run(change, the_id=0, more=1)
            await asyncio.sleep(0)
            await work.run(change, the_id=1, more=-1)
        told.added += 1


async def read(database: Database, told: Told, reader: int, over: asyncio.Event) -> None:
    """Look whether the sum is right until the writers are done."""
    query = SLOW_SUM if reader % 10 == 0 else SUM
    while not over.is_set():
        async with database.reading() as connection:
            told.half_seen += await connection.one(query) != 0
        told.read += 1
        await asyncio.sleep(0)


async def main(url: str) -> None:
    """Open the database, say so, wait for the word to start, and let everybody loose."""
    told, over = Told(), asyncio.Event()
    async with Database(engine_for(url)) as database:
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        await asyncio.to_thread(sys.stdin.readline)
        readers = [asyncio.create_task(read(database, told, number, over)) for number in range(READERS)]
        await asyncio.gather(*(write(database, told, number) for number in range(WRITERS)))
        over.set()
        await asyncio.gather(*readers)
    sys.stdout.write(json.dumps(asdict(told)))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
