"""Listeners who take their music at the pace they hear it: `python -m bench.load.listeners`."""

import asyncio
import resource
import socket
import time

import msgspec

from bench.load.plan import carry_out

# Small, so that the server has to keep what we do not take yet, and not the kernel on our side.
_RECEIVE_BUFFER_BYTES = 16 << 10
# As on Ethernet. Loopback's own segments are so large that the kernel would take megabytes of each song from the
# server at once (tcp_sndbuf_expand), and nobody would listen slowly any more.
_SEGMENT_BYTES = 1448
_STEP_S = 0.25
_SERVED_SHARE = 0.98
_FILES_BESIDE = 100


class Plan(msgspec.Struct, frozen=True):
    """Who listens: each sends one of the requests and takes so many bytes a second for so long."""

    port: int
    requests: list[str]
    listeners: int
    bytes_per_s: int
    seconds: float
    arrive_s: float


class Listened(msgspec.Struct, frozen=True):
    """How many got what they were to hear, what they took together, and what went wrong."""

    served: int
    taken_bytes: int
    wanted_bytes: int
    problems: list[str]


class _Listener:
    """One of them."""

    def __init__(self, plan: Plan, number: int) -> None:
        self._plan = plan
        self._request = plan.requests[number % len(plan.requests)].encode()
        self._comes_after_s = plan.arrive_s * number / plan.listeners
        self.taken = 0
        self.problem = ""

    async def listen(self) -> None:
        """Come, ask, take the bytes at their pace, leave."""
        await asyncio.sleep(self._comes_after_s)
        loop = asyncio.get_running_loop()
        with socket.socket() as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _RECEIVE_BUFFER_BYTES)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, _SEGMENT_BYTES)
            connection.setblocking(False)
            try:
                await loop.sock_connect(connection, ("127.0.0.1", self._plan.port))
                await loop.sock_sendall(connection, self._request)
                await self._begin(loop, connection)
                await self._hear(loop, connection)
            except OSError as error:
                self.problem = repr(error)

    async def _begin(self, loop: asyncio.AbstractEventLoop, connection: socket.socket) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            data = await loop.sock_recv(connection, 4096)
            if not data:
                raise ConnectionError("closed before an answer")
            head += data
        head, _, body = head.partition(b"\r\n\r\n")
        if not head.startswith((b"HTTP/1.1 200", b"HTTP/1.1 206")):
            raise ConnectionError(head[:200].decode("latin-1"))
        self.taken = len(body)

    async def _hear(self, loop: asyncio.AbstractEventLoop, connection: socket.socket) -> None:
        began = time.monotonic()
        step = 0
        while step * _STEP_S < self._plan.seconds:
            step += 1
            await asyncio.sleep(max(0.0, began + step * _STEP_S - time.monotonic()))
            due = int(step * _STEP_S * self._plan.bytes_per_s)
            async with asyncio.timeout(10):
                while self.taken < due:
                    data = await loop.sock_recv(connection, due - self.taken)
                    if not data:
                        raise ConnectionError(f"closed after {self.taken} bytes")
                    self.taken += len(data)


async def _listen(plan: Plan) -> Listened:
    listeners = [_Listener(plan, number) for number in range(plan.listeners)]
    began = time.monotonic()
    async with asyncio.TaskGroup() as group:
        for listener in listeners:
            group.create_task(listener.listen())
    late_s = time.monotonic() - began - plan.arrive_s - plan.seconds
    wanted = int(plan.seconds * plan.bytes_per_s)
    served = sum(listener.taken >= _SERVED_SHARE * wanted for listener in listeners)
    problems = sorted({listener.problem for listener in listeners if listener.problem})[:5]
    if late_s > plan.seconds * (1 - _SERVED_SHARE) + 1:
        problems.append(f"the last one ended {late_s:.1f} s late")
    return Listened(served, sum(listener.taken for listener in listeners), wanted * plan.listeners, problems)


def listen(plan: Plan) -> Listened:
    """Carry out a plan."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, plan.listeners + _FILES_BESIDE), most))
    return asyncio.run(_listen(plan))


if __name__ == "__main__":
    carry_out(Plan, listen)
