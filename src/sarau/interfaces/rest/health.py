"""Health, metrics, and the pages that show the API."""

import hmac
import ipaddress
from contextlib import suppress

from sqlalchemy import literal, select
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from sarau.foundation.database.query import Query, scalar
from sarau.foundation.errors import DomainError, Forbidden
from sarau.foundation.observability.metrics import database_bytes, exposition
from sarau.foundation.security.permissions import Permission
from sarau.interfaces.common.state import credentials, house
from sarau.interfaces.rest.contract import answer
from sarau.interfaces.rest.hot import CountedRoute

_ALIVE = Query(select(literal(1)), scalar)


async def health(request: Request) -> Response:  # noqa: ARG001 - a route
    """The process is alive."""
    return answer({"status": "ok"}, headers={"cache-control": "no-store"})


async def ready(request: Request) -> Response:
    """Everything that a request depends on answers."""
    home = house(request)
    checks: dict[str, str] = {}
    try:
        async with home.database.reading() as reader:
            await reader.one(_ALIVE)
        checks["database"] = "ok"
    except DomainError as error:
        checks["database"] = error.code
    try:
        free = await home.blobs.free_bytes()
        enough = free is None or free > home.settings.uploads.keep_free_bytes
        checks["storage"] = "ok" if enough else "nearly full"
    except OSError:
        checks["storage"] = "unavailable"
    well = checks["database"] == "ok" and checks["storage"] != "unavailable"
    body = {"status": "ok" if well else "unavailable", "checks": checks}
    return answer(body, 200 if well else 503, {"cache-control": "no-store"})


async def metrics(request: Request) -> Response:
    """Prometheus' text format: for this machine itself, who has the token, or an administrator."""
    home = house(request)
    if not await _may_measure(request):
        raise Forbidden
    with suppress(DomainError):  # without the database, all else can still be measured
        database_bytes.set(await home.database.engine.size_bytes())
    return Response(exposition(), 200, media_type="text/plain; version=0.0.4; charset=utf-8")


async def _may_measure(request: Request) -> bool:
    token = house(request).settings.server.metrics_token
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    if token and hmac.compare_digest(given.encode(), token.encode()):
        return True
    # A proxy on this machine also comes from loopback: whoever it speaks for is not us.
    if not token and request.client and "x-forwarded-for" not in request.headers:
        try:
            if ipaddress.ip_address(request.client.host).is_loopback:
                return True
        except ValueError:
            return False
    actor = await credentials(request).actor_or_nobody(request)
    return actor is not None and actor.may(Permission.ACTIVITY_READ)


_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Sarau API</title>
<meta name="viewport" content="width=device-width, initial-scale=1">{head}</head><body>{body}</body></html>"""
_SWAGGER = _PAGE.format(
    head='<link rel="stylesheet" href="/vendor/swagger-ui.css">',
    body='<div id="swagger-ui"></div><script src="/vendor/swagger-ui-bundle.js"></script>'
    '<script src="/vendor/swagger-start.js"></script>',
)
_REDOC = _PAGE.format(
    head="", body='<redoc spec-url="/openapi.json"></redoc><script src="/vendor/redoc.standalone.js"></script>'
)


# Both put styles into the page themselves, and redoc works in a worker made of a blob.
_POLICY = {
    "content-security-policy": (
        "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; worker-src 'self' blob:; "
        "object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
    )
}


async def docs(request: Request) -> Response:  # noqa: ARG001 - a route
    """The API to be tried out."""
    return HTMLResponse(_SWAGGER, headers=_POLICY)


async def redoc(request: Request) -> Response:  # noqa: ARG001 - a route
    """The API to be read."""
    return HTMLResponse(_REDOC, headers=_POLICY)


def routes() -> list[Route]:
    """Return the routes outside /api."""
    return [
        CountedRoute("/health", health),
        CountedRoute("/health/ready", ready),
        CountedRoute("/metrics", metrics),
        CountedRoute("/docs", docs),
        CountedRoute("/redoc", redoc),
    ]
