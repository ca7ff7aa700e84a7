"""Paging through everything: each once, whatever came and went, only what one may hear."""

from pathlib import Path

import pytest
from tests.support.search import Searched, Song

from sarau.catalog.library.commands.libraries import add_library, ensure_uploads_library
from sarau.catalog.library.commands.tracks import set_missing
from sarau.catalog.library.policies import View
from sarau.catalog.library.schemas import NewLibrary
from sarau.foundation.database.database import Database
from sarau.foundation.security.actor import Actor
from sarau.search.queries import everything
from sarau.search.queries.found import artists_of


@pytest.mark.parametrize("page", [1, 7, 500])
async def test_every_page_gives_what_follows(database: Database, tmp_path: Path, page: int) -> None:
    searched = Searched(database)
    async with database.working() as work:
        mine = await ensure_uploads_library(work)
        other = (await add_library(work, Actor.SYSTEM, NewLibrary("Other", "/music"), tmp_path)).id
    kept: dict[str, list[str]] = {mine: [], other: []}
    for turn in range(3):
        for library_id in (mine, other):
            songs = [Song(f"{library_id} {turn} {n}", f"Artist {n % 4}", f"{library_id} {n % 4}") for n in range(12)]
            kept[library_id] += await searched.file(library_id, songs)
    async with database.working() as work:
        await set_missing(work, mine, kept[mine][3:9], True)
    await searched.follower.catch_up()
    del kept[mine][3:9]
    for libraries in ((mine,), (other,), (mine, other), ()):
        view = View(libraries, "")
        async with database.reading() as reader:
            tracks = [i for n in range(0, 80, page) for i in await everything.track_ids(reader, view, n, page)]
            albums = [i for n in range(0, 20, page) for i in await everything.album_ids(reader, view, n, page)]
            ids = [i for n in range(0, 20, page) for i in await everything.artist_ids(reader, view, n, page)]
            artists = await artists_of(reader, view, ids)
        assert sorted(tracks) == sorted(i for one in libraries for i in kept[one])
        assert len(set(albums)) == len(albums) == 4 * len(libraries)
        assert len(ids) == len(artists)
        assert sorted(artist.name for artist in artists) == [f"Artist {n}" for n in range(4 if libraries else 0)]
