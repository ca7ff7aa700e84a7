"""Filing what a scan found, some hundred files at a time: read by other processes while the last ones are written."""

import asyncio
import hashlib
import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from sarau.catalog.artwork.commands import note_pictures
from sarau.catalog.artwork.covers import Covers
from sarau.catalog.artwork.schemas import KeptPicture
from sarau.catalog.ingest import commands
from sarau.catalog.ingest.commands import FoundProblem
from sarau.catalog.ingest.identity import Assigned, Found, assign
from sarau.catalog.ingest.schemas import ScanCounts
from sarau.catalog.ingest.sidecars import MAX_PICTURE_BYTES, cover_file, sheets_beside
from sarau.catalog.ingest.walking import FoundFile, FoundFolder, join
from sarau.catalog.library.commands.filing import file_tracks
from sarau.catalog.library.commands.folders import KnownFolder, set_sidecars
from sarau.catalog.library.commands.tracks import free_places, set_missing
from sarau.catalog.library.commands.turns import take_turn
from sarau.catalog.library.filing import Filing
from sarau.catalog.library.queries import files
from sarau.catalog.library.queries.files import KnownFile, Namesake
from sarau.catalog.library.queries.libraries import LibraryRoot
from sarau.catalog.library.schemas import NOWHERE
from sarau.catalog.lyrics.commands import set_beside, set_embedded
from sarau.catalog.lyrics.reading import embedded_sheet
from sarau.catalog.lyrics.schemas import SHEET_SUFFIXES, Sheet
from sarau.foundation.database.database import Database
from sarau.foundation.database.reader import Reader
from sarau.foundation.database.work import Work
from sarau.foundation.media.formats import media_type, suffix_for
from sarau.foundation.media.tags import BulkTagReader, Outcome, SoundFile, UnreadableSound
from sarau.foundation.storage.inside import read_inside
from sarau.kit.times import from_ms, now


class Pending(NamedTuple):
    """A sound file that is new or changed."""

    folder: KnownFolder
    found: FoundFolder
    file: FoundFile
    path: bytes
    known: KnownFile | None


class Read(NamedTuple):
    """A pending file that was read."""

    pending: Pending
    sound: SoundFile


class Batch:
    """Files to be read, and folders beside whose music something changed."""

    def __init__(self) -> None:
        self.files: list[Pending] = []
        self.changed: dict[str, tuple[KnownFolder, FoundFolder, str]] = {}

    def add(self, pending: Pending) -> None:
        """Take in a file."""
        self.files.append(pending)

    def sidecars_of(self, folder: KnownFolder, found: FoundFolder, digest: str) -> None:
        """Take in a folder whose covers or sheets changed."""
        self.changed[folder.id] = (folder, found, digest)

    def __len__(self) -> int:
        return len(self.files)

    def __bool__(self) -> bool:
        return bool(self.files or self.changed)


class BatchWriter:
    """Reads and files batches, one being read while the one before is written."""

    def __init__(
        self,
        database: Database,
        reader: BulkTagReader,
        covers: Covers,
        root: LibraryRoot,
        base: bytes,
        counts: ScanCounts,
    ) -> None:
        self._database = database
        self._reader = reader
        self._covers = covers
        self._root = root
        self._base = base
        self._counts = counts
        self._pictures: dict[bytes, KeptPicture | None] = {}
        self._writing: asyncio.Task[None] | None = None
        self.moved: set[str] = set()
        self.displaced: set[str] = set()

    async def take(self, batch: Batch) -> None:
        """Take a batch; returns when the one before is filed."""
        reading = asyncio.create_task(asyncio.to_thread(self._read, batch))
        await self.finish()
        self._writing = asyncio.create_task(self._write(batch, reading))

    async def finish(self) -> None:
        """Wait until everything taken is filed."""
        if self._writing is not None:
            await self._writing
            self._writing = None

    def _read(self, batch: Batch) -> list[Outcome]:
        items = [
            (index, Path(os.fsdecode(os.path.join(self._base, pending.path))), pending.file.suffix)
            for index, pending in enumerate(batch.files)
        ]
        results: dict[int, Outcome] = dict(self._reader.read_many(items))
        return [results[index] for index in range(len(items))]

    async def _write(self, batch: Batch, reading: asyncio.Task[list[Outcome]]) -> None:
        read: list[Read] = []
        problems: list[FoundProblem] = []
        for pending, result in zip(batch.files, await reading, strict=True):
            if isinstance(result, SoundFile):
                read.append(Read(pending, result))
            else:
                problems.append(_problem(pending.path, result))
        self._counts.problems += len(problems)
        covers = {folder_id: await self._folder_cover(found) for folder_id, (_, found, _) in batch.changed.items()}
        pictures = [await self._picture(one.sound.picture.data) if one.sound.picture else None for one in read]
        kept = {picture.id: picture for picture in (*pictures, *covers.values()) if picture is not None}
        async with self._database.working() as work:
            # Whoever corrects a track meanwhile does so before all this or after, and is not written over.
            await take_turn(work)
            await note_pictures(work, kept.values())
            assigned = await self._identities(work, read)
            filings = await self._filings(work, read, assigned, pictures, covers)
            await free_places(work, assigned.moved | assigned.displaced)
            await set_missing(work, self._root.id, sorted(assigned.displaced), True)
            if filings:
                track_ids = await file_tracks(work, self._root.id, filings)
                await self._file_sheets(work, batch, read, track_ids)
            for folder, _, digest in batch.changed.values():
                await set_sidecars(work, folder.id, digest, _id_of(covers[folder.id]))
            await commands.note_problems(work, self._root.id, problems)
        self._count(assigned, filings)

    def _count(self, assigned: Assigned, filings: Sequence[Filing]) -> None:
        self.moved |= assigned.moved
        self.displaced |= assigned.displaced
        self._counts.moved += len(assigned.moved)
        self._counts.added += sum(filing.track_id is None for filing in filings)
        known = sum(filing.track_id is not None for filing in filings)
        self._counts.changed += known - len(assigned.moved)

    async def _picture(self, data: bytes) -> KeptPicture | None:
        """Return the stored picture of some bytes; the same bytes come again with every track of an album."""
        digest = hashlib.sha256(data).digest()
        if digest not in self._pictures:
            if len(self._pictures) > 10_000:
                self._pictures.clear()
            self._pictures[digest] = await self._covers.keep(data)
        return self._pictures[digest]

    async def _folder_cover(self, found: FoundFolder) -> KeptPicture | None:
        file = cover_file(found.sidecars)
        if file is None:
            return None
        try:
            data = await asyncio.to_thread(read_inside, self._base, join(found.path, file.name), MAX_PICTURE_BYTES)
        except OSError:
            return None
        return await self._picture(data)

    async def _identities(self, reader: Reader, read: Sequence[Read]) -> Assigned:
        found = [
            Found(
                one.pending.path,
                one.pending.file.name.decode(errors="replace"),
                one.sound.fingerprint,
                one.pending.known.track_id if one.pending.known else None,
                one.pending.known.fingerprint if one.pending.known else None,
            )
            for one in read
        ]
        unsure = {item.fingerprint for item in found if item.fingerprint != item.known_fingerprint}
        candidates: list[Namesake] = []
        if unsure:
            candidates = await files.same_sound(reader, sorted(unsure))
        return assign(self._root.id, found, candidates, _still_there)

    async def _filings(
        self,
        reader: Reader,
        read: Sequence[Read],
        assigned: Assigned,
        pictures: Sequence[KeptPicture | None],
        covers: dict[str, KeptPicture | None],
    ) -> list[Filing]:
        ids = [track_id for track_id in assigned.track_ids if track_id]
        before: dict[str | None, Filing] = {}
        if ids:
            before = {filing.track_id: filing for _, filing in await files.filings_of(reader, ids)}
        filings = []
        for one, track_id, picture in zip(read, assigned.track_ids, pictures, strict=True):
            folder = one.pending.folder
            beside = _id_of(covers[folder.id]) if folder.id in covers else folder.cover
            new = self._filing(one, track_id, _id_of(picture), beside)
            old = before.get(track_id) if track_id else None
            if old is not None:
                new = new._replace(edits=old.edits, added_at=old.added_at, uploader_id=old.uploader_id)
                if (old.mtime_ns, old.size_bytes) == (new.mtime_ns, new.size_bytes):
                    new = new._replace(sha256=old.sha256)  # something beside it changed, or its place
            filings.append(new)
        return filings

    def _filing(self, one: Read, track_id: str | None, picture: str | None, beside: str | None) -> Filing:
        file, sound = one.pending.file, one.sound
        return Filing(
            track_id=track_id,
            folder_id=one.pending.folder.id,
            folder_path=one.pending.found.path,
            path=one.pending.path,
            name=file.name.decode(errors="replace"),
            media_type=media_type(suffix_for(sound.properties.codec, file.suffix)),
            mtime_ns=file.mtime_ns,
            size_bytes=file.size_bytes,
            properties=sound.properties,
            tags=sound.tags,
            fingerprint=sound.fingerprint,
            picture=picture,
            cover=picture or beside,
            added_at=self._added_at(file),
        )

    def _added_at(self, file: FoundFile) -> datetime:
        """Return when a new file counts as added: a library's first scan tells by the files' own times."""
        moment = now()
        if self._root.scanned or file.mtime_ns < 0:
            return moment
        return min(moment, from_ms(min(file.mtime_ns // 1_000_000, 4_000_000_000_000)))

    async def _file_sheets(self, work: Work, batch: Batch, read: Sequence[Read], track_ids: Sequence[str]) -> None:
        embedded: dict[str, Sheet | None] = {}
        beside: dict[str, list[Sheet]] = {}
        for one, track_id in zip(read, track_ids, strict=True):
            lyrics = one.sound.tags.lyrics
            if lyrics or one.pending.known:
                embedded[track_id] = embedded_sheet(lyrics) if lyrics else None
            sidecars = one.pending.found.sidecars
            if one.pending.folder.id in batch.changed or any(file.suffix in SHEET_SUFFIXES for file in sidecars):
                found = one.pending.found
                beside[track_id] = sheets_beside(self._base, found.path, one.pending.file, sidecars)
        if embedded:
            await set_embedded(work, embedded)
        if beside:
            await set_beside(work, beside)


def _problem(path: bytes, failure: UnreadableSound | OSError) -> FoundProblem:
    if isinstance(failure, OSError):
        return FoundProblem(path, "unreadable_file", failure.strerror or "it cannot be read")
    return FoundProblem(path, failure.code, failure.reason)


def _id_of(picture: KeptPicture | None) -> str | None:
    return picture.id if picture is not None else None


def _still_there(candidate: Namesake) -> bool:
    """Tell whether a track's file lies where it lay, unless another has taken its place."""
    return not candidate.path.startswith(NOWHERE) and os.path.lexists(
        os.path.join(os.fsencode(candidate.root), candidate.path)
    )
