"""Starting, doing nothing, and having been browsed through: time and memory."""

import random
import time
from collections.abc import Iterator
from pathlib import Path

import httpx

from bench.context import Bench
from bench.material.catalogue import catalogue
from bench.material.corpus import corpus
from bench.material.media import media
from bench.processes import Memory
from bench.report import Row, below
from bench.servers.bare import bare
from bench.servers.sarau import Sarau, serving, with_owner
from bench.servers.subsonic import installed_peers

NAME = "start"
_SETTLE_S = 5
_RANDOM = 40
_SEARCHES = 60


def measure(bench: Bench) -> Iterator[Row]:
    """Start on a large library, wait beside a small one, browse through the large one."""
    data = catalogue(bench)
    yield from _starting(bench, data)
    yield from _idle(bench)
    yield from _browsed(bench, data)


def _starting(bench: Bench, data: Path) -> Iterator[Row]:
    bench.tell("starting")
    ours: list[float] = []
    limits: list[float] = []
    for _ in range(2 if bench.quick else 5):
        began = time.perf_counter()
        with serving(bench, data, pin=False, ready=False) as server:
            server.running.wait_ready(server.port, "/health/ready")
            ours.append(time.perf_counter() - began)
        began = time.perf_counter()
        with bare(bench):
            limits.append(time.perf_counter() - began)
    yield Row(
        measure=NAME,
        what="start, until ready",
        unit="s",
        ours=ours,
        peer="bare route",
        theirs=limits,
        target=below(2),
    )


def _idle(bench: Bench) -> Iterator[Row]:
    bench.tell("doing nothing")
    home = bench.fresh("idle") / "data"
    home.mkdir()
    with serving(bench, with_owner(home), pin=False, SARAU_DATA_MUSIC=str(media(bench))) as server:
        server.wait_scanned()
        time.sleep(_SETTLE_S)
        ours = server.running.memory()
    others: dict[str, Memory] = {}
    for peer in installed_peers(bench, corpus(bench)):
        with peer.run() as other:
            time.sleep(_SETTLE_S)
            others[peer.name] = other.running.memory()
    yield _memory_row("idle, RSS", ours.rss_bytes, {name: memory.rss_bytes for name, memory in others.items()}, True)
    yield _memory_row("idle, PSS", ours.pss_bytes, {name: memory.pss_bytes for name, memory in others.items()}, False)


def _memory_row(what: str, ours: int, others: dict[str, int], targeted: bool) -> Row:
    """Return a row beside the most frugal peer."""
    peer = min(others, key=lambda name: others[name], default="")
    return Row(
        measure=NAME,
        what=what,
        unit="MB",
        ours=[ours / 1e6],
        peer=peer,
        theirs=[others[peer] / 1e6] if peer else [],
        target=below(120) if targeted else None,
    )


def _browsed(bench: Bench, data: Path) -> Iterator[Row]:
    bench.tell("browsing through all tracks")
    with serving(bench, data, pin=False) as server:
        time.sleep(_SETTLE_S)
        before = server.running.memory()
        tracks = _browse(server)
        time.sleep(1)
        after = server.running.memory()
    for name, samples in (("RSS", (before.rss_bytes, after.rss_bytes)), ("PSS", (before.pss_bytes, after.pss_bytes))):
        yield Row(
            measure=NAME,
            what=f"{tracks:,} tracks, browsed, {name}",
            unit="MB",
            ours=[samples[1] / 1e6],
            peer="before browsing",
            theirs=[samples[0] / 1e6],
        )


def _browse(server: Sarau) -> int:
    """Go through all lists to their ends, draw by chance, search; return how many tracks there are."""
    chance = random.Random(5)
    with httpx.Client(base_url=f"{server.url}/api/v1", headers=server.headers, timeout=60) as client:
        titles = [track["title"] for track in _all(client, "/tracks")]
        albums = _all(client, "/albums")
        _all(client, "/artists")
        for _ in range(_RANDOM):
            _get(client, "/tracks?sort=random&limit=100")
            _get(client, "/albums?sort=random&limit=100")
        for _ in range(_SEARCHES):
            word = chance.choice(titles).split()[0]
            _get(client, str(httpx.URL("/search", params={"q": word[: chance.randint(2, 8)], "limit": 50})))
        for album in chance.sample(albums, min(500, len(albums))):
            _get(client, f"/albums/{album['id']}")
    return len(titles)


def _get(client: httpx.Client, path: str) -> httpx.Response:
    reply = client.get(path)
    reply.raise_for_status()
    return reply


def _all(client: httpx.Client, path: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    further = ""
    while True:
        page = _get(client, f"{path}?limit=500{further}").json()
        found += page["items"]
        if page["next_cursor"] is None:
            return found
        further = f"&cursor={page['next_cursor']}"
