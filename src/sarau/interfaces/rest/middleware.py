"""Around every request: an id, a log line, metrics, safe headers, and an answer to what nobody expected."""

import random
import re
import time

from prometheus_client import Counter, Histogram
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sarau.foundation.errors import DomainError, Invalid
from sarau.foundation.observability.access import AccessLog
from sarau.foundation.observability.failures import record_failure
from sarau.foundation.observability.logs import get_logger, request_id
from sarau.foundation.observability.metrics import latency, requests
from sarau.interfaces.rest.errors import problem, problem_of
from sarau.kit.pages import BadCursor

log = get_logger("sarau.http")

_REQUEST_ID = re.compile(r"[\w.:-]{1,64}", re.ASCII)
_MAX_HEADER_BYTES = 32 << 10
_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cross-origin-resource-policy": "same-origin",
    # The page is ours alone: no script, frame or connection of anybody else. Only the sound of radio stations is not.
    "content-security-policy": (
        "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob: https: http:; style-src 'self'; "
        "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'; worker-src 'self' blob:"
    ),
}


_RAW_HEADERS = [(name.encode(), value.encode()) for name, value in _HEADERS.items()]
# Apps in browsers, of other origins, prove with every request who asks: our cookies do not count there.
_HEADERS_FOR_APPS = [header for header in _RAW_HEADERS if header[0] != b"cross-origin-resource-policy"]
_PAGES_OF_OTHERS = frozenset({"/docs", "/redoc"})  # their scripts are not ours, and they bring a policy of their own
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_series: dict[tuple[str, str, str], tuple[Counter, Histogram]] = {}
_access = AccessLog()


def _route_of(scope: Scope) -> str:
    """Return the pattern of the route that answered: the paths themselves are too many to be counted."""
    route = scope.get("route")
    path: str | None = getattr(route, "path", None)
    if path is None:
        return "other"
    # FastAPI's routes do not tell the prefix that they were included under.
    return f"/api/v1{path}" if scope["path"].startswith("/api/v1/") and not path.startswith("/api/") else path


def _has_long_body(scope: Scope) -> bool:
    """Tell whether an HTTP/1 request may have more of a body than comes with its headers."""
    if not scope["http_version"].startswith("1"):
        return False
    return any(
        name == b"transfer-encoding" or (name == b"content-length" and len(value) > 4)
        for name, value in scope["headers"]
    )


class Surroundings:
    """The outermost layer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        await _Exchange(scope, send).run(self._app, receive)


class _Exchange:
    """One request and its reply."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._scope = scope
        self._send = send
        self._began = time.perf_counter()
        self._status = 0
        self._latency_s = 0.0
        given = next((v for n, v in scope["headers"] if n == b"x-request-id"), b"").decode("latin-1")
        self._id = given if _REQUEST_ID.fullmatch(given) else f"{random.getrandbits(64):016x}"

    async def send(self, message: Message) -> None:
        """Pass a message on, with our headers on the first."""
        if message["type"] == "http.response.start":
            self._status = message["status"]
            self._latency_s = time.perf_counter() - self._began
            given = message["headers"]
            own = _HEADERS_FOR_APPS if self._scope["path"].startswith("/rest/") else _RAW_HEADERS
            if self._status == 200 and self._scope["path"] in _PAGES_OF_OTHERS:
                own = [header for header in own if header[0] != b"content-security-policy"]
            if self._status >= 400 and _has_long_body(self._scope):
                # Refused perhaps before it was read to its end: then the server is going to close, which the client
                # must know lest it send the next request into nowhere (RFC 9112, section 9.6).
                own = [*own, (b"connection", b"close")]
            message["headers"] = [*given, (b"x-request-id", self._id.encode()), *own]
        await self._send(message)

    async def run(self, app: ASGIApp, receive: Receive) -> None:
        """Answer the request, whatever happens."""
        context = request_id.set(self._id)
        try:
            if sum(len(name) + len(value) for name, value in self._scope["headers"]) > _MAX_HEADER_BYTES:
                reply = problem(431, "Headers too large", "The headers are too large.", "headers_too_large")
                await reply(self._scope, receive, self.send)
            else:
                await app(self._scope, receive, self.send)
        except ClientDisconnect:
            await self._break_off(receive)
        except Exception as error:
            await self._fail(error, receive)
        finally:
            self._note()
            request_id.reset(context)

    async def _break_off(self, receive: Receive) -> None:
        """Note that the client left; who closed only their half of the connection still hears why."""
        if not self._status:
            reply = problem(400, "Broken off", "The body of this request broke off.", "body_broken_off")
            await reply(self._scope, receive, self.send)
            self._status = 499

    async def _fail(self, error: Exception, receive: Receive) -> None:
        reply: Response
        if isinstance(error, DomainError):
            reply = problem_of(error)
        elif isinstance(error, BadCursor):
            reply = problem_of(Invalid("cursor", str(error)))
        else:
            log.exception("request failed", route=_route_of(self._scope))
            detail = "Something went wrong on our side. The log knows more, under this request id."
            reply = problem(500, "Internal error", detail, "internal", request_id=self._id)
            await record_failure(self._scope["app"].state.house.database, _route_of(self._scope), error)
        if not self._status:
            await reply(self._scope, receive, self.send)

    def _note(self) -> None:
        method = self._scope["method"]
        counted = (method if method in _METHODS else "OTHER", _route_of(self._scope), str(self._status))
        series = _series.get(counted)
        if series is None:
            # Looking a series up by its labels costs more than counting in it.
            series = _series[counted] = (requests.labels(*counted), latency.labels(counted[1]))
        series[0].inc()
        series[1].observe(self._latency_s)
        elapsed_ms = round((time.perf_counter() - self._began) * 1000, 1)
        _access.note(self._id, counted[0], self._scope["path"], self._status, elapsed_ms)
