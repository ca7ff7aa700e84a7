"""Speaking gRPC with a house over TCP, as players do."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import grpc
import pytest
from tests.support.houses import House, Person

PATIENCE_S = 60.0


def channel(house: House, **options: Any) -> grpc.Channel:
    """Return a connection to a house; use it as a context."""
    given = [(f"grpc.{name}", value) for name, value in options.items()]
    return grpc.insecure_channel(f"127.0.0.1:{house.server.grpc_port}", options=given)


def async_channel(house: House) -> grpc.aio.Channel:
    """Return a connection for tests that are tasks; use it as a context."""
    return grpc.aio.insecure_channel(f"127.0.0.1:{house.server.grpc_port}")


def bearing(who: Person | str) -> tuple[tuple[str, str], ...]:
    """Return the metadata that proves who calls: of a person, or with a token."""
    token = who if isinstance(who, str) else who.client.headers["authorization"].removeprefix("Bearer ")
    return (("authorization", f"Bearer {token}"),)


@contextmanager
def refused(status: grpc.StatusCode, code: str = "") -> Iterator[None]:
    """Expect a call to be refused with a status and, in its trailing metadata, a code of ours."""
    with pytest.raises(grpc.RpcError) as told:
        yield
    error = told.value
    assert isinstance(error, grpc.Call | grpc.aio.AioRpcError)
    assert error.code() is status, f"{error.code()}: {error.details()}"
    assert error.details() or not code
    if code:
        found = {key: value for key, value in error.trailing_metadata() or ()}  # noqa: C416 - pairs of the library's
        assert found.get("sarau-code") == code, found
