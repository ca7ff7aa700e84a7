"""Where a request comes from: the nearest address that no trusted proxy has, and never what anybody claims."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sarau.interfaces.common.addresses import client_address, limit_key, networks

TRUSTED = networks(["127.0.0.1", "10.0.0.0/8", "fd00::/8"])
ADDRESSES = st.ip_addresses().map(str)
STRANGERS = ADDRESSES.filter(lambda one: not any(ipaddress.ip_address(one) in net for net in TRUSTED))


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("198.51.100.1", None, "198.51.100.1"),
        ("198.51.100.1", "203.0.113.9", "198.51.100.1"),
        ("127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "203.0.113.1, 203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "203.0.113.9, 10.1.2.3", "203.0.113.9"),
        ("10.9.9.9", "2001:DB8::1", "2001:db8::1"),
        ("127.0.0.1", "10.1.1.1, 10.1.1.2", "127.0.0.1"),
        ("127.0.0.1", "203.0.113.9, nonsense", "127.0.0.1"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", ",,", "127.0.0.1"),
        (None, "203.0.113.9", None),
        ("unix:socket", "203.0.113.9", "unix:socket"),
    ],
)
def test_who_is_believed(peer: str | None, forwarded: str | None, address: str | None) -> None:
    assert client_address(peer, forwarded, TRUSTED) == address


@given(peer=STRANGERS, forwarded=st.text())
def test_a_stranger_is_who_they_are(peer: str, forwarded: str) -> None:
    assert client_address(peer, forwarded, TRUSTED) == peer


@given(claimed=st.lists(st.one_of(ADDRESSES, st.text(alphabet="abc.:/ "))), real=STRANGERS)
def test_what_one_writes_in_front_changes_nothing(claimed: list[str], real: str) -> None:
    assert client_address("127.0.0.1", ", ".join([*claimed, real]), TRUSTED) == real


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::", "2001:db8:1:2::/64"),
        (None, "unknown"),
        ("", "unknown"),
        ("unix:socket", "unix:socket"),
    ],
)
def test_attempts_are_counted_by_what_one_person_has(address: str | None, key: str) -> None:
    assert limit_key(address) == key


def test_networks_are_addresses_too() -> None:
    assert [str(net) for net in networks(["192.0.2.1", "192.0.2.77/24", "::1"])] == [
        "192.0.2.1/32",
        "192.0.2.0/24",
        "::1/128",
    ]
    with pytest.raises(ValueError, match="somewhere"):
        networks(["somewhere"])
