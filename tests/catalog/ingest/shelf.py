"""A library scanned in this process, quickly, by the scanner itself on a real database and a real folder."""

import os
from collections.abc import Sequence
from pathlib import Path

from sarau.adapters.mutagen.sandbox import TagReadingCrew
from sarau.catalog.ingest.queries import problems_of
from sarau.catalog.ingest.scanning import Tools, scan_library
from sarau.catalog.ingest.schemas import Scan, ScanProblem
from sarau.catalog.library.commands.libraries import add_library
from sarau.catalog.library.policies import View
from sarau.catalog.library.queries import pages
from sarau.catalog.library.queries.files import file_on_disk, missing_tracks
from sarau.catalog.library.queries.lists import Filters, Order, Sort, track_page
from sarau.catalog.library.schemas import FileOnDisk, FolderPage, MissingTrack, NewLibrary, Track
from sarau.catalog.lyrics.queries import sheets_of
from sarau.catalog.lyrics.schemas import Sheet
from sarau.foundation.database.database import Database
from sarau.foundation.security.actor import Actor
from sarau.foundation.settings.load import Settings
from sarau.wiring.house import covers_of, open_stores


class Shelf:
    """A library on a folder, and what somebody who may hear it finds there."""

    def __init__(self, tools: Tools, root: Path, library_id: str) -> None:
        self.root = root
        self.id = library_id
        self.view = View((library_id,), "")
        self._tools = tools

    @property
    def database(self) -> Database:
        """Where it is kept."""
        return self._tools.database

    async def scan(self, *folders: str | bytes) -> Scan:
        """Scan all of it, or some folders."""
        return await scan_library(self._tools, self.id, [os.fsencode(folder) for folder in folders] or [b""])

    async def tracks(self) -> list[Track]:
        """Return what can be heard, by title."""
        found: list[Track] = []
        cursor = None
        async with self.database.reading() as reader:
            while True:
                page = await track_page(
                    reader, self.view, sort=Sort.TITLE, order=Order.ASC, filters=Filters(), limit=500, cursor=cursor
                )
                found += page.items
                cursor = page.next_cursor
                if cursor is None:
                    return found

    async def ids(self) -> dict[str, str]:
        """Return the ids of what can be heard, by title; no title may be there twice."""
        found = await self.tracks()
        ids = {track.title: track.id for track in found}
        assert len(ids) == len(found), [track.title for track in found]
        return ids

    async def file(self, track_id: str) -> FileOnDisk:
        """Return where the file of a track lies."""
        async with self.database.reading() as reader:
            return await file_on_disk(reader, self.view, track_id)

    async def places(self) -> dict[bytes, str]:
        """Return the ids of what can be heard, by path."""
        found = await self.tracks()
        places = {(await self.file(track.id)).path: track.id for track in found}
        assert len(places) == len(found)
        return places

    async def missing(self) -> list[MissingTrack]:
        """Return the tracks whose files are missing."""
        async with self.database.reading() as reader:
            return await missing_tracks(reader, Actor.SYSTEM, self.id)

    async def problems(self) -> dict[str, ScanProblem]:
        """Return the files passed over, by path."""
        async with self.database.reading() as reader:
            return {problem.path: problem for problem in await problems_of(reader, Actor.SYSTEM, self.id)}

    async def sheets(self, title: str) -> Sequence[Sheet]:
        """Return the lyrics and chord sheets of a track."""
        ids = await self.ids()
        async with self.database.reading() as reader:
            return await sheets_of(reader, self.view, ids[title])

    async def tree(self) -> list[str]:
        """Return the paths of all folders, as a listener walks through them."""
        async with self.database.reading() as reader:
            waiting = [(folder.id, "") for folder in await pages.top_folders(reader, self.view)]
            found: list[str] = []
            while waiting:
                folder_id, above = waiting.pop()
                page: FolderPage = await pages.folder(reader, self.view, folder_id)
                assert "/".join(folder.name for folder in page.ancestors[1:]) == above.rpartition("/")[0]
                for folder in page.folders:
                    path = f"{above}/{folder.name}".strip("/")
                    found.append(path)
                    waiting.append((folder.id, path))
        return sorted(found)


async def shelf_on(database: Database, crew: TagReadingCrew, root: Path, data: Path) -> Shelf:
    """Make a folder a library, with pictures kept below another folder."""
    root.mkdir(parents=True, exist_ok=True)
    tools = Tools(database, crew, covers_of(open_stores(Settings(data={"path": data}))))
    async with database.working() as work:
        made = await add_library(work, Actor.SYSTEM, NewLibrary(root.name, str(root)), root)
    return Shelf(tools, root, made.id)
