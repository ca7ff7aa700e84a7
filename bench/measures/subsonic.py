"""The calls that apps make most over the Subsonic API, ours and its peers' on the same 10,000 files, in turns."""

import time
from collections.abc import Iterator
from contextlib import ExitStack
from typing import NamedTuple

import httpx

from bench.context import Bench
from bench.load.wrk import Answered, Load
from bench.material.corpus import corpus
from bench.report import Row, Target, times_peer
from bench.servers.sarau import Sarau, serving, with_owner
from bench.servers.subsonic import Subsonic, installed_peers
from bench.stats import percentile

NAME = "subsonic"
_CLIENTS = 32
_COVERS = 60
_COVER_PIXELS = 300
_WORDS = ("blue", "mor", "silv", "night gar", "ana", "trio", "wal", "samba", "old road", "sal", "can", "z")
_HUNDRED, _TEN = times_peer(100), times_peer(10)


class _Line(NamedTuple):
    """A call, and how many times Supysonic's rate we want of it."""

    name: str
    target: Target | None = None


_LINES = (
    _Line("ping", _TEN),
    _Line("getAlbumList2, 500", _HUNDRED),
    _Line("getArtists", _HUNDRED),
    _Line("getAlbum"),
    _Line("search3", _HUNDRED),
    _Line("getRandomSongs, 50", _HUNDRED),
    _Line("getCoverArt, 300 px, warm"),
    _Line("stream"),
)


def measure(bench: Bench) -> Iterator[Row]:
    """Put load on all servers in turn, each on one core, by 32 clients."""
    tree = corpus(bench)
    data = bench.fresh("subsonic") / "data"
    data.mkdir()
    with ExitStack() as stack:
        house = stack.enter_context(serving(bench, with_owner(data)))
        house.post("/admin/libraries", {"name": "Music", "path": str(tree)})
        house.wait_scanned()
        servers = [_ours(house), *(stack.enter_context(peer.run()) for peer in installed_peers(bench, tree))]
        cold = {server.name: _cold_covers(server) for server in servers}
        loads = {server.name: _loads(bench, server) for server in servers}
        answers: dict[tuple[str, str], list[Answered]] = {}
        for each in loads.values():
            for load in each.values():
                load.warm_up()
        for turn in range(bench.repeats):
            for line in _LINES:
                bench.tell(f"subsonic, {line.name}, turn {turn + 1} of {bench.repeats}")
                for server in servers:
                    done = loads[server.name][line.name].run(bench.load_s)
                    answers.setdefault((server.name, line.name), []).append(done)
        memory = {server.name: server.running.memory().rss_bytes / 1e6 for server in servers}
    yield from _rows([server.name for server in servers], answers, cold, memory)


def _ours(house: Sarau) -> Subsonic:
    """Return our own server as its peers are asked, by an API key."""
    secret = house.post("/me/api-keys", {"name": "bench"})["secret"]
    return Subsonic("Sarau", house.running, house.port, {"apiKey": secret})


def _loads(bench: Bench, server: Subsonic) -> dict[str, Load]:
    albums = server.album_ids()
    songs = [song["id"] for song in server.call("getRandomSongs", size=50)["randomSongs"]["song"]]
    paths = {
        "ping": [server.path("ping")],
        "getAlbumList2, 500": [server.path("getAlbumList2", type="alphabeticalByName", size=500)],
        "getArtists": [server.path("getArtists")],
        "getAlbum": [server.path("getAlbum", id=album) for album in albums],
        "search3": [server.path("search3", query=words) for words in _WORDS],
        "getRandomSongs, 50": [server.path("getRandomSongs", size=50)],
        "getCoverArt, 300 px, warm": [
            server.path("getCoverArt", id=cover, size=_COVER_PIXELS) for cover in _covers(server)
        ],
        "stream": [server.path("stream", id=song, format="raw") for song in songs],
    }
    return {
        name: Load(bench, f"{server.name}-{name.partition(',')[0]}", server.url, each, {}, _CLIENTS)
        for name, each in paths.items()
    }


def _covers(server: Subsonic) -> list[str]:
    found = server.call("getAlbumList2", type="alphabeticalByName", size=500)["albumList2"]["album"]
    return [album["coverArt"] for album in found if "coverArt" in album][:_COVERS]


def _cold_covers(server: Subsonic) -> list[float]:
    """Return what each cover took that was never asked for before, in milliseconds."""
    took = []
    with httpx.Client(base_url=server.url, timeout=60) as client:
        for cover in _covers(server):
            began = time.perf_counter()
            client.get(server.path("getCoverArt", id=cover, size=_COVER_PIXELS)).raise_for_status()
            took.append((time.perf_counter() - began) * 1000)
    return took


def _rows(
    names: list[str],
    answers: dict[tuple[str, str], list[Answered]],
    cold: dict[str, list[float]],
    memory: dict[str, float],
) -> Iterator[Row]:
    ours, *peers = names
    for line in _LINES:
        mine = answers[ours, line.name]
        for peer in peers or [""]:
            theirs = answers.get((peer, line.name), [])
            ahead = line.target if peer == "Supysonic" else times_peer(1) if peer else None
            yield _row(line.name, "req/s", [a.per_s for a in mine], peer, [a.per_s for a in theirs], ahead)
        first = peers[0] if peers else ""
        theirs = answers.get((first, line.name), [])
        p50, p99 = f"{line.name}, p50 of {_CLIENTS} clients", f"{line.name}, p99 of {_CLIENTS} clients"
        yield _row(p50, "ms", [a.p50_ms for a in mine], first, [a.p50_ms for a in theirs])
        yield _row(p99, "ms", [a.p99_ms for a in mine], first, [a.p99_ms for a in theirs])
    for peer in peers or [""]:
        for share in (0.5, 0.99):
            what = f"getCoverArt, 300 px, cold, p{share * 100:.0f}"
            yield _row(
                what,
                "ms",
                [percentile(cold[ours], share)],
                peer,
                [percentile(cold[peer], share)] if peer else [],
            )
        yield _row("memory after all this, RSS", "MB", [memory[ours]], peer, [memory[peer]] if peer else [])


def _row(
    what: str, unit: str, ours: list[float], peer: str, theirs: list[float], target: Target | None = None
) -> Row:
    return Row(measure=NAME, what=what, unit=unit, ours=ours, peer=peer, theirs=theirs, target=target)
