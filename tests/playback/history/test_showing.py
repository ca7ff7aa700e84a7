"""What others see of one's listening: what plays now unless it is hidden, the history only if it is shown."""

from typing import Any

import pytest
from tests.streaming.scenery import Stage, long_silence, stage
from tests.support.houses import House, Person, fresh_name, items, problem, whole_list
from tests.support.music import album


@pytest.fixture(scope="module")
def music(house: House, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """Tracks that everybody hears."""
    folder = tmp_path_factory.mktemp("shown")
    for title in "abcd":
        long_silence(folder / f"{title}.wav", 60)
    found = stage(house, folder, house.newcomer())
    house.owner.client.patch(f"/admin/libraries/{found.library}", json={"everyone": True})
    return found


@pytest.fixture(scope="module")
def private(house: House, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """A track that one person hears."""
    folder = tmp_path_factory.mktemp("unshown")
    long_silence(folder / "x.wav", 60)
    return stage(house, folder)


def play(person: Person, stage: Stage, title: str, **more: Any) -> str:
    """Begin to play a track and return the id of the play."""
    answer = person.client.post("/plays", json={"track_id": stage.tracks[title]["id"], **more})
    assert answer.status_code == 201, answer.text
    made: str = answer.json()["id"]
    return made


def listen(person: Person, stage: Stage, title: str, **more: Any) -> str:
    """Hear a track to its end."""
    play_id = play(person, stage, title, **more)
    stage.house.sql(f"UPDATE plays SET started_at = started_at - 60000 WHERE id = {int(play_id, 16)}")
    answer = person.client.patch(f"/plays/{play_id}", json={"listened_ms": 60_000, "ended": True})
    assert answer.json()["listened"] is True
    return play_id


def heard_by(viewer: Person, person: Person) -> list[dict[str, Any]]:
    """Return what somebody sees that another hears now."""
    return [one for one in items(viewer.client.get("/now-playing")) if one["listener"]["id"] == person.id]


def test_the_house_sees_what_plays(music: Stage) -> None:
    ana, bia = music.house.newcomer("guest"), music.house.newcomer("guest")
    play_id = play(ana, music, "a", client="web", device="kitchen")
    (seen,) = heard_by(bia, ana)
    assert seen["listener"] == {"id": ana.id, "username": ana.username, "display_name": ana.username}
    assert (seen["track"]["title"], seen["play_id"], seen["state"]) == ("a", play_id, "playing")
    assert (seen["client"], seen["device"], seen["position_ms"], seen["rate"]) == ("web", "kitchen", 0, 1.0)
    report = {"listened_ms": 1000, "position_ms": 5000, "state": "paused"}
    ana.client.patch(f"/plays/{play_id}", json=report)
    (seen,) = heard_by(bia, ana)
    assert (seen["state"], seen["position_ms"]) == ("paused", 5000)
    play(ana, music, "b", client="web", device="kitchen")
    assert [one["track"]["title"] for one in heard_by(bia, ana)] == ["b"]
    other = play(ana, music, "c", client="web", device="garden")
    assert [one["track"]["title"] for one in heard_by(bia, ana)] == ["c", "b"]
    ana.client.patch(f"/plays/{other}", json={"listened_ms": 0, "ended": True})
    assert [one["track"]["title"] for one in heard_by(bia, ana)] == ["b"]


def test_who_hides_it_is_seen_by_themselves_alone(music: Stage) -> None:
    ana, bia = music.house.newcomer("guest"), music.house.newcomer("guest")
    play(ana, music, "a")
    ana.client.patch("/me/preferences", json={"show_playing": False})
    assert heard_by(bia, ana) == []
    assert heard_by(music.house.owner, ana) == []
    assert len(heard_by(ana, ana)) == 1
    ana.client.patch("/me/preferences", json={"show_playing": True})
    assert len(heard_by(bia, ana)) == 1


def test_nobody_sees_what_they_may_not_hear(private: Stage) -> None:
    other = private.house.newcomer("guest")
    play(private.person, private, "x")
    assert heard_by(other, private.person) == []
    assert len(heard_by(private.person, private.person)) == 1


def test_who_was_barred_plays_nothing(music: Stage) -> None:
    ana = music.house.newcomer("guest")
    play(ana, music, "a")
    music.house.owner.client.patch(f"/users/{ana.id}", json={"disabled": True})
    assert heard_by(music.house.owner, ana) == []


def test_history_is_private_until_it_is_shown(music: Stage, private: Stage) -> None:
    ana, bia = private.person, music.house.newcomer("guest")
    path = f"/listeners/{ana.username}/plays"
    shown = [listen(ana, music, title) for title in "ab"]
    hidden = listen(ana, private, "x")
    play(ana, music, "c")  # not listened
    for person in (bia, music.house.owner):
        problem(person.client.get(path), 404, "history_hidden")
    assert [one["play"]["id"] for one in whole_list(ana.client, path)] == [hidden, *shown[::-1]]
    ana.client.patch("/me/preferences", json={"show_history": True})
    assert [one["play"]["id"] for one in whole_list(bia.client, path, limit=1)] == shown[::-1]
    assert whole_list(bia.client, path.upper().replace("/LISTENERS", "/listeners").replace("/PLAYS", "/plays"))
    ana.client.patch("/me/preferences", json={"show_history": False})
    problem(bia.client.get(path), 404, "history_hidden")
    problem(bia.client.get(f"/listeners/{fresh_name('nobody')}/plays"), 404, "history_hidden")


def test_a_history_is_searched(music: Stage) -> None:
    ana = music.house.newcomer("guest")
    source = "0000000000000001"
    told = [
        listen(ana, music, "a", client="web", device="kitchen", source="album", source_id=source),
        play(ana, music, "b", client="web", device="garden", source="playlist"),
        listen(ana, music, "a", client="phone", source="queue"),
    ]
    plays = {one["play"]["id"]: one["play"] for one in whole_list(ana.client, "/me/plays")}
    assert (plays[told[0]]["device"], plays[told[0]]["source"], plays[told[0]]["source_id"]) == (
        "kitchen",
        "album",
        source,
    )

    def found(**filters: Any) -> list[int]:
        return sorted(
            told.index(one["play"]["id"]) for one in whole_list(ana.client, "/me/plays", limit=1, **filters)
        )

    assert found() == [0, 1, 2]
    assert found(client="web") == [0, 1]
    assert found(client="web", device="garden") == [1]
    assert found(source="queue") == [2]
    assert found(listened=True) == [0, 2]
    assert found(listened=False) == [1]
    assert found(track_id=music.tracks["a"]["id"]) == [0, 2]
    assert found(track_id=music.tracks["c"]["id"]) == []
    assert found(album_id=source) == []
    moment = plays[told[1]]["started_at"]
    assert found(since=moment) == [1]  # the two others were sent a minute back
    assert found(until=moment) == [0, 2]
    assert found(since=moment, until=moment) == []
    assert found(since="0001-01-01T00:00:00+14:00", until="9999-12-31T23:59:59-14:00") == [0, 1, 2]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("since", "yesterday"),
        ("since", "2026-01-31T20:15:00"),
        ("until", "0.5"),
        ("until", "2026-13-01T00:00:00Z"),
        ("source", "radio"),
        ("listened", "perhaps"),
        ("track_id", "0" * 17),
        ("client", "x" * 101),
        ("cursor", "WzFd"),
    ],
)
def test_what_cannot_be_searched_is_told(music: Stage, name: str, value: str) -> None:
    members = problem(music.person.client.get("/me/plays", params={name: value}), 422, "invalid")
    assert members["field"] == name


def test_an_album_is_found_in_a_history(house: House, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("of-album")
    album(folder, "Searched", fresh_name("Rita"), ["p", "q"])
    found = stage(house, folder)
    played = play(found.person, found, "q")
    album_id = found.tracks["p"]["album_id"]
    assert [one["play"]["id"] for one in whole_list(found.person.client, "/me/plays", album_id=album_id)] == [played]
