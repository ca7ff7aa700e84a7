"""What people played: counted by the server, who believes no more than the time that passed; and nobody else's."""

import threading
import time
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.streaming.scenery import Stage, long_silence, stage
from tests.support.houses import House, Person, items, problem, whole_list

from sarau.playback.history.policies import believable_ms, counts_as_listened

GRACE_MS = 10_000


@pytest.fixture(scope="module")
def music(house: House, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """Tracks of a quarter of a minute, of a minute and a half, and of an hour."""
    folder = tmp_path_factory.mktemp("played")
    for title, seconds in (("short", 15), ("song", 90), ("hour", 3600)):
        long_silence(folder / f"{title}.wav", seconds)
    person = house.newcomer()
    found = stage(house, folder, person)
    house.owner.client.patch(f"/admin/libraries/{found.library}", json={"everyone": True})
    return found


def start(music: Stage, title: str, person: Person | None = None, **more: Any) -> dict[str, Any]:
    """Begin to play a track."""
    client = (person or music.person).client
    answer = client.post("/plays", json={"track_id": music.tracks[title]["id"], **more})
    assert answer.status_code == 201, answer.text
    play: dict[str, Any] = answer.json()
    return play


def report(music: Stage, play: dict[str, Any], listened_ms: int, **more: Any) -> dict[str, Any]:
    """Tell how far a play has come."""
    answer = music.person.client.patch(f"/plays/{play['id']}", json={"listened_ms": listened_ms, **more})
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


def let_pass(music: Stage, play: dict[str, Any], seconds: int) -> None:
    """Let time pass since a play began."""
    music.house.sql(f"UPDATE plays SET started_at = started_at - {seconds * 1000} WHERE id = {int(play['id'], 16)}")


def test_a_play_begins_and_goes_on(music: Stage) -> None:
    play = start(music, "song", client="test player \u0007")
    assert play["track_id"] == music.tracks["song"]["id"]
    assert (play["listened_ms"], play["listened"], play["client"]) == (0, False, "test player")
    assert play["started_at"].startswith(time.strftime("%Y-%m-%dT", time.gmtime()))
    let_pass(music, play, 30)
    assert report(music, play, 25_000, position_ms=26_000)["listened_ms"] == 25_000
    let_pass(music, play, 60)
    done = report(music, play, 88_000, position_ms=90_000, ended=True)
    assert (done["listened_ms"], done["listened"], done["id"]) == (88_000, True, play["id"])
    assert music.house.sql(f"SELECT position_ms FROM plays WHERE id = {int(play['id'], 16)}") == [(90_000,)]


@pytest.mark.parametrize(
    ("title", "listened_ms", "listened"),
    [
        ("song", 44_999, False),
        ("song", 45_000, True),
        ("short", 7_499, False),
        ("short", 7_500, True),
        ("hour", 239_999, False),
        ("hour", 240_000, True),  # four minutes are enough of anything
    ],
)
def test_half_of_it_or_four_minutes_are_listened(music: Stage, title: str, listened_ms: int, listened: bool) -> None:
    play = start(music, title)
    let_pass(music, play, 600)
    assert report(music, play, listened_ms)["listened"] is listened


def test_nobody_listens_faster_than_time_passes(music: Stage) -> None:
    play = start(music, "hour")
    told = report(music, play, 3_600_000, ended=True)
    assert (told["listened"], told["listened_ms"] <= GRACE_MS + 30_000) == (False, True)
    let_pass(music, play, 120)
    told = report(music, play, 3_600_000)
    assert told["listened"] is False
    assert 120_000 <= told["listened_ms"] <= 120_000 + GRACE_MS + 30_000
    let_pass(music, play, 120)
    assert report(music, play, 3_600_000)["listened"] is True
    # A clock set back makes nobody unhear what they heard.
    let_pass(music, play, -10_000)
    told = report(music, play, 5)
    assert (told["listened"], told["listened_ms"] >= 240_000) == (True, True)


def test_listening_only_grows(music: Stage) -> None:
    play = start(music, "song")
    let_pass(music, play, 300)
    assert [report(music, play, ms)["listened_ms"] for ms in (20_000, 5_000, 0, 30_000)] == [
        20_000,
        20_000,
        20_000,
        30_000,
    ]
    assert report(music, play, 50_000)["listened"] is True
    assert report(music, play, 0)["listened"] is True


@given(st.integers(0, 10**9), st.integers(-(10**9), 10**9), st.integers(0, 10**8))
def test_what_is_believed_never_passes_the_time_that_did(listened_ms: int, elapsed_ms: int, duration_ms: int) -> None:
    heard = believable_ms(listened_ms, elapsed_ms)
    assert heard <= listened_ms
    assert heard <= elapsed_ms + GRACE_MS
    if counts_as_listened(heard, duration_ms):
        assert heard * 2 >= duration_ms or heard >= 240_000
        assert heard > 0


def test_other_peoples_plays_are_theirs(music: Stage) -> None:
    play = start(music, "song")
    for person in (music.house.some("member"), music.house.some("admin"), music.house.owner):
        problem(person.client.patch(f"/plays/{play['id']}", json={"listened_ms": 1}), 404, "play_not_found")
        assert play["id"] not in {p["play"]["id"] for p in whole_list(person.client, "/me/plays")}
    problem(music.house.client().patch(f"/plays/{play['id']}", json={"listened_ms": 1}), 401, "unauthenticated")
    problem(music.house.client().post("/plays", json={"track_id": play["track_id"]}), 401, "unauthenticated")
    problem(music.house.client().get("/me/plays"), 401, "unauthenticated")
    assert report(music, play, 0)["listened_ms"] == 0


def test_the_same_track_twice_is_two_plays(music: Stage) -> None:
    first, second = start(music, "short"), start(music, "short")
    assert first["id"] != second["id"]
    let_pass(music, first, 100)
    assert report(music, first, 9_000)["listened"] is True
    found = {p["play"]["id"]: p["play"]["listened"] for p in items(music.person.client.get("/me/plays"))}
    assert (found[first["id"]], found[second["id"]]) == (True, False)


def test_the_history_is_paged_newest_first(music: Stage) -> None:
    person = music.house.newcomer("guest")  # listening is for guests too
    titles = ["short", "song", "hour", "short", "song", "song", "hour"]
    ids = [start(music, title, person)["id"] for title in titles]
    for limit in (1, 2, 3, 7, 500):
        found = whole_list(person.client, "/me/plays", limit=limit)
        assert [p["play"]["id"] for p in found] == ids[::-1]
        assert [p["track"]["title"] for p in found] == titles[::-1]
        assert all(p["track"]["id"] == p["play"]["track_id"] for p in found)
    # What is played meanwhile moves nothing on the pages to come.
    first = person.client.get("/me/plays", params={"limit": 3}).json()
    start(music, "song", person)
    second = person.client.get("/me/plays", params={"limit": 3, "cursor": first["next_cursor"]}).json()
    assert [p["play"]["id"] for p in (*first["items"], *second["items"])] == ids[::-1][:6]


BAD_CURSORS = ["x", "", "AAAA", "W10", "WzFd", "W251bGxd", "WyJ6eiJd", "WyJcdTAwMDAiXQ", "é", "W" * 1999, "[" * 50]


@pytest.mark.parametrize("cursor", BAD_CURSORS)
def test_a_cursor_that_is_none_is_told(music: Stage, cursor: str) -> None:
    answer = music.person.client.get("/me/plays", params={"cursor": cursor})
    if answer.status_code != 200:  # an empty one begins at the front
        assert problem(answer, 422, "invalid")["field"] == "cursor"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "track_id"),
        ({"track_id": 5}, "track_id"),
        ({"track_id": "0" * 17}, "track_id"),
        ({"track_id": "0" * 16, "client": "x" * 101}, "client"),
        ({"track_id": "0" * 16, "client": None}, "client"),
        ({"track_id": "0" * 16, "user_id": "1"}, "user_id"),
        ({"track_id": "0" * 16, "client": "nul\0"}, "body"),
        ([], "body"),
        (None, "body"),
    ],
)
def test_what_is_wrong_with_a_play_is_named(music: Stage, body: Any, field: str) -> None:
    assert problem(music.person.client.post("/plays", json=body), 422, "invalid")["field"] == field


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "listened_ms"),
        ({"listened_ms": -1}, "listened_ms"),
        ({"listened_ms": 7 * 86_400_000 + 1}, "listened_ms"),
        ({"listened_ms": 10**30}, "listened_ms"),
        ({"listened_ms": 1.5}, "listened_ms"),
        ({"listened_ms": "1"}, "listened_ms"),
        ({"listened_ms": None}, "listened_ms"),
        ({"listened_ms": 1, "position_ms": -1}, "position_ms"),
        ({"listened_ms": 1, "ended": "yes"}, "ended"),
        ({"listened_ms": 1, "listened": True}, "listened"),
    ],
)
def test_what_is_wrong_with_a_report_is_named(music: Stage, body: Any, field: str) -> None:
    play = start(music, "song")
    answer = music.person.client.patch(f"/plays/{play['id']}", json=body)
    assert problem(answer, 422, "invalid")["field"] == field
    assert report(music, play, 0)["listened_ms"] == 0


@pytest.mark.parametrize("nothing", ["0000000000000001", "x", "%00", "9" * 300, "..%2f1"])
def test_what_is_not_there_cannot_be_played_or_reported(music: Stage, nothing: str) -> None:
    answer = music.person.client.patch(f"/plays/{nothing}", json={"listened_ms": 1})
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
    if len(nothing) <= 16 and "%" not in nothing:
        problem(music.person.client.post("/plays", json={"track_id": nothing}), 404, "track_not_found")


def test_what_cannot_be_heard_any_more_stays_in_the_history_without_its_name(music: Stage) -> None:
    person, library = music.house.newcomer(), f"/admin/libraries/{music.library}"
    play = start(music, "song", person)
    music.house.owner.client.patch(library, json={"everyone": False})
    (kept,) = items(person.client.get("/me/plays"))
    assert (kept["play"]["id"], kept["track"]) == (play["id"], None)
    assert "song" not in person.client.get("/me/plays").text
    problem(person.client.post("/plays", json={"track_id": play["track_id"]}), 404, "track_not_found")
    problem(person.client.patch(f"/plays/{play['id']}", json={"listened_ms": 1}), 404, "track_not_found")
    music.house.owner.client.patch(library, json={"everyone": True})
    assert person.client.patch(f"/plays/{play['id']}", json={"listened_ms": 1}).status_code == 200


def test_plays_are_counted_and_in_the_activity_log(music: Stage) -> None:
    house = music.house
    person = house.newcomer()
    before = house.metric("sarau_plays_total")
    play = start(music, "song", person, client="phone")
    entries = items(house.owner.client.get("/activity", params={"kind": "play.started", "actor_id": person.id}))
    assert [e["details"] for e in entries] == [{"play_id": play["id"], "track_id": play["track_id"], "title": "song"}]
    let_pass(music, play, 100)
    for _ in range(3):
        person.client.patch(f"/plays/{play['id']}", json={"listened_ms": 80_000})
    play = start(music, "song", person)
    let_pass(music, play, 100)
    barrier = threading.Barrier(8)

    def tell(client: httpx.Client) -> None:
        barrier.wait()
        client.patch(f"/plays/{play['id']}", json={"listened_ms": 80_000})

    threads = [threading.Thread(target=tell, args=(house.bearing(person.access_token),)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # Twice begun and twice listened, however often and by how many at once that is told.
    assert house.metric("sarau_plays_total") == before + 4
    assert (
        len(items(house.owner.client.get("/activity", params={"actor_id": person.id, "kind": "play.started"}))) == 2
    )
    problem(person.client.get("/activity"), 403, "permission_missing")


def test_listening_itself_is_no_play_until_it_is_reported(music: Stage) -> None:
    person = music.house.newcomer()
    assert person.client.get(music.path("song")).status_code == 200
    assert items(person.client.get("/me/plays")) == []
