"""Devices that command each other by REST and WebSocket."""

import asyncio
from typing import Any

import httpx
import pytest
from tests.interfaces.rest.playback.scenery import do, ids, may_hear
from tests.streaming.scenery import Stage
from tests.support.devices import Refusal, by_name, joining
from tests.support.houses import Person, items, problem


async def test_one_device_commands_another(music: Stage, person: Person) -> None:
    async with (
        joining(music.house, person, "Kitchen") as kitchen,
        joining(music.house, person, "Phone", plays=False) as phone,
    ):
        since = await phone.command("load", track_ids=ids(music, "one", "two"), index=1, playing=True)
        told = await phone.hear_state(since, playing=True)
        assert told["sounding_device_ids"] == [kitchen.joined["device_id"]]
        assert (told["track"]["title"], told["index"], told["next_track_id"]) == ("two", 1, "")
        assert {**await kitchen.hear_state(), "came_us": 0} == {**told, "came_us": 0}
        queue = await kitchen.hear(lambda m: m["kind"] == "queue")
        assert [entry["track_id"] for entry in queue["entries"]] == ids(music, "one", "two")
        await phone.command("previous")
        assert (await kitchen.hear_state(track=music.tracks["one"]))["entry_id"] == queue["entries"][0]["id"]
        await phone.command("set_volume", volume=0.25)
        devices = await kitchen.hear_devices(lambda named: named["Kitchen"]["volume"] == 0.25)
        assert (devices["Kitchen"]["sounding"], devices["Phone"]["sounding"], devices["Phone"]["volume"]) == (
            True,
            False,
            1.0,
        )
        await phone.command("pause")
        paused = await kitchen.hear_state(playing=False)
        by_rest = person.client.get("/playback/session").json()
        assert by_rest["state"] == {k: v for k, v in paused.items() if k not in ("kind", "event_id", "came_us")}
        assert [entry["track"] for entry in by_rest["queue"]["entries"]] == [music.tracks[t] for t in ("one", "two")]
        assert abs(by_rest["now_us"] - paused["at_us"]) < 60_000_000


async def test_events_come_in_order_to_everybody(music: Stage, person: Person) -> None:
    async with joining(music.house, person, "A") as a, joining(music.house, person, "B") as b:
        await a.command("load", track_ids=ids(music, "one"), playing=True)
        await asyncio.gather(*(device.command("seek", position_ms=n) for n in range(20) for device in (a, b)))
        last = max(m["event_id"] for m in a.told)
        await b.hear(lambda m: m["event_id"] >= last)
        for device in (a, b):
            numbers = [m["event_id"] for m in device.told if m["event_id"] and m["kind"] != "joined"]
            assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        shared = [[(m["event_id"], m["position_ms"]) for m in d.told if m["kind"] == "state"] for d in (a, b)]
        assert shared[0][-30:] == shared[1][-30:]


async def test_rest_commands_what_the_devices_hear(music: Stage, person: Person) -> None:
    problem(person.client.post("/playback/commands", json={"kind": "play"}), 404, "entry_not_found")
    one, two, three = ids(music, "one", "two", "three")
    state = do(person, "load", track_ids=[one, two])
    assert (state["playing"], state["index"], state["owner"], state["party"]) == (False, 0, person.username, [])
    problem(person.client.post("/playback/commands", json={"kind": "play"}), 409, "no_device")
    async with joining(music.house, person, "Kitchen") as kitchen:
        assert do(person, "play")["sounding_device_ids"] == [kitchen.joined["device_id"]]
        do(person, "append", track_ids=[three], index=1)
        version = person.client.get("/playback/queue").json()["version"]
        old = {"kind": "remove", "entry_ids": ["1"], "queue_version": version - 1}
        problem(person.client.post("/playback/commands", json=old), 409, "queue_changed")
        do(person, **{**old, "queue_version": version})
        entries = person.client.get("/playback/queue").json()["entries"]
        assert [entry["track_id"] for entry in entries] == [three, two]
        for kind, fields, name, value in (
            ("set_repeat", {"repeat": "all"}, "repeat", "all"),
            ("set_shuffle", {"shuffle": True}, "shuffle", True),
            ("set_rate", {"rate": 1.25}, "rate", 1.25),
            ("seek", {"position_ms": 150}, "position_ms", 150),
            ("jump", {"entry_id": entries[1]["id"]}, "entry_id", entries[1]["id"]),
            ("move", {"entry_id": entries[1]["id"], "index": 0}, "index", 0),
            ("stop", {}, "playing", False),
        ):
            assert do(person, kind, **fields)[name] == value
            await kitchen.hear_state(**{name: value})
        do(person, "set_muted", muted=True, device_id=kitchen.joined["device_id"])
        (device,) = items(person.client.get("/playback/devices"))
        assert (device["name"], device["muted"], device["online"]) == ("Kitchen", True, True)
        problem(person.client.delete(f"/playback/devices/{device['id']}"), 409, "device_online")
        await kitchen.leave()
        assert person.client.delete(f"/playback/devices/{device['id']}").status_code == 204
        assert items(person.client.get("/playback/devices")) == []
        problem(person.client.delete(f"/playback/devices/{device['id']}"), 404, "device_not_found")


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        ({"kind": "dance"}, 422, "invalid"),
        ({"kind": "seek"}, 422, "invalid"),
        ({"kind": "seek", "position_ms": -1}, 422, "invalid"),
        ({"kind": "set_volume", "volume": 1.5}, 422, "invalid"),
        ({"kind": "set_rate", "rate": 5}, 422, "invalid"),
        ({"kind": "set_repeat", "repeat": "twice"}, 422, "invalid"),
        ({"kind": "play", "loudly": True}, 422, "invalid"),
        ({"kind": "load", "track_ids": ["0000000000000000"]}, 404, "track_not_found"),
        ({"kind": "load", "track_ids": ["x"] * 10_001}, 422, "invalid"),
        ({"kind": "load", "track_ids": [], "index": 3}, 422, "invalid"),
        ({"kind": "jump", "entry_id": "nobody"}, 404, "entry_not_found"),
        ({"kind": "remove", "entry_ids": ["nobody"]}, 404, "entry_not_found"),
        ({"kind": "transfer", "device_ids": ["0000000000000000"]}, 404, "device_not_found"),
        ({"kind": "transfer", "device_ids": []}, 422, "invalid"),
        ({"kind": "set_muted", "muted": True, "device_id": "nobody"}, 404, "device_not_found"),
        ({"kind": "play", "session_id": "0000000000000000"}, 404, "playback_session_not_found"),
        ({"kind": "play", "session_id": "nonsense"}, 404, "playback_session_not_found"),
    ],
)
def test_bad_commands_change_nothing(music: Stage, fields: dict[str, Any], status: int, code: str) -> None:
    before = music.person.client.get("/playback/session").json()["state"]
    problem(music.person.client.post("/playback/commands", json=fields), status, code)
    assert music.person.client.get("/playback/session").json()["state"] == before


async def test_sound_goes_from_device_to_device(music: Stage, person: Person) -> None:
    async with (
        joining(music.house, person, "Phone") as phone,
        joining(music.house, person, "Kitchen") as kitchen,
        joining(music.house, person, "Remote", plays=False) as remote,
    ):
        await phone.command("load", track_ids=ids(music, "one"), playing=True)
        assert (await phone.hear_state(playing=True))["sounding_device_ids"] == [phone.joined["device_id"]]
        kitchen_id, phone_id = kitchen.joined["device_id"], phone.joined["device_id"]
        await remote.command("transfer", device_ids=[kitchen_id])
        await phone.hear_state(sounding_device_ids=[kitchen_id])
        both = [phone_id, kitchen_id]
        await remote.command("transfer", device_ids=both)
        await phone.hear_state(sounding_device_ids=both)
        with pytest.raises(Refusal, match="invalid"):
            await remote.command("transfer", device_ids=[remote.joined["device_id"]])
        await kitchen.leave()
        await phone.hear_devices(lambda named: not named["Kitchen"]["online"])
        with pytest.raises(Refusal, match="device_offline"):
            await remote.command("transfer", device_ids=[kitchen_id])


async def test_reports_tell_where_a_device_is(music: Stage, person: Person) -> None:
    async with joining(music.house, person, "Kitchen") as kitchen, joining(music.house, person, "Phone") as phone:
        await kitchen.settle_clock()
        await kitchen.command("load", track_ids=ids(music, "one", "two"), playing=True)
        state = await kitchen.hear_state(playing=True)
        report = {"kind": "report", "playing": True, "entry_id": state["entry_id"]}
        at_us = state["at_us"] + 5_000_000
        await kitchen.say(**report, position_ms=4000, at_us=at_us)
        corrected = await phone.hear_state(position_ms=4000)
        assert corrected["at_us"] == at_us
        before = len(phone.told)
        await phone.say(**report, position_ms=99_000)  # it does not sound
        await kitchen.say(**report, position_ms=5005, at_us=at_us + 1_000_000)  # as expected
        await kitchen.say(**report, buffering=True, problem="no network", volume=0.5)
        devices = await phone.hear_devices(lambda named: named["Kitchen"]["buffering"], before)
        assert (devices["Kitchen"]["problem"], devices["Kitchen"]["volume"]) == ("no network", 0.5)
        assert not [m for m in phone.told[before:] if m["kind"] == "state"]
        await kitchen.say(**report, ended=True, position_ms=9000)
        assert (await phone.hear_state(index=1))["track"]["title"] == "two"
        await kitchen.say(**report, ended=True)  # of the entry before: it has ended already
        await kitchen.command("seek", position_ms=10)
        assert (await phone.hear_state(position_ms=10))["index"] == 1
        second = await kitchen.hear_state(index=1)
        await kitchen.say(kind="report", entry_id=second["entry_id"], ended=True)
        assert (await phone.hear_state(before, playing=False, index=1))["position_ms"] == 0


async def test_what_was_missed_is_told_after_a_break(music: Stage, person: Person) -> None:
    async with joining(music.house, person, "Kitchen") as kitchen:
        async with joining(music.house, person, "Phone") as phone:
            await phone.command("load", track_ids=ids(music, "one"), playing=True)
            await kitchen.hear_state(playing=True)
            await phone.hear_devices(lambda named: any(one["sounding"] for one in named.values()))
            known, last = phone.joined, phone.last_event_id
        await kitchen.hear_devices(lambda named: not named["Phone"]["online"])
        for position_ms in (10, 20, 30):
            await kitchen.command("seek", position_ms=position_ms)
        go_on = {"device_id": known["device_id"], "resume_token": known["resume_token"], "last_event_id": last}
        async with joining(music.house, person, "Phone", **go_on) as phone:
            assert (phone.joined["resumed"], phone.joined["event_id"]) == (True, last)
            assert phone.joined["device_id"] == known["device_id"]
            await phone.hear_state(position_ms=30)
            await phone.hear_devices(lambda named: named["Phone"]["online"])
            events = [m for m in phone.told if m["kind"] != "joined"]
            assert [m["event_id"] for m in events] == list(range(last + 1, last + 1 + len(events)))
            assert [m["position_ms"] for m in events if m["kind"] == "state"] == [10, 20, 30]
        for token in ("", known["resume_token"][:-1], "a.b.c.9999999999.x", "é" * 10):
            async with joining(music.house, person, "Phone", **{**go_on, "resume_token": token}) as phone:
                assert phone.joined["resumed"] is False
                assert phone.joined["state"]["position_ms"] == 30
        too_old = {**go_on, "last_event_id": 10**9}
        async with joining(music.house, person, "Phone", **too_old) as phone:
            assert phone.joined["resumed"] is False


async def test_too_much_was_missed_to_be_told(music: Stage, person: Person) -> None:
    async with joining(music.house, person, "Phone") as phone:
        known = phone.joined
    do(person, "load", track_ids=ids(music, "one"))
    for position_ms in range(1, 101):
        do(person, "seek", position_ms=position_ms)
    go_on = {"device_id": known["device_id"], "resume_token": known["resume_token"]}
    async with joining(music.house, person, "Phone", **go_on, last_event_id=1) as phone:
        assert phone.joined["resumed"] is False
        assert phone.joined["state"]["position_ms"] == 100


async def test_a_device_is_in_one_place(music: Stage, person: Person) -> None:
    async with joining(music.house, person, "Phone") as before:
        device_id = before.joined["device_id"]
        async with joining(music.house, person, "Phone", device_id=device_id) as after:
            assert await before.over() == 4409
            assert after.joined["device_id"] == device_id
            await after.command("load", track_ids=ids(music, "one"))
            (device,) = items(person.client.get("/playback/devices"))
            assert device["online"] is True
    stranger = may_hear(music, music.house.newcomer())
    async with joining(music.house, stranger, "Phone", device_id=device_id) as other:
        assert other.joined["device_id"] != device_id


async def test_a_hundred_devices_hear_the_same(music: Stage, person: Person) -> None:
    async def one(number: int, ready: asyncio.Barrier) -> tuple[int, int]:
        async with joining(music.house, person, f"Device {number}", plays=number == 0) as device:
            await ready.wait()
            if number == 1:
                await device.command("load", track_ids=ids(music, "one"), playing=True)
            state = await device.hear_state(playing=True)
            await ready.wait()
            return state["event_id"], state["at_us"]

    ready = asyncio.Barrier(100)
    heard = await asyncio.gather(*(one(number, ready) for number in range(100)))
    assert len(set(heard)) == 1
    named = by_name({"devices": items(person.client.get("/playback/devices"))})
    assert len(named) == 100


def test_the_house_counts_its_devices(music: Stage, person: Person) -> None:
    async def talk() -> float:
        async with joining(music.house, person):
            return music.house.metric("sarau_devices_connected")

    assert asyncio.run(talk()) >= 1


def test_too_many_commands_have_to_wait(music: Stage, person: Person) -> None:
    def ask() -> httpx.Response:
        return person.client.post("/playback/commands", json={"kind": "pause"})

    answers = [ask() for _ in range(601)]
    assert {answer.status_code for answer in answers[:600]} == {200}
    problem(answers[-1], 429, "too_many_commands")
