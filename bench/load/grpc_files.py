"""Files by gRPC, as fast as a server gives or takes them: `python -m bench.load.grpc_files`.

Messages are framed by hand and not looked into, so that the client, on a core of its own, does as little as it can.
"""

import asyncio
import os
import struct
import time
from collections.abc import AsyncIterator, Awaitable, Callable

import grpc
import msgspec

from bench.load.plan import carry_out

_WARM_UP_S = 0.3
_LARGEST = 8 << 20
_CHUNK_FIELD = b"\x12"  # of an UploadRequest
_HEAD_BYTES = 44  # of a WAV
_CHANCE_BYTES = 64


class Plan(msgspec.Struct, frozen=True):
    """What to call: a download's request, or how an upload begins; each call moves so many bytes."""

    port: int
    method: str
    upload: bool
    first: bytes
    token: str
    size_bytes: int
    chunk_bytes: int
    clients: int
    seconds: float
    pause_s: float = 0


class Moved(msgspec.Struct, frozen=True):
    """What went over the wire."""

    counted_bytes: int
    counted_s: float
    all_bytes: int
    calls: int

    @property
    def mb_per_s(self) -> float:
        """Millions of bytes in a second."""
        return self.counted_bytes / self.counted_s / 1e6


def wav(size_bytes: int) -> bytes:
    """Return a WAV of an exact size; its first samples are by chance, the others silence."""
    head = b"WAVEfmt " + struct.pack("<IHHIIHH", 16, 1, 1, 44100, 44100, 1, 8)
    data = os.urandom(_CHANCE_BYTES) + bytes(size_bytes - _HEAD_BYTES - _CHANCE_BYTES)
    return b"RIFF" + struct.pack("<I", size_bytes - 8) + head + b"data" + struct.pack("<I", len(data)) + data


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes((*out, value))


class _Load:
    """The calls of all clients, and how much they moved."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._metadata = (("authorization", f"Bearer {plan.token}"),) if plan.token else ()
        self._begins = self._ends = 0.0
        self._file = wav(plan.size_bytes) if plan.upload else b""
        self.counted = self.total = self.calls = 0
        self.counted_s = 0.0

    def _count(self, size: int) -> bool:
        """Count what was moved, and tell whether it is enough."""
        now = time.perf_counter()
        self.total += size
        if self._begins <= now < self._ends:
            self.counted += size
        return now >= self._ends

    async def run(self) -> None:
        """Carry the plan out."""
        self._begins = time.perf_counter() + _WARM_UP_S
        self._ends = self._begins + self._plan.seconds
        act = self._up if self._plan.upload else self._down
        clients = [asyncio.create_task(self._client(act)) for _ in range(self._plan.clients)]
        done, late = await asyncio.wait(clients, timeout=_WARM_UP_S + self._plan.seconds)
        for one in late:
            one.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        for one in done:
            one.result()
        self.counted_s = self._plan.seconds

    async def _client(self, act: Callable[[grpc.aio.Channel], Awaitable[None]]) -> None:
        options = [("grpc.use_local_subchannel_pool", 1), ("grpc.max_receive_message_length", _LARGEST)]
        async with grpc.aio.insecure_channel(f"127.0.0.1:{self._plan.port}", options=options) as line:
            while time.perf_counter() < self._ends:
                await act(line)
                self.calls += 1

    async def _down(self, line: grpc.aio.Channel) -> None:
        call = line.unary_stream(self._plan.method, None, None)(self._plan.first, metadata=self._metadata)
        while (message := await call.read()) is not grpc.aio.EOF:
            if self._count(len(message)):
                call.cancel()
                return
            if self._plan.pause_s:
                await asyncio.sleep(self._plan.pause_s)

    async def _messages(self) -> AsyncIterator[bytes]:
        size, left = self._plan.chunk_bytes, self._plan.size_bytes
        if self._plan.first:
            yield self._plan.first
        # The first chunk is unlike any other, so that every file is a new one.
        yield (
            _CHUNK_FIELD
            + _varint(size)
            + self._file[:_HEAD_BYTES]
            + os.urandom(_CHANCE_BYTES)
            + self._file[_HEAD_BYTES + _CHANCE_BYTES : size]
        )
        plain = _CHUNK_FIELD + _varint(size) + bytes(size)
        for _ in range(left // size - 1):
            self._count(size)
            yield plain
        self._count(size)

    async def _up(self, line: grpc.aio.Channel) -> None:
        await line.stream_unary(self._plan.method, None, None)(self._messages(), metadata=self._metadata)


def move(plan: Plan) -> Moved:
    """Carry out a plan."""
    import uvloop

    load = _Load(plan)
    uvloop.run(load.run())
    return Moved(load.counted, load.counted_s, load.total, load.calls)


if __name__ == "__main__":
    carry_out(Plan, move)
