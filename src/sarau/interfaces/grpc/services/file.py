"""file.FileService: the existing contract's files, named by their hash."""

import asyncio
import os
from collections.abc import AsyncIterator
from typing import Any

import grpc
import msgspec

from sarau.catalog.ingest.commands import file_upload
from sarau.catalog.ingest.queries import room_of
from sarau.catalog.ingest.schemas import Room
from sarau.catalog.library.commands.tracks import bin_copies, edit_track
from sarau.catalog.library.queries.files import file_by_hash
from sarau.catalog.library.queries.libraries import view_of
from sarau.catalog.library.schemas import Track, TrackEdit
from sarau.foundation.errors import DomainError
from sarau.foundation.observability.metrics import bytes_sent, streams_open
from sarau.foundation.observability.metrics import uploads as uploads_counter
from sarau.foundation.security.actor import Actor
from sarau.foundation.security.permissions import Permission
from sarau.foundation.storage.reading import read_at
from sarau.interfaces.grpc.context import Context, Surroundings, require_whole
from sarau.interfaces.grpc.errors import BrokenOff, Garbage
from sarau.interfaces.grpc.messages import head, only_bytes, read
from sarau.interfaces.grpc.services.auth import checked
from sarau.interfaces.grpc.stubs.file import file_pb2
from sarau.streaming.delivery import OpenFile
from sarau.streaming.errors import SoundMissing

_SERVICE = file_pb2.DESCRIPTOR.services_by_name["FileService"]
_DOWNLOADED = file_pb2.DownloadResponse.CHUNK_FIELD_NUMBER
_UPLOADED = file_pb2.UploadRequest.CHUNK_FIELD_NUMBER
_BLOCK_BYTES = 256 << 10  # three times in memory while a slow client is waited for, which is to stay below 1 MB
_SILENCE_S = 60  # an upload of which nothing comes for so long is over
_sent = bytes_sent.labels("original")
Chunks = AsyncIterator[bytes | memoryview]


async def _messages(requests: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Pass on what comes; raises BrokenOff for a client that fell silent."""
    while True:
        try:
            async with asyncio.timeout(_SILENCE_S):
                raw = await anext(requests)
        except StopAsyncIteration:
            return
        except TimeoutError:
            raise BrokenOff from None
        yield raw


async def _metadata(messages: AsyncIterator[bytes]) -> file_pb2.FileMetadata:
    raw = await anext(messages, b"")
    first = read(file_pb2.UploadRequest.FromString, raw)
    if first.WhichOneof("data") != "metadata":
        raise Garbage("metadata", "it comes first")
    return first.metadata


async def _chunks(messages: AsyncIterator[bytes], context: Context) -> Chunks:
    async for raw in messages:
        content = only_bytes(raw, _UPLOADED)
        if content is None:
            message = read(file_pb2.UploadRequest.FromString, raw)
            if message.WhichOneof("data") != "chunk":
                raise Garbage("chunk", "after the metadata come chunks alone")
            yield message.chunk
        else:
            yield content
    await require_whole(context)


def _edit_of(about: file_pb2.FileMetadata) -> TrackEdit:
    """Return what the metadata says as corrections; raises Invalid."""
    given = {"title": about.title, "album": about.album, "artists": [about.artist] if about.artist else None}
    return checked(TrackEdit, **{field: value for field, value in given.items() if value})


def _news(edit: TrackEdit, track: Track) -> TrackEdit:
    """Return the corrections without what the track says of itself already."""
    known = {"title": track.title, "album": track.album, "artists": [track.artist]}
    same = {field: msgspec.UNSET for field, value in known.items() if getattr(edit, field) == value}
    return msgspec.structs.replace(edit, **same)


class FileService:
    """Downloads, uploads and deletes; what passes through in bulk is framed by hand."""

    def __init__(self, surroundings: Surroundings) -> None:
        self._surroundings = surroundings
        self._house = surroundings.house

    async def download(self, request: file_pb2.DownloadRequest, context: Context) -> None:
        """Send a file from its first byte to its last."""
        actor = await self._surroundings.actor(context)
        actor.require(Permission.LIBRARY_DOWNLOAD)
        view = await self._surroundings.view(context, actor)
        async with self._house.database.reading() as reader:
            found = await file_by_hash(reader, view, request.hash)
        file = self._house.delivery.open_hashed(found)
        try:
            with streams_open.track_inprogress():
                await self._send(file, context)
        finally:
            os.close(file.descriptor)

    async def _send(self, file: OpenFile, context: Context) -> None:
        """Write chunks as fast as the client takes them; small ones are cut from larger pieces."""
        most = self._house.settings.grpc.chunk_bytes
        block = max(most, _BLOCK_BYTES // most * most)
        for position in range(0, file.size_bytes, block):
            length = min(block, file.size_bytes - position)
            piece = memoryview(await read_at(file.descriptor, length, position))
            if len(piece) != length:
                raise SoundMissing  # it shrank
            for start in range(0, length, most):
                chunk = piece[start : start + most]
                await context.write(head(_DOWNLOADED, len(chunk)) + chunk)
            _sent.inc(length)

    async def upload(self, requests: AsyncIterator[bytes], context: Context) -> file_pb2.UploadResponse:
        """Take a file in."""
        actor = await self._surroundings.actor(context)
        actor.require(Permission.LIBRARY_UPLOAD)
        messages = _messages(requests)
        about = await _metadata(messages)
        edit = _edit_of(about)
        try:
            sha256, duplicate = await self._keep(actor, about.filename, edit, _chunks(messages, context))
        except DomainError as error:
            uploads_counter.labels(error.code).inc()
            raise
        uploads_counter.labels("duplicate" if duplicate else "stored").inc()
        return file_pb2.UploadResponse(hash=sha256)

    async def _keep(self, actor: Actor, name: str, edit: TrackEdit, chunks: Chunks) -> tuple[str, bool]:
        """Take bytes in and return their hash, and whether they were here already: then nothing is corrected."""

        async def room_now() -> Room:
            async with self._house.database.reading() as reader:
                return await room_of(reader, actor, self._house.settings.uploads)

        async with (
            self._house.uploads.arriving(name, chunks, actor, room_now) as arrived,
            self._house.database.working() as work,
        ):
            done = await file_upload(work, actor, arrived)
            news = _news(edit, done.track)
            if not done.duplicate and news != TrackEdit():
                await edit_track(work, actor, await view_of(work, actor), done.track.id, news)
            return arrived.blob.sha256, done.duplicate

    async def delete(self, request: file_pb2.DeleteRequest, context: Context) -> file_pb2.DeleteResponse:
        """Put a track into the bin."""
        actor = await self._surroundings.actor(context)
        async with self._house.database.working() as work:
            view = await view_of(work, actor)
            return file_pb2.DeleteResponse(success=await bin_copies(work, actor, view, request.hash))


def register(server: grpc.aio.Server, surroundings: Surroundings) -> str:
    """Register the service and return its full name."""
    service = FileService(surroundings)
    handlers: dict[str, grpc.RpcMethodHandler[Any, Any]] = {
        "Upload": grpc.stream_unary_rpc_method_handler(
            service.upload, None, file_pb2.UploadResponse.SerializeToString
        ),
        "Download": grpc.unary_stream_rpc_method_handler(service.download, file_pb2.DownloadRequest.FromString, None),
        "Delete": grpc.unary_unary_rpc_method_handler(
            service.delete, file_pb2.DeleteRequest.FromString, file_pb2.DeleteResponse.SerializeToString
        ),
    }
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler(_SERVICE.full_name, handlers),))
    return str(_SERVICE.full_name)
