"""A real server in a process of its own, and people who use it over HTTP."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

PASSWORD = "correct horse battery staple"
_PATIENCE_S = 60


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def until(condition: Any, what: str, patience_s: float = _PATIENCE_S) -> Any:
    """Return the first true answer of a condition asked again and again; fails after a while."""
    deadline = time.monotonic() + patience_s
    while True:
        if answer := condition():
            return answer
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {patience_s} s in vain for {what}")
        time.sleep(0.05)


class Server:
    """A running server: where it is, what it said, and its owner once made."""

    def __init__(
        self, process: "subprocess.Popen[bytes]", url: str, data: Path, log: Path, grpc_port: int = 0
    ) -> None:
        self.process = process
        self.url = url
        self.data = data
        self.log = log
        self.grpc_port = grpc_port

    def said(self) -> str:
        """Return everything the server wrote so far."""
        return self.log.read_text(errors="replace")

    def client(self, **kwargs: Any) -> httpx.Client:
        """Return a client without any proof of who it is."""
        return httpx.Client(base_url=f"{self.url}/api/v1", timeout=_PATIENCE_S, verify=False, **kwargs)

    def setup_token(self) -> str:
        """Return the token of the link that the server printed."""
        return until(lambda: re.findall(r"/setup\?token=(\S+)", self.said()), "the set-up link")[-1]

    def owner(self, username: str = "olga") -> httpx.Client:
        """Make the owner's account and return a client signed in as them."""
        account = {"token": self.setup_token(), "username": username, "password": PASSWORD}
        with self.client() as client:
            made = client.post("/auth/setup", json=account)
        assert made.status_code == 201, made.text
        return self.signed_in(username)

    def signed_in(self, username: str, password: str = PASSWORD) -> httpx.Client:
        """Return a client signed in with a Bearer token."""
        client = self.client()
        answer = client.post("/auth/sign-in", json={"login": username, "password": password})
        assert answer.status_code == 200, answer.text
        client.headers["authorization"] = f"Bearer {answer.json()['access_token']}"
        return client

    def joined(self, owner: httpx.Client, username: str, role: str = "member") -> httpx.Client:
        """Invite somebody, have them accept, and return a client signed in as them."""
        invite = owner.post("/invites", json={"role": role})
        assert invite.status_code == 201, invite.text
        account = {"code": invite.json()["code"], "username": username, "password": PASSWORD}
        with self.client() as client:
            accepted = client.post("/auth/register", json=account)
        assert accepted.status_code == 201, accepted.text
        return self.signed_in(username)

    def library(self, owner: httpx.Client, folder: Path, **more: Any) -> str:
        """Serve a folder, wait until it is scanned, and return the library's id."""
        made = owner.post("/admin/libraries", json={"name": folder.name, "path": str(folder), **more})
        assert made.status_code == 201, made.text
        library_id: str = made.json()["id"]
        self.scanned(owner, library_id)
        return library_id

    def scanned(self, owner: httpx.Client, library_id: str, after: str = "") -> dict[str, Any]:
        """Wait until a scan of a library that began after another has ended, and return it."""

        def ended() -> dict[str, Any] | None:
            for scan in owner.get("/admin/scans").json()["items"]:
                if scan["library_id"] == library_id and scan["id"] > after and scan["state"] != "running":
                    found: dict[str, Any] = scan
                    return found
            return None

        done: dict[str, Any] = until(ended, "the scan to end")
        return done

    def scan(self, owner: httpx.Client, library_id: str) -> dict[str, Any]:
        """Scan a library again and return how it went."""
        scans = [s["id"] for s in owner.get("/admin/scans").json()["items"] if s["library_id"] == library_id]
        asked = owner.post(f"/admin/libraries/{library_id}/scan", json={})
        assert asked.status_code == 202, asked.text
        return self.scanned(owner, library_id, max(scans, default=""))


@contextmanager
def running_server(
    data: Path, *, database_url: str = "", port: int = 0, before: Sequence[str] = (), **settings: str
) -> Iterator[Server]:
    """Run `sarau serve` on a data folder until the context closes; settings as SARAU_… variables.

    `before` is a command that starts the one after it in surroundings of its own, such as prlimit.
    """
    port, grpc_port = port or free_port(), settings.get("SARAU_GRPC_PORT") or str(free_port())
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SARAU_")}
    environment |= {
        "SARAU_DATA_PATH": str(data),
        "SARAU_SERVER_PORT": str(port),
        "SARAU_GRPC_PORT": grpc_port,
        "SARAU_HOUSE_DEMO": "false",
        "SARAU_LOGS_FORMAT": "json",
        "SARAU_SECURITY_ADDRESS_ATTEMPTS": "10000",
        **settings,
    }
    if database_url:
        environment["SARAU_DATABASE_URL"] = database_url
    data.mkdir(parents=True, exist_ok=True)
    log = data.parent / f"server-{port}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [*before, sys.executable, "-m", "sarau", "serve"], env=environment, stdout=out, stderr=subprocess.STDOUT
        )
    server = Server(process, f"http://127.0.0.1:{port}", data, log, int(grpc_port))
    try:
        until(lambda: _answers(server), "the server to answer")
        yield server
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _answers(server: Server) -> bool:
    if server.process.poll() is not None:
        raise AssertionError(f"the server ended by itself:\n{server.said()}")
    try:
        return httpx.get(f"{server.url}/health/ready", timeout=5).status_code == 200
    except httpx.TransportError:
        return False
