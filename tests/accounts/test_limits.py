"""Limits on guessing: per account, and per address as a trusted proxy tells it."""

import itertools

import httpx
import pytest
from tests.support.houses import House, fresh_name, problem
from tests.support.server import PASSWORD

_hosts = itertools.count(1)


def _from(house: House, address: str) -> httpx.Client:
    return house.client(headers={"x-forwarded-for": address})


def _new_address() -> str:
    host = next(_hosts)
    return f"203.0.{host // 250}.{host % 250 + 1}"


def _limited(answer: httpx.Response) -> None:
    members = problem(answer, 429, "too_many_attempts")
    assert 0 < members["retry_after_s"] <= 300
    assert 1 <= int(answer.headers["retry-after"]) <= 300


def test_an_account_is_tried_so_often_from_wherever(proxied_house: House) -> None:
    person = proxied_house.newcomer()
    wrong = {"login": person.username, "password": "wrong password"}
    for _ in range(10):
        answer = _from(proxied_house, _new_address()).post("/auth/sign-in", json=wrong)
        problem(answer, 401, "wrong_credentials")
    _limited(_from(proxied_house, _new_address()).post("/auth/sign-in", json=wrong))
    # The right password does not help now either, whatever the case; others are not concerned.
    right = {"login": person.username.upper(), "password": PASSWORD}
    _limited(_from(proxied_house, _new_address()).post("/auth/sign-in", json=right))
    other = {"login": proxied_house.owner.username, "password": PASSWORD}
    assert _from(proxied_house, _new_address()).post("/auth/sign-in", json=other).status_code == 200


def test_an_unknown_account_is_limited_like_one_there_is(proxied_house: House) -> None:
    wrong = {"login": fresh_name("nobody"), "password": "wrong password"}
    statuses = [_from(proxied_house, _new_address()).post("/auth/sign-in", json=wrong).status_code for _ in range(11)]
    assert statuses == [401] * 10 + [429]


def test_signing_in_well_starts_the_count_afresh(proxied_house: House) -> None:
    person = proxied_house.newcomer()
    wrong, right = ({"login": person.username, "password": p} for p in ("wrong password", PASSWORD))
    for _ in range(2):
        for _ in range(6):
            assert _from(proxied_house, _new_address()).post("/auth/sign-in", json=wrong).status_code == 401
        assert _from(proxied_house, _new_address()).post("/auth/sign-in", json=right).status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "body", "refusal"),
    [
        ("POST", "/auth/sign-in", lambda: {"login": fresh_name("x"), "password": "p"}, 401),
        ("POST", "/auth/setup", lambda: {"token": "x", "username": fresh_name("x"), "password": PASSWORD}, 404),
        ("POST", "/auth/register", lambda: {"code": "x", "username": fresh_name("x"), "password": PASSWORD}, 404),
        ("POST", "/auth/reset", lambda: {"token": "x", "password": PASSWORD}, 404),
        ("GET", "/auth/reset/x", lambda: None, 404),
        ("GET", "/auth/invites/x", lambda: None, 404),
    ],
)
def test_an_address_tries_so_often(proxied_house: House, method: str, path: str, body: object, refusal: int) -> None:
    client = _from(proxied_house, _new_address())
    answers = [client.request(method, path, json=body()) for _ in range(13)]  # type: ignore[operator]
    assert [a.status_code for a in answers] == [refusal] * 12 + [429]
    _limited(answers[-1])
    # The next address is another matter; so is the same person's next IPv6 address not.
    assert _from(proxied_house, _new_address()).request(method, path, json=body()).status_code == refusal  # type: ignore[operator]


def test_one_network_of_ipv6_is_one_address(proxied_house: House) -> None:
    network = f"2001:db8:{next(_hosts):x}:1"
    statuses = [
        _from(proxied_house, f"{network}::{host:x}").get("/auth/invites/x").status_code for host in range(1, 15)
    ]
    assert statuses == [404] * 12 + [429] * 2


def test_one_name_is_registered_for_so_often(proxied_house: House) -> None:
    name = fresh_name("wanted")
    account = {"code": "x", "username": name, "password": PASSWORD}
    statuses = [
        _from(proxied_house, _new_address()).post("/auth/register", json=account).status_code for _ in range(11)
    ]
    assert statuses == [404] * 10 + [429]


def test_the_present_password_is_guessed_so_often(house: House) -> None:
    person = house.newcomer()
    wrong = {"current": "wrong password", "new": "some other long password"}
    answers = [person.client.post("/me/password", json=wrong) for _ in range(11)]
    assert [a.status_code for a in answers] == [403] * 10 + [429]
    _limited(answers[-1])


def test_only_a_trusted_proxy_is_believed(house: House, proxied_house: House) -> None:
    for visited, forwarded, seen in (
        (house, "203.0.113.9", "127.0.0.1"),
        (proxied_house, "203.0.113.9", "203.0.113.9"),
        (proxied_house, "10.9.9.9, 203.0.113.9", "203.0.113.9"),  # what the client wrote itself stands in front
        (proxied_house, "203.0.113.9, 127.0.0.1", "203.0.113.9"),
        (proxied_house, "not an address", "127.0.0.1"),
        (proxied_house, "", "127.0.0.1"),
    ):
        client = visited.client(headers={"x-forwarded-for": forwarded, "user-agent": fresh_name("agent")})
        given = {"login": visited.owner.username, "password": PASSWORD}
        token = client.post("/auth/sign-in", json=given).json()["access_token"]
        listed = visited.bearing(token).get("/me/sessions").json()["items"]
        (mine,) = [session for session in listed if session["client"] == client.headers["user-agent"]]
        assert mine["address"] == seen, forwarded
