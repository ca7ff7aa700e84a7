"""Ratings, bookmarks, and what is told of all one's marks at once."""

from typing import Any

import pytest
from tests.streaming.scenery import Stage, stage
from tests.support.houses import House, Person, fresh_name, items, problem
from tests.support.music import album

KINDS = ("track", "album", "artist")


@pytest.fixture(scope="module")
def shelf(house: House, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """Two albums of two artists."""
    folder = tmp_path_factory.mktemp("rated")
    album(folder / "one", "First", fresh_name("Eva"), ["a", "b", "c"])
    album(folder / "two", "Second", fresh_name("Gal"), ["d", "e"])
    found = stage(house, folder)
    house.owner.client.patch(f"/admin/libraries/{found.library}", json={"everyone": True})
    return found


def target(shelf: Stage, kind: str, title: str) -> str:
    """Return the id of a track, or of its album or artist."""
    track = shelf.tracks[title]
    found: str = {"track": track["id"], "album": track["album_id"], "artist": track["artists"][0]["id"]}[kind]
    return found


def rate(person: Person, kind: str, target_id: str, rating: int) -> None:
    """Rate something."""
    answer = person.client.put(f"/{kind}s/{target_id}/rating", json={"rating": rating})
    assert (answer.status_code, answer.content) == (204, b"")


def marks(person: Person, kind: str, *ids: str) -> dict[str, dict[str, Any]]:
    """Return what somebody left on some things."""
    answer = person.client.get("/me/marks", params={"kind": kind, "ids": ",".join(ids)})
    assert answer.status_code == 200, answer.text
    found: dict[str, dict[str, Any]] = answer.json()["marks"]
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_a_rating_is_given_changed_and_taken_back(shelf: Stage, kind: str) -> None:
    person, other = shelf.house.newcomer("guest"), shelf.house.newcomer("guest")
    one, two = target(shelf, kind, "a"), target(shelf, kind, "d")
    for rating in (3, 3, 5, 1):
        rate(person, kind, one, rating)
        assert marks(person, kind, one, two) == {
            one: {"starred_at": None, "rating": rating, "play_count": 0, "last_played": None}
        }
    person.client.put(f"/{kind}s/{two}/star")
    found = marks(person, kind, two, one, "0000000000000001", "x", "")
    assert {thing: (mark["rating"], mark["starred_at"] is None) for thing, mark in found.items()} == {
        one: (1, True),
        two: (None, False),
    }
    assert marks(other, kind, one, two) == {}
    for _ in range(2):
        rate(person, kind, one, 0)
    assert list(marks(person, kind, one, two)) == [two]


@pytest.mark.parametrize("kind", KINDS)
def test_what_one_may_not_hear_is_not_there_to_be_rated(shelf: Stage, kind: str) -> None:
    person, library = shelf.house.newcomer(), f"/admin/libraries/{shelf.library}"
    one = target(shelf, kind, "a")
    rate(person, kind, one, 4)
    shelf.house.owner.client.patch(library, json={"everyone": False, "member_ids": []})
    try:
        problem(person.client.put(f"/{kind}s/{one}/rating", json={"rating": 5}), 404, f"{kind}_not_found")
    finally:
        shelf.house.owner.client.patch(library, json={"everyone": True})
    assert marks(person, kind, one)[one]["rating"] == 4
    problem(person.client.put(f"/{kind}s/x/rating", json={"rating": 5}), 404, f"{kind}_not_found")


def test_albums_come_in_the_order_of_ones_marks(shelf: Stage) -> None:
    person, other = shelf.house.newcomer("guest"), shelf.house.newcomer("guest")
    first, second = target(shelf, "album", "a"), target(shelf, "album", "d")

    def listed(order: str, who: Person = person, **page: int) -> list[str]:
        answer = who.client.get("/me/albums", params={"order": order, **page})
        assert answer.status_code == 200, answer.text
        return [album["id"] for album in answer.json()["items"]]

    rate(person, "album", first, 3)
    rate(person, "album", second, 5)
    person.client.put(f"/albums/{first}/star")
    assert listed("highest") == [second, first]
    assert (listed("highest", limit=1), listed("highest", limit=1, offset=1)) == ([second], [first])
    assert (listed("starred"), listed("frequent"), listed("highest", other)) == ([first], [], [])
    assert problem(person.client.get("/me/albums", params={"order": "loudest"}), 422, "invalid")["field"] == "order"


@pytest.mark.parametrize("rating", [-1, 6, 2.5, "3", None, True])
def test_what_is_no_rating_is_refused(shelf: Stage, rating: Any) -> None:
    path = f"/tracks/{target(shelf, 'track', 'a')}/rating"
    assert problem(shelf.person.client.put(path, json={"rating": rating}), 422, "invalid")["field"] == "rating"


def test_marks_are_asked_for_in_bounds(shelf: Stage) -> None:
    assert marks(shelf.person, "track", *["0000000000000001"] * 500) == {}
    too_many = ",".join(["1"] * 501)
    problem(shelf.person.client.get("/me/marks", params={"ids": too_many}), 422, "invalid")
    problem(shelf.person.client.get("/me/marks", params={"ids": "0" * 9000}), 422, "invalid")
    problem(shelf.person.client.get("/me/marks"), 422, "invalid")


def bookmark(person: Person, track_id: str, position_ms: int, comment: str = "") -> dict[str, Any]:
    """Keep a place in a track."""
    body = {"position_ms": position_ms, "comment": comment}
    answer = person.client.put(f"/tracks/{track_id}/bookmark", json=body)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_a_bookmark_keeps_one_place_in_a_track(shelf: Stage) -> None:
    person, other = shelf.house.newcomer("guest"), shelf.house.newcomer("guest")
    one, two = target(shelf, "track", "a"), target(shelf, "track", "b")
    first = bookmark(person, one, 100, " from\u0007 here ")
    assert (first["track"]["id"], first["position_ms"], first["comment"]) == (one, 100, "from here")
    bookmark(person, two, 0)
    again = bookmark(person, one, 250)
    assert (again["position_ms"], again["comment"], again["created_at"]) == (250, "", first["created_at"])
    assert [(kept["track"]["id"], kept["position_ms"]) for kept in items(person.client.get("/me/bookmarks"))] == [
        (one, 250),
        (two, 0),
    ]
    assert items(other.client.get("/me/bookmarks")) == []
    assert other.client.delete(f"/tracks/{one}/bookmark").status_code == 204
    for _ in range(2):
        assert person.client.delete(f"/tracks/{one}/bookmark").status_code == 204
    assert [kept["track"]["id"] for kept in items(person.client.get("/me/bookmarks"))] == [two]


def test_a_bookmark_waits_for_what_cannot_be_heard(shelf: Stage) -> None:
    person, library = shelf.house.newcomer(), f"/admin/libraries/{shelf.library}"
    one = target(shelf, "track", "a")
    bookmark(person, one, 7)
    shelf.house.owner.client.patch(library, json={"everyone": False, "member_ids": []})
    try:
        assert items(person.client.get("/me/bookmarks")) == []
        problem(person.client.put(f"/tracks/{one}/bookmark", json={"position_ms": 1}), 404, "track_not_found")
    finally:
        shelf.house.owner.client.patch(library, json={"everyone": True})
    assert [kept["position_ms"] for kept in items(person.client.get("/me/bookmarks"))] == [7]


@pytest.mark.parametrize("body", [{}, {"position_ms": -1}, {"position_ms": 2**40}, {"position_ms": 1, "comment": 5}])
def test_what_is_no_place_is_refused(shelf: Stage, body: dict[str, Any]) -> None:
    path = f"/tracks/{target(shelf, 'track', 'a')}/bookmark"
    problem(shelf.person.client.put(path, json=body), 422, "invalid")
