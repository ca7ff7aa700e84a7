"""Libraries filed without files, for tests of the search: the index follows what is filed, sound or none."""

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sarau.catalog.library.commands.filing import file_tracks
from sarau.catalog.library.filing import Filing
from sarau.catalog.library.policies import View
from sarau.foundation.database.database import Database
from sarau.foundation.media.formats import Codec
from sarau.foundation.media.tags import Properties, Tags
from sarau.foundation.security.actor import Actor
from sarau.search.answering import search
from sarau.search.finding import Search
from sarau.search.following import Follower
from sarau.search.schemas import Part, SearchResults, Wanted
from sarau.wiring.house import words_of

EVERY_KIND = Wanted(*(Part(0, 10) for _ in Wanted._fields))


class Song(NamedTuple):
    """A song to be filed."""

    title: str
    artist: str
    album: str = "?"
    year: int | None = None
    genres: tuple[str, ...] = ()
    track_id: str | None = None


def filing(song: Song) -> Filing:
    """Return a song as a scan would hand it in."""
    digest = hashlib.sha256(repr(song[:3]).encode()).hexdigest()
    tags = Tags(
        title=song.title,
        artists=(song.artist,),
        album=song.album,
        album_artists=(song.artist,),
        genres=song.genres,
        year=song.year,
        date=str(song.year) if song.year else None,
    )
    return Filing(
        track_id=song.track_id,
        folder_id=None,
        folder_path=None,
        path=digest.encode(),
        name=f"{song.title}.flac",
        media_type="audio/flac",
        mtime_ns=0,
        size_bytes=1,
        properties=Properties(Codec.FLAC, 180_000, 880, 44_100, 2, 16),
        tags=tags,
        fingerprint=digest[:32],
        picture=None,
        cover=None,
        added_at=datetime(2025, 1, 1, tzinfo=UTC),
        sha256=digest,
    )


class Searched:
    """A database with an index, and somebody who searches it."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.words = words_of(database.engine)
        self.search = Search(self.words)
        self.follower = Follower(database, self.words, self.search)

    async def file(self, library_id: str, songs: Iterable[Song]) -> list[str]:
        """File songs and let the index follow."""
        async with self.database.working() as work:
            ids = await file_tracks(work, library_id, [filing(song) for song in songs])
        await self.follower.catch_up()
        return ids

    async def find(self, view: View, actor: Actor, text: str, wanted: Wanted = EVERY_KIND) -> SearchResults:
        """Search for a text."""
        async with self.database.reading() as reader:
            return await search(self.search, reader, view, actor, text, wanted)


def names(results: SearchResults, kind: str) -> list[str]:
    """Return the titles or names of what was found of a kind."""
    items: list[Any] = [match.item for match in getattr(results, kind)]
    return [getattr(item, "title", None) or item.name for item in items]
