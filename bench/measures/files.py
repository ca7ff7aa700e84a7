"""Whole files and ranges of 1 MiB at 1, 32 and 256 clients, beside nginx with sendfile."""

import random
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import httpx

from bench.context import Bench, Failure
from bench.load.files import Downloaded, Plan
from bench.load.plan import ordered
from bench.material.media import media
from bench.processes import Running
from bench.report import Row, times_peer
from bench.servers.nginx import Nginx, nginx
from bench.servers.sarau import Sarau, serving, with_owner

NAME = "files"
_RANGE_BYTES = 1 << 20
_RANGES = 400
_LIMIT_S = 60


class Resource(NamedTuple):
    """A file as a server serves it."""

    path: str
    size_bytes: int
    headers: dict[str, str]

    def request(self, port: int, wanted: str = "") -> str:
        """Return a request as it goes over the wire."""
        fields = {"Host": f"127.0.0.1:{port}", **self.headers, **({"Range": wanted} if wanted else {})}
        lines = [f"GET {self.path} HTTP/1.1", *(f"{name}: {value}" for name, value in fields.items())]
        return "\r\n".join(lines) + "\r\n\r\n"


class Side(NamedTuple):
    """A server that sends the files of the media library."""

    name: str
    running: Running
    port: int
    resources: list[Resource]


class _Taken(NamedTuple):
    mb_per_s: float
    cpu_s_per_gb: float


def our_side(server: Sarau, folder: Path) -> Side:
    """Return the files of the media library as Sarau serves them."""
    tracks = {track["title"]: track["id"] for track in server.get("/tracks", limit=500)["items"]}
    resources = [
        Resource(f"/api/v1/tracks/{tracks[path.stem]}/stream", path.stat().st_size, server.headers)
        for path in sorted(folder.glob("file *.wav"))
    ]
    return Side("Sarau", server.running, server.port, resources)


def nginx_side(server: Nginx, folder: Path) -> Side:
    """Return the files of the media library as nginx serves them."""
    resources = [
        Resource(f"/files/{path.name.replace(' ', '%20')}", path.stat().st_size, {})
        for path in sorted(folder.glob("file *.wav"))
    ]
    return Side("nginx", server.running, server.port, resources)


def measure(bench: Bench) -> Iterator[Row]:
    """Download from us and from nginx in turn, and see what it costs them."""
    folder = media(bench)
    data = bench.fresh("files") / "data"
    data.mkdir()
    with ExitStack() as stack:
        server = stack.enter_context(serving(bench, with_owner(data), SARAU_DATA_MUSIC=str(folder)))
        server.wait_scanned()
        sides = [our_side(server, folder), nginx_side(stack.enter_context(nginx(bench, folder)), folder)]
        for side in sides:
            _require_right(side, min(folder.glob("file *.wav")))
        for kind in ("ranges of 1 MiB", "whole files"):
            for clients in (1, 32, 256):
                bench.tell(f"{kind}, {clients} clients")
                yield from _compared(bench, sides, kind, clients)


def _require_right(side: Side, file: Path) -> None:
    """Make sure that the bytes that are counted are the right ones."""
    resource = side.resources[0]
    whole = file.read_bytes()
    for wanted, right in (("", whole), ("bytes=1000-2000", whole[1000:2001]), ("bytes=0-", whole)):
        headers = resource.headers | ({"Range": wanted} if wanted else {})
        given = httpx.get(f"http://127.0.0.1:{side.port}{resource.path}", headers=headers, timeout=60)
        if given.content != right:
            raise Failure(f"{side.name} sends wrong bytes for {wanted or 'a whole file'}: {given.status_code}")


def _requests(side: Side, kind: str) -> list[str]:
    if kind == "whole files":
        return [resource.request(side.port) for resource in side.resources]
    chance = random.Random(3)
    found = []
    for _ in range(_RANGES):
        resource = chance.choice(side.resources)
        start = chance.randrange(resource.size_bytes // _RANGE_BYTES - 1) * _RANGE_BYTES
        found.append(resource.request(side.port, f"bytes={start}-{start + _RANGE_BYTES - 1}"))
    return found


def _compared(bench: Bench, sides: list[Side], kind: str, clients: int) -> Iterator[Row]:
    taken: dict[str, list[_Taken]] = {side.name: [] for side in sides}
    for _ in range(bench.repeats):
        for side in sides:
            taken[side.name].append(_download(bench, side, kind, clients))
    ours, theirs = (taken[side.name] for side in sides)
    what = f"{kind}, {clients} client{'s' if clients > 1 else ''}"
    yield Row(
        measure=NAME,
        what=what,
        unit="MB/s",
        ours=[one.mb_per_s for one in ours],
        peer="nginx",
        theirs=[one.mb_per_s for one in theirs],
        target=times_peer(0.8) if kind.startswith("ranges") and clients == 32 else None,
    )
    yield Row(
        measure=NAME,
        what=f"{what}, CPU",
        unit="s/GB",
        ours=[one.cpu_s_per_gb for one in ours],
        peer="nginx",
        theirs=[one.cpu_s_per_gb for one in theirs],
    )


def _download(bench: Bench, side: Side, kind: str, clients: int) -> _Taken:
    plan = Plan(side.port, _requests(side, kind), clients, min(2, bench.load_s))
    before = side.running.cpu_s()
    done = ordered("bench.load.files", bench.client_core, plan, Downloaded, _LIMIT_S)
    used_s = side.running.cpu_since(before)
    if done.bad or not done.all_bytes:
        raise Failure(f"{side.name}, {kind}, {clients} clients: {done.bad}")
    return _Taken(done.mb_per_s, used_s / (done.all_bytes / 1e9))
