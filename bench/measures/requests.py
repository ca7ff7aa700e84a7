"""Requests for lists and pages at 16 clients, on a library of 100,000 tracks, the server on one core."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import NamedTuple

from bench.context import Bench
from bench.load.wrk import Answered, Load
from bench.material.catalogue import catalogue
from bench.material.corpus import corpus
from bench.report import Row, Target, times_peer
from bench.servers.bare import bare
from bench.servers.sarau import Sarau, serving
from bench.servers.subsonic import Subsonic, installed_peers
from sarau.kit.pages import encode_cursor

NAME = "requests"
_LIST = 500
_PAGES = 60_000  # more than are asked for in a run: each page is asked for under an address of its own
_BARE = "bare route"


class _Compared(NamedTuple):
    """A load on us, those it is compared with, and the target of its rate."""

    what: str
    ours: str
    others: list[str]
    target: Target | None


def measure(bench: Bench) -> Iterator[Row]:
    """Put load on the server, on a bare route and on the peers in turn."""
    data = catalogue(bench)
    tree = corpus(bench)
    with ExitStack() as stack:
        loads = _our_loads(bench, stack.enter_context(serving(bench, data)))
        loads[_BARE] = Load(bench, "bare", stack.enter_context(bare(bench)).url, ["/"], {})
        peers = [stack.enter_context(peer.run()) for peer in installed_peers(bench, tree)]
        for peer in peers:
            loads |= _loads_of(bench, peer)
        answers: dict[str, list[Answered]] = {name: [] for name in loads}
        for load in loads.values():
            load.warm_up()
        for turn in range(bench.repeats):
            bench.tell(f"requests, turn {turn + 1} of {bench.repeats}")
            for name, load in loads.items():
                answers[name].append(load.run(bench.load_s))
    yield from _rows(answers, [peer.name for peer in peers])


def _our_loads(bench: Bench, server: Sarau) -> dict[str, Load]:
    albums = []
    cursor: str | None = None
    while True:
        query = {"limit": _LIST} | ({"cursor": cursor} if cursor else {})
        page = server.get("/albums", **query)
        albums += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    pages = [f"/api/v1/albums/{albums[n * 37 % len(albums)]['id']}" for n in range(_PAGES)]
    # Each cursor is the place behind another album, so that no list was ever asked for before.
    cursors = [encode_cursor((album["title"].lower(), album["id"])) for album in albums]
    paths = {
        "small": ["/api/v1/me"],
        "album, kept": pages[:200],
        "album": [f"{page}?fresh={number}" for number, page in enumerate(pages)],
        "list, kept": [f"/api/v1/albums?limit={_LIST}"],
        "list": [f"/api/v1/albums?limit={_LIST}&cursor={cursor}" for cursor in cursors],
    }
    return {name: Load(bench, name, server.url, each, server.headers) for name, each in paths.items()}


def _loads_of(bench: Bench, peer: Subsonic) -> dict[str, Load]:
    paths = {
        "small": [peer.path("ping")],
        "album": [peer.path("getAlbum", id=album_id) for album_id in peer.album_ids()],
        "list": [peer.path("getAlbumList2", type="alphabeticalByName", size=_LIST)],
    }
    return {
        f"{peer.name} {name}": Load(bench, f"{peer.name}-{name}", peer.url, each, {}) for name, each in paths.items()
    }


def _rows(answers: dict[str, list[Answered]], peers: list[str]) -> Iterator[Row]:
    def beside(kind: str) -> list[str]:
        return [f"{peer} {kind}" for peer in peers]

    for compared in (
        _Compared("album page", "album", [_BARE, *beside("album")], times_peer(0.18)),
        _Compared("album page, kept as bytes", "album, kept", [_BARE], None),
        _Compared("list of 500 albums", "list", [_BARE, *beside("list")], None),
        _Compared("list of 500 albums, kept as bytes", "list, kept", [_BARE], None),
        _Compared("small request (who am I)", "small", [_BARE, *beside("small")], None),
    ):
        ours = answers[compared.ours]
        for other in compared.others:
            theirs = answers[other]
            yield Row(
                measure=NAME,
                what=compared.what,
                unit="req/s",
                ours=[one.per_s for one in ours],
                peer=other,
                theirs=[one.per_s for one in theirs],
                target=compared.target if other == _BARE else None,
            )
            yield Row(
                measure=NAME,
                what=f"{compared.what}, p99 of 16 clients",
                unit="ms",
                ours=[one.p99_ms for one in ours],
                peer=other,
                theirs=[one.p99_ms for one in theirs],
            )
