"""Real servers that are killed, real connections that are half open, and readers who do not read."""

import asyncio
import json
import os
import signal
import socket
import struct
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.support.devices import bearer, joining
from tests.support.houses import House, open_house
from tests.support.music import tune
from tests.support.server import running_server, until


def titles(client: httpx.Client) -> dict[str, str]:
    return {track["title"]: track["id"] for track in client.get("/tracks").json()["items"]}


def is_kept(house: House) -> bool:
    return '"all"' in str(house.sql("SELECT state FROM playback_sessions"))


async def test_a_session_outlives_a_server_that_is_killed(dialect: str, database_url: str, tmp_path: Path) -> None:
    for title in ("one", "two", "three"):
        tune(tmp_path / "Music" / f"{title}.flac")
    database = {} if dialect == "sqlite" else {"database_url": database_url}
    with open_house(tmp_path, database_url, SARAU_DATA_MUSIC=str(tmp_path / "Music")) as house:
        person, port = house.owner, int(house.url.rpartition(":")[2])
        tracks = until(lambda: (found := titles(person.client)) and len(found) == 3 and found, "the music")
        async with joining(house, person, "Kitchen") as kitchen:
            await kitchen.command("load", track_ids=[tracks["one"], tracks["two"]], index=1, playing=True)
            await kitchen.command("set_repeat", repeat="all")
            await kitchen.command("set_volume", volume=0.5)
            state = await kitchen.hear_state(repeat="all")
            await asyncio.to_thread(until, lambda: is_kept(house), "it to be written down")
            os.kill(house.server.process.pid, signal.SIGKILL)
            await kitchen._reading  # the connection breaks
        house.server.process.wait()
        with running_server(tmp_path / "data", port=port, **database):
            known = kitchen.joined
            go_on = {"device_id": known["device_id"], "resume_token": known["resume_token"]}
            async with joining(house, person, "Kitchen", **go_on, last_event_id=kitchen.last_event_id) as back:
                told = back.joined
                assert (told["device_id"], told["session_id"]) == (known["device_id"], known["session_id"])
                assert told["resumed"] is False
                same = ("playing", "at_us", "position_ms", "repeat", "entry_id", "index", "track", "owner")
                assert {name: told["state"][name] for name in same} == {name: state[name] for name in same}
                assert [entry["track_id"] for entry in told["queue"]["entries"]] == [tracks["one"], tracks["two"]]
                assert [(one["name"], one["volume"]) for one in told["devices"]] == [("Kitchen", 0.5)]
                await back.command("next")
                assert (await back.hear_state(index=0))["event_id"] > told["event_id"]


def half_open(house: House, join: dict[str, Any]) -> socket.socket:
    """Connect a device that takes next to nothing, and never reads a byte."""
    host, port = house.url.removeprefix("http://").split(":")
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.connect((host, int(port)))
    head = (
        "GET /api/v1/playback/connect HTTP/1.1\r\n"
        f"host: {host}:{port}\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-version: 13\r\n"
        "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        f"authorization: {bearer(house.owner)['authorization']}\r\n\r\n"
    )
    connection.sendall(head.encode())
    payload = json.dumps({"kind": "join", **join}).encode()
    # A masked text frame (RFC 6455, section 5.2) whose mask is zero.
    connection.sendall(b"\x81\xfe" + struct.pack(">H", len(payload)) + b"\0\0\0\0" + payload)
    return connection


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
async def test_a_device_that_does_not_read_holds_nobody_up(house: House, tmp_path: Path) -> None:
    tune(tmp_path / "one.flac")
    person = house.owner
    house.library(tmp_path, person)
    track_id = titles(person.client)["one"]
    async with joining(house, person, "Phone") as phone:
        await phone.command("load", track_ids=[track_id] * 2000)
        deaf = half_open(house, {"name": "Deaf"})
        try:
            await phone.hear_devices(lambda named: "Deaf" in named and named["Deaf"]["online"])
            version = (await phone.hear(lambda m: m["kind"] == "queue"))["version"]
            while True:  # each time both are sent the whole queue
                before = len(phone.told)
                await phone.command("move", entry_id="1", index=version % 2)
                queue = await phone.hear(lambda m: m["kind"] == "queue", before)
                version = queue["version"]
                known = [m for m in phone.told if m["kind"] == "devices"]
                if not {one["name"]: one for one in known[-1]["devices"]}["Deaf"]["online"]:
                    break
                assert version < 3000, "it is never cut off"
                await asyncio.sleep(0.04)  # as often as anybody may
        finally:
            deaf.close()
