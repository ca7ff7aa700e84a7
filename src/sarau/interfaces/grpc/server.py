"""The gRPC server, on the loop of the house."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import grpc
from grpc_health.v1 import health_pb2_grpc
from grpc_health.v1.health import aio as health
from grpc_health.v1.health_pb2 import HealthCheckResponse
from grpc_reflection.v1alpha import reflection

from sarau.foundation.settings.load import BadSettings, Settings
from sarau.foundation.settings.sections import Grpc
from sarau.interfaces.common.house import House
from sarau.interfaces.grpc.context import Surroundings
from sarau.interfaces.grpc.interceptors import Exchanges
from sarau.interfaces.grpc.services import register_all

_GRACE_S = 3.0  # for calls that are under way when the server is told to end
_MOST_CALLS = 4096
_MOST_CALLS_OF_CONNECTION = 1024
_ANSWER_MS = 20_000  # a client that does not answer a ping within it is gone
_LEAST_BETWEEN_PINGS_MS = 10_000
_HEALTH = "grpc.health.v1.Health"


def address_of(settings: Settings) -> str:
    """Return where gRPC is spoken, as host:port."""
    host = settings.grpc.host or settings.server.host
    return f"[{host}]:{settings.grpc.port}" if ":" in host else f"{host}:{settings.grpc.port}"


def _options(settings: Grpc) -> list[tuple[str, int]]:
    patience_ms = min(_ANSWER_MS, settings.keepalive_s * 1000)
    return [
        ("grpc.max_receive_message_length", settings.max_message_bytes),
        ("grpc.max_send_message_length", -1),
        ("grpc.so_reuseport", 0),  # else a second server by mistake would go unnoticed
        ("grpc.max_concurrent_streams", _MOST_CALLS_OF_CONNECTION),
        ("grpc.keepalive_time_ms", settings.keepalive_s * 1000),
        ("grpc.keepalive_timeout_ms", patience_ms),
        ("grpc.http2.ping_timeout_ms", patience_ms),  # else a minute, which counts before the other
        ("grpc.keepalive_permit_without_calls", 1),
        ("grpc.http2.max_pings_without_data", 0),
        ("grpc.http2.min_ping_interval_without_data_ms", _LEAST_BETWEEN_PINGS_MS),
        ("grpc.http2.min_recv_ping_interval_without_data_ms", _LEAST_BETWEEN_PINGS_MS),
    ]


def _listen(server: grpc.aio.Server, settings: Settings, tls: tuple[bytes, bytes] | None) -> int:
    """Open the port and return it; raises BadSettings."""
    address = address_of(settings)
    try:
        if tls is None:
            return server.add_insecure_port(address)
        return server.add_secure_port(address, grpc.ssl_server_credentials([tls]))
    except RuntimeError as error:
        remedy = "set another grpc.port, or grpc.enabled = false"
        raise BadSettings(f"grpc: cannot listen on {address}: is it taken? Else {remedy}") from error


@asynccontextmanager
async def serving(home: House, tls: tuple[bytes, bytes] | None = None) -> AsyncIterator[int]:
    """Speak gRPC while the context is open, and give the port; raises BadSettings.

    `tls` is a private key, and its certificate with those above it, in PEM.
    """
    exchanges = Exchanges(surroundings := Surroundings(home))
    server = grpc.aio.server(
        interceptors=(exchanges,), options=_options(home.settings.grpc), maximum_concurrent_rpcs=_MOST_CALLS
    )
    alive = health.HealthServicer()
    health_pb2_grpc.add_HealthServicer_to_server(alive, server)
    services = register_all(server, surroundings)
    reflection.enable_server_reflection((*services, _HEALTH, reflection.SERVICE_NAME), server)
    port = _listen(server, home.settings, tls)
    for name in services:
        await alive.set(name, HealthCheckResponse.SERVING)
    await server.start()
    patrol = asyncio.create_task(exchanges.patrol())
    try:
        yield port
    finally:
        patrol.cancel()
        with suppress(asyncio.CancelledError):
            await patrol
        await alive.enter_graceful_shutdown()
        exchanges.end_conversations()
        await server.stop(_GRACE_S)
