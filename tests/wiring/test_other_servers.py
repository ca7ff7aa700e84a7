"""The application under another ASGI server, as the documentation says it can be."""

import json
import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import grpc
import httpx
from grpc_health.v1 import health_pb2, health_pb2_grpc
from tests.support.houses import items
from tests.support.music import tune
from tests.support.server import Server, free_port, until
from websockets.sync.client import connect


def test_uvicorn_serves_it_too(tmp_path: Path) -> None:
    port, log = free_port(), tmp_path / "server.log"
    tune(tmp_path / "Music" / "one.flac", seconds=2)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SARAU_")} | {
        "SARAU_DATA_PATH": str(tmp_path / "data"),
        "SARAU_DATA_MUSIC": str(tmp_path / "Music"),
        "SARAU_LOGS_FORMAT": "json",
        "SARAU_GRPC_PORT": (grpc_port := str(free_port())),
    }
    command = [sys.executable, "-m", "uvicorn", "--factory", "sarau.wiring.server:app", "--port", str(port)]
    with log.open("wb") as out:
        process = subprocess.Popen(command, env=environment, stdout=out, stderr=subprocess.STDOUT, cwd=tmp_path)
    server = Server(process, f"http://127.0.0.1:{port}", tmp_path / "data", log)
    try:
        until(lambda: _answers(server.url), "uvicorn to answer")
        with closing(server.owner()) as owner:
            _listen(server, owner)
            _join(server, owner)
        with grpc.insecure_channel(f"127.0.0.1:{grpc_port}") as line:
            answer = health_pb2_grpc.HealthStub(line).Check(health_pb2.HealthCheckRequest())
            assert answer.status == health_pb2.HealthCheckResponse.SERVING
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) in (0, -signal.SIGTERM)
        assert "Traceback" not in server.said()
    finally:
        process.kill()
        process.wait()


def _answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/health/ready").status_code == 200
    except httpx.TransportError:
        return False


def _join(server: Server, owner: httpx.Client) -> None:
    address = f"{server.url.replace('http', 'ws', 1)}/api/v1/playback/connect"
    with connect(address, additional_headers={"authorization": owner.headers["authorization"]}) as socket:
        socket.send('{"kind":"join"}')
        assert json.loads(socket.recv(timeout=60))["state"]["owner"] == "olga"


def _listen(server: Server, owner: httpx.Client) -> None:
    (track,) = until(lambda: items(owner.get("/tracks")), "the music to be scanned")
    path = f"/tracks/{track['id']}/stream"
    whole = owner.get(path)
    assert (whole.status_code, len(whole.content)) == (200, track["size_bytes"])
    part = owner.get(path, headers={"range": "bytes=10-19"})
    assert (part.status_code, part.content) == (206, whole.content[10:20])
    assert owner.get(f"{path}?format=mp3").headers["content-type"] == "audio/mpeg"
    assert httpx.get(f"{server.url}/albums").text.startswith("<!doctype html>")
    refused = owner.post("/invites", json={"uses": 0})
    assert refused.headers["content-type"] == "application/problem+json"
