"""Supysonic, from PyPI into an environment of its own below bench/data."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from bench.context import Bench, Failure
from bench.processes import Memory, Running, started, timed

USER, PASSWORD = "bench", "secret"
_WANTED = ("supysonic==0.7.9", "gunicorn==23.0.0")
_INSTALL_LIMIT_S = 180
_SCAN_LIMIT_S = 240
_THREADS = 16


class Scanned(NamedTuple):
    """How a scan went: what it took on top of starting the program, and in all."""

    files: int
    own_s: float
    wall_s: float
    peak: Memory


def programs(bench: Bench) -> Path | None:
    """Return the folder of Supysonic's programs, installing them if need be; None where that fails."""
    place = bench.data / "supysonic-venv"
    binaries = place / "bin"
    if (binaries / "supysonic-cli").exists() and (binaries / "gunicorn").exists():
        return binaries
    bench.tell(f"installing {' '.join(_WANTED)} into an environment of its own (once)")
    try:
        for command in (
            [sys.executable, "-m", "venv", "--clear", str(place)],
            [str(binaries / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *_WANTED],
        ):
            subprocess.run(command, check=True, capture_output=True, text=True, timeout=_INSTALL_LIMIT_S)
    except (OSError, subprocess.SubprocessError) as error:
        bench.tell(f"there is no Supysonic to compare with: {error}")
        return None
    return binaries


class SupysonicHouse:
    """A Supysonic with a folder of its own: settings, database, caches."""

    def __init__(self, bench: Bench, binaries: Path, folder: Path) -> None:
        self._bench = bench
        self._binaries = binaries
        self.folder = folder
        plain = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        self._env = plain | {"HOME": str(folder)}

    def _cli(self, *arguments: str, limit_s: float = 60) -> tuple[float, Memory]:
        command = [str(self._binaries / "supysonic-cli"), *arguments]
        done = timed(command, log=self.folder / "cli.log", limit_s=limit_s, env=self._env, cwd=self.folder)
        return done.seconds, done.peak

    def found(self, tree: Path) -> None:
        """Make it, with a user and a tree of music."""
        self.folder.mkdir(parents=True)
        settings = f"[base]\ndatabase_uri = sqlite:///{self.folder}/db\n[webapp]\ncache_dir = {self.folder}/cache\n"
        settings += f"[daemon]\nsocket = {self.folder}/socket\n"
        (self.folder / "supysonic.conf").write_text(settings)
        self._cli("user", "add", USER, "-p", PASSWORD)
        self._cli("folder", "add", "music", str(tree))

    def scan(self) -> Scanned:
        """Scan the tree, for a bounded time."""
        start_s, _ = self._cli("folder", "list")
        try:
            wall_s, peak = self._cli("folder", "scan", "--foreground", limit_s=_SCAN_LIMIT_S)
        except TimeoutError:
            wall_s, peak = _SCAN_LIMIT_S, Memory(0, 0)
        with closing(sqlite3.connect(self.folder / "db")) as database:
            (files,) = database.execute("SELECT count(*) FROM track").fetchone()
        return Scanned(files, wall_s - start_s, wall_s, peak)

    @contextmanager
    def serving(self, port: int) -> Iterator[Running]:
        """Run its server on the core of servers: one process with threads, which answers most with one core."""
        command = [str(self._binaries / "supysonic-server"), "-S", "gunicorn", "-h", "127.0.0.1", "-p", str(port)]
        command += ["--processes", "1", "--threads", str(_THREADS)]
        core = self._bench.server_core
        with started(command, log=self.folder / "server.log", core=core, env=self._env, cwd=self.folder) as running:
            yield running


def fresh(bench: Bench, tree: Path) -> SupysonicHouse:
    """Return a new one that knows of a tree but has not scanned it; raises Failure where it cannot be installed."""
    binaries = programs(bench)
    if binaries is None:
        raise Failure("Supysonic could not be installed")
    folder = bench.data / f"supysonic-{tree.name}"
    shutil.rmtree(folder, ignore_errors=True)
    house = SupysonicHouse(bench, binaries, folder)
    house.found(tree)
    return house


def scanned(bench: Bench, tree: Path) -> SupysonicHouse:
    """Return one that has scanned a tree, from an earlier run if there was one."""
    binaries = programs(bench)
    folder = bench.data / f"supysonic-{tree.name}"
    if binaries is not None and (folder / "scanned").exists():
        return SupysonicHouse(bench, binaries, folder)
    bench.tell("Supysonic scans the tree (once)")
    house = fresh(bench, tree)
    house.scan()
    note_scanned(house)
    return house


def note_scanned(house: SupysonicHouse) -> None:
    """Note that a scan came to its end, so that later measures need not scan."""
    (house.folder / "scanned").touch()
