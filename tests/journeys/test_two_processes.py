"""Two servers and a scan at work on one house: nobody is told that the database is busy, and nothing is lost."""

import asyncio
from collections import Counter
from itertools import cycle
from pathlib import Path
from typing import Any

import httpx
from tests.interfaces.cli.running import CommandLine
from tests.support.houses import House, MakeHouse, items, whole_list
from tests.support.music import album, tune
from tests.support.server import running_server, until

WRITERS, READERS, ROUNDS = 10, 50, 3


class Crowd:
    """People who write and people who read, at both servers, until the writers are done."""

    def __init__(self, urls: list[str], proof: dict[str, str], tracks: list[dict[str, Any]]) -> None:
        limits = httpx.Limits(max_connections=WRITERS + READERS)
        self._clients = [
            httpx.AsyncClient(base_url=f"{url}/api/v1", headers=proof, timeout=60, limits=limits) for url in urls
        ]
        self._tracks = tracks
        self._over = asyncio.Event()
        self.statuses: Counter[tuple[str, int]] = Counter()
        self.plays: set[str] = set()

    async def _ask(self, client: httpx.AsyncClient, method: str, path: str, **more: Any) -> httpx.Response:
        answer = await client.request(method, path, **more)
        self.statuses[f"{method} /{path.split('/')[1].split('?', maxsplit=1)[0]}", answer.status_code] += 1
        return answer

    async def _write(self, number: int) -> None:
        client = self._clients[number % 2]
        track = self._tracks[number % len(self._tracks)]["id"]
        for turn in range(ROUNDS):
            play = await self._ask(client, "POST", "/plays", json={"track_id": track})
            self.plays.add(play.json()["id"])
            await self._ask(client, "PATCH", f"/plays/{play.json()['id']}", json={"listened_ms": 200, "ended": True})
            await self._ask(client, "PATCH", f"/tracks/{track}", json={"title": f"Take {number}.{turn}"})
            invite = await self._ask(client, "POST", "/invites", json={"role": "guest"})
            await self._ask(client, "DELETE", f"/invites/{invite.json()['id']}")

    async def _read(self, number: int) -> None:
        client = self._clients[number % 2]
        track = self._tracks[number % len(self._tracks)]["id"]
        paths = (
            "/albums",
            "/tracks?sort=added",
            "/me/plays",
            "/search?q=take",
            f"/tracks/{track}",
            "/activity",
            "/me",
        )
        for path in cycle(paths[number % 3 :] + paths):
            if self._over.is_set():
                return
            await self._ask(client, "GET", path)

    async def meet(self) -> None:
        """Let all of them loose, and return when the writers are done."""
        readers = [asyncio.create_task(self._read(number)) for number in range(READERS)]
        try:
            await asyncio.gather(*(self._write(number) for number in range(WRITERS)))
        finally:
            self._over.set()
            await asyncio.gather(*readers)
            for client in self._clients:
                await client.aclose()


async def test_two_servers_and_a_scan_on_one_database(new_house: MakeHouse, tmp_path: Path) -> None:
    house = new_house(SARAU_SCANNING_WATCH="false")
    house.owner.use_api_key()
    music = tmp_path / "Music"
    album(music / "One", "One", "Trio", [str(number) for number in range(WRITERS)])
    library = house.library(music, house.owner)
    tracks = whole_list(house.owner.client, "/tracks", library_id=library)
    assert len(tracks) == WRITERS
    own = {} if house.dialect == "sqlite" else {"database_url": house.database_url}
    with running_server(house.server.data, SARAU_SCANNING_WATCH="false", **own) as second:
        until(lambda: _scans(house, library) == ["done", "done"], "what a server does when it starts")
        for number in range(30):
            tune(music / "Two" / f"{number}.flac", album="Two", artists="Duo")
        proof = {"authorization": house.owner.client.headers["authorization"]}
        crowd = Crowd([house.url, second.url], proof, tracks)
        _, scanned = await asyncio.gather(crowd.meet(), asyncio.to_thread(_scanned, house, library))
        assert " 30 new," in scanned
        assert {status for _, status in crowd.statuses} == {200, 201, 204}, crowd.statuses
        assert sum(n for (what, _), n in crowd.statuses.items() if what.startswith("GET")) > READERS
        for server in (house.server, second):
            assert "database is locked" not in server.said()
            assert "Traceback" not in server.said()
        played = whole_list(house.bearing(proof["authorization"][7:]), "/me/plays", limit=100)
        assert {one["play"]["id"] for one in played} == crowd.plays
        assert len(crowd.plays) == WRITERS * ROUNDS
        with second.client(headers=proof) as client:
            titles = [one["title"] for one in whole_list(client, "/tracks", library_id=library, sort="title")]
        assert len(titles) == WRITERS + 30
        assert {title for title in titles if title.startswith("Take")} == {
            f"Take {number}.{ROUNDS - 1}" for number in range(WRITERS)
        }


def _scans(house: House, library: str) -> list[str]:
    return [one["state"] for one in items(house.owner.client.get("/admin/scans")) if one["library_id"] == library]


def _scanned(house: House, library: str) -> str:
    """Scan from the command line, and return what it says."""
    return CommandLine(house.server.data.parent, house.database_url)("scan", library, "--quiet").well()
