"""The HTTP server: granian on this process' own loop."""

import asyncio
import os
import signal
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from starlette.types import ASGIApp

from sarau.foundation.observability.logs import configure_logs, get_logger
from sarau.foundation.settings.load import BadSettings, Settings, load_settings
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


def make_app(settings: Settings, ready: Callable[[House], Any] | None = None) -> ASGIApp:
    """Return the application for any ASGI server; `ready` is awaited with the house before the first request."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with building.open_house(settings) as home:
            open_house(app, home)
            if ready is not None:
                await ready(home)
            async with at_work(home):
                yield

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
    from granian.http import HTTP1Settings
    from granian.server.embed import Server

    server = Server(
        make_app(settings, ready),
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
    await server.serve()


def serve(settings: Settings, ready: Callable[[House], Any]) -> None:
    """Serve until told to stop; raises BadSettings when the address cannot be had."""
    import uvloop

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
