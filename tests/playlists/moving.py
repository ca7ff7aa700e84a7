"""Moves in a playlist, straight on the database; as a program it is one of a crowd who edit the same one.

`python -m tests.playlists.moving URL USER PLAYLIST SEED` says "ready", waits for a line, and tells what it added and
took out.
"""

import asyncio
import json
import random
import sys

from bench.material.catalogue import filings

from sarau.accounts.roles.policies import Role
from sarau.accounts.users.commands import create_user
from sarau.accounts.users.schemas import NewUser
from sarau.catalog.library.commands.filing import file_tracks
from sarau.catalog.library.commands.libraries import ensure_uploads_library
from sarau.catalog.library.policies import View
from sarau.catalog.library.queries.libraries import uploads_library
from sarau.foundation.database.database import Database, engine_for
from sarau.foundation.database.reader import Reader
from sarau.foundation.security.actor import Actor
from sarau.playlists.commands.entries import edit_entries
from sarau.playlists.commands.playlists import create_playlist
from sarau.playlists.errors import EntryNotFound, PlaylistChanged
from sarau.playlists.queries.entries import all_entries
from sarau.playlists.queries.rules import RuleBook
from sarau.playlists.schemas import AddTracks, Edit, MoveEntries, NewPlaylist, PlaylistEdits, RemoveEntries

ROUNDS = 60


class Desk:
    """Somebody at work on one playlist."""

    def __init__(self, database: Database, actor: Actor, view: View, playlist_id: str) -> None:
        self.database = database
        self.actor = actor
        self.view = view
        self.playlist_id = playlist_id

    async def edit(self, *edits: Edit, version: int | None = None) -> list[str]:
        """Make edits and return the ids of new entries."""
        async with self.database.working() as work:
            asked = PlaylistEdits(list(edits), version)
            return (await edit_entries(work, self.actor, self.view, self.playlist_id, asked)).entry_ids

    async def order(self) -> list[str]:
        """Return the ids of the entries in order, whose places must all differ."""
        async with self.database.reading() as reader:
            found = await all_entries(reader, self.playlist_id)
        assert len({entry.place for entry in found}) == len(found)
        return [entry.entry_id for entry in found]


def _actor(user_id: str) -> Actor:
    return Actor(user_id, "ana", "member", frozenset())


async def _view(reader: Reader) -> View:
    library = await uploads_library(reader)
    assert library is not None
    return View((library,), "")


async def desk(database: Database, entries: int) -> Desk:
    """Make somebody with a playlist of so many entries."""
    async with database.working() as work:
        person = await create_user(work, None, NewUser("ana", "correct horse battery"), "-", Role.MEMBER)
        tracks = await file_tracks(work, await ensure_uploads_library(work), list(filings(20)))
    actor = _actor(person.id)
    async with database.working() as work:
        view = await _view(work)
        new = NewPlaylist("moving", [tracks[number % len(tracks)] for number in range(entries)])
        playlist_id = await create_playlist(work, actor, view, RuleBook(()), new)
    return Desk(database, actor, view, playlist_id)


async def _crowd(url: str, user_id: str, playlist_id: str, seed: str) -> None:
    chance = random.Random(seed)
    async with Database(engine_for(url)) as database:
        async with database.reading() as reader:
            mine = Desk(database, _actor(user_id), await _view(reader), playlist_id)
            tracks = list({entry.track_id for entry in await all_entries(reader, playlist_id)})
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        sys.stdin.readline()
        added: list[str] = []
        removed: list[str] = []
        for _ in range(ROUNDS):
            known = await mine.order()
            one, before = chance.choice(known), chance.choice([*known, None])
            try:
                match chance.randrange(4):
                    case 0:
                        added += await mine.edit(AddTracks([chance.choice(tracks)], before))
                    case 1:
                        await mine.edit(RemoveEntries([one]))
                        removed.append(one)
                    case _:
                        await mine.edit(MoveEntries([one], before))
            except (EntryNotFound, PlaylistChanged):
                continue  # another took it out a moment ago
        sys.stdout.write(json.dumps({"added": added, "removed": removed}))


if __name__ == "__main__":
    asyncio.run(_crowd(*sys.argv[1:]))
