"""Playlists of one's own: entries in order, moved one at a time, and the same track as often as one likes."""

import threading
from typing import Any

import httpx
import pytest
from tests.streaming.scenery import Stage, stage
from tests.support.houses import House, Person, items, problem, whole_list
from tests.support.music import album


@pytest.fixture(scope="module")
def shelf(house: House, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """An album of five tracks that everybody may hear."""
    folder = tmp_path_factory.mktemp("listed")
    album(folder, "First", "Ana", list("abcde"))
    found = stage(house, folder)
    house.owner.client.patch(f"/admin/libraries/{found.library}", json={"everyone": True})
    return found


class List:
    """A playlist of somebody new."""

    def __init__(self, shelf: Stage, titles: str = "") -> None:
        self.shelf = shelf
        self.person = shelf.house.newcomer("guest")
        made = self.person.client.post("/playlists", json={"name": "Sunday", "track_ids": self.ids(titles)})
        assert made.status_code == 201, made.text
        self.path = f"/playlists/{made.json()['id']}"

    def ids(self, titles: str) -> list[str]:
        """Return the ids of tracks."""
        return [self.shelf.tracks[title]["id"] for title in titles]

    def add(self, titles: str, before: str | None = None) -> list[str]:
        """Add tracks and return the ids of their entries."""
        added = self.person.client.post(
            f"{self.path}/entries", json={"track_ids": self.ids(titles), "before": before}
        )
        assert added.status_code == 201, added.text
        found: list[str] = added.json()["entry_ids"]
        return found

    def entries(self, **more: Any) -> list[dict[str, Any]]:
        """Return the entries, page after page."""
        return whole_list(self.person.client, f"{self.path}/entries", **more)

    def titles(self, **more: Any) -> str:
        """Return the titles in order."""
        return "".join(entry["track"]["title"] for entry in self.entries(**more))

    def move(self, entry_id: str, before: str | None) -> None:
        """Move an entry."""
        moved = self.person.client.patch(f"{self.path}/entries/{entry_id}", json={"before": before})
        assert moved.status_code == 204, moved.text


def test_a_playlist_is_made_named_and_deleted(shelf: Stage) -> None:
    mine = List(shelf, "abca")
    client = mine.person.client
    (told,) = items(client.get("/playlists"))
    assert (told["name"], told["entry_count"]) == ("Sunday", 4)
    assert client.get(mine.path).json() == {**told, "editors": [], "rules": None}
    assert mine.titles() == "abca"
    renamed = client.patch(mine.path, json={"name": "Monday"}).json()
    assert (renamed["name"], renamed["changed_at"] >= told["changed_at"]) == ("Monday", True)
    assert client.delete(mine.path).status_code == 204
    assert items(client.get("/playlists")) == []
    for answer in (client.get(mine.path), client.get(f"{mine.path}/entries"), client.delete(mine.path)):
        problem(answer, 404, "playlist_not_found")


def test_entries_go_where_they_are_put(shelf: Stage) -> None:
    mine = List(shelf)
    a, b, c = mine.add("abc")
    mine.add("de", before=b)
    assert mine.titles() == "adebc"
    mine.move(c, a)
    assert mine.titles() == "cadeb"
    mine.move(c, None)
    assert mine.titles() == "adebc"
    mine.move(b, b)
    assert mine.titles() == "adebc"
    assert mine.person.client.delete(f"{mine.path}/entries/{a}").status_code == 204
    for limit in (1, 2, 3, 500):
        assert mine.titles(limit=limit) == "debc"


def test_who_adds_says_what_becomes_of_tracks_that_are_there_already(shelf: Stage) -> None:
    mine = List(shelf, "aab")
    client = mine.person.client
    version = client.get(mine.path).json()["version"]

    def add(titles: str, **more: Any) -> httpx.Response:
        return client.post(f"{mine.path}/entries", json={"track_ids": mine.ids(titles), **more})

    told = problem(add("abc", repeats="refuse"), 409, "already_in_playlist")
    assert told["count"] == 2
    assert (mine.titles(), client.get(mine.path).json()["version"]) == ("aab", version)
    assert len(add("bcad", repeats="skip", before=mine.entries()[0]["id"]).json()["entry_ids"]) == 2
    assert mine.titles() == "cdaab"
    assert add("ab", repeats="skip").json()["entry_ids"] == []
    assert len(add("e", repeats="refuse").json()["entry_ids"]) == 1
    assert len(add("ea", repeats="add").json()["entry_ids"]) == 2
    assert mine.titles() == "cdaabeea"
    # Of several edits none is made when one is refused, and each sees what those before it added.
    edits = [{"kind": "remove", "entry_ids": [mine.entries()[0]["id"]]}]
    edits += [{"kind": "add", "track_ids": mine.ids("c"), "repeats": "refuse"}] * 2
    problem(client.post(f"{mine.path}/edits", json={"edits": edits}), 409, "already_in_playlist")
    assert mine.titles() == "cdaabeea"
    problem(add("a", repeats="perhaps"), 422, "invalid")


def test_a_full_playlist_leaves_out_what_it_has(shelf: Stage) -> None:
    mine = List(shelf)
    mine.add("a" * 10_000)
    body = {"track_ids": mine.ids("a"), "repeats": "skip"}
    assert mine.person.client.post(f"{mine.path}/entries", json=body).json()["entry_ids"] == []


def test_a_move_rewrites_one_row(shelf: Stage) -> None:
    mine = List(shelf, "abcde")
    playlist_id = int(mine.path.rpartition("/")[2], 16)
    places = f"SELECT id, place FROM playlist_entries WHERE playlist_id = {playlist_id}"
    before = set(shelf.house.sql(places))
    first, *_, last = mine.entries()
    mine.move(last["id"], first["id"])
    assert mine.titles() == "eabcd"
    assert len(set(shelf.house.sql(places)) - before) == 1


def test_one_place_is_never_too_narrow(shelf: Stage) -> None:
    mine = List(shelf, "abc")
    expected = "abc"
    a, b, c = (entry["id"] for entry in mine.entries())
    for _ in range(40):  # each halves the room before the middle one
        mine.move(c, b)
        mine.move(a, b)
        expected = "cab"
    assert mine.titles() == expected


def test_a_playlist_has_an_end(shelf: Stage) -> None:
    mine = List(shelf)
    mine.add("a" * 10_000)
    problem(mine.person.client.post(f"{mine.path}/entries", json={"track_ids": mine.ids("b")}), 409, "playlist_full")
    last = mine.entries(limit=500)[-1]
    mine.move(last["id"], None)
    assert len(mine.entries(limit=500)) == 10_000


def test_playlists_are_ones_own(shelf: Stage) -> None:
    mine = List(shelf, "ab")
    entry = mine.entries()[0]["id"]
    for person in (shelf.house.some("member"), shelf.house.owner):
        client = person.client
        for answer in (
            client.get(mine.path),
            client.get(f"{mine.path}/entries"),
            client.patch(mine.path, json={"name": "x"}),
            client.post(f"{mine.path}/entries", json={"track_ids": mine.ids("a")}),
            client.patch(f"{mine.path}/entries/{entry}", json={}),
            client.delete(f"{mine.path}/entries/{entry}"),
            client.delete(mine.path),
        ):
            problem(answer, 404, "playlist_not_found")
        assert mine.path.rpartition("/")[2] not in client.get("/playlists").text
    problem(shelf.house.client().get(mine.path), 401, "unauthenticated")
    assert mine.titles() == "ab"


def test_an_entry_of_another_playlist_is_none_of_this(shelf: Stage) -> None:
    mine = List(shelf, "ab")
    made = mine.person.client.post("/playlists", json={"name": "other", "track_ids": mine.ids("c")}).json()
    (foreign,) = items(mine.person.client.get(f"/playlists/{made['id']}/entries"))
    client = mine.person.client
    problem(client.delete(f"{mine.path}/entries/{foreign['id']}"), 404, "entry_not_found")
    problem(client.patch(f"{mine.path}/entries/{foreign['id']}", json={}), 404, "entry_not_found")
    added = {"track_ids": mine.ids("a"), "before": foreign["id"]}
    problem(client.post(f"{mine.path}/entries", json=added), 404, "entry_not_found")
    assert mine.titles() == "ab"


def test_what_cannot_be_heard_is_not_added_and_shows_without_its_name(shelf: Stage) -> None:
    mine = List(shelf, "ab")
    body = {"track_ids": [*mine.ids("a"), "0000000000000001"]}
    problem(mine.person.client.post(f"{mine.path}/entries", json=body), 404, "track_not_found")
    library = f"/admin/libraries/{shelf.library}"
    shelf.house.owner.client.patch(library, json={"everyone": False, "member_ids": []})
    try:
        assert [entry["track"] for entry in mine.entries()] == [None, None]
    finally:
        shelf.house.owner.client.patch(library, json={"everyone": True})
    assert mine.titles() == "ab"


@pytest.mark.parametrize(
    "body", [{}, {"name": ""}, {"name": "x" * 201}, {"name": "x", "track_ids": "a"}, {"name": 1}, {"nom": "x"}, []]
)
def test_what_is_wrong_with_a_playlist_is_told(shelf: Stage, body: Any) -> None:
    problem(shelf.person.client.post("/playlists", json=body), 422, "invalid")


def test_many_add_at_once_and_nothing_is_lost(shelf: Stage) -> None:
    mine = List(shelf, "a")

    def add(person: Person, title: str) -> None:
        client = shelf.house.bearing(person.access_token)
        for _ in range(5):
            client.post(f"{mine.path}/entries", json={"track_ids": mine.ids(title)})

    threads = [threading.Thread(target=add, args=(mine.person, title)) for title in "bcde"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(mine.titles()) == sorted("a" + "bcde" * 5)
    places = [entry["id"] for entry in mine.entries()]
    assert len(set(places)) == 21
