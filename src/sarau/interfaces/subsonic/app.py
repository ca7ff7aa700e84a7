"""The application below /rest: finds the endpoint, lets in who may come, writes the reply."""

import asyncio
from hashlib import blake2b

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sarau.foundation.errors import DomainError
from sarau.foundation.observability.failures import record_failure
from sarau.foundation.observability.logs import get_logger
from sarau.interfaces.common import state
from sarau.interfaces.common.house import House
from sarau.interfaces.subsonic.asking import Asked, asked_of
from sarau.interfaces.subsonic.call import Call, Endpoint
from sarau.interfaces.subsonic.endpoints import (
    browsing,
    elsewhere,
    folders,
    info,
    listening,
    lists,
    marks,
    media,
    people,
    playlists,
    queues,
    scanning,
    searching,
    sharing,
    stations,
    system,
    transcoding,
    words,
)
from sarau.interfaces.subsonic.errors import CLIENT_TOO_OLD, GENERIC, SERVER_TOO_OLD, Missing, Refused, failure_of
from sarau.interfaces.subsonic.fragments import Fragments
from sarau.interfaces.subsonic.guests import Guests
from sarau.interfaces.subsonic.writing import Failure, Form, Kept, Wish, failure, kept_xml, reply, xml_reply

log = get_logger(__name__)

PREFIX = "/rest/"
_SUFFIX = ".view"
_MAJOR, _LONGEST_VERSION = 1, 9
_LARGE_BYTES, _KEPT_S = 64 << 10, 600
_OPEN = "getOpenSubsonicExtensions"
_METHODS = ("GET", "HEAD", "POST", "OPTIONS")
_MODULES = (
    system, browsing, folders, lists, searching, playlists, media, words, transcoding, listening, marks, queues,
    sharing, stations, info, people, scanning, elsewhere,
)  # fmt: skip
_ORIGIN = "access-control-allow-origin"
_SHARED = [(_ORIGIN.encode(), b"*"), (b"access-control-expose-headers", b"*")]
_PREFLIGHT = {
    _ORIGIN: "*",
    "access-control-allow-methods": ", ".join(_METHODS),
    "access-control-allow-headers": "*",
    "access-control-max-age": "86400",
}


class _Route:
    """What a request is counted under: apps spell an endpoint in two ways."""

    __slots__ = ("path",)

    def __init__(self, name: str) -> None:
        self.path = PREFIX + name


ENDPOINTS: dict[str, Endpoint] = {name: one for module in _MODULES for name, one in module.ENDPOINTS.items()}
_ROUTES = {name: _Route(name) for name in (*ENDPOINTS, _OPEN)}


def _headers_alone(send: Send) -> Send:
    """Return what sends a reply without its content."""

    async def send_headers(message: Message) -> None:
        await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

    return send_headers


def _for_all_origins(send: Send) -> Send:
    """Return what sends sound so that apps in browsers may look into it: to show it, to keep it, to make it even."""

    async def send_shared(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message["headers"], *_SHARED]}
        await send(message)

    return send_shared


class Subsonic:
    """Speaks OpenSubsonic for the house that the application was handed."""

    def __init__(self) -> None:
        self._guests: tuple[House, Guests] | None = None
        self._fragments = Fragments()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive, send)
        name = scope["path"].removeprefix(PREFIX).removesuffix(_SUFFIX)
        if name in _ROUTES:
            scope["route"] = _ROUTES[name]
        answer = await self._answer(request, name)
        if request.method == "HEAD":
            send = _headers_alone(send)
        if not (isinstance(answer, Response) and _ORIGIN in answer.headers):
            send = _for_all_origins(send)
        await answer(scope, receive, send)

    async def _answer(self, request: Request, name: str) -> ASGIApp:
        if request.method not in _METHODS:
            return Response(status_code=405, headers={"allow": ", ".join(_METHODS)})
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=_PREFLIGHT)
        wish = Wish(Form.XML)
        try:
            asked = await asked_of(request)
            wish = asked.wish()
            asked.require_texts()
            return await self._asked(request, name, asked, wish)
        except Refused as error:
            return failure(wish, error.failure)
        except DomainError as error:
            return failure(wish, failure_of(error))
        except ClientDisconnect:
            raise
        except Exception as error:
            log.exception("request failed", route=PREFIX + name)
            await record_failure(state.house(request).database, PREFIX + name, error)
            return failure(wish, Failure(GENERIC, "Something went wrong on our side. The log knows more."))

    async def _asked(self, request: Request, name: str, asked: Asked, wish: Wish) -> ASGIApp:
        if name == _OPEN:
            return reply(wish, "openSubsonicExtensions", system.EXTENSIONS)
        endpoint = ENDPOINTS.get(name)
        if endpoint is None:
            unknown = failure(wish, Failure(GENERIC, "There is no such endpoint."))
            unknown.status_code = 404
            return unknown
        _require_version(asked.text("v"))
        home = state.house(request)
        actor = await self._guests_of(request, home).who(request, asked)
        answer = await endpoint(Call(request, asked, wish, home, actor, self._fragments))
        if answer is None:
            return reply(wish)
        if not isinstance(answer, tuple):
            return answer
        if isinstance(answer[1], Kept) and wish.form is Form.XML and len(answer[1].data) > _LARGE_BYTES:
            return await _large(home, answer[0], answer[1])
        return reply(wish, *answer)

    def _guests_of(self, request: Request, home: House) -> Guests:
        if self._guests is None or self._guests[0] is not home:
            self._guests = home, Guests(home, state.entrance(request), state.credentials(request))
        return self._guests[1]


async def _large(home: House, name: str, payload: Kept) -> Response:
    """Return a large reply as XML: written beside the loop, and kept, for it takes twenty times as long as JSON."""
    key = f"subsonic xml {name} {blake2b(payload.data, digest_size=16).hexdigest()}"
    data = await home.cache.get(key)
    if data is None:
        data = await asyncio.to_thread(kept_xml, name, payload)
        await home.cache.set(key, data, _KEPT_S)
    return xml_reply(data)


def _require_version(text: str) -> None:
    """Raise Refused for a protocol that is another one; apps that name none are believed to speak ours."""
    if not text:
        return
    major = text.partition(".")[0]
    if not major.isdecimal() or len(major) > _LONGEST_VERSION:
        raise Missing("v", "a version such as 1.16.1 is needed")
    if int(major) < _MAJOR:
        raise Refused(CLIENT_TOO_OLD, "Incompatible Subsonic REST protocol version. Client must upgrade.")
    if int(major) > _MAJOR:
        raise Refused(SERVER_TOO_OLD, "Incompatible Subsonic REST protocol version. Server must upgrade.")
