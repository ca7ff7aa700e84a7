"""What a servicer works with: the house, who calls, what they may hear."""

from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import Any, NamedTuple
from urllib.parse import unquote

import grpc

from sarau.accounts.sessions.errors import SessionEnded
from sarau.accounts.sessions.schemas import Client
from sarau.catalog.library.policies import View
from sarau.catalog.library.queries.libraries import view_of
from sarau.foundation.errors import Unauthenticated
from sarau.foundation.security.actor import Actor
from sarau.interfaces.common.addresses import client_address, networks
from sarau.interfaces.common.entrance import Entrance
from sarau.interfaces.common.house import House
from sarau.interfaces.common.recollection import Recollection
from sarau.interfaces.grpc.errors import BrokenOff

Context = grpc.aio.ServicerContext[Any, Any]


class Caller(NamedTuple):
    """Who calls, and a way to ask whether they still may."""

    actor: Actor
    now: Callable[[], Awaitable[Actor | None]]


caller: ContextVar[Caller] = ContextVar("caller")


def metadata(context: Context, name: str) -> str:
    """Return a value that came with a call, empty if none did."""
    for key, value in context.invocation_metadata() or ():
        if key == name:
            return value if isinstance(value, str) else value.decode("latin-1")
    return ""


def peer_host(peer: str) -> str | None:
    """Return the address in gRPC's name of a peer: ipv4:192.0.2.1:5000, ipv6:%5B2001:db8::1%5D:5000."""
    kind, _, rest = unquote(peer).partition(":")
    if kind not in ("ipv4", "ipv6"):
        return None
    return rest.rpartition(":")[0].strip("[]").partition("%")[0]


async def require_whole(context: Context) -> None:
    """Raise BrokenOff unless the client itself ended what it sends.

    A connection that breaks looks like such an end, and what tells them apart may come a moment later. But on a call
    that is over nothing can be sent any more.
    """
    try:
        await context.send_initial_metadata(())
    except grpc.aio.BaseError as error:
        raise BrokenOff from error


class Surroundings:
    """The house as servicers see it, with the door and what was read a moment ago."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.entrance = Entrance(house.database, house.signer, house.limits, house.settings.security)
        self._trusted = networks(house.settings.server.trusted_proxies)
        self._views: Recollection[View] = Recollection(house.database)

    def client(self, context: Context) -> Client:
        """Return where a call comes from."""
        return Client(self.address(context), metadata(context, "user-agent")[:300])

    def address(self, context: Context) -> str | None:
        """Return the address that a call comes from, behind trusted proxies too."""
        peer = peer_host(context.peer())
        return client_address(peer, metadata(context, "x-forwarded-for") or None, self._trusted)

    async def actor(self, context: Context) -> Actor:  # noqa: ARG002 - the task knows whose call it works on
        """Return who calls, as was found when the call began; raises Unauthenticated."""
        found = caller.get(None)
        if found is None:
            raise Unauthenticated
        return found.actor

    async def view(self, context: Context, actor: Actor) -> View:  # noqa: ARG002 - as above
        """Return what somebody may hear now."""

        async def read() -> View:
            async with self.house.database.reading() as reader:
                return await view_of(reader, actor)

        return await self._views.recall(actor.id, read)

    async def caller_of(self, context: Context) -> Caller:
        """Return whose proof came with a call; raises Unauthenticated, SessionEnded."""
        scheme, _, token = metadata(context, "authorization").partition(" ")
        token = token.strip()
        if scheme.lower() != "bearer" or not token:
            raise Unauthenticated
        address = self.address(context)
        actor = await self.entrance.holder_of_key(token, address)
        if actor is not None:
            return Caller(actor, lambda: self.entrance.holder_of_key(token, address))
        actor = await self.entrance.holder_of_access(token, address)
        if actor is None:
            raise SessionEnded
        # A token that was good when the call began does not end it; the end of its session does.
        session_id = actor.session_id or ""
        return Caller(actor, lambda: self.entrance.holder_of_session(session_id, address))
