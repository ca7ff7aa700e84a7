"""The HTTP server: granian on this process' own loop."""

import asyncio
import gc
import os
import resource
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import Any

from fastapi import FastAPI
from starlette.types import ASGIApp

from sarau.foundation.observability.logs import configure_logs, get_logger
from sarau.foundation.settings.load import BadSettings, Settings, load_settings
from sarau.interfaces.common.house import House
from sarau.interfaces.rest.app import build_app, core, open_house
from sarau.interfaces.subsonic.app import Subsonic
from sarau.interfaces.web import pages
from sarau.wiring import house as building
from sarau.wiring.background import at_work
from sarau.wiring.certificates import tls_of
from sarau.wiring.first_run import prepare

log = get_logger(__name__)

# Every slow listener holds a place for as long as a song lasts.
_PLACES = 4096
_HTTP1_BUFFER_BYTES = 64 << 10
_SWITCH_S = 0.0005
_GRACE_S = 3.0  # for replies that are under way when the server is told to end


@asynccontextmanager
async def _opened(settings: Settings, ready: Callable[[House], Any], app: FastAPI) -> AsyncIterator[None]:
    """Open the house and hand it to the application; `ready` is awaited with it before the first request."""
    async with building.open_house(settings) as home:
        try:
            open_house(app, home)
        except ValueError as error:
            raise BadSettings(f"server.trusted_proxies: {error}") from error
        await ready(home)
        async with at_work(home), _players_let_in(home):
            yield


@asynccontextmanager
async def _players_let_in(home: House) -> AsyncIterator[None]:
    """Speak gRPC too, where it is wanted."""
    if not home.settings.grpc.enabled:
        yield
        return
    os.environ.setdefault("GRPC_VERBOSITY", "NONE")  # its core writes lines of its own between ours
    # Its care for forks, which we only follow by another program, crashes one in twenty of the processes we start.
    os.environ.setdefault("GRPC_ENABLE_FORK_SUPPORT", "0")
    from sarau.interfaces.grpc.server import serving

    async with serving(home, tls_of(home.settings)) as port:
        log.info("gRPC is spoken", port=port)
        yield


def _doors() -> dict[str, ASGIApp]:
    """Return the protocols beside our own, by the first part of their addresses."""
    return {"rest": Subsonic()}


def app() -> ASGIApp:
    """Return the application for another ASGI server: `uvicorn --factory sarau.wiring.server:app`."""

    async def ready(home: House) -> None:
        token = await prepare(home)
        if token is not None:
            print(f"/setup?token={token} makes the owner's account, once.", flush=True)  # noqa: T201 - not for the log

    settings = load_settings()
    configure_logs(settings.logs.format, settings.logs.level)
    return build_app(core(partial(_opened, settings, ready)), pages.mount(), _doors())


async def _serve(settings: Settings, ready: Callable[[House], Any]) -> None:
    from granian.constants import Interfaces
    from granian.http import HTTP1Settings
    from granian.server.embed import Server

    told = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    app = core()
    server = Server(
        build_app(app, pages.mount(), _doors()),
        address=settings.server.host,
        port=settings.server.port,
        # The house is opened and closed here: the server would wait with closing it until the last song is over.
        interface=Interfaces.ASGINL,
        backlog=_PLACES,
        backpressure=_PLACES,
        http1_settings=HTTP1Settings(max_buffer_size=_HTTP1_BUFFER_BYTES),
        log_enabled=False,
    )
    async with _opened(settings, ready, app):
        # What is here by now stays: looking through it for garbage would stop everybody for a tenth of a second.
        gc.collect()
        gc.freeze()
        serving, waiting = asyncio.create_task(server.serve()), asyncio.create_task(told.wait())
        await asyncio.wait((serving, waiting), return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        server.stop()  # type: ignore[no-untyped-call]
        with suppress(TimeoutError):
            await asyncio.wait_for(serving, _GRACE_S)


def serve(settings: Settings, ready: Callable[[House], Any]) -> None:
    """Serve until told to stop; raises BadSettings when the address cannot be had, and what keeps the house shut."""
    import uvloop

    # The network has a thread of its own that must ask this one for every message: while we are busy it would wait
    # five milliseconds each time, and a thousand listeners would starve everybody else for seconds.
    sys.setswitchinterval(_SWITCH_S)
    _allow_many_files()
    _require_free(settings.server.host, settings.server.port)
    uvloop.run(_serve(settings, ready))


def _allow_many_files() -> None:
    """Every listener takes a connection and a file, and shells allow a thousand of both unless asked for more."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


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
