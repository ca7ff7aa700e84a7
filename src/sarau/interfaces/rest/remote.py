"""Playing from afar by WebSocket (RFC 6455): one JSON object in each text frame, both ways."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

import msgspec
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from sarau.accounts.sessions.errors import SessionEnded
from sarau.foundation.errors import DomainError, Invalid, Unauthenticated
from sarau.foundation.observability.logs import get_logger
from sarau.foundation.security.actor import Actor
from sarau.interfaces.common.conversation import converse
from sarau.interfaces.common.house import House
from sarau.playback.remote.clock import now_us
from sarau.playback.remote.connection import sent_now
from sarau.playback.remote.errors import (
    DeviceSilent,
    DeviceTooSlow,
    HouseCloses,
    JoinedElsewhere,
    NotJoined,
    PlaybackSessionNotFound,
    TicketNotGood,
    TooManyMessages,
)
from sarau.playback.remote.messages import MAX_MESSAGE_BYTES, ClientMessage, Join, message_in
from sarau.playback.remote.schemas import (
    Devices,
    Done,
    Joined,
    PlaybackQueue,
    Pong,
    Refused,
    ServerMessage,
    SessionState,
)
from sarau.playback.remote.telling import Sent
from sarau.playback.remote.tokens import TICKET_TTL_S, ticket_holder

log = get_logger("sarau.devices")

PATH = "/api/v1/playback/connect"
_JOIN_WITHIN_S = 10.0
_CLOSE_WITHIN_S = 1.0
_FORM = "json"
_NOT_JOINED = 4400
_TOO_LARGE = 1009
_GOING_AWAY = 1001
_CODES: dict[type[DomainError], int] = {
    SessionEnded: 4401,
    DeviceSilent: 4408,
    JoinedElsewhere: 4409,
    PlaybackSessionNotFound: 4410,
    DeviceTooSlow: 4413,
    TooManyMessages: 4429,
    HouseCloses: _GOING_AWAY,
}
_KINDS: dict[type[ServerMessage], str] = {
    Joined: "joined",
    Pong: "pong",
    Done: "done",
    Refused: "refused",
    SessionState: "state",
    Devices: "devices",
    PlaybackQueue: "queue",
}
_encode = msgspec.json.Encoder().encode
Again = Callable[[], Awaitable[Actor | None]]


class _TooLarge(Exception):
    """A message larger than any we have a use for, or none of text."""


async def connect(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer the one address that takes WebSockets; all others are refused, as are strangers."""
    socket = WebSocket(scope, receive, send)
    if scope["path"] != PATH:
        await socket.close()
        return
    try:
        actor, again = await _who(socket)
    except DomainError:
        await (
            socket.close()
        )  # before it is accepted: an HTTP error, by which no page of another origin learns anything
        return
    await socket.accept()
    try:
        await _talk(socket, actor, again)
    except WebSocketDisconnect:
        return
    except _TooLarge:
        await _close(socket, _TOO_LARGE, "too large")


async def _who(socket: WebSocket) -> tuple[Actor, Again]:
    """Return who connects, and a way to ask again later; raises Unauthenticated, TicketNotGood."""
    state = socket.app.state
    home, credentials = state.house, state.credentials
    address = credentials.address(socket)
    given = socket.query_params.get("ticket")
    if given is not None:
        user_id, login = await _redeem(home, given)
        again = _asking(state.entrance, user_id, login, address)
        actor = await again()
        if actor is None:
            raise TicketNotGood
        return actor, again
    scheme, _, token = socket.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" and not _same_origin(socket, home.settings.house.url):
        raise Unauthenticated
    actor = await credentials.actor(socket)
    if actor.session_id is None:
        return actor, lambda: state.entrance.holder_of_key(token.strip(), address)
    return actor, _asking(state.entrance, actor.id, actor.session_id, address)


def _asking(entrance: Any, user_id: str, login: str, address: str | None) -> Again:
    """Return what asks whether somebody may still come in: while they are signed in, or with a key at all."""
    return lambda: entrance.holder_of_session(login, address) if login else entrance.person(user_id, address)


async def _redeem(home: House, given: str) -> tuple[str, str]:
    """Return whose ticket it is, and the session they signed in; it is good once. Raises TicketNotGood."""
    found = ticket_holder(home.signer, given)
    if found is None:
        raise TicketNotGood
    user_id, login, nonce = found
    if not (await home.limits.hit(f"ticket {nonce}", limit=1, window_s=TICKET_TTL_S * 2)).allowed:
        raise TicketNotGood
    return user_id, login


def _same_origin(socket: WebSocket, house_url: str) -> bool:
    """Tell whether a page of ours connects: browsers send our cookies for every page, with the origin of the page."""
    origin = urlsplit(socket.headers.get("origin", ""))
    if not origin.netloc or origin.scheme not in ("http", "https"):
        return False
    standard = {"http": ":80", "https": ":443"}[origin.scheme]
    hosts = {socket.headers.get("host", ""), urlsplit(house_url).netloc}
    known = {host.lower().removesuffix(standard) for host in hosts if host}
    return origin.netloc.lower().removesuffix(standard) in known


async def _talk(socket: WebSocket, actor: Actor, again: Again) -> None:
    remote = socket.app.state.house.remote
    try:
        connection = await remote.join(actor, await _joining(socket), again)
    except (DomainError, TimeoutError) as error:
        told = error if isinstance(error, DomainError) else NotJoined("message", "no join came in time")
        await socket.send_text(_text(Sent(0, Refused(0, told.code, told.text))))
        await _close(socket, _CODES.get(type(told), _NOT_JOINED), told.code)
        return

    async def listen() -> None:
        while True:
            try:
                message = await _received(socket)
            except Invalid as error:
                remote.misheard(connection, error)
            except WebSocketDisconnect:
                return
            else:
                await remote.hear(connection, message)

    async def say(sent: Sent) -> None:
        await socket.send_text(_text(sent))

    log.info("a device joined", user=actor.username, device=connection.player_id)
    over = await converse(remote, connection, listen, say)
    log.info("a device left", user=actor.username, device=connection.player_id, reason=over.code if over else None)
    if over is not None:
        await _close(socket, _CODES.get(type(over), _NOT_JOINED), over.code)


async def _joining(socket: WebSocket) -> Join:
    """Return the first message; raises NotJoined when it is another, Invalid, TimeoutError."""
    async with asyncio.timeout(_JOIN_WITHIN_S):
        message = await _received(socket)
    if not isinstance(message, Join):
        raise NotJoined("message", "the first is to be a join")
    return message


async def _received(socket: WebSocket) -> ClientMessage:
    """Return the next message; raises Invalid, WebSocketDisconnect."""
    frame = await socket.receive()
    if frame["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(frame.get("code") or _GOING_AWAY)
    text = frame.get("text")
    if text is None or len(text) > MAX_MESSAGE_BYTES:
        raise _TooLarge
    return message_in(text)


def _text(sent: Sent) -> str:
    """Return a message as it goes out: what it is and its number, before its own fields."""
    form = sent.forms.get(_FORM)
    if form is None:
        message = sent_now(sent.message, now_us()) if isinstance(sent.message, Pong) else sent.message
        head = f'{{"event_id":{sent.event_id},"kind":"{_KINDS[type(message)]}",'
        form = sent.forms[_FORM] = head.encode() + _encode(message)[1:]
    return form.decode()


async def _close(socket: WebSocket, code: int, reason: str) -> None:
    """Say goodbye; whoever no longer reads is not waited for."""
    if socket.application_state is WebSocketState.DISCONNECTED:
        return
    try:
        async with asyncio.timeout(_CLOSE_WITHIN_S):
            await socket.close(code, reason)
    except (TimeoutError, RuntimeError, OSError):
        return
