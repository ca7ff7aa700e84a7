"""Searches in a process of their own: `python -m bench.load.searching DATA ROUNDS` prints what each took, as JSON."""

import asyncio
import json
import random
import sys
import time
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

from bench.material.million import Shelf, made, named
from sarau.catalog.library.policies import View
from sarau.catalog.library.queries.chance import tracks_by_id
from sarau.catalog.library.queries.libraries import view_of
from sarau.foundation.database.database import Database, engine_for
from sarau.foundation.database.reader import Reader
from sarau.foundation.security.actor import Actor
from sarau.search.answering import search
from sarau.search.finding import Search
from sarau.search.queries import everything
from sarau.search.schemas import Part, Wanted
from sarau.wiring.house import words_of

_QUERIES = 300
_PAGE = 500
_IDS = Wanted(Part(0, 20), Part(0, 20), Part(0, 20))
_ANSWER = Wanted(*(Part(0, 10) for _ in Wanted._fields))


def queries(shelf: Shelf) -> list[str]:
    """Return one to three words each of something there is, the last one cut off at random, down to one letter."""
    chance = random.Random(9)
    found = []
    for _ in range(_QUERIES):
        track = chance.randrange(len(shelf.titles))
        artist = shelf.artists[shelf.artist_of(track // 10)]
        title, album = shelf.titles[track], shelf.albums[track // 10]
        words = chance.choice((title, album, artist, f"{title} {artist}")).split()
        count = min(len(words), chance.choice((1, 2, 3)))
        first = chance.randrange(len(words) - count + 1)
        words = words[first : first + count]
        words[-1] = words[-1][: chance.randrange(1, len(words[-1]) + 1)]
        found.append(" ".join(words))
    return found


async def _timed(ask: Callable[[], Awaitable[object]]) -> float:
    began = time.perf_counter()
    await ask()
    return (time.perf_counter() - began) * 1000


async def _measure(data: Path, rounds: int) -> dict[str, list[list[float]]]:
    count = made(data).tracks
    texts = queries(named(count))
    async with Database(engine_for(f"sqlite:///{data / 'sarau.db'}")) as database:
        engine = Search(words_of(database.engine))
        async with database.reading() as reader:
            view = await view_of(reader, Actor.SYSTEM)

            async def ids(text: str) -> None:
                await engine.ids(reader, view, text, _IDS)

            async def answer(text: str) -> None:
                await search(engine, reader, view, Actor.SYSTEM, text, _ANSWER)

            return {
                "ids": [[await _timed(partial(ids, text)) for text in texts] for _ in range(rounds)],
                "answer": [[await _timed(partial(answer, text)) for text in texts] for _ in range(rounds)],
                "everything": [await _pages(reader, view, count) for _ in range(rounds)],
            }


async def _pages(reader: Reader, view: View, count: int) -> list[float]:
    """Return what pages of everything took, around nine tenths of the way."""
    offsets = [count * 9 // 10 + step * _PAGE for step in range(20)]

    async def page(at: int) -> None:
        await tracks_by_id(reader, view, await everything.track_ids(reader, view, at, _PAGE))

    return [await _timed(partial(page, at)) for at in offsets]


if __name__ == "__main__":
    print(json.dumps(asyncio.run(_measure(Path(sys.argv[1]), int(sys.argv[2])))))
