"""A million tracks: what else may not be hurt by them, over HTTP, one request after another."""

import http.client
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import quote, urlencode

import httpx
from tests.support.audio import make_sound

from bench.context import Bench, Failure
from bench.material.million import made, million
from bench.report import Row, below
from bench.servers.sarau import Sarau, serving
from bench.stats import percentile
from sarau.kit.pages import encode_cursor

NAME = "million"
_REQUESTS = 200
_P99_MS = 20
_MOST_MB = 250
_PATIENCE_S = 20
_HIGHEST_ID = "7fffffffffffffff"


def measure(bench: Bench) -> Iterator[Row]:
    """Ask for lists, pages, chance, and search, and see how much memory that took; then upload and search for it."""
    data = million(bench)
    with serving(bench, data) as server:
        idle = server.running.memory()
        for what, paths in _paths(server, made(data).tracks).items():
            target = None if what.startswith("outline") else below(_P99_MS)
            turns = [percentile(_timed(server, paths), 0.99) for _ in range(bench.repeats)]
            yield Row(measure=NAME, what=f"{what}, p99 of {len(paths)}", unit="ms", ours=turns, target=target)
        found_s = [_upload(server, bench.fresh("upload"), turn) for turn in range(bench.repeats)]
        yield Row(measure=NAME, what="upload until found", unit="s", ours=found_s, target=below(1))
        memory = server.running.memory()
    for name, now_bytes, idle_bytes in zip(("RSS", "PSS"), memory, idle, strict=True):
        yield Row(
            measure=NAME,
            what=f"memory after all this, {name}",
            unit="MB",
            ours=[now_bytes / 1e6],
            peer="idle",
            theirs=[idle_bytes / 1e6],
            target=below(_MOST_MB),
        )


def _paths(server: Sarau, tracks: int) -> dict[str, list[str]]:
    chance = random.Random(4)
    artists = [f"{1 << 40 | chance.randrange(1, tracks * 6 // 100):016x}" for _ in range(_REQUESTS)]
    there = [f"/artists/{i}" for i in artists if _there(server, f"/artists/{i}")]
    letters = [chance.choice("abcdefghijklmnopqrstuvz") + chance.choice("aeiou") for _ in range(_REQUESTS)]
    numbers = range(_REQUESTS)
    # The last pages: behind them there is nothing, and before them everything.
    last = encode_cursor(("zzy", _HIGHEST_ID))
    first = encode_cursor((0, "0" * 16))
    return {
        "list of 100 albums": [_list("/albums", letter, number) for number, letter in enumerate(letters)],
        "list of 100 tracks": [_list("/tracks", letter, number) for number, letter in enumerate(letters)],
        "artist page": there,
        "50 random tracks": ["/tracks?sort=random&limit=50"] * _REQUESTS,
        "50 random albums": ["/albums?sort=random&limit=50"] * _REQUESTS,
        "last page of albums": [f"/albums?limit=100&cursor={last}&n={n}" for n in numbers],
        "last page of tracks": [f"/tracks?limit=100&cursor={last}&n={n}" for n in numbers],
        "last page of tracks, newest first": [
            f"/tracks?sort=added&order=desc&limit=100&cursor={first}&n={n}" for n in numbers
        ],
        "search as one types": [f"/search?q={quote(letter)}" for letter in letters],
        "outline of all tracks": ["/tracks/outline?limit=100"],
    }


def _list(path: str, beginning: str, number: int) -> str:
    cursor = encode_cursor((beginning, "0" * 16))
    return f"{path}?{urlencode({'limit': 100, 'cursor': cursor, 'n': number})}"


def _there(server: Sarau, path: str) -> bool:
    reply = httpx.get(f"{server.url}/api/v1{path}", headers=server.headers, timeout=_PATIENCE_S)
    return reply.status_code == 200


def _timed(server: Sarau, paths: Sequence[str]) -> list[float]:
    """Return what each request took, in milliseconds, on one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    try:
        return [_one(connection, path, server.headers) for path in paths]
    finally:
        connection.close()


def _one(connection: http.client.HTTPConnection, path: str, headers: Mapping[str, str]) -> float:
    began = time.perf_counter()
    connection.request("GET", f"/api/v1{path}", headers=dict(headers))
    reply = connection.getresponse()
    reply.read()
    if reply.status != 200:
        raise Failure(f"{path}: {reply.status}")
    return (time.perf_counter() - began) * 1000


def _upload(server: Sarau, folder: Path, turn: int) -> float:
    """Upload a song, and return how many seconds later it is found by words of two fields."""
    words = f"unheard{time.time_ns()}"
    path = make_sound(folder / "new.flac", seconds=1, frequency=300 + turn, title=words, artists=("Newcomer",))
    with path.open("rb") as file:
        httpx.post(
            f"{server.url}/api/v1/uploads", files={"file": file}, headers=server.headers, timeout=60
        ).raise_for_status()
    began = time.monotonic()
    while not server.get("/search", q=f"newcomer {words}")["tracks"]:
        if time.monotonic() - began > _PATIENCE_S:
            raise Failure("an upload is not found")
    return time.monotonic() - began
