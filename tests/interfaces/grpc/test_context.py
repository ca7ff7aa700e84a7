"""Where a call comes from, by gRPC's names."""

import pytest

from sarau.interfaces.grpc.context import peer_host


@pytest.mark.parametrize(
    ("peer", "host"),
    [
        ("ipv4:192.0.2.1:50000", "192.0.2.1"),
        ("ipv6:%5B2001:db8::1%5D:50000", "2001:db8::1"),
        ("ipv6:[::1]:50000", "::1"),
        ("ipv6:%5Bfe80::1%25eth0%5D:50000", "fe80::1"),
        ("unix:/run/sarau.sock", None),
        ("unknown", None),
        ("", None),
    ],
)
def test_the_address_of_a_peer(peer: str, host: str | None) -> None:
    assert peer_host(peer) == host
