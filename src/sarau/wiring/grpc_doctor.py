"""Looking at the door for players: its certificate and its port."""

import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from sarau.foundation.settings.load import BadSettings, Settings
from sarau.interfaces.cli.program import Finding
from sarau.wiring.certificates import tls_of

_SOON = timedelta(days=14)
_PATIENCE_S = 3


def players(settings: Settings) -> Iterator[Finding]:
    """Yield what is well with gRPC and what is not."""
    if not settings.grpc.enabled:
        yield Finding("gRPC", True, "not wanted")
        return
    try:
        tls = tls_of(settings)
    except BadSettings as error:
        yield Finding("gRPC certificate", False, str(error), "Mend the paths, or make a certificate: sarau certs.")
        return
    if tls is not None:
        yield _certificate(*tls)
    yield _port(settings, tls[1] if tls else None)


def _certificate(key: bytes, certificate: bytes) -> Finding:
    from sarau.adapters.cryptography.certificates import facts_of

    facts = facts_of(certificate, key)
    left = facts.ends_at - datetime.now(UTC)
    found = f"for {', '.join(facts.names) or 'nobody'}, good until {facts.ends_at:%Y-%m-%d}"
    return Finding("gRPC certificate", left > _SOON, found, "Renew it, and start the server again.")


def _port(settings: Settings, certificate: bytes | None) -> Finding:
    host, port = settings.grpc.host or settings.server.host, settings.grpc.port
    place = f"{host}:{port}"
    remedy = "End the program that has it, or choose another: SARAU_GRPC_PORT."
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
        return Finding("gRPC port", True, f"{place}, free" if port else "any that is free")
    except OSError as error:
        if _answers(str(host), port, certificate):
            return Finding("gRPC port", True, f"{place}, a server answers")
        return Finding("gRPC port", False, f"{place}: {error.strerror}", remedy)


def _answers(host: str, port: int, certificate: bytes | None) -> bool:
    """Tell whether a gRPC server says there that it is well."""
    import grpc
    from grpc_health.v1 import health_pb2

    near = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    target = f"{near}:{port}"
    if certificate is None:
        channel = grpc.insecure_channel(target)
    else:
        from sarau.adapters.cryptography.certificates import names_of

        # Whether others trust it is their business: here it is to be the one that the settings name.
        name = next(iter(names_of(certificate)), host)
        options = [("grpc.ssl_target_name_override", name)]
        channel = grpc.secure_channel(target, grpc.ssl_channel_credentials(certificate), options)
    asked, read = health_pb2.HealthCheckRequest.SerializeToString, health_pb2.HealthCheckResponse.FromString
    with channel:
        check = channel.unary_unary("/grpc.health.v1.Health/Check", asked, read)
        try:
            answer = check(health_pb2.HealthCheckRequest(), timeout=_PATIENCE_S)
        except grpc.RpcError:
            return False
    return answer.status == health_pb2.HealthCheckResponse.SERVING
