"""Devices that take part in a playback session by WebSocket, with clocks and networks as bad as one likes."""

import asyncio
import itertools
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, Self

from tests.support.clocks import ClockEstimate, RoundTrip
from tests.support.houses import House, Person
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

PATIENCE_S = 30.0
Message = dict[str, Any]


def address(house: House, path: str = "/api/v1/playback/connect") -> str:
    """Return the address of the WebSocket."""
    return house.url.replace("http", "ws", 1) + path


def bearer(person: Person) -> dict[str, str]:
    """Return the header that proves who connects."""
    return {"authorization": person.client.headers["authorization"]}


class Refusal(Exception):
    """The server refused a request; the argument is the code."""


class Device:
    """A device that has joined; everything it was told is kept in order."""

    def __init__(self, socket: ClientConnection, *, skew_us: int = 0, delays_s: tuple[float, float] = (0, 0)) -> None:
        self.socket = socket
        self.told: list[Message] = []
        self.joined: Message = {}
        self.estimate = ClockEstimate()
        self.last_event_id = 0
        self.skew_us = skew_us
        self._up_s, self._down_s = delays_s
        self._requests = itertools.count(1)
        self._news = asyncio.Condition()
        self._reading = asyncio.create_task(self._read())
        self.closed: ConnectionClosed | None = None

    def own_us(self) -> int:
        """Return what its own clock says."""
        return time.monotonic_ns() // 1000 + self.skew_us

    def server_us(self) -> int:
        """Return the server's time as it reckons."""
        return self.estimate.server_us(self.own_us())

    async def _read(self) -> None:
        try:
            async for text in self.socket:
                await asyncio.sleep(self._down_s)
                message = json.loads(text)
                message["came_us"] = self.own_us()
                await self._note(message)
        except ConnectionClosed as error:
            self.closed = error
        finally:
            self.closed = self.closed or ConnectionClosed(None, None)
            async with self._news:
                self._news.notify_all()

    async def _note(self, message: Message) -> None:
        async with self._news:
            self.told.append(message)
            self.last_event_id = max(self.last_event_id, message["event_id"])
            self._news.notify_all()

    async def say(self, **message: Any) -> None:
        """Send a message."""
        await asyncio.sleep(self._up_s)
        await self.socket.send(json.dumps(message))

    async def hear(self, wanted: Callable[[Message], Any], since: int = 0) -> Message:
        """Return the first message of a kind after so many, when it is there."""

        def found() -> Message | None:
            return next((message for message in self.told[since:] if wanted(message)), None)

        async with asyncio.timeout(PATIENCE_S), self._news:
            await self._news.wait_for(lambda: found() is not None or self.closed is not None)
        message = found()
        assert message is not None, f"closed: {self.closed}; told: {[m['kind'] for m in self.told]}"
        return message

    async def ask(self, kind: str, **fields: Any) -> int:
        """Send a request and return the place in what it was told from which on there is news; raises Refusal."""
        number, before = next(self._requests), len(self.told)
        await self.say(request_id=number, kind=kind, **fields)
        answer = await self.hear(lambda m: m.get("request_id") == number, before)
        if answer["kind"] == "refused":
            raise Refusal(answer["code"])
        return before

    async def command(self, kind: str, **fields: Any) -> int:
        """Command the session."""
        return await self.ask("command", command={"kind": kind, **fields})

    async def hear_state(self, since: int = 0, **values: Any) -> Message:
        """Return the first state with these values, when it is there."""
        return await self.hear(
            lambda m: m["kind"] == "state" and all(m[name] == value for name, value in values.items()), since
        )

    async def hear_devices(self, wanted: Callable[[dict[str, Message]], Any], since: int = 0) -> dict[str, Message]:
        """Return the first devices, by name, that are as wanted."""

        def as_wanted(message: Message) -> bool:
            try:
                return message["kind"] == "devices" and bool(wanted(by_name(message)))
            except KeyError:  # one of those that are asked for was not there yet
                return False

        return by_name(await self.hear(as_wanted, since))

    async def ping(self) -> RoundTrip:
        """Measure a round trip."""
        sent_us, before = self.own_us(), len(self.told)
        await self.say(kind="ping", client_time_us=sent_us)
        pong = await self.hear(lambda m: m["kind"] == "pong" and m["client_time_us"] == sent_us, before)
        trip = RoundTrip(sent_us, pong["server_received_us"], pong["server_sent_us"], pong["came_us"])
        self.estimate.add(trip)
        return trip

    async def settle_clock(self, pings: int = 4) -> Self:
        """Estimate the server's clock, and tell it how far away it is."""
        for _ in range(pings):
            await self.ping()
        best = self.estimate.best
        await self.ask("ping", client_time_us=0, offset_us=best.offset_us, round_trip_us=best.duration_us)
        return self

    async def over(self) -> int:
        """Return the code that the server closes the connection with, when it does."""
        async with asyncio.timeout(PATIENCE_S):
            await self._reading
        assert self.closed is not None
        assert self.closed.rcvd is not None, "it was cut without a word"
        return self.closed.rcvd.code

    async def leave(self) -> None:
        """Close the connection."""
        await self.socket.close()
        await self._reading


def by_name(devices: Message) -> dict[str, Message]:
    """Return the devices of a message by their names."""
    return {device["name"]: device for device in devices["devices"]}


@asynccontextmanager
async def joining(house: House, person: Person, name: str = "Phone", **about: Any) -> AsyncIterator[Device]:
    """Let a device join; `skew_us` and `delays_s` (up, down) say what its clock and its network are like."""
    nature = {key: about.pop(key) for key in ("skew_us", "delays_s") if key in about}
    join = {"name": name, "type": "phone", "plays": True, "has_volume": True, **about}
    async with connect(address(house), additional_headers=bearer(person), max_size=None) as socket:
        device = Device(socket, **nature)
        await device.say(request_id=0, kind="join", **join)
        device.joined = await device.hear(lambda message: message["kind"] in ("joined", "refused"))
        if device.joined["kind"] == "refused":
            raise Refusal(device.joined["code"])
        yield device
