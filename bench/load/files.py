"""Downloads as fast as a server sends them, over connections that stay: `python -m bench.load.files`.

The kernel throws the bodies away (MSG_TRUNC, tcp(7)) instead of copying them to us, so that the client, on a core of
its own, is not what is measured.
"""

import random
import selectors
import socket
import time

import msgspec

from bench.load.plan import carry_out

_WARM_UP_S = 0.3
_HEAD_BYTES = 2048
_BODY = memoryview(bytearray(4 << 20))


class Plan(msgspec.Struct, frozen=True):
    """What to ask for: requests as they go over the wire, drawn by chance."""

    port: int
    requests: list[str]
    clients: int
    seconds: float


class Downloaded(msgspec.Struct, frozen=True):
    """What came."""

    counted_bytes: int
    counted_s: float
    all_bytes: int
    finished: int
    bad: list[str]

    @property
    def mb_per_s(self) -> float:
        """Millions of bytes in a second."""
        return self.counted_bytes / self.counted_s / 1e6


class _Download:
    """One connection, asking again and again."""

    def __init__(self, plan: Plan, chance: random.Random) -> None:
        self._requests = [request.encode() for request in plan.requests]
        self._chance = chance
        self.socket = socket.create_connection(("127.0.0.1", plan.port), timeout=10)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._head = b""
        self._left = 0
        self._is_answered = False
        self.finished = 0
        self.bad = ""

    def ask(self) -> None:
        """Send a request."""
        self._head = b""
        self._is_answered = False
        self.socket.sendall(self._chance.choice(self._requests))

    def take(self) -> int:
        """Take what is there of a body and return how much it was; asks again at the end of an answer."""
        if self._left:
            count = self.socket.recv_into(_BODY, min(self._left, len(_BODY)), socket.MSG_TRUNC)
            self._left -= count
            self.bad = "" if count else "the server closed the connection"
        else:
            count = self._begin()
        if self._is_answered and not self._left and not self.bad:
            self.finished += 1
            self.ask()
        return count

    def _begin(self) -> int:
        """Take the head of an answer, and return how much of the body came with it."""
        data = self.socket.recv(_HEAD_BYTES)
        head, found, body = (self._head + data).partition(b"\r\n\r\n")
        self._head = head + found
        if not found:
            self.bad = "" if data else "the server closed the connection"
            return 0
        lines = head.lower().split(b"\r\n")
        lengths = [int(line.partition(b":")[2]) for line in lines if line.startswith(b"content-length:")]
        if not lines[0].startswith((b"http/1.1 200", b"http/1.1 206")) or not lengths:
            self.bad = head.decode("latin-1")
            return 0
        self._is_answered = True
        self._left = lengths[0] - len(body)
        return len(body)


def download(plan: Plan) -> Downloaded:
    """Carry out a plan."""
    chance = random.Random(1)
    downloads = [_Download(plan, chance) for _ in range(plan.clients)]
    bad: list[str] = []
    counted = total = 0
    with selectors.EpollSelector() as selector:
        for one in downloads:
            selector.register(one.socket, selectors.EVENT_READ, one)
            one.ask()
        began = time.perf_counter() + _WARM_UP_S
        end = began + plan.seconds
        while (now := time.perf_counter()) < end and not bad:
            for key, _ in selector.select(0.1):
                count = key.data.take()
                total += count
                counted += count if now >= began else 0
                if key.data.bad:
                    bad.append(key.data.bad)
        counted_s = time.perf_counter() - began
    for one in downloads:
        one.socket.close()
    return Downloaded(counted, counted_s, total, sum(one.finished for one in downloads), bad)


if __name__ == "__main__":
    carry_out(Plan, download)
