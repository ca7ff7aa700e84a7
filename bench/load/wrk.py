"""Requests as fast as a server answers them, by wrk."""

import math
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import httpx
import msgspec

from bench.context import Bench, Failure
from bench.processes import pinned

CLIENTS = 16
_PATIENCE_S = 20
_SOME = 4
_SCRIPT = Path(__file__).with_name("paths.lua")


class Answered(msgspec.Struct, frozen=True):
    """What came of a load."""

    requests: int
    duration_us: int
    bytes: int
    p50_us: int
    p99_us: int
    bad_statuses: int
    broken: int

    @property
    def per_s(self) -> float:
        """Requests answered in a second."""
        return self.requests / (self.duration_us / 1e6)

    @property
    def p50_ms(self) -> float:
        """The time that every second request exceeded."""
        return self.p50_us / 1000

    @property
    def p99_ms(self) -> float:
        """The time that one request of a hundred exceeded."""
        return self.p99_us / 1000


class Load:
    """A list of paths to be asked for one after another, and where the next run goes on."""

    def __init__(
        self,
        bench: Bench,
        name: str,
        url: str,
        paths: Sequence[str],
        headers: Mapping[str, str],
        clients: int = CLIENTS,
    ) -> None:
        self._bench = bench
        self._clients = clients
        self._url = url
        self._given = dict(headers)
        self._headers = [part for field, value in headers.items() for part in ("-H", f"{field}: {value}")]
        self._file = bench.data / "scratch" / f"paths-{name}"
        self._file.write_text("\n".join(paths) + "\n")
        self._paths = paths
        self._next = 0
        self._one_s = 0.0

    def warm_up(self) -> None:
        """Ask a few times, and see how long an answer takes at worst."""
        with httpx.Client(base_url=self._url, headers=self._given, timeout=_PATIENCE_S) as client:
            for path in self._paths[:_SOME]:
                began = time.perf_counter()
                client.get(path).raise_for_status()
                self._one_s = max(self._one_s, time.perf_counter() - began)

    def run(self, seconds: float) -> Answered:
        """Put load on for so long, going on in the list where the last run ended; raises Failure for any error.

        By all clients; by one, and long enough for some answers, where all would have no answer in that time.
        """
        if self._one_s * self._clients < seconds / 2:
            return self._run(seconds, self._clients)
        return self._run(max(seconds, _SOME * self._one_s), 1)

    def _run(self, seconds: float, clients: int) -> Answered:
        command = ["wrk", "-t1", f"-c{clients}", f"-d{math.ceil(seconds)}s", f"--timeout={_PATIENCE_S}s", "--latency"]
        command += self._headers
        command += ["-s", str(_SCRIPT), self._url, "--", str(self._file), str(self._next % len(self._paths))]
        done = subprocess.run(
            pinned(self._bench.client_core, command),
            capture_output=True,
            text=True,
            timeout=seconds + 3 * _PATIENCE_S,
            check=False,
        )
        _, found, result = done.stdout.partition("RESULT ")
        if done.returncode or not found:
            raise Failure(f"wrk failed: {done.stdout}{done.stderr}")
        answered = msgspec.json.decode(result, type=Answered)
        if answered.bad_statuses or answered.broken or not answered.requests:
            raise Failure(f"{self._url}: {answered}")
        self._next += answered.requests + clients
        return answered
