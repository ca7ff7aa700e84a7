"""Devices by gRPC: the same sessions as by REST and WebSocket, over real connections that may break."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import grpc
import pytest
from tests.streaming.scenery import Stage, stage
from tests.support import devices as sockets
from tests.support.grpc import async_channel, bearing
from tests.support.houses import House, Person, items
from tests.support.music import tune

from sarau.interfaces.grpc.stubs.sarau.v1 import playback_pb2 as pb

PATIENCE_S = 30.0
CONNECT = "/sarau.v1.PlaybackService/Connect"


@pytest.fixture(scope="module")
def music(house: House, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """Three tunes, and somebody who may hear them."""
    folder = tmp_path_factory.mktemp("remote-grpc")
    for title in ("one", "two", "three"):
        tune(folder / f"{title}.flac", artists="Somebody", album="Something")
    return stage(house, folder, house.newcomer())


@pytest.fixture
def person(music: Stage) -> Person:
    """Somebody new who hears the same."""
    person = music.house.newcomer()
    owner = music.house.owner.client
    members = next(one for one in items(owner.get("/admin/libraries")) if one["id"] == music.library)["member_ids"]
    owner.patch(f"/admin/libraries/{music.library}", json={"member_ids": [*members, person.id]}).raise_for_status()
    return person


def ids(music: Stage, *titles: str) -> list[str]:
    return [music.tracks[title]["id"] for title in titles]


class Device:
    """A device on a call; everything it was told is kept in order."""

    def __init__(self, call: Any) -> None:
        self.call = call
        self.told: list[pb.ServerMessage] = []
        self.joined = pb.Joined()
        self._numbers = itertools.count(1)
        self._news = asyncio.Condition()
        self.over = False
        self._reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        with suppress(asyncio.CancelledError, grpc.aio.AioRpcError):
            async for message in self.call:
                async with self._news:
                    self.told.append(message)
                    self._news.notify_all()
        async with self._news:
            self.over = True
            self._news.notify_all()

    async def say(self, **fields: Any) -> None:
        """Send a message."""
        await self.call.write(pb.ClientMessage(**fields))

    async def hear(self, kind: str, wanted: Callable[[Any], Any] = lambda _: True, since: int = 0) -> Any:
        """Return the first message of a kind that is as wanted, when it is there."""

        def found() -> list[Any]:
            named = [getattr(m, kind) for m in self.told[since:] if m.WhichOneof("kind") == kind]
            return [message for message in named if wanted(message)]

        async with asyncio.timeout(PATIENCE_S), self._news:
            await self._news.wait_for(lambda: found() or self.over)
        assert found(), f"over: {self.over}; told: {[m.WhichOneof('kind') for m in self.told]}"
        return found()[0]

    async def command(self, **kind: Any) -> str:
        """Command the session; return the code of a refusal, empty for none."""
        number, since = next(self._numbers), len(self.told)
        version = kind.pop("queue_version", 0)
        await self.say(request_id=number, command=pb.Command(queue_version=version, **kind))

        def answers(message: pb.ServerMessage) -> bool:
            kind = message.WhichOneof("kind")
            return kind in ("done", "refused") and getattr(message, kind).request_id == number

        async with asyncio.timeout(PATIENCE_S), self._news:
            await self._news.wait_for(lambda: any(map(answers, self.told[since:])))
        return next(m for m in self.told[since:] if answers(m)).refused.code

    async def ended(self) -> tuple[grpc.StatusCode, str]:
        """Return the status and our code that the call ends with, when it does."""
        async with asyncio.timeout(PATIENCE_S):
            code = await self.call.code()
            metadata = await self.call.trailing_metadata()
        return code, next((value for key, value in metadata if key == "sarau-code"), "")


@asynccontextmanager
async def calling(house: House, person: Person) -> AsyncIterator[Any]:
    """Open a call on a connection of its own."""
    async with async_channel(house) as channel:
        method = channel.stream_stream(
            CONNECT, request_serializer=_bytes_of, response_deserializer=pb.ServerMessage.FromString
        )
        call = method(metadata=bearing(person))
        yield call
        call.cancel()


def _bytes_of(message: pb.ClientMessage | bytes) -> bytes:
    return message if isinstance(message, bytes) else message.SerializeToString()


@asynccontextmanager
async def joining(house: House, person: Person, name: str = "Phone", **about: Any) -> AsyncIterator[Device]:
    """Let a device join."""
    join = pb.Join(**{"name": name, "type": "phone", "plays": True, "has_volume": True, **about})
    async with calling(house, person) as call:
        device = Device(call)
        await device.say(join=join)
        device.joined = await device.hear("joined")
        yield device


async def test_devices_of_both_protocols_hear_the_same(music: Stage, person: Person) -> None:
    async with (
        joining(music.house, person, "Kitchen") as kitchen,
        sockets.joining(music.house, person, "Page", plays=False) as page,
    ):
        assert await kitchen.command(load=pb.Load(track_ids=ids(music, "one", "two"), playing=True)) == ""
        state = await kitchen.hear("state", lambda s: s.playing)
        by_socket = await page.hear_state(playing=True)
        assert (state.session_id, state.at_us, state.entry_id, state.index) == (
            by_socket["session_id"],
            by_socket["at_us"],
            by_socket["entry_id"],
            by_socket["index"],
        )
        track = state.track
        assert (track.title, track.artist, track.album) == ("one", "Somebody", "Something")
        assert (state.owner, state.repeat, state.next_track_id) == (
            person.username,
            pb.REPEAT_OFF,
            ids(music, "two")[0],
        )
        assert list(state.sounding_device_ids) == [kitchen.joined.device_id]
        await page.command("set_repeat", repeat="one")
        assert (await kitchen.hear("state", lambda s: s.repeat == pb.REPEAT_ONE)).playing
        await page.command("set_volume", volume=0.125)
        devices = await kitchen.hear("devices", lambda d: any(one.volume == 0.125 for one in d.devices))
        assert {(one.name, one.online, one.sounding) for one in devices.devices} == {
            ("Kitchen", True, True),
            ("Page", True, False),
        }
        queue = await page.hear(lambda m: m["kind"] == "queue")
        by_call = await kitchen.hear("queue")
        assert [(e.id, e.track_id) for e in by_call.entries] == [(e["id"], e["track_id"]) for e in queue["entries"]]


async def test_every_command_can_be_given(music: Stage, person: Person) -> None:
    one, two, three = ids(music, "one", "two", "three")
    async with joining(music.house, person, "Kitchen") as kitchen:
        await kitchen.command(load=pb.Load(track_ids=[one, two], index=1, position_ms=20))
        state = await kitchen.hear("state", lambda s: s.index == 1)
        assert (state.playing, state.position_ms) == (False, 20)
        for command, wanted in (
            ({"play": pb.Play()}, lambda s: s.playing),
            ({"pause": pb.Pause()}, lambda s: not s.playing),
            ({"previous": pb.Previous()}, lambda s: s.index == 0),
            ({"next": pb.Next()}, lambda s: s.index == 1),
            ({"seek": pb.Seek(position_ms=44)}, lambda s: s.position_ms == 44),
            ({"set_rate": pb.SetRate(rate=0.5)}, lambda s: s.rate == 0.5),
            ({"set_repeat": pb.SetRepeat(repeat=pb.REPEAT_ALL)}, lambda s: s.repeat == pb.REPEAT_ALL),
            ({"set_shuffle": pb.SetShuffle(shuffle=True)}, lambda s: s.shuffle),
            ({"append": pb.Append(track_ids=[three], index=0)}, lambda s: s.index == 2),
            ({"move": pb.Move(entry_id="3", index=2)}, lambda s: s.index == 1),
            ({"jump": pb.Jump(entry_id="1")}, lambda s: s.entry_id == "1" and s.playing),
            ({"remove": pb.Remove(entry_ids=["2"])}, lambda s: s.entry_id == "1" and s.playing),
            ({"stop": pb.Stop()}, lambda s: not s.playing and s.position_ms == 0),
        ):
            since = len(kitchen.told)
            assert await kitchen.command(**command) == ""
            await kitchen.hear("state", wanted, since)
        await kitchen.command(set_muted=pb.SetMuted(muted=True, device_id=kitchen.joined.device_id))
        await kitchen.hear("devices", lambda d: d.devices[0].muted)
        assert await kitchen.command(transfer=pb.Transfer(device_ids=[kitchen.joined.device_id])) == ""


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ({}, "invalid"),
        ({"seek": pb.Seek(position_ms=-1)}, "invalid"),
        ({"set_rate": pb.SetRate(rate=float("nan"))}, "invalid"),
        ({"set_volume": pb.SetVolume(volume=float("inf"))}, "invalid"),
        ({"set_repeat": pb.SetRepeat()}, "invalid"),
        ({"load": pb.Load(track_ids=["nothing"])}, "track_not_found"),
        ({"load": pb.Load(track_ids=[], index=-1)}, "invalid"),
        ({"jump": pb.Jump(entry_id="nothing")}, "entry_not_found"),
        ({"transfer": pb.Transfer()}, "invalid"),
        ({"transfer": pb.Transfer(device_ids=["nothing"])}, "device_not_found"),
        ({"play": pb.Play(), "queue_version": 99}, "queue_changed"),
    ],
)
async def test_bad_commands_are_refused(music: Stage, person: Person, command: dict[str, Any], code: str) -> None:
    async with joining(music.house, person) as phone:
        assert await phone.command(**command) == code


async def test_clocks_and_reports(music: Stage, person: Person) -> None:
    async with joining(music.house, person) as phone:
        await phone.say(ping=pb.Ping(client_time_us=-5, offset_us=-7, round_trip_us=1000))
        pong = await phone.hear("pong")
        assert (pong.client_time_us, pong.server_sent_us >= pong.server_received_us > 0) == (-5, True)
        await phone.command(load=pb.Load(track_ids=ids(music, "one", "two"), playing=True))
        state = await phone.hear("state", lambda s: s.playing)
        report = pb.Report(entry_id=state.entry_id, playing=True, volume=0.5, muted=True, problem="no sound card")
        await phone.say(report=report)
        device = (await phone.hear("devices", lambda d: d.devices[0].problem)).devices[0]
        assert (device.volume, device.muted, device.problem, device.round_trip_us) == (
            0.5,
            True,
            "no sound card",
            1000,
        )
        await phone.say(report=pb.Report(entry_id=state.entry_id, ended=True))
        assert (await phone.hear("state", lambda s: s.index == 1)).track.title == "two"


async def test_what_was_missed_is_told_after_a_break(music: Stage, person: Person) -> None:
    async with joining(music.house, person, "Kitchen") as kitchen:
        async with joining(music.house, person, "Phone") as phone:
            await phone.command(load=pb.Load(track_ids=ids(music, "one")))
            known, last = phone.joined, max(message.event_id for message in phone.told)
        await kitchen.hear("devices", lambda d: not all(one.online for one in d.devices))
        await kitchen.command(seek=pb.Seek(position_ms=77))
        about = {"device_id": known.device_id, "resume_token": known.resume_token, "last_event_id": last}
        async with joining(music.house, person, "Phone", **about) as phone:
            assert (phone.joined.resumed, phone.joined.device_id) == (True, known.device_id)
            await phone.hear("state", lambda s: s.position_ms == 77)
            told = [message.event_id for message in phone.told[1:]]
            assert told == list(range(last + 1, last + 1 + len(told)))


@pytest.mark.parametrize(
    ("first", "code"),
    [
        (pb.ClientMessage(ping=pb.Ping()), "not_joined"),
        (pb.ClientMessage(), "invalid"),
        (pb.ClientMessage(join=pb.Join(session_id="0000000000000000")), "playback_session_not_found"),
        (pb.ClientMessage(join=pb.Join(name="x" * 81)), "invalid"),
        (b"\xff\xff\xff", "garbage"),
        (pb.ClientMessage(join=pb.Join(name="a\0b")), "invalid"),
    ],
)
async def test_a_bad_beginning_ends_the_call(music: Stage, person: Person, first: Any, code: str) -> None:
    async with calling(music.house, person) as call:
        device = Device(call)
        await call.write(first)
        status, told = await device.ended()
        assert (status in (grpc.StatusCode.INVALID_ARGUMENT, grpc.StatusCode.NOT_FOUND), told) == (True, code)


async def test_garbage_ends_the_call_and_frees_the_device(music: Stage, person: Person) -> None:
    async with joining(music.house, person, "Kitchen") as kitchen, joining(music.house, person, "Phone") as phone:
        await phone.call.write(b"\xff\xff\xff")
        assert await phone.ended() == (grpc.StatusCode.INVALID_ARGUMENT, "garbage")
        await kitchen.hear("devices", lambda d: {one.name for one in d.devices if not one.online} == {"Phone"})


async def test_a_device_that_ends_its_side_has_left(music: Stage, person: Person) -> None:
    async with joining(music.house, person, "Kitchen") as kitchen:
        async with joining(music.house, person, "Phone") as phone:
            await phone.call.done_writing()
            assert (await phone.ended())[0] is grpc.StatusCode.OK
        await kitchen.hear("devices", lambda d: {one.name for one in d.devices if not one.online} == {"Phone"})


async def test_nobody_connects_without_a_proof(music: Stage) -> None:
    async with async_channel(music.house) as channel:
        method = channel.stream_stream(CONNECT, response_deserializer=pb.ServerMessage.FromString)
        call = method()
        assert await call.code() is grpc.StatusCode.UNAUTHENTICATED


async def test_a_hundred_devices(music: Stage, person: Person) -> None:
    async with async_channel(music.house) as channel, joining(music.house, person, "Remote", plays=False) as remote:
        method = channel.stream_stream(
            CONNECT, request_serializer=_bytes_of, response_deserializer=pb.ServerMessage.FromString
        )
        calls = [method(metadata=bearing(person)) for _ in range(99)]
        devices = [Device(call) for call in calls]
        for number, device in enumerate(devices):
            await device.say(join=pb.Join(name=f"Device {number}", plays=number == 0))
        await asyncio.gather(*(device.hear("joined") for device in devices))
        await remote.command(load=pb.Load(track_ids=ids(music, "one"), playing=True))
        states = await asyncio.gather(*(device.hear("state", lambda s: s.playing) for device in devices))
        assert len({state.at_us for state in states}) == 1
        for call in calls:
            call.cancel()
        await remote.hear("devices", lambda d: len([one for one in d.devices if one.online]) == 1)


async def test_a_call_that_is_over_before_its_first_answer_was_written_ends(music: Stage, person: Person) -> None:
    join = pb.Join(name="Phone", type="phone", plays=True)
    for _ in range(50):
        async with calling(music.house, person) as call:
            device = Device(call)
            await call.write(pb.ClientMessage(join=join))
            await call.write(b"\xff\xff\xff")
            assert await device.ended() == (grpc.StatusCode.INVALID_ARGUMENT, "garbage")
