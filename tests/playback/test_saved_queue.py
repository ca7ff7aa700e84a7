"""The queue one left: taken up on another device, at the same place, as far as it can still be heard."""

from typing import Any

import pytest
from tests.streaming.scenery import Stage, stage
from tests.support.houses import House, Person, problem
from tests.support.music import album
from tests.support.server import until


@pytest.fixture(scope="module")
def shelf(house: House, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """An album that everybody hears."""
    folder = tmp_path_factory.mktemp("queued")
    album(folder, "Queued", "Nara", ["a", "b", "c", "d"])
    found = stage(house, folder)
    house.owner.client.patch(f"/admin/libraries/{found.library}", json={"everyone": True})
    return found


@pytest.fixture(scope="module")
def private(house: House, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """An album that is opened and closed."""
    folder = tmp_path_factory.mktemp("closed")
    album(folder, "Closed", "Nara", ["x", "y"])
    return stage(house, folder)


def ids(shelf: Stage, titles: str) -> list[str]:
    """Return the ids of some tracks."""
    return [shelf.tracks[title]["id"] for title in titles]


def save(person: Person, track_ids: list[str], index: int | None = None, position_ms: int = 0, **more: Any) -> None:
    """Keep a queue."""
    body = {"track_ids": track_ids, "current_index": index, "position_ms": position_ms, **more}
    answer = person.client.put("/me/queue", json=body)
    assert (answer.status_code, answer.content) == (204, b"")


def left(person: Person) -> tuple[str, int | None, int]:
    """Return the queue that was left: its titles, the current place, the position."""
    answer = person.client.get("/me/queue")
    assert answer.status_code == 200, answer.text
    queue = answer.json()
    return "".join(track["title"] for track in queue["tracks"]), queue["current_index"], queue["position_ms"]


def nothing_left(person: Person) -> bool:
    """Return whether there is no queue to go on with."""
    answer = person.client.get("/me/queue")
    return (answer.status_code, answer.content) == (204, b"")


def test_what_was_left_is_taken_up(shelf: Stage) -> None:
    person, other = shelf.house.newcomer("guest"), shelf.house.newcomer("guest")
    assert nothing_left(person)
    save(person, ids(shelf, "abab"), 2, 1500, client=" car\u0007 ")
    assert left(person) == ("abab", 2, 1500)
    assert person.client.get("/me/queue").json()["changed_by"] == "car"
    save(person, ids(shelf, "dc"))
    assert left(person) == ("dc", None, 0)
    assert nothing_left(other)
    save(person, [])
    assert nothing_left(person)
    save(person, ids(shelf, "a"), 0)
    for _ in range(2):
        assert person.client.delete("/me/queue").status_code == 204
    assert nothing_left(person)


def test_the_session_of_our_own_players_is_a_queue_too(shelf: Stage) -> None:
    person = shelf.house.newcomer("guest")
    save(person, ids(shelf, "ab"), 1, 10, client="phone")
    command = {"kind": "load", "track_ids": ids(shelf, "cda"), "index": 1}
    answer = person.client.post("/playback/commands", json=command)
    assert answer.status_code in (200, 204), answer.text
    until(lambda: left(person)[:2] == ("cda", 1), "the session to be written down")
    assert person.client.get("/me/queue").json()["changed_by"] == "Sarau"
    save(person, ids(shelf, "b"), 0, 20, client="phone")
    assert left(person) == ("b", 0, 20)


@pytest.mark.parametrize(
    ("index", "expected"),
    [(0, ("ab", 0, 900)), (1, ("ab", 1, 0)), (2, ("ab", 1, 900)), (3, ("ab", None, 0)), (None, ("ab", None, 0))],
)
def test_what_is_gone_is_passed_over(
    shelf: Stage, private: Stage, index: int | None, expected: tuple[str, int | None, int]
) -> None:
    person = private.person
    a, b = ids(shelf, "ab")
    x, y = ids(private, "xy")
    save(person, [a, x, b, y], index, 900)
    assert left(person) == ("axby", index, 900 if index is not None else 0)
    library = f"/admin/libraries/{private.library}"
    private.house.owner.client.patch(library, json={"member_ids": []})
    try:
        assert left(person) == expected
    finally:
        private.house.owner.client.patch(library, json={"member_ids": [person.id]})
    assert left(person)[0] == "axby"  # it comes back with what can be heard again


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"track_ids": ["x"]}, "track_ids"),
        ({"track_ids": ["0" * 17]}, "track_ids[0]"),
        ({"track_ids": ["0" * 16] * 10_001}, "track_ids"),
        ({"track_ids": ["0" * 16], "current_index": 1}, "current_index"),
        ({"track_ids": ["0" * 16], "current_index": -1}, "current_index"),
        ({"track_ids": ["0" * 16], "position_ms": -1}, "position_ms"),
        ({}, "track_ids"),
    ],
)
def test_what_is_no_queue_is_refused(shelf: Stage, change: dict[str, Any], field: str) -> None:
    assert problem(shelf.person.client.put("/me/queue", json=change), 422, "invalid")["field"] == field


def test_ten_thousand_tracks_are_kept(shelf: Stage) -> None:
    person = shelf.house.newcomer("guest")
    save(person, ids(shelf, "abcd") * 2500, 9999, 5)
    titles, index, position_ms = left(person)
    assert (len(titles), index, position_ms) == (10_000, 9999, 5)
