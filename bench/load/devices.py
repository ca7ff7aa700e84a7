"""Devices that are all connected, one of which commands: `python -m bench.load.devices`."""

import asyncio
import json
import struct
import time
from typing import Any, Protocol

import grpc
import msgspec

from bench.load.plan import carry_out
from sarau.interfaces.grpc.stubs.sarau.v1 import playback_pb2 as pb

_CONNECT = "/sarau.v1.PlaybackService/Connect"
_PAUSE_S = 0.1
_PATIENCE_S = 60.0


class Plan(msgspec.Struct, frozen=True):
    """So many devices by WebSocket or gRPC; one seeks so often in what another plays, then all stay for a while."""

    port: int
    grpc: bool
    token: str
    track_id: str
    devices: int
    commands: int
    stay_s: float


class Answered(msgspec.Struct, frozen=True):
    """How long each command took to the device that plays, and to each of those that look on, in milliseconds."""

    plays_ms: list[float]
    waits_ms: list[float]


class _Device(Protocol):
    """A device: when the last state came to it, and how many did."""

    at: float
    states: int

    async def join(self, number: int) -> None: ...

    async def command(self, kind: str, fields: dict[str, Any]) -> None: ...


class _Socket(asyncio.Protocol):
    """A device by WebSocket, that looks at what comes only as far as it has to."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._news = asyncio.Event()
        self._told = 0
        self.at = 0.0
        self.states = 0

    def data_received(self, data: bytes) -> None:
        now = time.perf_counter()
        self._told += 1
        if b'"kind":"state"' in data:
            self.at, self.states = now, self.states + data.count(b'"kind":"state"')
        self._news.set()

    async def join(self, number: int) -> None:
        """Connect, and join."""
        loop = asyncio.get_running_loop()
        self._transport, _ = await loop.create_connection(lambda: self, "127.0.0.1", self._plan.port)
        head = (
            "GET /api/v1/playback/connect HTTP/1.1\r\n"
            f"host: 127.0.0.1:{self._plan.port}\r\nupgrade: websocket\r\nconnection: upgrade\r\n"
            "sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            f"authorization: Bearer {self._plan.token}\r\n\r\n"
        )
        self._transport.write(head.encode())
        await self._hear_something()
        self._say({"kind": "join", "name": f"Device {number}", "type": "bench", "plays": number == 0})
        await self._hear_something()

    async def _hear_something(self) -> None:
        self._news.clear()
        async with asyncio.timeout(_PATIENCE_S):
            await self._news.wait()

    def _say(self, message: dict[str, Any]) -> None:
        payload = json.dumps(message).encode()
        length = struct.pack("!BBH", 0x81, 0xFE, len(payload))
        self._transport.write(length + b"\0\0\0\0" + payload)  # masked by nothing (RFC 6455, section 5.3)

    async def command(self, kind: str, fields: dict[str, Any]) -> None:
        """Command the session."""
        self._say({"kind": "command", "command": {"kind": kind, **fields}})


class _Call:
    """A device by gRPC, on a connection of its own."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self.at = 0.0
        self.states = 0

    async def join(self, number: int) -> None:
        """Connect, and join."""
        options = [("grpc.use_local_subchannel_pool", 1)]
        self._channel = grpc.aio.insecure_channel(f"127.0.0.1:{self._plan.port}", options=options)
        method = self._channel.stream_stream(_CONNECT, request_serializer=pb.ClientMessage.SerializeToString)
        self._call = method(metadata=(("authorization", f"Bearer {self._plan.token}"),))
        join = pb.Join(name=f"Device {number}", type="bench", plays=number == 0)
        await self._call.write(pb.ClientMessage(join=join))
        await self._call.read()
        self._reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        while (raw := await self._call.read()) is not grpc.aio.EOF:
            now = time.perf_counter()
            if pb.ServerMessage.FromString(raw).WhichOneof("kind") == "state":
                self.at, self.states = now, self.states + 1

    async def command(self, kind: str, fields: dict[str, Any]) -> None:
        """Command the session."""
        kinds = {"load": pb.Load, "seek": pb.Seek}
        await self._call.write(pb.ClientMessage(command=pb.Command(**{kind: kinds[kind](**fields)})))


async def _reached(devices: list[_Device], states: int) -> None:
    """Wait until all have heard so many states."""
    async with asyncio.timeout(_PATIENCE_S):
        while any(device.states < states for device in devices):  # noqa: ASYNC110 - that is what is watched
            await asyncio.sleep(0.001)


async def _command(plan: Plan) -> Answered:
    devices: list[_Device] = [_Call(plan) if plan.grpc else _Socket(plan) for _ in range(plan.devices)]
    for number, device in enumerate(devices):
        await device.join(number)
    plays_ms: list[float] = []
    waits_ms: list[float] = []
    if plan.commands:
        player, commander, *others = devices
        await commander.command("load", {"track_ids": [plan.track_id], "playing": True})
        await _reached(devices, 1)
    for number in range(plan.commands):
        await asyncio.sleep(_PAUSE_S)
        before = [device.states for device in devices]
        began = time.perf_counter()
        await commander.command("seek", {"position_ms": number})
        await _reached(devices, max(before) + 1)
        plays_ms.append((player.at - began) * 1000)
        waits_ms += [(device.at - began) * 1000 for device in others]
    await asyncio.sleep(plan.stay_s)
    return Answered(plays_ms, waits_ms)


if __name__ == "__main__":
    carry_out(Plan, lambda plan: asyncio.run(_command(plan)))
