"""A house from its first start on: the link, the key, what outlives a restart, and how it ends."""

import re
import signal
import socket
import stat
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import httpx
from tests.interfaces.cli.running import CommandLine
from tests.support.houses import items, problem
from tests.support.music import tune
from tests.support.server import PASSWORD, Server, running_server, until


def _links(server: Server) -> list[str]:
    return re.findall(r"/setup\?token=(\S+)", server.said())


def _ended(server: Server, number: int = signal.SIGTERM) -> int:
    """Tell a server to end, and return how it did."""
    server.process.send_signal(number)
    return server.process.wait(timeout=30)


def _set_up(server: Server, token: str, name: str = "olga") -> httpx.Response:
    return httpx.post(
        f"{server.url}/api/v1/auth/setup", json={"token": token, "username": name, "password": PASSWORD}, timeout=30
    )


def test_from_the_first_start_on(database_url: str, tmp_path: Path) -> None:
    data = tmp_path / "data"
    where: dict[str, Any] = {"SARAU_SCANNING_WATCH": "false"}
    if database_url.startswith("postgresql:"):
        where["database_url"] = database_url
    with running_server(data, **where) as server:
        (unused,) = _links(server)
        assert f"Sarau is at {server.url}" in server.said()
        assert httpx.get(f"{server.url}/api/v1/house").json()["needs_setup"] is True
        assert _ended(server) == 0
    key = data / "secret.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    kept = key.read_text()

    with ExitStack() as stack, running_server(data, **where) as server:
        (token,) = _links(server)
        assert token != unused
        problem(_set_up(server, unused), 404, "link_expired")
        came = _set_up(server, token)
        assert came.status_code == 201, came.text
        problem(_set_up(server, token, "second"), 404, "link_expired")
        owner = stack.enter_context(closing(server.signed_in("olga")))
        browser = stack.enter_context(server.client())
        browser.post("/auth/sign-in", params={"session": "cookie"}, json={"login": "olga", "password": PASSWORD})
        code = owner.post("/invites", json={}).json()["code"]
        second = CommandLine(tmp_path, database_url)("serve", "--port", server.url.rpartition(":")[2])
        assert "cannot listen on 127.0.0.1:" in second.refused()
        assert httpx.get(f"{server.url}/health").status_code == 200, "the first one goes on"
        assert _ended(server, signal.SIGINT) == 0

    with ExitStack() as stack, running_server(data, **where) as server:
        assert _links(server) == []
        assert key.read_text() == kept
        client = stack.enter_context(server.client(headers=owner.headers))
        assert client.get("/me").json()["user"]["role"] == "owner"
        again = stack.enter_context(server.client(cookies=dict(browser.cookies.items())))
        assert again.patch("/me", json={}, headers={"x-csrf-token": browser.cookies["sarau_csrf"]}).status_code == 200
        assert [one["code"] for one in items(client.get("/invites"))] == [code]
        _leave_with_listeners(server, client, tmp_path / "Music", stack)
        assert _ended(server) == 0
        assert "Traceback" not in server.said()


def _leave_with_listeners(server: Server, client: httpx.Client, music: Path, stack: ExitStack) -> None:
    """Have people listen: to a whole file, to a part, to a transcode that is being made."""
    tune(music / "long.wav", seconds=90)
    server.library(client, music)
    (track,) = items(client.get("/tracks"))
    url = f"/tracks/{track['id']}/stream"
    for asked, headers in ((url, {}), (url, {"range": "bytes=5-"}), (f"{url}?format=flac", {})):
        listener = stack.enter_context(server.client(headers={**client.headers, **headers}))
        answer = listener.send(listener.build_request("GET", asked), stream=True)
        stack.callback(answer.close)
        assert answer.status_code in (200, 206)


def test_the_demo_is_made_and_served_once(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with running_server(data, SARAU_HOUSE_DEMO="true") as server, closing(server.owner()) as owner:
        assert owner.get("/albums").status_code == 200, "the house is open while the music is made"
        library = _served_demo(owner)
        made = {path: path.stat().st_mtime_ns for path in (data / "demo").rglob("*")}
        tracks = items(owner.get("/tracks", params={"library_id": library}))
        assert len(tracks) == 14
        assert {track["codec"] for track in tracks} >= {"mp3", "flac", "vorbis", "opus", "aac", "alac"}
        assert all(track["cover"] for track in tracks)
    with (
        running_server(data, SARAU_HOUSE_DEMO="true") as server,
        server.client(headers=owner.headers) as again,
    ):
        assert _served_demo(again) == library
        assert {path: path.stat().st_mtime_ns for path in (data / "demo").rglob("*")} == made
        assert len(items(again.get("/tracks"))) == 14
        said = CommandLine(tmp_path)("demo").well()
        assert "14 tunes" in said, "what is there is not made again"
        assert len(items(again.get("/libraries"))) == 2, "the demo and the uploads"


def _served_demo(owner: httpx.Client) -> str:
    def scanned() -> str | None:
        for library in owner.get("/admin/libraries").json()["items"]:
            if library["name"] == "Demo" and library["track_count"] == 14 and library["scanned_at"]:
                found: str = library["id"]
                return found
        return None

    library: str = until(scanned, "the demo library", 180)
    return library


def test_more_people_are_served_than_a_shell_allows_files(tmp_path: Path) -> None:
    with ExitStack() as stack:
        server = stack.enter_context(running_server(tmp_path / "data", before=["prlimit", "--nofile=100:1000"]))
        address = ("127.0.0.1", int(server.url.rpartition(":")[2]))
        for _ in range(200):
            connection = stack.enter_context(socket.create_connection(address, timeout=30))
            connection.sendall(b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            assert connection.recv(100).startswith(b"HTTP/1.1 200")
