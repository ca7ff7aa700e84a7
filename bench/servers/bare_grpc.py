"""The limit for gRPC: a bare grpc.aio server that sends bytes from memory, and takes bytes and drops them.

Run as `python -m bench.servers.bare_grpc PORT CHUNK_BYTES`, it is that server.
"""

import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Any

from tests.support.server import free_port

from bench.context import Bench
from bench.processes import Running, started

DOWN, UP, READY = "/bare.Bare/Down", "/bare.Bare/Up", "/bare.Bare/Ready"


class BareGrpc:
    """A running bare server."""

    def __init__(self, running: Running, port: int) -> None:
        self.running = running
        self.port = port


def wait_ready(running: Running, port: int) -> None:
    """Wait until a bare server answers; raises Failure."""
    import grpc

    with grpc.insecure_channel(f"127.0.0.1:{port}") as line:
        line.unary_unary(READY, None, None)(b"", wait_for_ready=True, timeout=30)
    running.require_alive()


@contextmanager
def bare_grpc(bench: Bench, chunk_bytes: int) -> Iterator[BareGrpc]:
    """Run the bare server on the core of servers."""
    port = free_port()
    command = [sys.executable, "-m", "bench.servers.bare_grpc", str(port), str(chunk_bytes)]
    with started(command, log=bench.fresh("bare-grpc") / "log", core=bench.server_core) as running:
        wait_ready(running, port)
        yield BareGrpc(running, port)


async def _serve(port: int, chunk_bytes: int) -> None:
    import grpc

    piece = bytes(chunk_bytes)

    async def down(request: bytes, _context: Any) -> AsyncIterator[bytes]:
        for _ in range(int(request) // chunk_bytes):
            yield piece

    async def up(requests: AsyncIterator[bytes], _context: Any) -> bytes:
        total = 0
        async for one in requests:
            total += len(one)
        return str(total).encode()

    async def ready(_request: bytes, _context: Any) -> bytes:
        return b""

    handlers = {
        "Down": grpc.unary_stream_rpc_method_handler(down),
        "Up": grpc.stream_unary_rpc_method_handler(up),
        "Ready": grpc.unary_unary_rpc_method_handler(ready),
    }
    server = grpc.aio.server()
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler("bare.Bare", handlers),))
    server.add_insecure_port(f"127.0.0.1:{port}")
    await server.start()
    await server.wait_for_termination()


if __name__ == "__main__":
    import uvloop

    uvloop.run(_serve(int(sys.argv[1]), int(sys.argv[2])))
