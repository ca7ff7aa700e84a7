"""sarau.v1.PlaybackService: devices join a session, and it is commanded from them."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import grpc

from sarau.catalog.library.errors import TrackNotFound
from sarau.catalog.library.queries.files import file_on_disk
from sarau.foundation.errors import Invalid
from sarau.foundation.security.actor import Actor
from sarau.interfaces.common.conversation import converse
from sarau.interfaces.common.recollection import Recollection
from sarau.interfaces.grpc.context import Context, Surroundings, caller
from sarau.interfaces.grpc.devices import said, told
from sarau.interfaces.grpc.stubs.sarau.v1 import playback_pb2
from sarau.playback.remote.clock import now_us
from sarau.playback.remote.connection import Connection, sent_now
from sarau.playback.remote.errors import NotJoined
from sarau.playback.remote.messages import Join
from sarau.playback.remote.schemas import Joined, Pong, SessionState
from sarau.playback.remote.telling import Sent

_SERVICE = playback_pb2.DESCRIPTOR.services_by_name["PlaybackService"]
_JOIN_WITHIN_S = 10.0
_FORM = "proto"
Messages = AsyncIterator[playback_pb2.ClientMessage]


class PlaybackService:
    """One call for each device, as long as it is joined."""

    def __init__(self, surroundings: Surroundings) -> None:
        self._surroundings = surroundings
        self._remote = surroundings.house.remote
        self._hashes: Recollection[str] = Recollection(surroundings.house.database)

    async def connect(self, messages: Messages, context: Context) -> None:
        """Let a device take part until it leaves; raises NotJoined, and why it is ended from here."""
        actor = await self._surroundings.actor(context)
        connection = await self._remote.join(actor, await _joining(messages), caller.get().now)

        async def listen() -> None:
            async for message in messages:
                try:
                    heard = said(message)
                except Invalid as error:
                    self._remote.misheard(connection, error, message.request_id)
                else:
                    await self._remote.hear(connection, heard)

        async def say(sent: Sent) -> None:
            await context.write(await self._bytes(sent, connection, context))

        over = await converse(self._remote, connection, listen, say)
        if over is not None:
            raise over

    async def _bytes(self, sent: Sent, connection: Connection, context: Context) -> bytes:
        """Return a message as it goes out, made once for all devices of a person."""
        form = sent.forms.get(_FORM)
        if form is None:
            message = sent_now(sent.message, now_us()) if isinstance(sent.message, Pong) else sent.message
            sha256 = None
            if isinstance(message, SessionState | Joined):
                state = message.state if isinstance(message, Joined) else message
                sha256 = await self._hash_of(state, connection.actor, context)
            form = sent.forms[_FORM] = told(sent.event_id, message, sha256).SerializeToString()
        return form

    async def _hash_of(self, state: SessionState, actor: Actor, context: Context) -> str | None:
        """Return the hash of what plays, as far as it is known."""
        if state.track is None:
            return None
        track_id, view = state.track.id, await self._surroundings.view(context, actor)

        async def read() -> str:
            async with self._surroundings.house.database.reading() as reader:
                return (await file_on_disk(reader, view, track_id)).sha256 or ""

        try:
            return await self._hashes.recall(f"{view.token} {track_id}", read)
        except TrackNotFound:  # taken away a moment ago
            return None


async def _joining(messages: Messages) -> Join:
    """Return the first message; raises NotJoined when it is another, or does not come."""
    try:
        async with asyncio.timeout(_JOIN_WITHIN_S):
            message = said(await anext(messages))
    except (StopAsyncIteration, TimeoutError):
        raise NotJoined("message", "no join came in time") from None
    if not isinstance(message, Join):
        raise NotJoined("message", "the first is to be a join")
    return message


def register(server: grpc.aio.Server, surroundings: Surroundings) -> str:
    """Register the service and return its full name."""
    service = PlaybackService(surroundings)
    methods: dict[str, grpc.RpcMethodHandler[Any, Any]] = {
        "Connect": grpc.stream_stream_rpc_method_handler(
            service.connect, request_deserializer=playback_pb2.ClientMessage.FromString
        )
    }
    name = str(_SERVICE.full_name)
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler(name, methods),))
    return name
