"""Processes that the bench starts: measured through /proc with all they start themselves, ended by their ids."""

import http.client
import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple, Self

from bench.context import Failure

_TICKS_PER_S = os.sysconf("SC_CLK_TCK")
_END_PATIENCE_S = 20
_SAMPLE_S = 0.2


class Memory(NamedTuple):
    """Memory of a process and its descendants: RSS counts shared pages once for each, PSS shares them out."""

    rss_bytes: int
    pss_bytes: int


def _children(pid: int) -> list[int]:
    found: list[int] = []
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            with suppress(OSError):
                found += map(int, (task / "children").read_text().split())
    return found


def _family(pid: int) -> list[int]:
    return [pid, *(member for child in _children(pid) for member in _family(child))]


def _stat(pid: int) -> list[str]:
    """Return the fields of /proc/PID/stat behind the name (proc(5)); the first is the state, number 3."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def _cpu_s(pid: int) -> float:
    with suppress(OSError):
        fields = _stat(pid)
        return (int(fields[11]) + int(fields[12])) / _TICKS_PER_S
    return 0.0


def _memory(pid: int) -> Memory:
    sizes = {"Rss:": 0, "Pss:": 0}
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            name, _, rest = line.partition(" ")
            if name in sizes:
                sizes[name] = int(rest.split()[0]) * 1024
    return Memory(sizes["Rss:"], sizes["Pss:"])


class Running:
    """A process under way."""

    def __init__(self, process: "subprocess.Popen[bytes]", log: Path) -> None:
        self.process = process
        self.log = log

    def cpu_s(self) -> dict[int, float]:
        """Return the CPU seconds that it and each living descendant have used, by process id."""
        return {pid: _cpu_s(pid) for pid in _family(self.process.pid)}

    def cpu_since(self, before: Mapping[int, float]) -> float:
        """Return the CPU seconds used since an earlier `cpu_s`; what a process used that ended meanwhile is lost."""
        return sum(used_s - before.get(pid, 0) for pid, used_s in self.cpu_s().items())

    def wait_alone(self, patience_s: float) -> None:
        """Wait until it has no children any more, or until patience ends: some are kept for later."""
        deadline = time.monotonic() + patience_s
        while _children(self.process.pid) and time.monotonic() < deadline:
            time.sleep(0.05)

    def memory(self) -> Memory:
        """Return what it and its descendants take now."""
        each = [_memory(pid) for pid in _family(self.process.pid)]
        return Memory(sum(m.rss_bytes for m in each), sum(m.pss_bytes for m in each))

    def said(self) -> str:
        """Return the end of what it wrote."""
        return self.log.read_text(errors="replace")[-2000:]

    def require_alive(self) -> None:
        """Raise Failure if it ended by itself."""
        if self.process.poll() is not None:
            raise Failure(f"{self.process.args!r} ended by itself:\n{self.said()}")

    def wait_ready(self, port: int, path: str, patience_s: float = 60) -> None:
        """Wait until it answers a GET with 200; raises Failure."""
        deadline = time.monotonic() + patience_s
        while _status(port, path) != 200:
            self.require_alive()
            if time.monotonic() > deadline:
                raise Failure(f"{self.process.args!r} is not ready after {patience_s} s:\n{self.said()}")
            time.sleep(0.005)

    def end(self) -> None:
        """End it, and what it leaves behind."""
        family = {pid: _born(pid) for pid in _family(self.process.pid)}
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(_END_PATIENCE_S)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        for pid, born in family.items():
            if born is not None and _born(pid) == born:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)


def _born(pid: int) -> str | None:
    """Return when a living process was started, which tells it from a later one of the same id."""
    with suppress(OSError):
        fields = _stat(pid)
        return fields[19] if fields[0] != "Z" else None
    return None


def _status(port: int, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


def pinned(core: int | None, command: Sequence[str]) -> list[str]:
    """Return a command that runs on one core, or on all."""
    return [*(("taskset", "-c", str(core)) if core is not None else ()), *command]


@contextmanager
def started(
    command: Sequence[str],
    *,
    log: Path,
    core: int | None = None,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> Iterator[Running]:
    """Run a command until the context closes."""
    with log.open("wb") as out:
        process = subprocess.Popen(
            pinned(core, command),
            env=dict(env) if env is not None else None,
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    running = Running(process, log)
    try:
        yield running
    finally:
        running.end()


class MemoryWatch:
    """Notes the most memory that a process and its descendants take while the context is open."""

    def __init__(self, running: Running) -> None:
        self._running = running
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self.peak = Memory(0, 0)

    def _watch(self) -> None:
        while not self._over.wait(_SAMPLE_S):
            self.peak = Memory(*map(max, self.peak, self._running.memory()))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()


class Timed(NamedTuple):
    """How a command went that ran to its end."""

    seconds: float
    peak: Memory
    said: str


def timed(
    command: Sequence[str],
    *,
    log: Path,
    limit_s: float,
    core: int | None = None,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> Timed:
    """Run a command to its end; raises Failure when it fails, TimeoutError when it takes longer than the limit."""
    began = time.perf_counter()
    with started(command, log=log, core=core, env=env, cwd=cwd) as running, MemoryWatch(running) as watch:
        try:
            code = running.process.wait(limit_s)
        except subprocess.TimeoutExpired:
            raise TimeoutError(f"{command!r} took longer than {limit_s} s") from None
        seconds = time.perf_counter() - began
    if code:
        raise Failure(f"{command!r} ended with {code}:\n{running.said()}")
    return Timed(seconds, watch.peak, running.said())
