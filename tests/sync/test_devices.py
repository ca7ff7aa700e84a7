"""Devices: what they tell, what they hold, what they are to hold; and what both sides lack."""

import hashlib
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from tests.catalog.uploads.sending import noise, send_bytes
from tests.support.houses import House, Person, items, problem


class Shelf(NamedTuple):
    """Somebody and the hashes of what they uploaded, by title."""

    house: House
    person: Person
    tracks: dict[str, dict[str, Any]]
    hashes: dict[str, str]


@pytest.fixture(scope="module")
def shelf(house: House) -> Shelf:
    """Uploads of somebody, as everybody in the house may hear them."""
    person = house.newcomer()
    tracks, hashes = {}, {}
    for number, title in enumerate(("one", "two", "three", "four")):
        content = noise(10_000 + number)
        (item,) = send_bytes(person, content, f"{title}.wav").json()["items"]
        tracks[title], hashes[title] = item["track"], hashlib.sha256(content).hexdigest()
    edit = {"album": f"Both {person.username}", "artists": [f"Ana {person.username}"], "genres": [person.username]}
    for title in ("one", "two"):
        tracks[title] = person.client.patch(f"/tracks/{tracks[title]['id']}", json=edit).json()["track"]
    return Shelf(house, person, tracks, hashes)


def known(person: Person, **about: Any) -> dict[str, Any]:
    """Make a device known."""
    made = person.client.post("/sync/devices", json={"name": "phone", **about})
    assert made.status_code == 201, made.text
    device: dict[str, Any] = made.json()
    return device


def hold(person: Person, device: dict[str, Any], *added: str, **more: Any) -> dict[str, Any]:
    """Tell what a device holds."""
    answer = person.client.post(f"/sync/devices/{device['id']}/held", json={"added": added, **more})
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


def planned(
    shelf: Shelf, device: dict[str, Any], *rules: dict[str, Any], limit: int = 0
) -> list[tuple[str, str, int]]:
    """Set rules and return the plan by title."""
    path = f"/sync/devices/{device['id']}"
    given = {"rules": rules, "limit_bytes": limit}
    answer = shelf.person.client.put(f"{path}/rules", json=given)
    assert answer.status_code == 200, answer.text
    assert shelf.person.client.get(f"{path}/rules").json() == answer.json()
    plan = shelf.person.client.get(f"{path}/plan").json()
    titles = {sha256: title for title, sha256 in shelf.hashes.items()}
    assert sum(one["count"] for one in plan["sums"]) == len(plan["items"])
    return [(item["action"], titles.get(item["hash"], "?"), item["rule_index"]) for item in plan["items"]]


def test_a_device_is_known_reports_and_is_forgotten(house: House) -> None:
    person = house.newcomer("guest")
    device = known(person, type="phone", space_free_bytes=5, space_total_bytes=9)
    assert (device["type"], device["space_free_bytes"], device["held_count"]) == ("phone", 5, 0)
    path = f"/sync/devices/{device['id']}"
    told = person.client.put(path, json={"name": "new", "space_free_bytes": 4}).json()
    assert (told["name"], told["type"], told["space_free_bytes"], told["space_total_bytes"]) == ("new", "", 4, 0)
    other = known(person)
    assert [one["id"] for one in items(person.client.get("/sync/devices"))] == [other["id"], device["id"]]
    person.client.put(path, json={"name": "new"})
    assert items(person.client.get("/sync/devices"))[0]["id"] == device["id"]  # seen last
    assert person.client.delete(path).status_code == 204
    problem(person.client.get(path), 404, "device_not_found")
    assert [one["id"] for one in items(person.client.get("/sync/devices"))] == [other["id"]]


def test_devices_are_ones_own(shelf: Shelf) -> None:
    device = known(shelf.person)
    path = f"/sync/devices/{device['id']}"
    for person in (shelf.house.some("member"), shelf.house.owner):
        client = person.client
        for answer in (
            client.get(path),
            client.put(path, json={"name": "x"}),
            client.delete(path),
            client.post(f"{path}/held", json={}),
            client.get(f"{path}/rules"),
            client.put(f"{path}/rules", json={"rules": []}),
            client.get(f"{path}/plan"),
        ):
            problem(answer, 404, "device_not_found")
        assert device["id"] not in client.get("/sync/devices").text
    problem(shelf.house.client().get("/sync/devices"), 401, "unauthenticated")


def test_what_a_device_holds_is_counted(shelf: Shelf) -> None:
    device, strange = known(shelf.person), "f" * 64
    one, two = shelf.hashes["one"], shelf.hashes["two"]
    told = hold(shelf.person, device, one, two, strange, one)
    assert (told["held_count"], told["held_bytes"]) == (3, 10_000 + 10_001)
    told = hold(shelf.person, device, removed=[one, "e" * 64])
    assert (told["held_count"], told["held_bytes"]) == (2, 10_001)
    told = hold(shelf.person, device, one, anew=True)
    assert (told["held_count"], told["held_bytes"]) == (1, 10_000)


def test_rules_become_a_plan(shelf: Shelf) -> None:
    device, tracks = known(shelf.person), shelf.tracks
    hold(shelf.person, device, shelf.hashes["two"], shelf.hashes["four"], "f" * 64)
    one = tracks["one"]
    dropped = [("drop", "four", -1), ("drop", "?", -1)]
    both = [("fetch", "one", 0), ("keep", "two", 0)]
    genre = next(g["id"] for g in items(shelf.person.client.get("/genres")) if g["name"] == shelf.person.username)
    for rule in (
        {"kind": "album", "id": one["album_id"]},
        {"kind": "artist", "id": one["artists"][0]["id"]},
        {"kind": "genre", "id": genre},
    ):
        found = planned(shelf, device, rule)
        assert sorted(found[:2]) == sorted(dropped)
        assert sorted(found[2:]) == sorted(both)
    made = shelf.person.client.post("/playlists", json={"name": "p", "track_ids": [tracks["three"]["id"], one["id"]]})
    playlist = {"kind": "playlist", "id": made.json()["id"]}
    album = {"kind": "album", "id": one["album_id"]}
    track = {"kind": "track", "id": tracks["four"]["id"]}
    found = planned(shelf, device, playlist, album, track)
    assert found == [
        ("drop", "?", -1),
        ("fetch", "three", 0),
        ("fetch", "one", 0),
        ("keep", "two", 1),
        ("keep", "four", 2),
    ]
    # There is room for two: the first rule has it.
    found = planned(shelf, device, playlist, album, track, limit=20_010)
    assert sorted(found[:3]) == sorted([("drop", "two", 1), ("drop", "four", 2), ("drop", "?", -1)])
    assert found[3:] == [("fetch", "three", 0), ("fetch", "one", 0)]


def test_stars_and_news_become_a_plan(shelf: Shelf) -> None:
    device, tracks = known(shelf.person), shelf.tracks
    assert planned(shelf, device, {"kind": "starred"}) == []
    shelf.person.client.put(f"/tracks/{tracks['three']['id']}/star")
    shelf.person.client.put(f"/albums/{tracks['one']['album_id']}/star")
    found = planned(shelf, device, {"kind": "starred"})
    assert found[0] == ("fetch", "three", 0)
    assert sorted(found[1:]) == [("fetch", "one", 0), ("fetch", "two", 0)]
    shelf.person.client.delete(f"/albums/{tracks['one']['album_id']}/star")
    shelf.person.client.put(f"/artists/{tracks['one']['artists'][0]['id']}/star")
    assert sorted(planned(shelf, device, {"kind": "starred"})) == sorted(found)
    library = shelf.tracks["one"]["library_id"]
    everything = planned(shelf, device, {"kind": "recently_added", "count": 1}, {"kind": "library", "id": library})
    assert everything[0][2] == 0
    assert [rule for _, _, rule in everything].count(0) == 1
    assert {"one", "two", "three", "four"} <= {title for _, title, _ in everything}


def test_somebody_elses_playlist_and_stars_say_nothing(shelf: Shelf) -> None:
    other = shelf.house.newcomer()
    body = {"name": "p", "track_ids": [shelf.tracks["three"]["id"]]}
    playlist = other.client.post("/playlists", json=body).json()
    device = known(shelf.house.newcomer())
    device = known(shelf.person)
    assert planned(shelf, device, {"kind": "playlist", "id": playlist["id"]}) == []


@pytest.mark.parametrize(
    ("rule", "field"),
    [
        ({"kind": "album"}, "rules[0].id"),
        ({"kind": "album", "id": "x"}, "rules[0].id"),
        ({"kind": "starred", "id": "0000000000000001"}, "rules[0].id"),
        ({"kind": "recently_added"}, "rules[0].count"),
        ({"kind": "recently_added", "count": 0}, "rules[0].count"),
        ({"kind": "library", "id": "0000000000000001", "count": 1}, "rules[0].count"),
        ({"kind": "mood"}, "rules[0].kind"),
        ({}, "rules[0].kind"),
    ],
)
def test_what_is_wrong_with_a_rule_is_named(shelf: Shelf, rule: Any, field: str) -> None:
    device = known(shelf.person)
    answer = shelf.person.client.put(f"/sync/devices/{device['id']}/rules", json={"rules": [rule]})
    assert problem(answer, 422, "invalid")["field"] == field


def test_both_sides_learn_what_they_lack(shelf: Shelf) -> None:
    client = shelf.person.client
    ours, strange = set(shelf.hashes.values()), {"0" * 64, "f" * 64}
    held = sorted([shelf.hashes["one"], *strange])
    told = client.post("/sync/missing", json={"hashes": held}).json()
    assert set(told["unknown_here"]) == strange
    assert ours - {shelf.hashes["one"]} <= set(told["absent_there"])
    assert shelf.hashes["one"] not in told["absent_there"]
    assert told["absent_until"] is None
    # In parts, each with its bounds, it comes to the same.
    middle = sorted(ours)[1]
    low = client.post("/sync/missing", json={"hashes": [h for h in held if h <= middle], "until": middle}).json()
    high = client.post("/sync/missing", json={"hashes": [h for h in held if h > middle], "after": middle}).json()
    for field in ("unknown_here", "absent_there"):
        assert sorted(low[field] + high[field]) == sorted(told[field])
    problem(client.post("/sync/missing", json={"hashes": ["x"]}), 422, "invalid")


def test_what_changed_is_told_over_rest(shelf: Shelf, tmp_path: Path) -> None:
    client = shelf.person.client
    cursor, found = None, {}
    while True:
        told = client.get("/sync/changes", params={"limit": 2, **({"cursor": cursor} if cursor else {})}).json()
        assert told["everything"]
        found |= {item["track_id"]: item for item in told["items"]}
        cursor = told["cursor"]
        if not told["more"]:
            break
    for title, track in shelf.tracks.items():
        assert (found[track["id"]]["hash"], found[track["id"]]["filename"]) == (shelf.hashes[title], f"{title}.wav")
        assert found[track["id"]]["track"] == track
    unchanged = client.get("/sync/changes", params={"cursor": cursor})
    assert unchanged.json() == {"items": [], "cursor": cursor, "more": False, "everything": False, "begins": False}
    client.patch(f"/tracks/{shelf.tracks['four']['id']}", json={"title": "Four"})
    (changed,) = client.get("/sync/changes", params={"cursor": cursor, "brief": True}).json()["items"]
    assert (changed["kind"], changed["track"]) == ("changed", None)
    client.patch(f"/tracks/{shelf.tracks['four']['id']}", json={"title": None})
    problem(client.get("/sync/changes", params={"cursor": "x"}), 422, "invalid")
