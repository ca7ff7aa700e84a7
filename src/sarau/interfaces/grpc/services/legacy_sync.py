"""sync.SyncService: the existing contract's list of all that may be held."""

import asyncio

import grpc
from google.protobuf.empty_pb2 import Empty

from sarau.catalog.library.queries.files import HashedFile, hashed_files
from sarau.interfaces.grpc.context import Context, Surroundings
from sarau.interfaces.grpc.stubs.sync import sync_pb2, sync_pb2_grpc

_MANY = 1000  # so many make a message long enough to be put together beside the loop


def _listed(files: list[HashedFile]) -> sync_pb2.GetSyncResponse:
    return sync_pb2.GetSyncResponse(files=[sync_pb2.FileInfo(hash=one.sha256, filename=one.name) for one in files])


class SyncService:
    """Lists files."""

    def __init__(self, surroundings: Surroundings) -> None:
        self._surroundings = surroundings

    async def GetSync(self, request: Empty, context: Context) -> sync_pb2.GetSyncResponse:  # noqa: ARG002, N802
        """List every file with a hash that the caller may hear."""
        actor = await self._surroundings.actor(context)
        view = await self._surroundings.view(context, actor)
        async with self._surroundings.house.database.reading() as reader:
            files = await hashed_files(reader, view)
        return _listed(files) if len(files) < _MANY else await asyncio.to_thread(_listed, files)


def register(server: grpc.aio.Server, surroundings: Surroundings) -> str:
    """Register the service and return its full name."""
    sync_pb2_grpc.add_SyncServiceServicer_to_server(SyncService(surroundings), server)
    return str(sync_pb2.DESCRIPTOR.services_by_name["SyncService"].full_name)
