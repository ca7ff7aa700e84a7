"""Playlists as their people use them: moves in one of 10,000 entries, and smart ones over 100,000 tracks."""

import random
import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx

from bench.context import Bench, Failure
from bench.material.catalogue import catalogue
from bench.report import Row, below
from bench.servers.sarau import Sarau, serving
from bench.stats import percentile

NAME = "playlists"
_ENTRIES = 10_000
_MOVES = 500
_PREVIEWS = 15
_PATIENCE_S = 60
_INDEXED_S = 300
_AT_ONCE = 500
_YEAR_MS = 365 * 24 * 3600 * 1000
Rules = dict[str, Any]


def _rule(field: str, operator: str, value: Any = None) -> Rules:
    return {"kind": "condition", "field": field, "operator": operator, "value": value}


def _group(match: str, *rules: Rules) -> Rules:
    return {"kind": "group", "match": match, "rules": list(rules)}


# From what an index answers at once to what has to look at every track.
_SMART: dict[str, Rules] = {
    "a genre of three decades, by chance": {
        "match": _group("all", _rule("genre", "is", "samba"), _rule("year", "between", [1970, 1999])),
        "sort": [{"by": "random"}],
        "limit": 100,
    },
    "last added that are long": {
        "match": _group("all", _rule("duration_ms", "above", 200_000)),
        "sort": [{"by": "added_at", "order": "desc"}],
        "limit": 200,
    },
    "not heard for a month, neither of two genres": {
        "match": _group(
            "all",
            _rule("last_played_at", "not_within_days", 30),
            _group("none", _rule("genre", "is", "rock"), _rule("genre", "is", "jazz")),
        ),
        "limit": 500,
    },
    "words in titles": {"match": _group("any", _rule("title", "contains", "sol"), _rule("album", "contains", "mar"))},
    "most played": {"match": _group("all"), "sort": [{"by": "plays", "order": "desc"}], "limit": 500},
    "least played": {"match": _group("all"), "sort": [{"by": "plays"}], "limit": 500},
    "never played of a decade, by chance": {
        "match": _group("all", _rule("plays", "is", 0), _rule("year", "between", [1980, 1989])),
        "sort": [{"by": "random"}],
        "limit": 100,
    },
    "never played, by album": {
        "match": _group("all", _rule("plays", "is", 0)),
        "sort": [{"by": "album"}, {"by": "track_number"}],
        "limit": 500,
    },
    "eight conditions of all kinds": {
        "match": _group(
            "all",
            _rule("year", "between", [1970, 1999]),
            _rule("duration_ms", "above", 150_000),
            _group("any", *(_rule("genre", "is", name) for name in ("samba", "jazz", "rock"))),
            _rule("title", "contains", "a"),
            _rule("artist", "contains_not", "zz"),
            _group("none", _rule("last_played_at", "within_days", 30)),
        ),
        "sort": [{"by": "random"}],
        "limit": 200,
    },
    "newest years, by title": {"match": _group("all"), "sort": [{"by": "year", "order": "desc"}, {"by": "title"}]},
    "all tracks, by chance": {"match": _group("all"), "sort": [{"by": "random"}], "limit": 500},
}


class _Client:
    """Somebody who waits for each answer before the next request."""

    def __init__(self, server: Sarau) -> None:
        self._client = httpx.Client(base_url=f"{server.url}/api/v1", headers=server.headers, timeout=_PATIENCE_S)

    def asked(self, method: str, path: str, body: Any = None) -> tuple[float, Any]:
        """Return how many milliseconds an answer took, and what it said."""
        began = time.perf_counter()
        answer = self._client.request(method, path, json=body)
        took_ms = (time.perf_counter() - began) * 1000
        if not answer.is_success:
            raise Failure(f"{method} {path}: {answer.status_code} {answer.text[:300]}")
        return took_ms, answer.json() if answer.content else None


def measure(bench: Bench) -> Iterator[Row]:
    """Move entries about and try rules, one request after another."""
    with serving(bench, catalogue(bench)) as server:
        _wait_searchable(server)
        client = _Client(server)
        tracks = [track["id"] for track in server.get("/tracks", limit=500)["items"]]
        yield from _moves(bench, client, tracks)
        _listen(bench, server)
        for name, rules in _SMART.items():
            yield _smart(bench, client, name, rules)


def _wait_searchable(server: Sarau) -> None:
    """Wait until the house has indexed its words, which it does at its first start, writing all the time."""
    last = server.get("/tracks", sort="added", order="desc", limit=1)["items"][0]
    deadline = time.monotonic() + _INDEXED_S
    while not server.get("/search", q=f'title:"{last["title"]}" artist:"{last["artist"]}"', limit=1)["tracks"]:
        if time.monotonic() > deadline:
            raise Failure("the words of the library are not indexed")
        time.sleep(0.5)


def _listen(bench: Bench, server: Sarau) -> None:
    """Have the owner heard some of the library in the last year."""
    bench.tell("playlists, listening")
    chance = random.Random(1)
    secret = server.post("/me/api-keys", {"name": "bench"})["secret"]
    common = {"c": "bench", "v": "1.16.1", "f": "json", "apiKey": secret}
    now_ms = int(time.time() * 1000)
    with httpx.Client(base_url=f"{server.url}/rest", timeout=_PATIENCE_S) as app:
        turns = 2 if bench.quick else 10
        for _ in range(turns):
            songs = _answer(app.get("/getRandomSongs", params={**common, "size": _AT_ONCE}))["randomSongs"]["song"]
            times = [now_ms - chance.randrange(_YEAR_MS) for _ in songs]
            form = {**common, "id": [song["id"] for song in songs], "time": times, "submission": "true"}
            _answer(app.post("/scrobble", data=form))
    _wait_noticed(server, turns * _AT_ONCE)


def _wait_noticed(server: Sarau, count: int) -> None:
    """Wait until the search index has taken notice of so many listens."""
    deadline = time.monotonic() + _INDEXED_S
    line = re.compile(r'^sarau_jobs_total\{name="search.listened",outcome="done"\} ([0-9.]+)$', re.MULTILINE)
    while True:
        found = line.search(httpx.get(f"{server.url}/metrics", timeout=_PATIENCE_S).text)
        if found and float(found[1]) >= count:
            return
        if time.monotonic() > deadline:
            raise Failure("what was heard is not counted")
        time.sleep(0.5)


def _answer(reply: httpx.Response) -> dict[str, Any]:
    found: dict[str, Any] = reply.raise_for_status().json()["subsonic-response"]
    if found["status"] != "ok":
        raise Failure(f"{reply.url.path}: {found}")
    return found


def _moves(bench: Bench, client: _Client, tracks: list[str]) -> Iterator[Row]:
    chance = random.Random(0)
    body = {"name": "bench", "track_ids": [chance.choice(tracks) for _ in range(_ENTRIES)]}
    path = f"/playlists/{client.asked('POST', '/playlists', body)[1]['id']}"
    entries: list[str] = []
    cursor = ""
    while cursor is not None:
        _, page = client.asked("GET", f"{path}/entries?limit=500{cursor and f'&cursor={cursor}'}")
        entries += [entry["id"] for entry in page["items"]]
        cursor = page["next_cursor"]
    ways: dict[str, Callable[[int], tuple[str, str]]] = {
        "anywhere": lambda _: (chance.choice(entries), chance.choice(entries)),
        "always to one place": lambda number: (entries[100 + number], entries[0]),
    }
    for name, choose in ways.items():
        samples = []
        for _ in range(bench.repeats):
            moves = [choose(number) for number in range(50 if bench.quick else _MOVES)]
            taken = [client.asked("PATCH", f"{path}/entries/{one}", {"before": before})[0] for one, before in moves]
            samples.append(percentile(taken, 0.99))
        what = f"moving one of {_ENTRIES:,} entries {name}, p99"
        yield Row(measure=NAME, what=what, unit="ms", ours=samples, target=below(10))


def _smart(bench: Bench, client: _Client, name: str, rules: Rules) -> Row:
    """Measure a list's first page, which every opening of a smart playlist makes anew."""
    _, made = client.asked("POST", "/playlists", {"name": name, "rules": rules})
    path = f"/playlists/{made['id']}/entries?limit=100"
    client.asked("GET", path)
    samples = []
    for _ in range(bench.repeats):
        count = 3 if bench.quick else _PREVIEWS
        samples.append(percentile([client.asked("GET", path)[0] for _ in range(count)], 0.5))
    return Row(measure=NAME, what=f"smart playlist: {name}", unit="ms", ours=samples, target=below(50))
