"""Searching a million tracks: how long a query takes by itself, and how large the index is."""

import json
import subprocess
import sys
from collections.abc import Iterator

from bench.context import Bench, Failure
from bench.material.million import made, million
from bench.processes import pinned
from bench.report import Row, below
from bench.servers.sarau import environment
from bench.stats import percentile

NAME = "search"
_LIMIT_S = 1800
_P50_MS, _P99_MS, _PAGE_MS = 2, 20, 50
_BYTES_A_TRACK = 400


def measure(bench: Bench) -> Iterator[Row]:
    """Search in a process of its own on one core."""
    data = million(bench)
    about = made(data)
    command = [sys.executable, "-m", "bench.load.searching", str(data), str(bench.repeats)]
    done = subprocess.run(
        pinned(bench.server_core, command),
        capture_output=True,
        text=True,
        timeout=_LIMIT_S,
        check=False,
        env=environment(data),
    )
    if done.returncode:
        raise Failure(done.stderr[-1000:])
    took: dict[str, list[list[float]]] = json.loads(done.stdout)
    for name, what in (("ids", "300 searches, three kinds of 20"), ("answer", "300 searches, all shown of ten each")):
        for share, bound in ((0.5, _P50_MS), (0.99, _P99_MS)):
            samples = [percentile(each, share) for each in took[name]]
            target = below(bound) if name == "ids" else None
            yield Row(measure=NAME, what=f"{what}, p{share * 100:.0f}", unit="ms", ours=samples, target=target)
    pages = [max(each) for each in took["everything"]]
    yield Row(
        measure=NAME, what="500 of everything at 90 %, worst of 20", unit="ms", ours=pages, target=below(_PAGE_MS)
    )
    each = about.index_bytes / about.tracks
    yield Row(measure=NAME, what="index, bytes a track", unit="B", ours=[each], target=below(_BYTES_A_TRACK))
    rate = about.tracks / about.index_s
    yield Row(measure=NAME, what="index made anew", unit="tracks/s", ours=[rate])
