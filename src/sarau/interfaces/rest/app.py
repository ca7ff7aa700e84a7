"""The HTTP application: all routes, errors and surroundings."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount

from sarau.foundation.errors import DomainError
from sarau.interfaces.common.addresses import networks
from sarau.interfaces.common.credentials import Credentials
from sarau.interfaces.common.entrance import Entrance
from sarau.interfaces.common.house import House
from sarau.interfaces.rest import health, hot, sound
from sarau.interfaces.rest.errors import problem, problem_of
from sarau.interfaces.rest.middleware import Surroundings
from sarau.interfaces.rest.openapi import document
from sarau.interfaces.rest.routes import admin, auth, catalog, me, people, plays, uploads
from sarau.kit.pages import BadCursor

Lifespan = Callable[[Any], AbstractAsyncContextManager[None]]


def _domain_error(_request: Request, error: Exception) -> Response:
    assert isinstance(error, DomainError)  # noqa: S101 - registered for nothing else
    return problem_of(error)


def _bad_parameter(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for nothing else
    first = error.errors()[0]
    field, reason = str(first["loc"][-1]), first["msg"]
    return problem(422, "Not valid", f"{field}: {reason}", "invalid", field=field, reason=reason)


def _bad_cursor(_request: Request, error: Exception) -> Response:
    return problem(422, "Not valid", f"cursor: {error}", "invalid", field="cursor", reason=str(error))


def _http_error(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for nothing else
    codes = {404: "not_found", 405: "method_not_allowed"}
    reply = problem(error.status_code, error.detail, error.detail, codes.get(error.status_code, "http_error"))
    reply.headers.update(error.headers or {})
    return reply


async def _nowhere(_request: Request) -> Response:
    return problem(404, "Not found", "There is no such address in the API.", "not_found")


def build_app(lifespan: Lifespan, web: Mount | None) -> FastAPI:
    """Return the application; `open_house` is to be called with the house before it answers anything."""
    app = FastAPI(
        title="Sarau",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        separate_input_output_schemas=False,
    )
    for handled, handler in (
        (DomainError, _domain_error),
        (RequestValidationError, _bad_parameter),
        (BadCursor, _bad_cursor),
        (HTTPException, _http_error),
    ):
        app.add_exception_handler(handled, handler)
    app.router.routes.extend([*hot.routes(), *sound.routes()])
    for module in (auth, me, people, catalog, plays, uploads, admin):
        app.include_router(module.router, prefix="/api/v1")
    app.router.routes.extend(health.routes())
    described: dict[str, Any] = {}

    async def openapi(_request: Request) -> Response:
        from sarau.interfaces.rest.contract import answer

        described.update(described or document(app))
        return answer(described)

    app.router.add_route("/openapi.json", openapi)
    app.router.add_route("/api/{rest:path}", _nowhere, methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
    if web is not None:
        app.router.routes.append(web)
    app.add_middleware(Surroundings)
    return app


def open_house(app: FastAPI, home: House) -> None:
    """Hand the house to the routes."""
    app.state.house = home
    app.state.entrance = Entrance(home.database, home.signer, home.limits, home.settings.security)
    app.state.credentials = Credentials(
        app.state.entrance, home.signer, networks(home.settings.server.trusted_proxies)
    )
