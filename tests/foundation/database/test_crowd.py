"""Two processes full of readers and writers: nothing is lost, nothing is half seen, nobody is told to go away."""

import asyncio
import json
import subprocess
import sys
from pathlib import Path

from tests.foundation.database.crowd import ROUNDS, WRITERS
from tests.support.accounts import balance, open_accounts

from sarau.foundation.database.database import Database, engine_for

ROOT = Path(__file__).parents[3]
PROCESSES = 2


async def test_a_crowd_in_two_processes(database_url: str) -> None:
    async with Database(engine_for(database_url)) as database:
        await open_accounts(database)

    ends = await asyncio.to_thread(run_crowds, database_url)

    assert [complaints for _, complaints in ends] == [""] * PROCESSES
    told = [json.loads(told) for told, _ in ends]
    assert [one["added"] for one in told] == [WRITERS * ROUNDS] * PROCESSES
    assert [one["half_seen"] for one in told] == [0] * PROCESSES
    assert all(one["read"] > 0 for one in told)
    async with Database(engine_for(database_url)) as database:
        total = PROCESSES * WRITERS * ROUNDS
        assert [await balance(database, number) for number in (0, 1)] == [total, -total]


def run_crowds(url: str) -> list[tuple[str, str]]:
    """Start all processes, open the gate when all are ready, and return what each said and complained about."""
    command = [sys.executable, "-m", "tests.foundation.database.crowd", url]
    pipe = subprocess.PIPE
    running = [
        subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe, text=True) for _ in range(PROCESSES)
    ]
    for process in running:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in running:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    return [process.communicate(timeout=100) for process in running]
