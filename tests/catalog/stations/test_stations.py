"""Radio stations: kept by who manages libraries, heard by all, and only from addresses of the web."""

from typing import Any

import pytest
from tests.support.houses import House, fresh_name, items, problem

STREAM = "https://radio.example.org:8443/jazz.mp3?x=1"


def kept(house: House, **more: Any) -> dict[str, Any]:
    """Keep a station."""
    about = {"name": fresh_name("Rádio"), "stream_url": STREAM, **more}
    answer = house.some("admin").client.post("/stations", json=about)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def test_stations_come_and_go(house: House) -> None:
    admin, guest = house.some("admin").client, house.some("guest").client
    made = kept(house, name=" Álbum\u0007 Radio ", home_page_url=" http://example.org ")
    assert made["name"] == "Álbum Radio"
    assert (made["stream_url"], made["home_page_url"]) == (STREAM, "http://example.org")
    other = kept(house, name="The Ábaco Radio")
    listed = [one["id"] for one in items(guest.get("/stations")) if one["id"] in (made["id"], other["id"])]
    assert listed == [other["id"], made["id"]]  # by name, as names are sorted everywhere
    path = f"/stations/{made['id']}"
    assert admin.patch(path, json={}).json() == made
    assert admin.patch(path, json={"name": "Zé"}).json() == {**made, "name": "Zé"}
    changed = admin.patch(path, json={"stream_url": "http://10.0.0.1/x", "home_page_url": None}).json()
    assert changed == {**made, "name": "Zé", "stream_url": "http://10.0.0.1/x", "home_page_url": None}
    for _ in range(2):
        found = admin.delete(path)
        assert found.status_code in (204, 404)
    problem(admin.delete(path), 404, "station_not_found")
    problem(admin.patch(path, json={}), 404, "station_not_found")
    assert made["id"] not in [one["id"] for one in items(guest.get("/stations"))]
    admin.delete(f"/stations/{other['id']}")


def test_only_who_manages_libraries_keeps_them(house: House) -> None:
    made = kept(house)
    for role in ("guest", "member"):
        client = house.some(role).client
        problem(client.post("/stations", json={"name": "x", "stream_url": STREAM}), 403, "permission_missing")
        problem(client.patch(f"/stations/{made['id']}", json={}), 403, "permission_missing")
        problem(client.delete(f"/stations/{made['id']}"), 403, "permission_missing")
    house.owner.client.delete(f"/stations/{made['id']}")


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JAVASCRIPT://example.org/%0aalert(1)",
        "file:///etc/passwd",
        "ftp://example.org/x",
        "data:audio/mp3;base64,AAAA",
        "//example.org/x",
        "example.org",
        "http://",
        "http:///x",
        "https://user:secret@example.org/",
        "https://user@example.org/",
        "http://example.org:99999/",
        "http://example.org:0/",
        "http://[::1/",
        "http://exa mple.org/",
        "http://example.org/\u202e3pm",
        "http://example.org/\nx",
        "x" * 2001,
        "",
    ],
)
def test_other_addresses_are_refused(house: House, url: str) -> None:
    client = house.some("admin").client
    members = problem(client.post("/stations", json={"name": "x", "stream_url": url}), 422, "invalid")
    assert members["field"] == "stream_url"
    if url:
        about = {"name": "x", "stream_url": STREAM, "home_page_url": url}
        assert problem(client.post("/stations", json=about), 422, "invalid")["field"] == "home_page_url"
