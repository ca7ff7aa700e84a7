"""Listening parties: who may hear and command what is not theirs."""

import json
from typing import Any

import pytest
from tests.interfaces.rest.playback.scenery import do, ids, may_hear
from tests.streaming.scenery import Stage
from tests.support.devices import Refusal, joining
from tests.support.houses import Person, items, problem


@pytest.fixture
def host(music: Stage) -> tuple[Person, str]:
    """Somebody with a session in which three tunes are queued, and its id."""
    person = may_hear(music, music.house.newcomer())
    return person, do(person, "load", track_ids=ids(music, "one", "two", "three"))["session_id"]


def invite(person: Person, *guests: Person) -> dict[str, Any]:
    answer = person.client.put("/playback/party", json={"usernames": [guest.username for guest in guests]})
    assert answer.status_code == 200, answer.text
    state: dict[str, Any] = answer.json()
    return state


COMMANDS: dict[str, dict[str, Any]] = {
    "pause": {},
    "stop": {},
    "next": {},
    "previous": {},
    "seek": {"position_ms": 5},
    "set_volume": {"volume": 0.5},
    "set_muted": {"muted": True},
    "set_rate": {"rate": 1.0},
    "set_repeat": {"repeat": "off"},
    "set_shuffle": {"shuffle": False},
    "load": {"track_ids": []},
    "append": {"track_ids": []},
    "remove": {"entry_ids": []},
}


def test_only_who_is_invited_may_anything(music: Stage, host: tuple[Person, str]) -> None:
    person, session_id = host
    guest, stranger = (may_hear(music, music.house.newcomer()) for _ in range(2))
    assert invite(person, guest)["party"] == [guest.username]
    for who, allowed in ((person, True), (guest, True), (stranger, False), (music.house.owner, False)):
        for path in ("session", "queue", "devices"):
            answer = who.client.get(f"/playback/{path}", params={"session_id": session_id})
            assert answer.status_code == (200 if allowed else 404), f"{path}: {answer.text}"
        do(person, "load", track_ids=ids(music, "one", "two", "three"))
        for kind, fields in COMMANDS.items():
            answer = who.client.post("/playback/commands", json={"kind": kind, **fields, "session_id": session_id})
            if allowed:
                assert answer.status_code == 200, f"{kind}: {answer.text}"
            else:
                problem(answer, 404, "playback_session_not_found")
    (party,) = items(guest.client.get("/playback/parties"))
    assert (party["session_id"], party["owner"]) == (session_id, person.username)
    assert items(stranger.client.get("/playback/parties")) == []
    answer = person.client.put("/playback/party", json={"usernames": ["nobody at all"]})
    problem(answer, 404, "user_not_found")
    assert items(guest.client.get("/playback/parties"))  # nothing has changed
    assert invite(person, person)["party"] == []
    problem(
        guest.client.get("/playback/session", params={"session_id": session_id}), 404, "playback_session_not_found"
    )


async def test_guests_hear_and_command_until_they_are_shown_out(music: Stage, host: tuple[Person, str]) -> None:
    person, session_id = host
    guest = may_hear(music, music.house.newcomer())
    with pytest.raises(Refusal, match="playback_session_not_found"):
        async with joining(music.house, guest, "Guest", session_id=session_id):
            raise AssertionError("nobody is invited")
    invite(person, guest)
    async with (
        joining(music.house, person, "Host") as own,
        joining(music.house, guest, "Guest", session_id=session_id) as theirs,
    ):
        guest_id = theirs.joined["device_id"]
        await own.hear_state(sounding_device_ids=[guest_id])  # who comes to hear hears
        await theirs.command("jump", entry_id=theirs.joined["queue"]["entries"][1]["id"])
        state = await own.hear_state(playing=True, index=1)
        assert state["party"] == [guest.username]
        with pytest.raises(Refusal, match="playback_session_not_found"):
            await theirs.ask("party", usernames=[])
        await own.command("transfer", device_ids=[own.joined["device_id"], guest_id])
        together = await own.hear_state(sounding_device_ids=[own.joined["device_id"], guest_id])
        await theirs.hear(lambda m: m["event_id"] == together["event_id"])
        await own.ask("party", usernames=[])
        assert await theirs.over() == 4410
        alone = await own.hear_state(sounding_device_ids=[own.joined["device_id"]])
        assert (alone["playing"], alone["party"]) == (True, [])
        await own.hear_devices(lambda named: set(named) == {"Host"})


async def test_guests_do_not_learn_what_they_may_not_hear(music: Stage, host: tuple[Person, str]) -> None:
    person, session_id = host
    guest = music.house.newcomer()  # hears nothing of all this
    state = invite(person, guest)
    assert state["track"]["title"] == "one"
    seen = guest.client.get("/playback/session", params={"session_id": session_id}).json()
    assert (seen["state"]["track"], seen["state"]["next_track_id"]) == (None, "")
    assert [(entry["track_id"], entry["track"]) for entry in seen["queue"]["entries"]] == [("", None)] * 3
    assert items(guest.client.get("/playback/parties"))[0]["track"] is None
    async with joining(music.house, guest, "Guest", session_id=session_id) as theirs:
        assert "title" not in json.dumps(theirs.joined["state"])
        assert {entry["track_id"] for entry in theirs.joined["queue"]["entries"]} == {""}
        await theirs.command("next")
        assert (await theirs.hear_state(index=1))["track"] is None
        with pytest.raises(Refusal, match="track_not_found"):
            await theirs.command("append", track_ids=ids(music, "one"))
        do(person, "append", track_ids=ids(music, "four"))
        queue = await theirs.hear(lambda m: m["kind"] == "queue")
        assert {entry["track_id"] for entry in queue["entries"]} == {""}
        everything = json.dumps(theirs.told)
        assert not [track["id"] for track in music.tracks.values() if track["id"] in everything]
    assert person.client.get("/playback/session").json()["state"]["track"]["title"] == "two"
