"""Scanning a folder of music: the walk, what has to be read, and what is filed of it."""

import asyncio
import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from sarau.catalog.artwork.covers import Covers
from sarau.catalog.ingest import commands, queries
from sarau.catalog.ingest.batches import Batch, BatchWriter, Pending
from sarau.catalog.ingest.errors import FolderUnavailable
from sarau.catalog.ingest.schemas import Scan, ScanCounts, ScanState
from sarau.catalog.ingest.sidecars import digest_of
from sarau.catalog.ingest.walking import FoundFolder, count_sounds, is_below, is_walked, outermost, walk
from sarau.catalog.library.commands import folders as folder_commands
from sarau.catalog.library.commands.folders import KnownFolder
from sarau.catalog.library.commands.libraries import forget_unused_names, note_scanned
from sarau.catalog.library.commands.tracks import set_missing
from sarau.catalog.library.queries import files
from sarau.catalog.library.queries.libraries import LibraryRoot, library_root
from sarau.foundation.database.database import Database
from sarau.foundation.errors import DomainError
from sarau.foundation.media.tags import BulkTagReader
from sarau.foundation.observability.logs import get_logger
from sarau.foundation.security.actor import Actor

log = get_logger(__name__)

BATCH = 400
_PROGRESS_S = 0.5
_BEAT_S = 2.0
_MISSING_AT_ONCE = 500
_ANALYZE_SHARE = 0.1


class Tools(NamedTuple):
    """What a scan works with."""

    database: Database
    reader: BulkTagReader
    covers: Covers


class LibraryScan:
    """One scan of one library, or of some folders of it."""

    def __init__(self, tools: Tools, root: LibraryRoot, scan: Scan, tell: Callable[[ScanCounts, str], None]) -> None:
        self._tools = tools
        self._root = root
        self._scan = scan
        self._tell = tell
        self._base = os.fsencode(root.path)
        self.counts = scan.counts
        self._folders: dict[bytes, KnownFolder] = {}
        self._visited: set[bytes] = set()
        self._without_music: list[FoundFolder] = []
        self._emptied: list[KnownFolder] = []
        self._vanished: set[str] = set()
        self._told = 0.0
        self._folder = ""
        self._batch = Batch()
        self._writer = BatchWriter(tools.database, tools.reader, tools.covers, root, self._base, self.counts)

    async def run(self, starts: Sequence[bytes]) -> None:
        """Scan everything below some folders; raises FolderUnavailable."""
        async with self._tools.database.working() as work:
            self._folders = {f.path: f for f in await folder_commands.all_folders(work, self._root.id)}
        if starts != [b""]:
            self._require_mounted()
        for start in starts:
            if not is_walked(self._base, start):
                continue  # it is gone: its tracks are looked for with the folders that were not met
            try:
                for folder in walk(self._base, start):
                    await self._visit(folder)
            except OSError as error:
                raise FolderUnavailable(f"The folder {self._root.path} cannot be read: {error.strerror}.") from error
        await self._flush()
        await self._writer.finish()
        await self._leave_unmet(starts)
        async with self._tools.database.working() as work:
            await forget_unused_names(work)
            for start in starts:
                await commands.forget_problems(work, self._scan, start)
            if starts == [b""]:
                await note_scanned(work, self._root.id)

    def _require_mounted(self) -> None:
        """Raise FolderUnavailable if nothing is there, before a part of it is thought to be gone."""
        try:
            is_empty = next(Path(self._root.path).iterdir(), None) is None
        except OSError as error:
            raise FolderUnavailable(f"The folder {self._root.path} cannot be read: {error.strerror}.") from error
        if is_empty:
            raise FolderUnavailable(f"Nothing is in {self._root.path}: is its disk mounted?")

    async def _visit(self, found: FoundFolder) -> None:
        if found.problems:
            self.counts.problems += len(found.problems)
            async with self._tools.database.working() as work:
                await commands.note_problems(work, self._root.id, found.problems)
        known = self._folders.get(found.path)
        if found.path and not found.sounds:
            if known is None:
                # It is made when a folder below it has music.
                above = [folder for folder in self._without_music if is_below(found.path, folder.path)]
                self._without_music = [*above, found]
                return
            self._emptied.append(known)
        await self._look_through(found, known or await self._make_folder(found.path))
        if len(self._batch) >= BATCH:
            await self._flush()
        await self._progress(found.path)

    async def _look_through(self, found: FoundFolder, known: KnownFolder) -> None:
        """Note what is new, changed, gone or back in a folder."""
        self._visited.add(found.path)
        digest = digest_of(found.sidecars)
        async with self._tools.database.reading() as reader:
            there = {file.path: file for file in await files.files_in_folder(reader, known.id)}
        again = []
        for sound in found.sounds:
            path = found.path + b"/" + sound.name if found.path else sound.name
            file = there.pop(path, None)
            same = file is not None and (file.mtime_ns, file.size_bytes) == (sound.mtime_ns, sound.size_bytes)
            if file is not None and same and file.missing:
                again.append(file.track_id)
            if not same or digest != known.sidecars:
                self._batch.add(Pending(known, found, sound, path, file))
            self.counts.seen += 1
        self._vanished |= {file.track_id for file in there.values() if not file.missing}
        if again:
            async with self._tools.database.working() as work:
                await set_missing(work, self._root.id, again, False)
        if digest != known.sidecars:
            self._batch.sidecars_of(known, found, digest)

    async def _make_folder(self, path: bytes) -> KnownFolder:
        """Make a folder and those above it that are not known yet."""
        parent_id = None
        if path:
            above = path.rpartition(b"/")[0]
            parent = self._folders.get(above) or await self._make_folder(above)
            parent_id = parent.id
        name = folder_commands.display_name(path) if path else self._root.name
        async with self._tools.database.working() as work:
            made = await folder_commands.ensure_folder(work, self._root.id, path, parent_id, name)
        self._folders[path] = made
        self._visited.add(path)
        for folder in self._without_music:
            if folder.path == path and folder.sidecars:
                self._batch.sidecars_of(made, folder, digest_of(folder.sidecars))
        return made

    async def _flush(self) -> None:
        batch, self._batch = self._batch, Batch()
        if batch:
            await self._writer.take(batch)

    async def _progress(self, folder: bytes) -> None:
        self._folder = folder.decode(errors="replace")
        if time.monotonic() - self._told > _PROGRESS_S:
            await self._note_progress()
            # A walk over unchanged folders never waits for anything: let the others on this loop have their turn.
            await asyncio.sleep(0)

    async def _note_progress(self) -> None:
        self._told = time.monotonic()
        self._tell(self.counts, self._folder)
        async with self._tools.database.working() as work:
            await commands.note_progress(work, self._scan.id, self.counts, self._folder)

    async def beat(self) -> None:
        """Show signs of life until cancelled, also while a batch takes long to be read."""
        while True:
            await asyncio.sleep(_BEAT_S)
            if time.monotonic() - self._told > _BEAT_S:
                await self._note_progress()

    async def _leave_unmet(self, starts: Sequence[bytes]) -> None:
        """Mark what was not met as missing: files gone from folders, and all of folders that are gone."""
        unmet = [
            folder
            for path, folder in sorted(self._folders.items())
            if path not in self._visited and any(is_below(path, start) for start in starts)
        ]
        async with self._tools.database.reading() as reader:
            for folder in unmet:
                known = await files.files_in_folder(reader, folder.id)
                self._vanished |= {file.track_id for file in known if not file.missing}
        lost = sorted(self._vanished - self._writer.moved)
        self.counts.missing += len(self._writer.displaced - self._writer.moved)
        if starts == [b""] and lost and not self.counts.seen:
            raise FolderUnavailable(f"No music is found in {self._root.path}: is its disk mounted?")
        for index in range(0, len(lost), _MISSING_AT_ONCE):
            some = lost[index : index + _MISSING_AT_ONCE]
            self.counts.missing += len(some)
            async with self._tools.database.working() as work:
                await set_missing(work, self._root.id, some, True)
        async with self._tools.database.working() as work:
            await folder_commands.drop_empty_folders(work, [*unmet, *self._emptied])


async def scan_library(
    tools: Tools,
    library_id: str,
    starts: Sequence[bytes] = (b"",),
    tell: Callable[[ScanCounts, str], None] = lambda _counts, _folder: None,
) -> Scan:
    """Scan a library from beginning to end and return how it went.

    Raises ScanRunning, LibraryNotFound, FolderUnavailable; whatever goes wrong is noted with the scan first. A scan
    that was killed needs nothing special: what it filed is found unchanged by the next.
    """
    database = tools.database
    async with database.reading() as reader:
        root = await library_root(reader, library_id)
    base = os.fsencode(root.path)
    total = await _expected(database, base, root, starts)
    async with database.working() as work:
        scan = await commands.start_scan(work, library_id, total)
    run = LibraryScan(tools, root, scan, tell)
    folders = outermost(starts)
    state, error = ScanState.DONE, None
    beating = asyncio.create_task(run.beat())
    try:
        await run.run(folders)
        if run.counts.added + run.counts.changed > _ANALYZE_SHARE * run.counts.seen:
            await database.engine.analyze()
    except BaseException as failure:
        state = ScanState.FAILED if isinstance(failure, Exception) else ScanState.INTERRUPTED
        error = failure.text if isinstance(failure, DomainError) else f"{type(failure).__name__}: {failure}"
        raise
    finally:
        beating.cancel()
        await asyncio.gather(beating, return_exceptions=True)
        async with database.working() as work:
            await commands.finish_scan(work, scan, state, run.counts, error)
    async with database.reading() as reader:
        return await queries.scan(reader, Actor.SYSTEM, scan.id)


async def _expected(database: Database, base: bytes, root: LibraryRoot, starts: Sequence[bytes]) -> int:
    """Return how many files a whole scan is going to meet, about; 0 when only some folders are scanned."""
    if outermost(starts) != [b""]:
        return 0
    if root.scanned:
        async with database.reading() as reader:
            return await files.file_count(reader, root.id)
    try:
        return await asyncio.to_thread(count_sounds, base)
    except OSError:
        return 0
