"""Addresses that are none, and methods that an address does not take."""

import httpx
import pytest
from tests.support.houses import House, problem

PATHS = ("/api", "/api/", "/api/v1", "/api/v1/", "/api/v2/albums", "/api/v1/nope", "/api/v1/albums/", "/api/v1/me/x")
ODD = ("/api/v1/%00", "/api/v1/%ff", "/api/v1/..%2f..%2fetc%2fpasswd", "/api/v1/albums/0/../../x", "/api//v1/albums")


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"])
def test_below_the_api_there_is_no_page(house: House, method: str) -> None:
    client = house.at_root()
    for path in PATHS + ODD:
        problem(client.request(method, path), 404, "not_found")


def test_head_of_nothing_is_nothing(house: House) -> None:
    answer = house.at_root().head("/api/v1/nope")
    assert (answer.status_code, answer.content) == (404, b"")
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/api/v1/me", "GET, HEAD, PATCH"),
        ("/api/v1/me/password", "POST"),
        ("/api/v1/albums", "GET, HEAD"),
        ("/api/v1/tracks/0", "GET, HEAD, PATCH, DELETE"),
        ("/api/v1/tracks/0/stream", "GET, HEAD"),
        ("/api/v1/tracks/0/stream-url", "POST"),
        ("/api/v1/uploads", "POST"),
    ],
)
def test_a_wrong_method_is_told_the_right_ones(house: House, path: str, allowed: str) -> None:
    client = house.at_root()
    for method in ("PUT", "OPTIONS", "TRACE", "get", "BREW"):
        answer = _exactly(client, method, path)
        problem(answer, 405, "method_not_allowed")
        assert answer.headers["allow"] == allowed


@pytest.mark.parametrize("path", ["/", "/albums", "/health", "/metrics", "/docs", "/assets/nope.js", "/index.html"])
def test_pages_are_read_alone(house: House, path: str) -> None:
    client = house.at_root()
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "TRACE"):
        answer = client.request(method, path)
        problem(answer, 405, "method_not_allowed")
        assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD"}


@pytest.mark.parametrize("path", ["/me", "/tracks/0", "/activity", "/libraries", "/me/sessions", "/nope"])
def test_head_tells_what_get_would_without_the_content(house: House, path: str) -> None:
    client = house.owner.client
    asked, read = client.head(path), client.get(path)
    assert (asked.status_code, asked.content) == (read.status_code, b"")
    for name in ("content-type", "content-length"):
        assert asked.headers[name] == read.headers[name]
    assert house.client().head("/me").status_code == 401


def _exactly(client: httpx.Client, method: str, path: str) -> httpx.Response:
    """Send a method as it is written: httpx would make it upper case."""
    request = client.build_request(method, path)
    request.method = method
    return client.send(request)
