"""Playing from afar: sessions, devices, commands, parties. The same by WebSocket: rest/remote.py."""

import time
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from sarau.foundation.errors import Limited
from sarau.foundation.security.permissions import Permission
from sarau.interfaces.rest.contract import answer, body, contract, nothing
from sarau.interfaces.rest.dependencies import Home, Who
from sarau.interfaces.rest.schemas import Items
from sarau.kit.times import from_ms
from sarau.kit.tokens import new_token
from sarau.playback.remote.messages import Command
from sarau.playback.remote.schemas import (
    Overview,
    Party,
    PartyMembers,
    PlayDevice,
    SessionState,
    Ticket,
    WholeQueue,
)
from sarau.playback.remote.tokens import TICKET_TTL_S, ticket

_COMMANDS, _WINDOW_S = 600, 60.0

router = APIRouter(prefix="/playback", tags=["Playing from afar"])
SessionId = Annotated[str, Query(max_length=64, description="Another person's session; left out for one's own.")]


class TooManyCommands(Limited):
    """Somebody commands more than anybody hears."""

    code = "too_many_commands"
    message = "Too many commands: please slow down."


@router.get("/session", summary="What plays where", **contract(gives=Overview))
async def session(who: Who, home: Home, session_id: SessionId = "") -> Response:
    """The state with the moment of the server's clock it was told at, the queue with its tracks, all devices."""
    return answer(await home.remote.overview(who, session_id))


@router.get("/queue", summary="The queue with its tracks", **contract(gives=WholeQueue))
async def queue(who: Who, home: Home, session_id: SessionId = "") -> Response:
    """A track that the viewer may not hear is null, and its id empty."""
    return answer(await home.remote.queue(who, session_id))


@router.get("/devices", summary="Devices that play or command", **contract(gives=Items[PlayDevice]))
async def devices(who: Who, home: Home, session_id: SessionId = "") -> Response:
    """Those that are online first, then those seen last."""
    return answer(Items(await home.remote.devices(who, session_id)))


@router.delete("/devices/{device_id}", summary="Forget a device", **contract(status=204))
async def forget_device(who: Who, home: Home, device_id: str) -> Response:
    """One of one's own that is not connected; it is new when it comes back."""
    await home.remote.forget_device(who, device_id)
    return nothing()


@router.post("/commands", summary="Command what plays", **contract(takes=Command, gives=SessionState))
async def command(who: Who, home: Home, told: Annotated[Command, body(Command)]) -> Response:
    """`kind` names the command; with `queue_version` it is refused if another changed the queue meanwhile."""
    allowance = await home.limits.hit(f"commands of {who.id}", limit=_COMMANDS, window_s=_WINDOW_S)
    if not allowance.allowed:
        raise TooManyCommands(retry_after_s=round(allowance.retry_after_s, 1))
    return answer(await home.remote.command(who, told))


@router.put("/party", summary="Say who may take part", **contract(takes=PartyMembers, gives=SessionState))
async def set_party(who: Who, home: Home, members: Annotated[PartyMembers, body(PartyMembers)]) -> Response:
    """They may join one's session, hear and command; nobody else may. Who is left out is sent away."""
    return answer(await home.remote.set_party(who, members.usernames))


@router.get("/parties", summary="Sessions of others that one may join", **contract(gives=Items[Party]))
async def parties(who: Who, home: Home) -> Response:
    """By the name of their owner."""
    return answer(Items(await home.remote.parties(who)))


@router.post("/tickets", summary="A ticket for the WebSocket", **contract(gives=Ticket, status=201))
async def make_ticket(who: Who, home: Home) -> Response:
    """For who cannot send a header: `/api/v1/playback/connect?ticket=…`, once, within a minute."""
    who.require(Permission.LIBRARY_LISTEN)
    expires_at = int(time.time()) + TICKET_TTL_S
    made = ticket(home.signer, who.id, who.session_id or "", new_token(96), expires_at)
    return answer(Ticket(made, from_ms(expires_at * 1000)), 201, {"cache-control": "no-store"})
