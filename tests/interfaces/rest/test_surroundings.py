"""What every reply has about it: an id, safe headers, a line in the log."""

import json
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.support.houses import House, items
from tests.support.music import tune
from tests.support.server import until

# Of all kinds of replies: pages, assets, JSON, problems of every layer, lists that are known, and sound.
PLACES = (
    "/",
    "/albums/0653",
    "/assets/nope.js",
    "/theme.js",
    "/api/v1/house",
    "/api/v1/me",
    "/api/v1/albums",
    "/api/v1/nope",
    "/api/v1/albums?limit=0",
    "/openapi.json",
    "/health",
    "/health/ready",
    "/metrics",
    "/docs",
)


def _lines(house: House, request_id: str) -> list[dict[str, Any]]:
    """Return the entries of the log about a request, which come a moment after it."""

    def found() -> list[dict[str, Any]]:
        said = [line for line in house.server.said().splitlines() if f'"{request_id}"' in line]
        return [json.loads(line) for line in said if line.endswith("}")]

    entries: list[dict[str, Any]] = until(found, "the line of a request", 10)
    return entries


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS"])
def test_safe_headers_are_on_every_reply(house: House, method: str) -> None:
    client = house.at_root()
    for place in PLACES:
        answer = client.request(method, place)
        headers = answer.headers
        assert headers["x-content-type-options"] == "nosniff", place
        assert headers["x-frame-options"] == "DENY", place
        assert headers["referrer-policy"] == "same-origin", place
        assert headers["cross-origin-resource-policy"] == "same-origin", place
        assert "camera=()" in headers["permissions-policy"], place
        assert len(headers.get_list("content-security-policy")) == 1, place
        assert not [name for name in headers if name.startswith("access-control-")], place
        assert headers["x-request-id"], place


def test_the_page_takes_scripts_from_this_house_alone(house: House) -> None:
    policy = dict(
        part.strip().partition(" ")[::2]
        for part in house.at_root().get("/").headers["content-security-policy"].split(";")
    )
    assert policy["default-src"] == "'self'"
    assert policy["style-src"] == "'self'"
    assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["form-action"] == "'self'"
    # Only the sound of radio stations comes from elsewhere.
    assert policy.pop("media-src") == "'self' blob: https: http:"
    assert not [value for value in policy.values() if "unsafe" in value or "*" in value or "http" in value]
    assert "script-src" not in policy


def test_what_is_personal_is_not_kept_by_others(house: House) -> None:
    client = house.owner.client
    for path in ("/me", "/users", "/invites", "/activity", "/albums", "/me/sessions", "/bin", "/albums?sort=random"):
        assert "public" not in client.get(path).headers.get("cache-control", ""), path
    for path in ("/house", "/nope", "/albums?sort=random"):
        assert client.get(path).headers["cache-control"] == "no-store", path
    assert client.get("/albums").headers["cache-control"] == "private, no-cache"
    assert client.get("/albums").headers["vary"] == "Authorization, Cookie"


def test_no_other_site_is_let_in(house: House) -> None:
    asking = {"origin": "https://another.example", "access-control-request-method": "GET"}
    client = house.at_root(headers=asking)
    for place in PLACES:
        for method in ("GET", "OPTIONS"):
            answer = client.request(method, place)
            assert not [name for name in answer.headers if name.startswith("access-control-")], place


def test_a_request_has_an_id_of_its_own(house: House) -> None:
    client = house.at_root()
    ids = [client.get("/health").headers["x-request-id"] for _ in range(50)]
    assert len(set(ids)) == 50
    assert all(re.fullmatch("[0-9a-f]{16}", one) for one in ids)


@pytest.mark.parametrize("given", ["abc-123", "0af7651916cd43dd8448eb211c80319c", "a.b:c_d", "x" * 64])
def test_a_proxy_may_choose_it(house: House, given: str) -> None:
    answer = house.at_root().get("/api/v1/nope", headers={"x-request-id": given})
    assert answer.headers.get_list("x-request-id") == [given]


@pytest.mark.parametrize("given", ["", "x" * 65, "a b", "a\tb", 'a"b', "{}", "<b>", "é", "a,b"])
def test_but_not_anything(house: House, given: str) -> None:
    answer = house.at_root().get("/api/v1/nope", headers={"x-request-id": given.encode("latin-1")})
    assert re.fullmatch("[0-9a-f]{16}", answer.headers["x-request-id"])


def test_a_line_tells_of_every_request(house: House) -> None:
    client = house.at_root()
    for method, place, status in (
        ("GET", "/api/v1/house", 200),
        ("POST", "/api/v1/auth/refresh", 401),
        ("GET", "/api/v1/albums?limit=5", 401),
        ("DELETE", "/", 405),
        ("GET", "/health", 200),
        ("BREW", "/api/v1/caf%C3%A9", 404),
    ):
        answer = client.request(method, place)
        assert answer.status_code == status, place
        (line,) = _lines(house, answer.headers["x-request-id"])
        path = httpx.URL(place).path
        known = "OTHER" if method == "BREW" else method
        assert (line["event"], line["method"], line["path"], line["status"]) == ("request", known, path, status)
        assert line["level"] == "info"
        assert line["timestamp"].endswith("Z")
        assert line["ms"] >= 0


def test_the_query_is_not_written_down(house: House) -> None:
    answer = house.owner.client.get("/search", params={"q": "something-private-4711"})
    assert answer.status_code == 200
    _lines(house, answer.headers["x-request-id"])
    assert "something-private-4711" not in house.server.said()


def test_nobody_writes_lines_of_their_own(house: House) -> None:
    answer = house.at_root().get("/api/v1/x%0a%7b%22event%22:%22forged%22%7d%0d%1b[31m")
    (line,) = _lines(house, answer.headers["x-request-id"])
    assert line["path"] == '/api/v1/x\n{"event":"forged"}\r\x1b[31m'
    assert '{"event":"forged"}' not in house.server.said()


def test_deeds_have_the_id_of_their_request(house: House) -> None:
    made = house.owner.client.post("/invites", json={"role": "guest"}, headers={"x-request-id": "deed-1"})
    assert made.status_code == 201
    newest = items(house.owner.client.get("/activity", params={"kind": "invite.created", "limit": 1}))
    assert newest[0]["request_id"] == "deed-1"


def test_sound_is_sent_with_all_of_it(house: House, tmp_path: Path) -> None:
    person = house.newcomer()
    tune(tmp_path / "sound.ogg", seconds=1)
    library = house.library(tmp_path, person)
    (track,) = items(person.client.get("/tracks", params={"library_id": library}))
    for query, ranged in (("", None), ("", "bytes=10-20"), ("", "bytes=99999999-"), ("?format=mp3", None)):
        headers = {"range": ranged} if ranged else {}
        answer = person.client.get(f"/tracks/{track['id']}/stream{query}", headers=headers)
        assert answer.status_code in (200, 206, 416)
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"].startswith("private")
        (line,) = _lines(house, answer.headers["x-request-id"])
        assert line["status"] == answer.status_code
