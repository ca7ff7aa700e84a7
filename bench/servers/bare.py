"""The limit for small requests: a bare Starlette route on the same server that Sarau uses.

Run as `python -m bench.servers.bare PORT`, it is that server.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tests.support.server import free_port

from bench.context import Bench
from bench.processes import Running, started

_BODY = b'{"status":"ok"}'


class Bare:
    """A running bare server."""

    def __init__(self, running: Running, port: int) -> None:
        self.running = running
        self.url = f"http://127.0.0.1:{port}"


@contextmanager
def bare(bench: Bench) -> Iterator[Bare]:
    """Run the bare server on the core of servers."""
    port = free_port()
    command = [sys.executable, "-m", "bench.servers.bare", str(port)]
    with started(command, log=bench.fresh("bare") / "log", core=bench.server_core) as running:
        running.wait_ready(port, "/")
        yield Bare(running, port)


async def _serve(port: int) -> None:
    from granian.constants import Interfaces
    from granian.http import HTTP1Settings
    from granian.server.embed import Server
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    async def small(_request: Request) -> Response:
        return Response(_BODY, media_type="application/json")

    # Told the same as Sarau's own server is.
    server = Server(
        Starlette(routes=[Route("/", small)]),
        address="127.0.0.1",
        port=port,
        interface=Interfaces.ASGI,
        backlog=4096,
        backpressure=4096,
        http1_settings=HTTP1Settings(max_buffer_size=64 << 10),
        log_enabled=False,
    )
    await server.serve()


if __name__ == "__main__":
    import uvloop

    uvloop.run(_serve(int(sys.argv[1])))
