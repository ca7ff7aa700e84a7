"""Stars on tracks, albums and artists: one's own, of what one may hear, in the order they were given."""

from typing import Any

import pytest
from tests.streaming.scenery import Stage, stage
from tests.support.houses import House, Person, fresh_name, items, problem, whole_list
from tests.support.music import album

KINDS = ("track", "album", "artist")


@pytest.fixture(scope="module")
def shelf(house: House, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """Two albums of two artists."""
    folder = tmp_path_factory.mktemp("starred")
    # Artists belong to all libraries: these are in no other.
    album(folder / "one", "First", fresh_name("Ana"), ["a", "b", "c"])
    album(folder / "two", "Second", fresh_name("Bia"), ["d", "e"])
    found = stage(house, folder)
    house.owner.client.patch(f"/admin/libraries/{found.library}", json={"everyone": True})
    return found


def target(shelf: Stage, kind: str, title: str) -> str:
    """Return the id of a track, or of its album or artist."""
    track = shelf.tracks[title]
    found: str = {"track": track["id"], "album": track["album_id"], "artist": track["artists"][0]["id"]}[kind]
    return found


def star(person: Person, kind: str, target_id: str) -> None:
    """Star something."""
    answer = person.client.put(f"/{kind}s/{target_id}/star")
    assert (answer.status_code, answer.content) == (204, b"")


def ids(person: Person, kind: str, **more: Any) -> list[str]:
    """Return what somebody starred."""
    found = whole_list(person.client, "/me/stars", kind=kind, **more)
    for one in found:
        assert one["kind"] == kind
        assert one[kind]["id"] == one["id"]
        assert [one[other] for other in KINDS if other != kind] == [None, None]
    return [one["id"] for one in found]


@pytest.mark.parametrize("kind", KINDS)
def test_a_star_is_given_once_and_taken_away(shelf: Stage, kind: str) -> None:
    person = shelf.house.newcomer("guest")
    one, other = target(shelf, kind, "a"), target(shelf, kind, "d")
    for target_id in (one, other, one, one):
        star(person, kind, target_id)
    assert ids(person, kind) == [other, one]
    assert person.client.get("/me/stars/ids").json()[f"{kind}s"] == [other, one]
    for _ in range(2):
        assert person.client.delete(f"/{kind}s/{one}/star").status_code == 204
    assert ids(person, kind) == [other]
    star(person, kind, one)
    assert ids(person, kind) == [one, other]


def test_stars_are_paged_last_given_first(shelf: Stage) -> None:
    person = shelf.house.newcomer()
    given = [target(shelf, "track", title) for title in "badec"]
    for track_id in given:
        star(person, "track", track_id)
    for limit in (1, 2, 5, 500):
        assert ids(person, "track", limit=limit) == given[::-1]
    assert [one["track"]["title"] for one in items(person.client.get("/me/stars"))] == list("cedab")


def test_stars_are_ones_own(shelf: Stage) -> None:
    person, other = shelf.house.newcomer(), shelf.house.newcomer()
    star(person, "track", target(shelf, "track", "a"))
    assert ids(other, "track") == []
    assert other.client.get("/me/stars/ids").json() == {"tracks": [], "albums": [], "artists": []}
    assert other.client.delete(f"/tracks/{target(shelf, 'track', 'a')}/star").status_code == 204
    assert ids(person, "track") == [target(shelf, "track", "a")]
    for path in ("/me/stars", "/me/stars/ids"):
        problem(shelf.house.client().get(path), 401, "unauthenticated")


@pytest.mark.parametrize("kind", KINDS)
def test_what_one_may_not_hear_is_not_there_to_be_starred(shelf: Stage, kind: str) -> None:
    person, library = shelf.house.newcomer(), f"/admin/libraries/{shelf.library}"
    target_id = target(shelf, kind, "a")
    star(person, kind, target_id)
    shelf.house.owner.client.patch(library, json={"everyone": False, "member_ids": []})
    try:
        assert ids(person, kind) == []
        problem(person.client.put(f"/{kind}s/{target_id}/star"), 404, f"{kind}_not_found")
    finally:
        shelf.house.owner.client.patch(library, json={"everyone": True})
    assert ids(person, kind) == [target_id]  # the star waited
    problem(person.client.put(f"/{kind}s/0000000000000001/star"), 404, f"{kind}_not_found")
    problem(person.client.put(f"/{kind}s/x/star"), 404, f"{kind}_not_found")


@pytest.mark.parametrize("cursor", ["x", "W10", "WzFd", "W251bGxd", "WzkyMjMzNzIwMzY4NTQ3NzU4MDcsIngiXQ"])
def test_a_cursor_that_is_none_is_told(shelf: Stage, cursor: str) -> None:
    problem(shelf.person.client.get("/me/stars", params={"cursor": cursor}), 422, "invalid")
