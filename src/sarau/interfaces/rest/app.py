"""The HTTP application: all routes, errors and surroundings."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any

from fastapi import Depends, FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match, Mount, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sarau.foundation.errors import DomainError
from sarau.interfaces.common.addresses import networks
from sarau.interfaces.common.credentials import Credentials
from sarau.interfaces.common.entrance import Entrance
from sarau.interfaces.common.house import House
from sarau.interfaces.common.recollection import Recollection
from sarau.interfaces.common.sharing import SharedDoor
from sarau.interfaces.rest import duradora, health, hot, playlist_covers, remote, searching, shared, sound
from sarau.interfaces.rest.contract import answer
from sarau.interfaces.rest.dependencies import sound_query
from sarau.interfaces.rest.errors import problem, problem_of
from sarau.interfaces.rest.middleware import Surroundings
from sarau.interfaces.rest.openapi import document
from sarau.interfaces.rest.routes import (
    admin,
    auth,
    catalog,
    lyrics,
    marks,
    me,
    people,
    playback,
    playlist_entries,
    playlists,
    plays,
    shares,
    stations,
    sync,
    uploads,
)

Lifespan = Callable[[Any], AbstractAsyncContextManager[None]]


def _domain_error(_request: Request, error: Exception) -> Response:
    assert isinstance(error, DomainError)  # noqa: S101 - registered for nothing else
    return problem_of(error)


def _bad_parameter(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for nothing else
    first = error.errors()[0]
    field, reason = str(first["loc"][-1]), first["msg"]
    return problem(422, "Not valid", f"{field}: {reason}", "invalid", field=field, reason=reason)


def _http_error(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for nothing else
    codes = {404: "not_found", 405: "method_not_allowed"}
    reply = problem(error.status_code, error.detail, error.detail, codes.get(error.status_code, "http_error"))
    reply.headers.update(error.headers or {})
    return reply


async def _unexpected(_request: Request, error: Exception) -> Response:
    # Starlette would answer in plain text: our surroundings answer what nobody expected, and note it.
    raise error


_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")


class Nowhere:
    """Answers what no route does, whatever the method: a wrong method of an address there is, or no such address."""

    def __init__(self, routes: Sequence[BaseRoute]) -> None:
        self._routes = routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._answer(scope)(scope, receive, send)

    def _answer(self, scope: Scope) -> Response:
        tried = [dict(scope) | {"method": method} for method in _METHODS]
        takes = {t["method"] for t in tried if any(route.matches(t)[0] is Match.FULL for route in self._routes)}
        allowed = [method for method in _METHODS if method in takes or (method == "HEAD" and "GET" in takes)]
        if not allowed:
            return problem(404, "Not found", "There is no such address in the API.", "not_found")
        detail = f"This address takes {', '.join(allowed)}."
        reply = problem(405, "Method not allowed", detail, "method_not_allowed")
        reply.headers["allow"] = ", ".join(allowed)
        return reply


def _shape(path: str) -> tuple[str, int]:
    """Return what tells most routes below /api/v1 apart before any is tried: what they are of, and their length."""
    parts = path.split("/")
    return parts[3] if len(parts) > 3 else "", len(parts)


def _headers_alone(send: Send) -> Send:
    """Return what sends a reply without its content."""

    async def send_headers(message: Message) -> None:
        await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

    return send_headers


class Front:
    """Answers the routes that are asked most by itself: a request passes six layers before it reaches them else."""

    def __init__(self, hot_routes: Sequence[BaseRoute], app: FastAPI, doors: Mapping[str, ASGIApp]) -> None:
        self._app = app
        self._doors = doors
        self._hot: dict[tuple[str, int], list[BaseRoute]] = {}
        for route in hot_routes:
            if isinstance(route, Route):
                self._hot.setdefault(_shape(route.path), []).append(route)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope["app"] = self._app
            door = self._doors.get(scope["path"].partition("/")[2].partition("/")[0])
            if door is not None:
                await door(scope, receive, send)
                return
            for route in self._hot.get(_shape(scope["path"]), ()):
                match, found = route.matches(scope)
                if match is Match.FULL:
                    scope.update(found)
                    await route.handle(scope, receive, send)
                    return
            if scope["method"] == "HEAD" and scope["path"].startswith("/api/"):
                # RFC 9110, section 9.3.2: where there is GET there is HEAD, of which FastAPI's routes know nothing.
                asked = {**scope, "method": "GET"}
                await self._app(asked, receive, _headers_alone(send))
                scope["route"] = asked.get("route")
                return
        if scope["type"] == "websocket":
            scope["app"] = self._app
            await remote.connect(scope, receive, send)
            return
        await self._app(scope, receive, send)


def build_app(app: FastAPI, web: Mount | None, doors: Mapping[str, ASGIApp]) -> ASGIApp:
    """Return the whole application around its core; `open_house` is to be called before it answers anything.

    Doors are other protocols, by the first part of their addresses.
    """
    hot_routes = [*hot.routes(), *searching.routes(), *sound.routes(), *playlist_covers.routes(), *shared.routes()]
    hot_routes += duradora.routes()
    for module in (
        auth,
        me,
        people,
        catalog,
        lyrics,
        plays,
        uploads,
        admin,
        marks,
        playlists,
        playlist_entries,
        playback,
        sync,
        stations,
        shares,
    ):
        app.include_router(module.router, prefix="/api/v1")
    app.router.routes.extend(health.routes())
    described: dict[str, Any] = {}

    async def openapi(_request: Request) -> Response:
        described.update(described or document(app))
        return answer(described)

    app.router.add_route("/openapi.json", openapi)
    known = [*hot_routes, *app.router.routes]
    for path in ("/api", "/api/{rest:path}", f"/{duradora.PREFIX}/{{rest:path}}"):
        app.router.routes.append(Route(path, Nowhere(known)))
    if web is not None:
        app.router.routes.append(web)
    return Surroundings(Front(hot_routes, app, doors))


def core(lifespan: Lifespan | None = None) -> FastAPI:
    """Return what holds the house for all routes, and our errors; a lifespan is for servers that run it."""
    app = FastAPI(
        title="Sarau",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        separate_input_output_schemas=False,
        dependencies=[Depends(sound_query)],
    )
    for handled, handler in (
        (DomainError, _domain_error),
        (RequestValidationError, _bad_parameter),
        (HTTPException, _http_error),
        (Exception, _unexpected),
    ):
        app.add_exception_handler(handled, handler)
    return app


def open_house(app: FastAPI, home: House) -> None:
    """Hand the house to the routes."""
    app.state.house = home
    app.state.entrance = Entrance(home.database, home.signer, home.limits, home.settings.security)
    app.state.views = Recollection(home.database)
    app.state.files = Recollection(home.database)
    app.state.shared = SharedDoor(home)
    app.state.credentials = Credentials(
        app.state.entrance, home.signer, networks(home.settings.server.trusted_proxies)
    )
