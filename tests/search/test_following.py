"""The index follows whatever happens to the library, also when it is interrupted."""

from pathlib import Path

import pytest
from sqlalchemy import bindparam, insert, update
from tests.support.search import Searched, Song, filing, names

from sarau.accounts.roles.policies import Role
from sarau.accounts.users.commands import create_user
from sarau.accounts.users.schemas import NewUser
from sarau.catalog.library.commands.filing import file_tracks
from sarau.catalog.library.commands.libraries import add_library, ensure_uploads_library, remove_library
from sarau.catalog.library.commands.tracks import bin_track, purge_bin, restore_track, set_missing
from sarau.catalog.library.policies import View
from sarau.catalog.library.queries.chance import tracks_by_id
from sarau.catalog.library.schemas import NewLibrary
from sarau.catalog.library.tables import track_files
from sarau.catalog.lyrics.commands import set_beside
from sarau.catalog.lyrics.events import SheetPut, SheetsRemoved
from sarau.catalog.lyrics.schemas import Sheet, SheetFormat
from sarau.foundation.database.database import Database
from sarau.foundation.database.query import Change
from sarau.foundation.database.types import EntityId, Instant
from sarau.foundation.security.actor import Actor
from sarau.kit.ids import new_id
from sarau.kit.times import now
from sarau.playback.history.events import TrackListened
from sarau.playback.history.tables import plays
from sarau.search.commands.indexing import index_some
from sarau.search.commands.writing import IndexWriter
from sarau.search.queries.docs import docs_beyond, progress
from sarau.search.queries.everything import track_ids
from sarau.search.reactions import Noticing
from sarau.search.schemas import Kind

ELIS = Song("Águas de Março", "Elis Regina", "Elis", 1972, ("MPB",))
_BIN = Change(
    update(track_files)
    .where(track_files.c.track_id == bindparam("the_id", type_=EntityId()))
    .values(deleted_at=bindparam("then", type_=Instant()))
)
TOM = Song("Triste", "Tom Jobim", "Wave", 1967, ("Bossa Nova",))


class Room(Searched):
    """Two libraries, of uploads and of a folder, and somebody who hears both."""

    uploads: str
    folder: str

    @property
    def both(self) -> View:
        """Both libraries."""
        return View((self.uploads, self.folder), "both")

    async def found(self, text: str, kind: str = "tracks", view: View | None = None) -> list[str]:
        """Return the names of what is found of a kind."""
        return names(await self.find(view or self.both, Actor.SYSTEM, text), kind)


@pytest.fixture
async def room(database: Database, tmp_path: Path) -> Room:
    opened = Room(database)
    async with database.working() as work:
        opened.uploads = await ensure_uploads_library(work)
        made = await add_library(work, Actor.SYSTEM, NewLibrary("Folder", "/music"), tmp_path)
        opened.folder = made.id
    await opened.follower.catch_up()
    return opened


async def test_what_is_filed_is_found_and_what_is_renamed_by_its_new_name(room: Room) -> None:
    (track_id,) = await room.file(room.uploads, [ELIS])
    assert await room.found("marco") == ["Águas de Março"]
    assert await room.found("elis", "artists") == ["Elis Regina"]
    await room.file(room.uploads, [ELIS._replace(title="Corcovado", artist="Nara Leão", track_id=track_id)])
    assert await room.found("marco") == []
    assert await room.found("corcovado") == ["Corcovado"]
    assert await room.found("nara", "artists") == ["Nara Leão"]
    assert await room.found("nara", "albums") == ["Elis"]
    assert await room.found("elis", "artists") == [], "nobody hears her any more"


async def test_what_is_binned_or_missing_is_not_found_until_it_is_back(room: Room) -> None:
    (track_id,) = await room.file(room.uploads, [ELIS])

    async def both(act: str) -> tuple[list[str], list[str]]:
        await room.follower.catch_up()
        found = await room.find(room.both, Actor.SYSTEM, "elis")
        return names(found, "tracks"), names(found, "albums")

    async with room.database.working() as work:
        await bin_track(work, Actor.SYSTEM, room.both, track_id)
    assert await both("binned") == ([], [])
    async with room.database.working() as work:
        await restore_track(work, Actor.SYSTEM, track_id)
    assert await both("restored") == (["Águas de Março"], ["Elis"])
    async with room.database.working() as work:
        await set_missing(work, room.uploads, [track_id], True)
    assert await both("missing") == ([], [])
    async with room.database.working() as work:
        await set_missing(work, room.uploads, [track_id], False)
        await bin_track(work, Actor.SYSTEM, room.both, track_id)
        await purge_bin(work, now())
    assert await both("purged") == ([], [])


async def test_a_track_that_moves_is_found_in_its_new_library_alone(room: Room) -> None:
    (track_id,) = await room.file(room.uploads, [ELIS])
    await room.file(room.folder, [ELIS._replace(track_id=track_id)])
    assert await room.found("marco", view=View((room.uploads,), "")) == []
    assert await room.found("marco", view=View((room.folder,), "")) == ["Águas de Março"]
    assert await room.found("elis", "artists", View((room.uploads,), "")) == []


async def test_a_library_that_is_removed_leaves_nothing(room: Room) -> None:
    await room.file(room.folder, [ELIS])
    await room.file(room.uploads, [TOM])
    async with room.database.working() as work:
        await remove_library(work, Actor.SYSTEM, room.folder)
    await room.follower.catch_up()
    view = View((room.uploads,), "")
    assert await room.found("elis", "artists", view) == []
    assert await room.found("triste", view=view) == ["Triste"]
    async with room.database.reading() as reader:
        assert [one.library_id for one in await progress(reader)] == [room.uploads]
        assert {doc.library for doc in await docs_beyond(reader, -1, 100)} <= {0, 1, 2}
        assert len(await docs_beyond(reader, -1, 100)) == 3


async def test_of_many_that_are_gone_at_once_none_is_left(room: Room) -> None:
    songs = [Song(f"Song {number}", "Ana", f"Album {number % 7}") for number in range(900)]
    ids = await room.file(room.uploads, [*songs, TOM])
    async with room.database.working() as work:
        await work.run_many(_BIN, [{"the_id": track_id, "then": now()} for track_id in ids[:-1]])
        while await purge_bin(work, now()):
            pass
    await room.follower.catch_up()
    assert await room.found("song") == []
    assert await room.found("ana", "artists") == []
    async with room.database.reading() as reader:
        assert len(await docs_beyond(reader, -1, 100)) == 3
        ids = await track_ids(reader, room.both, 0, 10)
        assert [track.title for track in await tracks_by_id(reader, room.both, ids)] == ["Triste"]


async def _index_and_die(room: Room, writer: IndexWriter) -> None:
    async with room.database.working() as work:
        await index_some(work, writer, 25)
        raise RuntimeError("the process ends here")


async def test_an_index_that_is_interrupted_goes_on_where_it_was(room: Room) -> None:
    songs = [Song(f"Song {number}", "Ana", f"Album {number % 7}") for number in range(60)]
    async with room.database.working() as work:
        await file_tracks(work, room.uploads, [filing(song) for song in songs])
    writer = room.follower._writer
    async with room.database.working() as work:
        assert await index_some(work, writer, 25) == 25
    with pytest.raises(RuntimeError):
        await _index_and_die(room, writer)
    writer.forget()
    await Searched(room.database).follower.catch_up()
    found = set(await room.found("song")) | set(await room.found("song 59")) | set(await room.found("song 30"))
    assert {"Song 59", "Song 30"} <= found
    async with room.database.reading() as reader:
        tracks = await tracks_by_id(reader, room.both, await track_ids(reader, room.both, 0, 500))
        assert sorted(track.title for track in tracks) == sorted(song.title for song in songs)


async def test_what_the_house_plays_comes_first(room: Room, database: Database) -> None:
    ids = await room.file(room.uploads, [Song(f"Saudade {letter}", "Ana") for letter in "abcdefgh"])
    async with database.working() as work:
        listener = await create_user(work, None, NewUser("lia", "long enough password"), "hash", Role.MEMBER)
    await play(room, listener.id, ids[5], 3)
    await play(room, listener.id, ids[2], 9)
    assert (await room.found("saudade"))[:3] == ["Saudade c", "Saudade f", "Saudade a"]
    await play(room, listener.id, ids[5], 20)
    assert (await room.found("saudade"))[:3] == ["Saudade f", "Saudade c", "Saudade a"]


async def play(room: Room, user_id: str, track_id: str, times: int) -> None:
    """Let somebody have listened to a track so often."""
    row = {"user_id": user_id, "track_id": track_id, "started_at": now(), "updated_at": now(), "listened_ms": 1}
    row |= {"position_ms": None, "listened": True, "ended": True, "client": "", "device": "", "source": "web"}
    row |= {"source_id": None}
    async with room.database.working() as work:
        for _ in range(times):
            play_id = new_id()
            await work.run(Change(insert(plays)), **{c: row[c] for c in row if c in plays.c}, id=play_id)
            event = TrackListened(actor_id=user_id, play_id=play_id, track_id=track_id)
            await Noticing(room.words).listened(work, event)


async def test_words_of_songs_are_found_by_their_lines(room: Room) -> None:
    (track_id,) = await room.file(room.uploads, [ELIS])
    sheet = Sheet(".lrc", SheetFormat.LRC, "[00:01.00]É pau, é pedra\n[00:04.00]É o fim do caminho")
    noticing = Noticing(room.words)
    told = {"actor_id": None, "track_id": track_id, "title": ""}
    async with room.database.working() as work:
        await set_beside(work, {track_id: [sheet]})
        await noticing.sheet_put(work, SheetPut(source="house", format="lrc", **told))
    (found,) = (await room.find(room.both, Actor.SYSTEM, "fim do camin")).lyrics
    assert (found.line, found.start_ms) == ("É o fim do caminho", 4_000)
    assert [found.line[a:b] for mark in found.matched for a, b in mark.ranges] == ["fim", "do", "camin"]
    async with room.database.working() as work:
        await set_beside(work, {track_id: []})
        await noticing.sheets_removed(work, SheetsRemoved(**told))
    assert (await room.find(room.both, Actor.SYSTEM, "fim do camin")).lyrics == []


async def test_entries_that_lead_nowhere_are_looked_at_again(room: Room) -> None:
    await room.file(room.uploads, [ELIS])
    room.search.note_stale(Kind.TRACK, ["0000000000000001"])
    assert await room.follower.step() is True
    assert await room.follower.step() is False
    assert await room.found("marco") == ["Águas de Março"]
