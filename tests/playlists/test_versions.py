"""Several people change a playlist: what fits together is merged, what does not is told."""

from typing import Any

import pytest
from tests.playlists.scenery import changed, edited, entries, ids, made, titles
from tests.streaming.scenery import Stage
from tests.support.houses import Person, problem


class Shared:
    """A playlist of two, a to f, and its version."""

    def __init__(self, songs: Stage, ana: Person, rui: Person) -> None:
        self.songs, self.ana, self.rui = songs, ana, rui
        self.names = [f"{album} {letter}" for album in ("Águas", "Construção") for letter in "abc"]
        self.id: str = made(ana, track_ids=ids(songs, *self.names), collaborative="named", editors=[rui.username])[
            "id"
        ]
        self.entry = {entry["track"]["title"]: entry["id"] for entry in entries(ana, self.id)}
        self.version: int = ana.client.get(f"/playlists/{self.id}").json()["version"]

    def short(self) -> str:
        """Return the order, a letter for each entry: a to f, and ? for others."""
        known = dict(zip(self.names, "abcdef", strict=True))
        return "".join(known.get(title, "?") for title in titles(self.ana, self.id))

    def at(self, letter: str) -> str:
        """Return the id of an entry."""
        return self.entry[self.names["abcdef".index(letter)]]

    def move(self, person: Person, letters: str, before: str | None, **more: Any) -> Any:
        """Move entries."""
        target = self.at(before) if before else None
        moved = {"kind": "move", "entry_ids": [self.at(one) for one in letters], "before": target}
        return edited(person, self.id, moved, **more)

    def remove(self, person: Person, letters: str, **more: Any) -> Any:
        """Remove entries."""
        gone = {"kind": "remove", "entry_ids": [self.at(one) for one in letters]}
        return edited(person, self.id, gone, **more)


@pytest.fixture(scope="module")
def pair(songs: Stage) -> tuple[Person, Person]:
    return songs.house.newcomer(), songs.house.newcomer()


@pytest.fixture
def both(songs: Stage, pair: tuple[Person, Person]) -> Shared:
    return Shared(songs, *pair)


def test_edits_to_different_entries_merge(both: Shared) -> None:
    assert both.move(both.ana, "f", "a", version=both.version).status_code == 200
    assert both.remove(both.rui, "c", version=both.version).status_code == 200
    added = {"kind": "add", "track_ids": ids(both.songs, "Loose"), "before": both.at("b")}
    answer = edited(both.rui, both.id, added, version=both.version)
    assert answer.json()["version"] == both.version + 3
    assert both.short() == "fa?bde"


def test_what_goes_before_an_entry_that_is_gone_goes_where_it_was(both: Shared) -> None:
    assert both.remove(both.ana, "cd").status_code == 200
    assert both.move(both.rui, "a", "d", version=both.version).status_code == 200
    assert both.short() == "baef"
    # Who names no version is told that it is gone.
    problem(both.move(both.rui, "f", "d"), 404, "entry_not_found")


def test_two_who_take_the_same_out_agree(both: Shared) -> None:
    assert both.remove(both.ana, "bc").status_code == 200
    assert both.remove(both.rui, "cd", version=both.version).status_code == 200
    assert both.short() == "aef"
    problem(both.remove(both.rui, "b"), 404, "entry_not_found")


@pytest.mark.parametrize("first", ["move", "remove"])
def test_who_moves_what_another_moved_or_took_is_told_by_whom(both: Shared, first: str) -> None:
    if first == "move":
        assert both.move(both.ana, "e", "a").status_code == 200
    else:
        assert both.remove(both.ana, "e").status_code == 200
    before = both.short()
    told = problem(both.move(both.rui, "e", None, version=both.version), 409, "playlist_changed")
    assert told["version"] == both.version + 1
    (change,) = told["changes"]
    assert (change["by"]["username"], change["version"]) == (both.ana.username, told["version"])
    assert change["moved" if first == "move" else "removed"] == [both.at("e")]
    assert both.short() == before
    # Knowing what was done, one can decide anew.
    answer = both.move(both.rui, "e", None, version=told["version"])
    assert answer.status_code == (200 if first == "move" else 404)


def test_edits_are_made_all_or_none(both: Shared) -> None:
    there = {"kind": "remove", "entry_ids": [both.at("a")]}
    missing = {"kind": "remove", "entry_ids": ["0000000000000001"]}
    problem(edited(both.ana, both.id, there, missing), 404, "entry_not_found")
    assert both.short() == "abcdef"
    add = {"kind": "add", "track_ids": ids(both.songs, "Loose", "Loose"), "before": both.at("b")}
    move = {"kind": "move", "entry_ids": [both.at("f"), both.at("b")], "before": both.at("b")}
    answer = edited(both.ana, both.id, there, add, move)
    assert (answer.status_code, both.short()) == (200, "??fbcde")
    assert answer.json()["entry_ids"] == [one["id"] for one in entries(both.ana, both.id)[:2]]


def test_details_conflict_by_field(both: Shared) -> None:
    changed(both.ana, both.id, name="Uno", version=both.version)
    # Another field, and entries, have nothing to do with the name.
    assert changed(both.ana, both.id, description="both", version=both.version)["name"] == "Uno"
    assert both.remove(both.rui, "a", version=both.version).status_code == 200
    answer = both.ana.client.patch(f"/playlists/{both.id}", json={"name": "Due", "version": both.version})
    told = problem(answer, 409, "playlist_changed")
    assert [one["fields"] for one in told["changes"]] == [["name"], ["description"], []]
    assert changed(both.ana, both.id, name="Due", version=told["version"])["name"] == "Due"


def test_a_new_order_keeps_the_entries_that_stay(both: Shared) -> None:
    path = f"/playlists/{both.id}/entries"
    rui_added = both.rui.client.post(path, json={"track_ids": ids(both.songs, "Loose")}).json()
    wanted = ids(both.songs, "Loose", *reversed(both.names[:3]), "Loose")
    answer = both.ana.client.put(path, json={"track_ids": wanted, "version": both.version})
    assert problem(answer, 409, "playlist_changed")["changes"][0]["added"] == 1
    answer = both.ana.client.put(path, json={"track_ids": wanted, "version": rui_added["version"]})
    assert (answer.status_code, answer.json()["entry_count"], both.short()) == (200, 5, "?cba?")
    found = entries(both.ana, both.id)
    assert [one["id"] for one in found[:4]] == [*rui_added["entry_ids"], both.at("c"), both.at("b"), both.at("a")]
    assert [one["added_by"]["username"] for one in found] == [both.rui.username, *[both.ana.username] * 4]
    problem(both.move(both.rui, "a", None, version=both.version), 409, "playlist_changed")


def test_versions_are_remembered_for_a_while(both: Shared) -> None:
    path = f"/playlists/{both.id}/versions"
    both.move(both.ana, "a", None)
    both.remove(both.rui, "b")
    told = both.rui.client.get(path, params={"since": both.version}).json()
    assert (told["version"], told["complete"]) == (both.version + 2, True)
    assert [(one["moved"], one["removed"]) for one in told["items"]] == [([both.at("a")], []), ([], [both.at("b")])]
    assert both.rui.client.get(path, params={"since": told["version"]}).json()["items"] == []
    for _ in range(220):
        both.move(both.ana, "c", None)
    told = both.rui.client.get(path, params={"since": both.version}).json()
    assert (told["complete"], len(told["items"]) <= 220) == (False, True)
    long_ago = problem(both.move(both.rui, "d", None, version=both.version), 409, "playlist_changed")
    assert long_ago["changes"] is None


@pytest.mark.parametrize("version", [0, -1, "1", 2**60])
def test_what_is_no_version_is_refused(both: Shared, version: Any) -> None:
    moved = {"kind": "move", "entry_ids": [both.at("a")]}
    problem(edited(both.ana, both.id, moved, version=version), 422, "invalid")
    problem(edited(both.ana, both.id, moved, version=both.version + 5), 409, "playlist_changed")
