"""Sarau itself: its commands, and its server in a process of its own."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from tests.support.server import free_port

from bench.context import Bench, Failure
from bench.processes import Running, Timed, started, timed

_USERNAME = "bench"
_PASSWORD = "correct horse battery staple"
_PATIENCE_S = 60
_GONE_S = 10
_COMMAND = (sys.executable, "-m", "sarau")


def environment(data: Path, **settings: str) -> dict[str, str]:
    """Return the environment of a Sarau on a data folder; all settings but the given ones are the defaults."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("SARAU_")}
    ours = {"SARAU_DATA_PATH": str(data), "SARAU_HOUSE_DEMO": "false", "SARAU_SECURITY_ACCESS_TTL_S": "86400"}
    return plain | ours | settings


def command(data: Path, *arguments: str, limit_s: float = _PATIENCE_S, **settings: str) -> Timed:
    """Run a command of Sarau; raises Failure, TimeoutError."""
    env = environment(data, **settings)
    return timed([*_COMMAND, *arguments], log=data.parent / f"{data.name}.log", limit_s=limit_s, env=env, cwd=data)


class Sarau:
    """A running server."""

    def __init__(self, running: Running, port: int, grpc_port: int) -> None:
        self.running = running
        self.port = port
        self.grpc_port = grpc_port
        self.url = f"http://127.0.0.1:{port}"
        self.headers: dict[str, str] = {}

    def sign_in(self) -> None:
        """Sign in as the person that `with_owner` made."""
        answer = httpx.post(
            f"{self.url}/api/v1/auth/sign-in", json={"login": _USERNAME, "password": _PASSWORD}, timeout=_PATIENCE_S
        )
        answer.raise_for_status()
        self.headers = {"Authorization": f"Bearer {answer.json()['access_token']}"}

    def get(self, path: str, **query: str | int) -> Any:
        """Return the JSON answer of a path below /api/v1."""
        answer = httpx.get(f"{self.url}/api/v1{path}", params=query, headers=self.headers, timeout=_PATIENCE_S)
        if answer.status_code != 200:
            raise Failure(f"{path}: {answer.status_code} {answer.text[:300]}")
        return answer.json()

    def post(self, path: str, body: Any) -> Any:
        """Return the JSON answer to what is sent to a path below /api/v1."""
        answer = httpx.post(f"{self.url}/api/v1{path}", json=body, headers=self.headers, timeout=_PATIENCE_S)
        if not answer.is_success:
            raise Failure(f"{path}: {answer.status_code} {answer.text[:300]}")
        return answer.json()

    def wait_scanned(self) -> None:
        """Wait until every folder was scanned after the start, and the processes that did it are gone."""
        deadline = time.monotonic() + _PATIENCE_S
        folders = [one["id"] for one in self.get("/admin/libraries")["items"] if one["kind"] == "folder"]
        while True:
            scans = self.get("/admin/scans")["items"]
            over = {scan["library_id"] for scan in scans if scan["state"] == "done"}
            if over.issuperset(folders) and all(scan["state"] != "running" for scan in scans):
                self.running.wait_alone(_GONE_S)
                return
            if time.monotonic() > deadline:
                raise Failure(f"the scan at the start does not end: {scans}")
            time.sleep(0.1)


def with_owner(data: Path) -> Path:
    """Make the account that the bench signs in with."""
    command(data, "users", "create", _USERNAME, "--role", "owner", "--password", _PASSWORD)
    return data


@contextmanager
def serving(bench: Bench, data: Path, *, pin: bool = True, ready: bool = True, **settings: str) -> Iterator[Sarau]:
    """Run the server on a data folder with an owner, signed in; on one core, unless told otherwise."""
    port, grpc_port = free_port(), free_port()
    env = environment(data, SARAU_SERVER_PORT=str(port), SARAU_GRPC_PORT=str(grpc_port), **settings)
    core = bench.server_core if pin else None
    log = data.parent / f"{data.name}.log"
    with started([*_COMMAND, "serve"], log=log, core=core, env=env, cwd=data) as running:
        server = Sarau(running, port, grpc_port)
        if ready:
            running.wait_ready(port, "/health/ready", _PATIENCE_S)
            server.sign_in()
        yield server
