"""Entries go where they are put, one after another and from several processes at once."""

import asyncio
import json
import subprocess
import sys
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.playlists.moving import ROUNDS, Desk, desk

from sarau.foundation.database.database import Database, engine_for
from sarau.playlists.places import GAP, places_between
from sarau.playlists.queries.entries import all_entries
from sarau.playlists.queries.playlists import rights
from sarau.playlists.schemas import MoveEntries, RemoveEntries

ROOT = Path(__file__).parents[2]
PROCESSES = 3


async def test_any_moves_end_as_in_a_list(database: Database) -> None:
    mine = await desk(database, 12)
    expected = await mine.order()

    async def check(moves: list[tuple[int, int, int]]) -> None:
        for first, count, target in moves:
            moved = [expected[(first + number) % len(expected)] for number in range(count)]
            before = [*expected, None][target]
            await mine.edit(MoveEntries(moved, before))
            at = target
            while at < len(expected) and expected[at] in moved:
                at += 1
            behind = expected[at:]
            head = [one for one in expected[:at] if one not in moved]
            expected[:] = [*head, *moved, *(one for one in behind if one not in moved)]
            assert await mine.order() == expected

    loop = asyncio.get_running_loop()

    @settings(max_examples=25)
    @given(st.lists(st.tuples(st.integers(0, 11), st.integers(1, 4), st.integers(0, 12)), min_size=1, max_size=4))
    def any_moves(moves: list[tuple[int, int, int]]) -> None:
        asyncio.run_coroutine_threadsafe(check(moves), loop).result(60)

    await asyncio.to_thread(any_moves)


async def test_a_place_that_everybody_wants_moves_few_neighbours(database: Database) -> None:
    """Room that is halved each time is used up after 32 moves: then a few dozen stand apart anew, not all."""
    mine = await desk(database, 1_000)
    expected = await mine.order()
    pivot, others = expected[500], [*expected[300:400], *expected[600:700]]
    before = dict(await _places(mine))
    for one in others:
        await mine.edit(MoveEntries([one], pivot))
        expected.remove(one)
        expected.insert(expected.index(pivot), one)
    assert await mine.order() == expected
    after = dict(await _places(mine))
    rewritten = {one for one, place in after.items() if before[one] != place} - set(others)
    assert len(rewritten) < 150


async def _places(mine: Desk) -> list[tuple[str, int]]:
    async with mine.database.reading() as reader:
        return [(entry.entry_id, entry.place) for entry in await all_entries(reader, mine.playlist_id)]


async def test_processes_that_edit_at_once_lose_nothing(database_url: str) -> None:
    async with Database(engine_for(database_url)) as database:
        mine = await desk(database, 30)
        began = await mine.order()
        told = await asyncio.to_thread(_run_crowd, database_url, mine.actor.id, mine.playlist_id)
        added = [one for each in told for one in each["added"]]
        removed = [one for each in told for one in each["removed"]]
        assert len(set(removed)) == len(removed)
        assert sorted(await mine.order()) == sorted({*began, *added} - set(removed))
        async with database.reading() as reader:
            version = (await rights(reader, mine.actor, mine.playlist_id)).version
        assert len(added) + len(removed) < version <= PROCESSES * ROUNDS + 2
        await mine.edit(RemoveEntries([*await mine.order()]))
        assert await mine.order() == []


def _run_crowd(*arguments: str) -> list[dict[str, list[str]]]:
    pipe = subprocess.PIPE
    running = []
    for seed in range(PROCESSES):
        command = [sys.executable, "-m", "tests.playlists.moving", *arguments, str(seed)]
        running.append(subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe, text=True))
    for process in running:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in running:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    ends = [process.communicate(timeout=100) for process in running]
    assert [complaints for _, complaints in ends] == [""] * PROCESSES
    return [json.loads(said) for said, _ in ends]


@given(st.integers(-(2**60), 2**60), st.integers(1, 2**40), st.integers(1, 10_000), st.integers(1, GAP))
def test_places_lie_between_in_order(low: int, room: int, count: int, at_least: int) -> None:
    for bounds in ((low, low + room), (None, low), (low, None), (None, None)):
        found = places_between(*bounds, count, at_least=at_least)
        if found is None:
            assert room < at_least * (count + 1)
            continue
        assert found == sorted(set(found))
        assert len(found) == count
        assert bounds[0] is None or bounds[0] < found[0]
        assert bounds[1] is None or found[-1] < bounds[1]
