"""A thousand slow listeners: whether all get their music, what it costs in memory, and how others fare meanwhile."""

import http.client
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from bench.context import Bench, Failure
from bench.load.listeners import Listened, Plan
from bench.load.plan import order, outcome_of
from bench.material.media import media
from bench.measures.files import Side, nginx_side, our_side
from bench.processes import MemoryWatch
from bench.report import Row, at_least, below
from bench.servers.nginx import nginx
from bench.servers.sarau import serving, with_owner
from bench.stats import percentile

NAME = "listeners"
_LISTENERS = 1000
_BYTES_PER_S = 40_000
_ARRIVE_S = 3.0
_PULSE_S = 0.01
_LONG_BYTES = 20_000_000  # files that are not over before the listeners are


class _Heard(NamedTuple):
    listened: Listened
    peak_rss_mb: float
    peak_pss_mb: float
    p99_ms: float


def measure(bench: Bench) -> Iterator[Row]:
    """Have them listen to us, then to nginx."""
    folder = media(bench)
    heard: dict[str, _Heard] = {}
    with ExitStack() as stack:
        server = stack.enter_context(serving(bench, _home(bench), SARAU_DATA_MUSIC=str(folder)))
        server.wait_scanned()
        bench.tell(f"{_LISTENERS} slow listeners")
        heard["Sarau"] = _hear(bench, our_side(server, folder), "/api/v1/me", server.headers)
    with nginx(bench, folder) as other:
        bench.tell(f"{_LISTENERS} slow listeners of nginx")
        heard["nginx"] = _hear(bench, nginx_side(other, folder), "/small", {})
    yield from _rows(heard["Sarau"], heard["nginx"])


def _home(bench: Bench) -> Path:
    data = bench.fresh("listeners") / "data"
    data.mkdir()
    return with_owner(data)


def _hear(bench: Bench, side: Side, small: str, headers: Mapping[str, str]) -> _Heard:
    seconds = 5.0 if bench.quick else 15.0
    plan = Plan(side.port, _requests(side), _LISTENERS, _BYTES_PER_S, seconds, _ARRIVE_S)
    with MemoryWatch(side.running) as watch:
        process = order("bench.load.listeners", bench.client_core, plan)
        try:
            time.sleep(_ARRIVE_S)
            waits_ms = _pulse(side.port, small, headers, seconds - 1)
        finally:
            listened = outcome_of(process, Listened, _ARRIVE_S + seconds + 60)
    side.running.require_alive()
    rss, pss = watch.peak
    return _Heard(listened, rss / 1e6, pss / 1e6, percentile(waits_ms, 0.99))


def _requests(side: Side) -> list[str]:
    """Half begin at the beginning, as a browser asks; half have jumped into the middle."""
    long = [resource for resource in side.resources if resource.size_bytes > _LONG_BYTES]
    wishes = ("bytes=0-", "bytes=1000000-")
    return [resource.request(side.port, wish) for resource in long for wish in wishes]


def _pulse(port: int, path: str, headers: Mapping[str, str], seconds: float) -> list[float]:
    """Ask for something small a hundred times a second, and return how long each answer took, in milliseconds."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    waits_ms: list[float] = []
    end = time.perf_counter() + seconds
    try:
        while (began := time.perf_counter()) < end:
            connection.request("GET", path, headers=dict(headers))
            answer = connection.getresponse()
            answer.read()
            took_s = time.perf_counter() - began
            if answer.status != 200:
                raise Failure(f"{path}: {answer.status}")
            waits_ms.append(took_s * 1000)
            time.sleep(max(0.0, _PULSE_S - took_s))
    finally:
        connection.close()
    return waits_ms


def _rows(ours: _Heard, theirs: _Heard) -> Iterator[Row]:
    note = "; ".join([*ours.listened.problems, *(f"nginx: {problem}" for problem in theirs.listened.problems)])
    who = "1,000 slow listeners"
    yield Row(
        measure=NAME,
        what=f"{who}, served",
        unit="listeners",
        ours=[ours.listened.served],
        peer="nginx",
        theirs=[theirs.listened.served],
        target=at_least(_LISTENERS),
        note=note,
    )
    yield Row(
        measure=NAME,
        what=f"{who}, most memory (RSS)",
        unit="MB",
        ours=[ours.peak_rss_mb],
        peer="nginx",
        theirs=[theirs.peak_rss_mb],
        target=below(400),
    )
    yield Row(
        measure=NAME,
        what=f"{who}, most memory (PSS)",
        unit="MB",
        ours=[ours.peak_pss_mb],
        peer="nginx",
        theirs=[theirs.peak_pss_mb],
    )
    yield Row(
        measure=NAME,
        what=f"{who}, p99 of a small request",
        unit="ms",
        ours=[ours.p99_ms],
        peer="nginx",
        theirs=[theirs.p99_ms],
    )
