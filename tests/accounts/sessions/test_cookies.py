"""The browser's session: cookies, and proof that a change comes from our own page."""

from http.cookies import Morsel, SimpleCookie

import httpx
import pytest
from tests.support.houses import House, Person, items, problem
from tests.support.server import PASSWORD

UNSAFE = ("POST", "PATCH", "DELETE")


def _cookies(answer: httpx.Response) -> dict[str, "Morsel[str]"]:
    found: SimpleCookie = SimpleCookie()
    for line in answer.headers.get_list("set-cookie"):
        found.load(line)
    return dict(found)


def _browser(house: House, person: Person, **headers: str) -> httpx.Client:
    """Return a client that signed in as the page does."""
    client = house.client(headers=headers)
    given = {"login": person.username, "password": PASSWORD}
    answer = client.post("/auth/sign-in", params={"session": "cookie"}, json=given)
    assert answer.status_code == 200, answer.text
    return client


def test_what_the_browser_is_given(house: House) -> None:
    given = {"login": house.owner.username, "password": PASSWORD}
    cookies = _cookies(house.client().post("/auth/sign-in", params={"session": "cookie"}, json=given))
    assert set(cookies) == {"sarau_access", "sarau_refresh", "sarau_csrf"}
    assert {name: (c["httponly"], c["path"]) for name, c in cookies.items()} == {
        "sarau_access": (True, "/"),
        "sarau_refresh": (True, "/api/v1/auth"),
        "sarau_csrf": ("", "/"),
    }
    for cookie in cookies.values():
        assert cookie["samesite"].lower() == "strict"
        assert not cookie["secure"]
        assert not cookie["domain"]
        assert int(cookie["max-age"]) > 86400


def test_cookies_are_for_https_alone_behind_a_trusted_proxy_that_says_so(house: House, proxied_house: House) -> None:
    for visited, scheme, address, secure in (
        (proxied_house, "https", "198.51.100.77", True),
        (proxied_house, "http", "198.51.100.77", False),
        (house, "https", "198.51.100.77", False),  # nobody trusts whoever says it
    ):
        headers = {"x-forwarded-proto": scheme, "x-forwarded-for": address}
        given = {"login": visited.owner.username, "password": PASSWORD}
        client = visited.client(headers=headers)
        answer = client.post("/auth/sign-in", params={"session": "cookie"}, json=given)
        assert {bool(c["secure"]) for c in _cookies(answer).values()} == {secure}, (scheme, visited.dialect)


def test_reading_needs_no_more_than_the_cookie(house: House) -> None:
    browser = _browser(house, house.some("member"))
    assert browser.get("/me").json()["user"]["username"] == house.some("member").username
    assert browser.get("/house").json()["me"]["user"]["username"] == house.some("member").username
    assert browser.get("/albums").status_code == 200


@pytest.mark.parametrize("proof", [None, "", "wrong", "of another session"])
def test_changing_by_cookie_needs_the_proof_of_our_own_page(house: House, proof: str | None) -> None:
    person = house.some("member")
    browser = _browser(house, person)
    if proof == "of another session":
        proof = _browser(house, person).cookies["sarau_csrf"]
    headers = {} if proof is None else {"x-csrf-token": proof}
    requests = (
        ("POST", "/me/api-keys", {"name": "theirs"}),
        ("PATCH", "/me", {"display_name": "Theirs"}),
        ("POST", "/auth/sign-out", None),
        ("DELETE", "/invites/0000000000000001", None),
        ("POST", "/plays", {"track_id": "0"}),
        ("POST", "/tracks/0000000000000001/stream-url", None),
        ("POST", "/uploads", None),
    )
    for method, path, body in requests:
        problem(browser.request(method, path, json=body, headers=headers), 403, "csrf")
    assert items(browser.get("/me/api-keys")) == []
    assert browser.get("/me").json()["user"]["display_name"] != "Theirs"


def test_with_the_proof_it_is_done(house: House) -> None:
    browser = _browser(house, house.newcomer())
    browser.headers["x-csrf-token"] = browser.cookies["sarau_csrf"]
    assert browser.patch("/me", json={"display_name": "Mine"}).json()["display_name"] == "Mine"


def test_a_token_needs_no_proof_for_no_browser_sends_it_by_itself(house: House) -> None:
    assert house.some("member").client.patch("/me", json={}).status_code == 200


def test_refreshing_by_cookie(house: House) -> None:
    browser = _browser(house, house.newcomer())
    before = {name: browser.cookies[name] for name in ("sarau_access", "sarau_refresh", "sarau_csrf")}
    problem(browser.post("/auth/refresh"), 403, "csrf")
    fresh = browser.post("/auth/refresh", headers={"x-csrf-token": before["sarau_csrf"]})
    assert fresh.status_code == 200
    assert fresh.json()["access_token"] is None
    assert browser.cookies["sarau_refresh"] != before["sarau_refresh"]
    assert browser.cookies["sarau_csrf"] == before["sarau_csrf"]
    assert browser.get("/me").status_code == 200
    assert browser.post("/auth/refresh", headers={"x-csrf-token": before["sarau_csrf"]}).status_code == 200
    stale = house.client(cookies={"sarau_refresh": before["sarau_refresh"]})
    problem(stale.post("/auth/refresh", headers={"x-csrf-token": before["sarau_csrf"]}), 401, "session_ended")
    problem(browser.get("/me"), 401, "session_ended")


def test_signing_out_takes_the_cookies_back(house: House) -> None:
    browser = _browser(house, house.newcomer())
    token = browser.cookies["sarau_access"]
    answer = browser.post("/auth/sign-out", headers={"x-csrf-token": browser.cookies["sarau_csrf"]})
    assert answer.status_code == 204
    gone = _cookies(answer)
    assert set(gone) == {"sarau_access", "sarau_refresh", "sarau_csrf"}
    assert {int(c["max-age"]) for c in gone.values()} == {0}
    assert not browser.cookies
    problem(house.client(cookies={"sarau_access": token}).get("/me"), 401, "session_ended")


def test_a_cookie_that_is_no_longer_good_is_told_apart_from_none(house: House) -> None:
    problem(house.client(cookies={"sarau_access": "x.y.z"}).get("/me"), 401, "session_ended")
    assert house.client(cookies={"sarau_access": "x.y.z"}).get("/house").json()["me"] is None
    problem(house.client().get("/me"), 401, "unauthenticated")


def test_no_other_origin_is_invited(house: House) -> None:
    client = _browser(house, house.some("member"), origin="https://evil.example")
    answer = client.get("/me")
    assert "access-control-allow-origin" not in answer.headers
    preflight = client.options("/me", headers={"access-control-request-method": "PATCH"})
    assert "access-control-allow-origin" not in preflight.headers
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
