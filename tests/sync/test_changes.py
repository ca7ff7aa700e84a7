"""Whoever applies what changed, from any cursor and in pages of any size, has what a full listing gives."""

import asyncio
import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select

from sarau.catalog.library.commands.filing import file_tracks
from sarau.catalog.library.commands.revisions import forget_tombstones, mark_changed
from sarau.catalog.library.commands.tracks import bin_track, purge_bin, set_missing, unbin
from sarau.catalog.library.errors import TrackNotFound
from sarau.catalog.library.filing import Filing
from sarau.catalog.library.policies import View
from sarau.catalog.library.queries.chance import tracks_by_id
from sarau.catalog.library.queries.files import filings_of
from sarau.catalog.library.schemas import LibraryKind, Track
from sarau.catalog.library.tables import libraries, tracks
from sarau.foundation.database.database import Database, engine_for
from sarau.foundation.database.query import Change, Query, scalar
from sarau.foundation.database.work import Work
from sarau.foundation.media.formats import Codec
from sarau.foundation.media.tags import Properties, Tags
from sarau.foundation.security.actor import Actor
from sarau.kit.ids import new_id
from sarau.kit.pages import BadCursor
from sarau.kit.times import now
from sarau.sync.cursors import Cursor, Place, decode, encode, known_up_to
from sarau.sync.queries.feed import changes
from sarau.sync.schemas import ChangeKind, Changes

_LIBRARY = Change(insert(libraries))
_IDS = Query(select(tracks.c.id).order_by(tracks.c.id), scalar, slow=True)
LATER = datetime(2100, 1, 1, tzinfo=UTC)


async def new_library(database: Database) -> str:
    """Make a library of uploads, of which there may be several here."""
    library_id = new_id()
    async with database.working() as work:
        await work.run(
            _LIBRARY,
            id=library_id,
            name=library_id,
            kind=LibraryKind.UPLOADS.value,
            path=None,
            everyone=True,
            revision=0,
            forgotten=0,
            created_at=now(),
            scanned_at=None,
        )
    return library_id


def filing(number: int, title: str = "Song", album: str = "Album") -> Filing:
    """Return a file to be filed, the first of its album by its number."""
    tags = Tags(title=f"{title} {number}", artists=("Ana",), album=album, album_artists=("Ana",), track_number=number)
    path = new_id()
    return Filing(
        None, None, None, path.encode(), f"{number}.flac", "audio/flac", 0, 1000 + number,
        Properties(Codec.FLAC, 1000, 800, 44_100, 2, 16), tags, path, None, None, now(), sha256=path.zfill(64),
    )  # fmt: skip


async def everything(database: Database, view: View) -> dict[str, Track]:
    """Return all a viewer may hear."""
    async with database.reading() as reader:
        found = await tracks_by_id(reader, view, await reader.all(_IDS))
    return {track.id: track for track in found}


class Device:
    """Somebody who remembers a cursor and what they were told."""

    def __init__(self) -> None:
        self.cursor: str | None = None
        self.known: dict[str, Track] = {}
        self._named: set[str] = set()

    async def page(self, database: Database, view: View, limit: int) -> Changes:
        """Ask once, and do as told."""
        async with database.reading() as reader:
            told = await changes(reader, view, self.cursor, limit)
        if told.begins:
            self._named = set()
        for item in told.items:
            self._named.add(item.track_id)
            if item.kind is ChangeKind.REMOVED:
                self.known.pop(item.track_id, None)
            else:
                assert item.track is not None
                self.known[item.track_id] = item.track
        self.cursor = told.cursor
        if told.everything and not told.more:
            self.known = {i: track for i, track in self.known.items() if i in self._named}
        return told

    async def catch_up(self, database: Database, view: View, limit: int = 500) -> None:
        """Ask until there is no more."""
        while (await self.page(database, view, limit)).more:
            pass


class World:
    """Three libraries, and what happens in them."""

    def __init__(self, database: Database, library_ids: list[str]) -> None:
        self.database = database
        self.libraries = library_ids
        self.view = View(tuple(library_ids), "")
        self._number = 0

    async def ids(self) -> list[str]:
        """Return all tracks that are not purged."""
        async with self.database.reading() as reader:
            return await reader.all(_IDS)

    async def _one(self, seed: int) -> str | None:
        ids = await self.ids()
        return ids[seed % len(ids)] if ids else None

    async def file(self, seed: int) -> None:
        """New tracks come, some of them into an album that is spelled otherwise from now on."""
        self._number += 1
        album = ("Album", "ALBUM", "Other")[seed % 3]
        async with self.database.working() as work:
            library = self.libraries[seed % len(self.libraries)]
            await file_tracks(work, library, [filing(self._number + i, album=album) for i in range(1 + seed % 3)])

    async def file_again(self, seed: int) -> None:
        """A track changes, and perhaps goes to another library."""
        track_id = await self._one(seed)
        if track_id is not None:
            async with self.database.working() as work:
                library, known = (await filings_of(work, [track_id]))[0]
                library = self.libraries[seed // 7 % len(self.libraries)] if seed % 2 else library
                tags = filing(seed % 90, f"Again {seed}").tags
                await file_tracks(work, library, [known._replace(tags=tags)])

    async def bin(self, seed: int) -> None:
        """A track goes to the bin."""
        track_id = await self._one(seed)
        if track_id in await everything(self.database, self.view):
            async with self.database.working() as work:
                await bin_track(work, Actor.SYSTEM, self.view, track_id or "")

    async def unbin(self, seed: int) -> None:
        """A track that is in the bin comes back."""
        there = await everything(self.database, self.view)
        binned = [i for i in await self.ids() if i not in there]
        if binned:
            async with self.database.working() as work:
                await set_missing(work, self.libraries[0], binned, False)
                await _unbin_if_binned(work, binned[seed % len(binned)])

    async def lose(self, seed: int) -> None:
        """A file is gone, or there again."""
        track_id = await self._one(seed)
        if track_id is not None:
            async with self.database.working() as work:
                library = (await filings_of(work, [track_id]))[0][0]
                await set_missing(work, library, [track_id], bool(seed % 2))

    async def purge(self, seed: int) -> None:
        """The bin is emptied."""
        async with self.database.working() as work:
            await purge_bin(work, LATER)

    async def forget(self, seed: int) -> None:
        """Tombstones fall."""
        async with self.database.working() as work:
            await forget_tombstones(work, LATER)

    async def measure(self, seed: int) -> None:
        """The bytes of a track become known."""
        track_id = await self._one(seed)
        if track_id is not None:
            async with self.database.working() as work:
                await mark_changed(work, [track_id])


async def _unbin_if_binned(work: Work, track_id: str) -> None:
    with suppress(TrackNotFound):
        await unbin(work, track_id, Actor.SYSTEM)


STEPS = ("file", "file", "file_again", "bin", "unbin", "lose", "purge", "forget", "measure", "close", "open", "sync")


@pytest.fixture
def fresh(sqlite_template: Path, tmp_path: Path) -> Callable[[], str]:
    """Make a database for each example."""
    count = 0

    def make() -> str:
        nonlocal count
        count += 1
        path = tmp_path / f"{count}.db"
        shutil.copy(sqlite_template, path)
        return f"sqlite:///{path}"

    return make


async def live(database: Database, steps: list[tuple[str, int]], limit: int) -> None:
    """Let things happen; some devices ask now and then, one only at the end, one a page at a time."""
    world = World(database, [await new_library(database) for _ in range(3)])
    often, seldom, slow, never = Device(), Device(), Device(), Device()
    for name, seed in steps:
        if name == "close":
            world.view = View(tuple(i for i in world.view.library_ids if i != world.libraries[seed % 3]), "")
        elif name == "open":
            world.view = View(tuple(sorted({*world.view.library_ids, world.libraries[seed % 3]})), "")
        elif name == "sync":
            await seldom.catch_up(database, world.view, limit)
        else:
            await getattr(world, name)(seed)
        await often.catch_up(database, world.view, limit)
        await slow.page(database, world.view, limit)
        assert often.known == await everything(database, world.view)
    there = await everything(database, world.view)
    for device in (seldom, slow, never):
        await device.catch_up(database, world.view, limit)
        assert device.known == there


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 1000)), max_size=15), st.integers(1, 9))
def test_a_device_has_what_a_full_listing_gives(
    fresh: Callable[[], str], steps: list[tuple[str, int]], limit: int
) -> None:
    async def run() -> None:
        async with Database(engine_for(fresh())) as database:
            await live(database, steps, limit)

    asyncio.run(run())


async def test_everything_that_can_happen_happens_on_both_databases(database: Database) -> None:
    steps = [(name, seed * 13 + 7) for seed in range(4) for name in ("file", *STEPS)]
    await live(database, steps, 3)


async def test_nothing_is_missed_while_others_write(database: Database) -> None:
    world = World(database, [await new_library(database) for _ in range(3)])
    device = Device()
    done = asyncio.Event()

    async def write(first: int) -> None:
        for number in range(8):
            await world.file(first + number)
            await world.file_again(first * 31 + number * 17)
            await world.lose(first + number * 7)
            await asyncio.sleep(0)

    async def ask() -> None:
        while not done.is_set():
            await device.page(database, world.view, 4)
            await asyncio.sleep(0)

    asking = asyncio.create_task(ask())
    await asyncio.gather(*(write(first) for first in (0, 100, 200)))
    done.set()
    await asking
    await device.catch_up(database, world.view, 4)
    assert device.known == await everything(database, world.view)


async def test_an_unchanged_house_tells_nothing_and_reads_nothing(database: Database) -> None:
    world = World(database, [await new_library(database) for _ in range(3)])
    for seed in range(6):
        await world.file(seed)
    device = Device()
    await device.catch_up(database, world.view)
    before = device.cursor
    told = await device.page(database, world.view, 500)
    assert (told.items, told.more, told.everything, told.cursor) == ([], False, False, before)
    assert len(before or "") < 100


async def test_what_came_what_changed_and_what_went_are_told_apart(database: Database) -> None:
    library = await new_library(database)
    world = World(database, [library])
    async with database.working() as work:
        kept, gone = await file_tracks(work, library, [filing(1), filing(2)])
    device = Device()
    told = await device.page(database, world.view, 500)
    assert told.everything
    assert [(item.track_id, item.kind) for item in told.items] == [(kept, "added"), (gone, "added")]
    assert [item.filename for item in told.items] == ["1.flac", "2.flac"]
    async with database.working() as work:
        await mark_changed(work, [kept])
        await set_missing(work, library, [gone], True)
        (new,) = await file_tracks(work, library, [filing(3)])
    told = await device.page(database, world.view, 500)
    assert not told.everything
    assert [(item.track_id, item.kind) for item in told.items] == [
        (kept, "changed"),
        (gone, "removed"),
        (new, "added"),
    ]
    async with database.working() as work:
        await set_missing(work, library, [gone], False)
    (back,) = (await device.page(database, world.view, 500)).items
    assert (back.track_id, back.kind) == (gone, "added")


async def test_who_was_away_while_tombstones_fell_is_told_everything(database: Database) -> None:
    library = await new_library(database)
    world = World(database, [library])
    async with database.working() as work:
        kept, gone = await file_tracks(work, library, [filing(1), filing(2)])
    device = Device()
    await device.catch_up(database, world.view)
    await world.bin((await world.ids()).index(gone))
    await world.purge(0)
    await world.forget(0)
    told = await device.page(database, world.view, 500)
    assert (told.everything, told.begins, [item.track_id for item in told.items]) == (True, True, [kept])
    assert set(device.known) == {kept}


async def test_what_goes_while_it_is_listed_is_gone(database: Database) -> None:
    library = await new_library(database)
    world = World(database, [library])
    async with database.working() as work:
        ids = await file_tracks(work, library, [filing(number) for number in range(4)])
    for purged in (False, True):
        device = Device()
        await device.page(database, world.view, 2)
        await world.bin((await world.ids()).index(min(device.known)))
        if purged:
            await world.purge(0)
        await device.catch_up(database, world.view, 2)
        assert device.known == await everything(database, world.view)
    assert len(device.known) == len(ids) - 2


async def test_a_database_brought_back_from_a_backup_is_told_whole(database: Database) -> None:
    library = await new_library(database)
    world = World(database, [library])
    await world.file(0)
    device = Device()
    device.cursor = encode(Cursor({library: known_up_to(999)}, everything=False))
    assert (await device.page(database, world.view, 500)).begins
    assert device.known == await everything(database, world.view)


@given(
    st.dictionaries(
        st.integers(0, 2**63 - 1).map("{:016x}".format),
        st.one_of(
            st.integers(0, 2**50).map(known_up_to),
            st.builds(
                Place,
                st.integers(0, 2**50),
                st.integers(0, 2**62).map("{:016x}".format),
                st.integers(0, 2**50),
                st.integers(0, 2**50),
            ),
        ),
        max_size=5,
    ),
    st.booleans(),
)
def test_a_cursor_is_read_as_it_was_written(places: dict[str, Place], whole: bool) -> None:
    assert decode(encode(Cursor(places, whole))) == Cursor(places, whole)


@given(st.text(max_size=60))
def test_other_texts_are_no_cursors(text: str) -> None:
    try:
        found = decode(text)
    except BadCursor:
        return
    assert decode(encode(found)) == found
