"""Results as JSON: one file for each run, named by date and revision, and the latest one again as latest.json.

Quick runs and parts say little: they are kept with the scratch, out of git's sight.
"""

import os
import platform
import re
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import msgspec

from bench.context import DATA
from bench.report import Row

FOLDER = Path(__file__).parent / "results"
_LIBRARIES = ("granian", "starlette", "fastapi", "uvloop", "msgspec", "mutagen", "av")


class Line(msgspec.Struct, frozen=True):
    """A row with what follows from its samples, so that readers need not compute."""

    row: Row
    ratio: float | None
    met: bool | None


class Run(msgspec.Struct, frozen=True):
    """One run of the bench."""

    at: datetime
    revision: str
    changed: bool
    whole: bool
    quick: bool
    seconds: float
    machine: dict[str, str]
    lines: list[Line]


def _said(*command: str) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=20, cwd=FOLDER.parent)
    except OSError:
        return ""
    return (done.stdout + done.stderr).strip()


def revision() -> tuple[str, bool]:
    """Return the short revision of the sources, and whether they differ from it."""
    short = _said("git", "rev-parse", "--short", "HEAD")
    if not re.fullmatch(r"[0-9a-f]{4,40}", short):
        return "unknown", False
    return short, bool(_said("git", "status", "--porcelain", "--", "../src"))


def machine() -> dict[str, str]:
    """Return what a reader must know of the machine to judge the figures."""
    cpu = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    memory_kb = re.search(r"^MemTotal:\s*(\d+)", Path("/proc/meminfo").read_text(), re.MULTILINE)
    known = {
        "cpu": cpu[1] if cpu else platform.machine(),
        "cores": str(len(os.sched_getaffinity(0))),
        "memory": f"{int(memory_kb[1]) / 2**20:.0f} GiB" if memory_kb else "",
        "kernel": platform.release(),
        "python": platform.python_version(),
        "load at start": f"{os.getloadavg()[0]:.2f}",
        "nginx": _said("nginx", "-v").rpartition("/")[2],
        "wrk": _said("wrk", "-v").partition(" Copyright")[0],
    }
    return known | {name: version(name) for name in _LIBRARIES}


def run_of(began: datetime, rows: list[Row], *, whole: bool, quick: bool, about: dict[str, str]) -> Run:
    """Return what is kept of a run."""
    short, changed = revision()
    lines = [Line(row, row.times, row.met) for row in rows]
    seconds = (datetime.now(UTC) - began).total_seconds()
    return Run(began, short, changed, whole, quick, round(seconds, 1), about, lines)


def keep(run: Run, folder: Path = FOLDER, scratch: Path = DATA / "results") -> Path:
    """Write a run's results and return where."""
    text = msgspec.json.format(msgspec.json.encode(run), indent=1) + b"\n"
    counts = run.whole and not run.quick
    place = folder if counts else scratch
    place.mkdir(parents=True, exist_ok=True)
    path = place / f"{run.at:%Y-%m-%d-%H%M}-{run.revision}.json"
    path.write_bytes(text)
    if counts:
        (place / "latest.json").write_bytes(text)
    return path
