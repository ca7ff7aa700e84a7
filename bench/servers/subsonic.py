"""Peers that speak the Subsonic API: Navidrome and gonic where they are installed, Supysonic from PyPI."""

import os
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

import httpx
from tests.support.server import free_port

from bench.context import Bench, Failure
from bench.processes import Running, started
from bench.servers import supysonic

_SCAN_LIMIT_S = 180
_ADMIN = "admin"


class Subsonic:
    """A running server, and what proves to it who asks."""

    def __init__(self, name: str, running: Running, port: int, proof: Mapping[str, str]) -> None:
        self.name = name
        self.running = running
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        self._common = {**proof, "v": "1.16.1", "c": "bench", "f": "json"}

    def path(self, method: str, **query: str | int) -> str:
        """Return the path of a call."""
        return f"/rest/{method}.view?{urlencode(self._common | query)}"

    def call(self, method: str, **query: str | int) -> dict[str, Any]:
        """Return the answer to a call."""
        reply = httpx.get(self.url + self.path(method, **query), timeout=60)
        reply.raise_for_status()
        answer: dict[str, Any] = reply.json()["subsonic-response"]
        if answer["status"] != "ok":
            raise Failure(f"{self.name} {method}: {answer}")
        return answer

    def album_ids(self) -> list[str]:
        """Return the ids of up to 500 albums."""
        found = self.call("getAlbumList2", type="alphabeticalByName", size=500)
        return [album["id"] for album in found["albumList2"]["album"]]

    def wait_scanned(self) -> None:
        """Have the music scanned and wait for the end of it."""
        deadline = time.monotonic() + _SCAN_LIMIT_S
        self.call("startScan")
        while time.monotonic() < deadline:
            time.sleep(0.5)
            if not self.call("getScanStatus")["scanStatus"]["scanning"]:
                return
        raise Failure(f"{self.name} scans for more than {_SCAN_LIMIT_S} s")


def by_password(user: str, password: str) -> dict[str, str]:
    """Return the proof of a user by password."""
    return {"u": user, "p": password}


class Peer(NamedTuple):
    """Another server, and how to run it on a tree of music."""

    name: str
    run: Callable[[], AbstractContextManager[Subsonic]]


def installed_peers(bench: Bench, tree: Path) -> list[Peer]:
    """Return the peers that can be run here; those on the PATH are never downloaded."""
    peers = []
    if supysonic.programs(bench) is not None:
        peers.append(Peer("Supysonic", lambda: _supysonic(bench, tree)))
    if shutil.which("navidrome"):
        peers.append(Peer("Navidrome", lambda: _navidrome(bench, tree)))
    if shutil.which("gonic"):
        peers.append(Peer("gonic", lambda: _gonic(bench, tree)))
    return peers


@contextmanager
def _supysonic(bench: Bench, tree: Path) -> Iterator[Subsonic]:
    house = supysonic.scanned(bench, tree)
    port = free_port()
    with house.serving(port) as running:
        server = Subsonic("Supysonic", running, port, by_password(supysonic.USER, supysonic.PASSWORD))
        running.wait_ready(port, server.path("ping"))
        yield server


@contextmanager
def _navidrome(bench: Bench, tree: Path) -> Iterator[Subsonic]:
    folder, port = bench.fresh("navidrome"), free_port()
    settings = {
        "ND_MUSICFOLDER": str(tree),
        "ND_DATAFOLDER": str(folder),
        "ND_ADDRESS": "127.0.0.1",
        "ND_PORT": str(port),
        "ND_DEVAUTOCREATEADMINPASSWORD": _ADMIN,
        "ND_ENABLEEXTERNALSERVICES": "false",
        "ND_ENABLEINSIGHTSCOLLECTOR": "false",
    }
    with started(
        ["navidrome"], log=folder / "log", core=bench.server_core, env=os.environ | settings, cwd=folder
    ) as running:
        server = Subsonic("Navidrome", running, port, by_password(_ADMIN, _ADMIN))
        running.wait_ready(port, server.path("ping"))
        server.wait_scanned()
        yield server


@contextmanager
def _gonic(bench: Bench, tree: Path) -> Iterator[Subsonic]:
    folder, port = bench.fresh("gonic"), free_port()
    command = ["gonic", "-music-path", str(tree), "-listen-addr", f"127.0.0.1:{port}", "-db-path", str(folder / "db")]
    for name in ("podcast", "playlists", "cache"):
        (folder / name).mkdir()
        command += [f"-{name}-path", str(folder / name)]
    with started(command, log=folder / "log", core=bench.server_core, cwd=folder) as running:
        server = Subsonic("gonic", running, port, by_password(_ADMIN, _ADMIN))
        running.wait_ready(port, server.path("ping"))
        server.wait_scanned()
        yield server
