"""The HTTP server: granian on this process' own loop."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from starlette.types import ASGIApp

from sarau.foundation.errors import DomainError
from sarau.foundation.observability.logs import configure_logs, get_logger
from sarau.foundation.settings.load import BadSettings, Settings, load_settings
from sarau.interfaces.common.addresses import networks
from sarau.interfaces.common.house import House
from sarau.interfaces.rest.app import build_app, open_house
from sarau.interfaces.web import pages
from sarau.wiring import house as building
from sarau.wiring.background import at_work
from sarau.wiring.first_run import prepare

log = get_logger(__name__)

# Every slow listener holds a place for as long as a song lasts.
_PLACES = 4096
_HTTP1_BUFFER_BYTES = 64 << 10
_SWITCH_S = 0.0005


def make_app(
    settings: Settings,
    ready: Callable[[House], Any] | None = None,
    failed: Callable[[BadSettings | DomainError], None] | None = None,
) -> ASGIApp:
    """Return the application for any ASGI server; raises BadSettings.

    `ready` is awaited with the house before the first request, `failed` is told why the house could not be opened.
    """
    try:
        networks(settings.server.trusted_proxies)
    except ValueError as error:
        raise BadSettings(f"server.trusted_proxies: {error}") from error

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        try:
            async with building.open_house(settings) as home:
                open_house(app, home)
                if ready is not None:
                    await ready(home)
                async with at_work(home):
                    yield
        except (BadSettings, DomainError) as error:
            if failed is not None:
                failed(error)
            raise

    return build_app(lifespan, pages.mount())


def app() -> ASGIApp:
    """Return the application for another ASGI server: `uvicorn --factory sarau.wiring.server:app`."""

    async def ready(home: House) -> None:
        token = await prepare(home)
        if token is not None:
            print(f"/setup?token={token} makes the owner's account, once.", flush=True)  # noqa: T201 - not for the log

    settings = load_settings()
    configure_logs(settings.logs.format, settings.logs.level)
    return make_app(settings, ready)


async def _serve(settings: Settings, ready: Callable[[House], Any]) -> None:
    from granian.constants import Interfaces
    from granian.errors import FatalError
    from granian.http import HTTP1Settings
    from granian.server.embed import Server

    failures: list[BadSettings | DomainError] = []
    server = Server(
        make_app(settings, ready, failures.append),
        address=settings.server.host,
        port=settings.server.port,
        interface=Interfaces.ASGI,
        backlog=_PLACES,
        backpressure=_PLACES,
        http1_settings=HTTP1Settings(max_buffer_size=_HTTP1_BUFFER_BYTES),
        log_enabled=False,
    )
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, server.stop)
    try:
        await server.serve()
    except FatalError:
        # The server knows only that the start failed, we know why.
        if failures:
            raise failures[0] from None
        raise


def serve(settings: Settings, ready: Callable[[House], Any]) -> None:
    """Serve until told to stop; raises BadSettings when the address cannot be had, and what keeps the house shut."""
    import uvloop

    # The network has a thread of its own that must ask this one for every message: while we are busy it would wait
    # five milliseconds each time, and a thousand listeners would starve everybody else for seconds.
    sys.setswitchinterval(_SWITCH_S)
    _require_free(settings.server.host, settings.server.port)
    uvloop.run(_serve(settings, ready))


def _require_free(host: str, port: int) -> None:
    """The server shares its port with others of its kind, so a second one by mistake would go unnoticed."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            if os.name == "posix":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        raise BadSettings(f"server: cannot listen on {host}:{port}: {error.strerror}") from error
