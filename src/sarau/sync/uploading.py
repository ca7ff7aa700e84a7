"""Uploads that may break off: holds where their parts lie until all are there."""

import zlib
from collections.abc import AsyncIterator
from typing import NamedTuple

import msgspec

from sarau.catalog.ingest.commands import Arrived, file_upload
from sarau.catalog.ingest.queries import room_of
from sarau.catalog.ingest.schemas import Room
from sarau.catalog.ingest.uploads import Uploads, safe_name
from sarau.catalog.library.commands.tracks import edit_track
from sarau.catalog.library.errors import TrackNotFound
from sarau.catalog.library.queries.files import file_by_hash
from sarau.catalog.library.queries.libraries import view_of
from sarau.catalog.library.schemas import Track, TrackEdit
from sarau.foundation.database.database import Database
from sarau.foundation.errors import Invalid
from sarau.foundation.observability.metrics import uploads as uploads_counter
from sarau.foundation.security.actor import Actor
from sarau.foundation.security.permissions import Permission
from sarau.foundation.storage.parts import Parts, PartsBusy, PartStore
from sarau.sync.commands import uploads as commands
from sarau.sync.errors import PartDamaged, UploadDamaged, WrongOffset
from sarau.sync.queries import uploads as queries
from sarau.sync.queries.uploads import UploadUnderWay
from sarau.sync.schemas import NewUpload, UploadState

MAX_PART_BYTES = 2 << 20


class Part(NamedTuple):
    """Some bytes of a file, with their CRC-32 where the sender told it."""

    offset_bytes: int
    data: bytes
    crc32: int | None


def _edits(upload: UploadUnderWay, track: Track) -> TrackEdit | None:
    """Return what the uploader says otherwise than the track says of itself."""
    given: dict[str, object] = {}
    if upload.title and upload.title != track.title:
        given["title"] = upload.title
    if upload.artist and upload.artist != track.artist:
        given["artists"] = [upload.artist]
    if upload.album and upload.album != track.album:
        given["album"] = upload.album
    return msgspec.convert(given, TrackEdit) if given else None


class ResumableUploads:
    """Takes files in parts, over days and restarts; a file that is complete is filed as any upload is."""

    def __init__(self, database: Database, parts: PartStore, uploads: Uploads) -> None:
        self._database = database
        self._parts = parts
        self._uploads = uploads

    async def start(self, actor: Actor, new: NewUpload) -> UploadState:
        """Begin an upload, or find the one of the same bytes; bytes that the actor may hear are kept already.

        Raises UnsupportedFormat, FileTooLarge, QuotaExceeded, StorageFull, TooManyUploads.
        """
        actor.require(Permission.LIBRARY_UPLOAD)
        safe_name(new.filename)
        if (track_id := await self._known(actor, new.hash)) is not None:
            return UploadState("", new.size_bytes, True, track_id, None)
        async with self._database.reading() as reader:
            found = await queries.upload_of_hash(reader, actor, new.hash)
        if found is not None and found.size_bytes == new.size_bytes:
            try:
                return await self.take(actor, found.id, _nothing())
            except PartsBusy:  # the call that broke off may not have noticed yet
                return await self.state(actor, found.id)
        room = await self._room(actor, found.size_bytes if found else 0)
        await self._uploads.require_room(room, new.size_bytes)
        async with self._database.working() as work:
            begun = await commands.start_upload(work, actor, new)
        return UploadState(begun.id, 0, False, "", begun.expires_at)

    async def state(self, actor: Actor, upload_id: str) -> UploadState:
        """Tell how far an upload is; raises UploadNotFound."""
        async with self._database.reading() as reader:
            upload = await queries.upload(reader, actor, upload_id)
        return UploadState(upload.id, await self._parts.size_bytes(upload.id), False, "", upload.expires_at)

    async def take(self, actor: Actor, upload_id: str, parts: AsyncIterator[Part]) -> UploadState:
        """Take parts in order; those taken stay, whatever comes after. With the last the file is filed.

        Raises UploadNotFound, PartsBusy, WrongOffset, PartDamaged, UploadDamaged, StorageFull, and what an upload
        raises; a file that cannot be filed is dropped.
        """
        async with self._database.working() as work:
            upload = await queries.upload(work, actor, upload_id)
            expires_at = await commands.prolong(work, upload_id)
        async with self._parts.opened(upload_id) as file:
            async for part in parts:
                _require_sound(part, upload, file.size_bytes)
                await file.append(part.data)
            if file.size_bytes == upload.size_bytes:
                return await self._finish(actor, upload, file)
            return UploadState(upload.id, file.size_bytes, False, "", expires_at)

    async def cancel(self, actor: Actor, upload_id: str) -> None:
        """Drop an upload; raises UploadNotFound."""
        async with self._database.working() as work:
            upload = await queries.upload(work, actor, upload_id)
            await commands.drop_upload(work, upload.id)
        await self._parts.delete(upload.id)

    async def tidy(self) -> None:
        """Drop uploads that nobody went on with."""
        async with self._database.working() as work:
            await commands.drop_expired(work)
        async with self._database.reading() as reader:
            wanted = await queries.all_upload_ids(reader)
        await self._parts.sweep(frozenset(wanted))

    async def _known(self, actor: Actor, sha256: str) -> str | None:
        async with self._database.reading() as reader:
            try:
                return (await file_by_hash(reader, await view_of(reader, actor), sha256)).track_id
            except TrackNotFound:
                return None

    async def _room(self, actor: Actor, given_back_bytes: int = 0) -> Room:
        """Return what the actor may still upload, with what is under way counted as if it were here."""
        async with self._database.reading() as reader:
            room = await room_of(reader, actor, self._uploads.limits)
            _, open_bytes = await queries.open_uploads(reader, actor)
        return msgspec.structs.replace(room, used_bytes=room.used_bytes + open_bytes - given_back_bytes)

    async def _finish(self, actor: Actor, upload: UploadUnderWay, file: Parts) -> UploadState:
        async def room_now() -> Room:
            return await self._room(actor, upload.size_bytes)

        try:
            async with self._uploads.arriving(upload.filename, file.read(), actor, room_now) as arrived:
                track_id, duplicate = await self._file(actor, upload, arrived)
        except Invalid as error:
            # It will never become a track: nobody should go on with it.
            uploads_counter.labels(error.code).inc()
            async with self._database.working() as work:
                await commands.drop_upload(work, upload.id)
            await self._parts.delete(upload.id)
            raise
        uploads_counter.labels("duplicate" if duplicate else "stored").inc()
        await self._parts.delete(upload.id)
        return UploadState("", upload.size_bytes, True, track_id, None)

    async def _file(self, actor: Actor, upload: UploadUnderWay, arrived: Arrived) -> tuple[str, bool]:
        if arrived.blob.sha256 != upload.sha256:
            raise UploadDamaged("hash", "the bytes that came have another one")
        async with self._database.working() as work:
            done = await file_upload(work, actor, arrived)
            edits = None if done.duplicate else _edits(upload, done.track)
            if edits is not None:
                await edit_track(work, actor, await view_of(work, actor), done.track.id, edits)
            await commands.drop_upload(work, upload.id)
        return done.track.id, done.duplicate


async def _nothing() -> AsyncIterator[Part]:
    """Give no parts: what is there may be all."""
    none: tuple[Part, ...] = ()
    for part in none:
        yield part


def _require_sound(part: Part, upload: UploadUnderWay, offset_bytes: int) -> None:
    """Raise WrongOffset, PartDamaged or Invalid for a part that cannot come next."""
    if part.offset_bytes != offset_bytes:
        raise WrongOffset(offset_bytes=offset_bytes)
    if len(part.data) > MAX_PART_BYTES:
        raise Invalid("data", f"a part has at most {MAX_PART_BYTES:,} bytes")
    if offset_bytes + len(part.data) > upload.size_bytes:
        raise Invalid("data", f"this goes beyond the end, {upload.size_bytes:,} bytes")
    if part.crc32 is not None and zlib.crc32(part.data) != part.crc32:
        raise PartDamaged("crc32", "the bytes that came have another checksum")
