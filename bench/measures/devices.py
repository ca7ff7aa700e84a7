"""A hundred devices in one session: how long a command takes to the others, and what an idle one costs."""

import time
from collections.abc import Iterator

from bench.context import Bench, Failure
from bench.load.devices import Answered, Plan
from bench.load.grpc_files import wav
from bench.load.plan import order, ordered, outcome_of
from bench.report import Row, below
from bench.servers.sarau import Sarau, serving, with_owner
from bench.stats import percentile

NAME = "devices"
_DEVICES = 100
_COMMANDS = 100
_IDLE = 190
_FEW = 5
_STAY_S = 6.0
_SETTLE_S = 2.0
_LIMIT_S = 180
_KINDS = (("WebSocket", False), ("gRPC", True))


def measure(bench: Bench) -> Iterator[Row]:
    """Let them connect in both ways, command, and stay."""
    home = bench.fresh("devices") / "data"
    home.mkdir()
    music = home.parent / "music"
    music.mkdir()
    (music / "song.wav").write_bytes(wav(1 << 20))
    with_owner(home)
    for name, by_grpc in _KINDS:
        with serving(bench, home, SARAU_DATA_MUSIC=str(music)) as server:
            server.wait_scanned()
            bench.tell(f"{_DEVICES} devices by {name}")
            yield from _latency(bench, server, name, by_grpc)
        with serving(bench, home, SARAU_DATA_MUSIC=str(music)) as server:
            server.wait_scanned()
            bench.tell(f"{_IDLE} idle devices by {name}")
            yield _memory(bench, server, name, by_grpc)


def _plan(server: Sarau, by_grpc: bool, devices: int, commands: int, stay_s: float) -> Plan:
    token = server.headers["Authorization"].removeprefix("Bearer ")
    track_id = server.get("/tracks")["items"][0]["id"]
    port = server.grpc_port if by_grpc else server.port
    return Plan(port, by_grpc, token, track_id, devices, commands, stay_s)


def _latency(bench: Bench, server: Sarau, name: str, by_grpc: bool) -> Iterator[Row]:
    taken = []
    for _ in range(bench.repeats):
        plan = _plan(server, by_grpc, _DEVICES, 20 if bench.quick else _COMMANDS, 0)
        taken.append(ordered("bench.load.devices", bench.client_core, plan, Answered, _LIMIT_S))
    server.running.require_alive()
    waits_ms = {"the one that plays": [one.plays_ms for one in taken], "each": [one.waits_ms for one in taken]}
    for whom, lists in waits_ms.items():
        for share, target in ((0.5, None), (0.99, below(20))):
            yield Row(
                measure=NAME,
                what=f"command to {whom} of {_DEVICES} devices by {name}, p{share * 100:.0f}",
                unit="ms",
                ours=[percentile(one, share) for one in lists],
                target=target,
            )


def _memory(bench: Bench, server: Sarau, name: str, by_grpc: bool) -> Row:
    """Compare the memory of the server with some devices connected and with many: the first bring what all share."""
    few = order("bench.load.devices", bench.client_core, _plan(server, by_grpc, _FEW, 0, _LIMIT_S))
    try:
        _wait_online(server, _FEW)
        before = _settled(server)
        many = order("bench.load.devices", bench.client_core, _plan(server, by_grpc, _IDLE, 0, _STAY_S))
        _wait_online(server, _FEW + _IDLE)
        each = (_settled(server) - before) / _IDLE / 1000
        outcome_of(many, Answered, _LIMIT_S)
    finally:
        few.kill()
        few.wait()
    what, note = f"memory of an idle device by {name}", "" if by_grpc else "148 kB of it the server's own buffers"
    target = below(60) if by_grpc else None
    return Row(measure=NAME, what=what, unit="kB", ours=[each], target=target, note=note)


def _settled(server: Sarau) -> int:
    time.sleep(_SETTLE_S)
    return server.running.memory().rss_bytes


def _wait_online(server: Sarau, count: int) -> None:
    deadline = time.monotonic() + 60
    while sum(device["online"] for device in server.get("/playback/devices")["items"]) < count:
        if time.monotonic() > deadline:
            raise Failure(f"not all of {count} devices are connected")
        time.sleep(0.1)
