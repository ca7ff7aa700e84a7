"""A long scan: seen as it goes, killed in the middle, taken up again, with people at work all the while."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pytest
from tests.support.houses import House, Person, fresh_name, items, whole_list
from tests.support.music import tune
from tests.support.server import until

FOLDERS, IN_EACH = 20, 100
TOTAL = FOLDERS * IN_EACH
A_MINUTE_MS = 60_000
_STEP_S = 0.03


@pytest.fixture(scope="module")
def music(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of so many songs, each with a sound of its own."""
    root: Path = tmp_path_factory.mktemp("long") / "music"
    for number in range(FOLDERS):
        folder = root / f"Album {number:02}"
        about = {"album": folder.name, "artists": f"Artist {number % 3}", "album_artists": f"Artist {number % 3}"}
        model = tune(folder / "model.wav", seconds=0.02, title=None, **about)
        content = bytearray(model.read_bytes())
        model.unlink()
        start = content.index(b"data") + 8
        for track in range(IN_EACH):
            content[start : start + 4] = (number * IN_EACH + track).to_bytes(4, "big")
            (folder / f"{number:02}-{track:02}.wav").write_bytes(content)
    return root


class Process(NamedTuple):
    """A process of this machine that is alive."""

    pid: int
    parent: int
    command: bytes


def _processes() -> list[Process]:
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            state, parent, *_ = (place / "stat").read_text().rpartition(")")[2].split()
            command = (place / "cmdline").read_bytes()
        except OSError:  # it ended meanwhile
            continue
        if state != "Z":
            found.append(Process(int(place.name), int(parent), command))
    return found


def _scan_process(library_id: str) -> int | None:
    """Return the process that scans a library, once it has begun."""
    wanted = b"sarau.wiring.scan_process\0" + library_id.encode()
    found = {process.pid: process.parent for process in _processes() if wanted in process.command}
    # For a moment the processes that it starts look like itself.
    return next((pid for pid, parent in found.items() if parent not in found), None)


@contextmanager
def _stopped(pid: int, condition: Callable[[], Any], what: str) -> Iterator[None]:
    """Let a process go on in short steps until something is so, and have it stand still; it does not survive this."""

    def step() -> Any:
        os.kill(pid, signal.SIGCONT)
        time.sleep(_STEP_S)
        os.kill(pid, signal.SIGSTOP)
        return condition()

    try:
        until(step, what)
        yield
    finally:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _titles(person: Person, library_id: str) -> dict[str, str]:
    tracks = whole_list(person.client, "/tracks", library_id=library_id, limit=500)
    titles = {track["title"]: track["id"] for track in tracks}
    assert len(titles) == len(tracks), "something is there twice"
    return titles


class People:
    """Somebody who listens, looks around and corrects, one thing after the other."""

    def __init__(self, house: House, person: Person, track_id: str) -> None:
        self._requests = self._rounds(person.client, track_id)
        self._owner = house.owner.client
        self.bad: list[str] = []
        self.count = 0

    def _rounds(self, client: httpx.Client, track_id: str) -> Iterator[httpx.Response]:
        number = 0
        while True:
            number += 1
            yield client.get("/albums", params={"limit": 50, "sort": "added", "order": "desc"})
            yield client.get("/tracks", params={"limit": 100, "sort": "random"})
            yield client.get("/artists", params={"limit": 50})
            yield client.get("/search", params={"q": "album"})
            yield client.get("/genres")
            yield client.get("/folders")
            yield client.get(f"/tracks/{track_id}/stream")
            yield client.get(f"/tracks/{track_id}/cover", params={"size": 96})
            yield client.post("/plays", json={"track_id": track_id})
            yield client.patch(
                f"/tracks/{track_id}", json={"artists": [f"Artist {number % 3}"], "year": 1990 + number}
            )
            yield self._owner.get("/admin/scans")
            yield self._owner.get("/admin/libraries")

    def act(self) -> None:
        """Do the next thing, and note it if it goes wrong."""
        answer = next(self._requests)
        self.count += 1
        if answer.status_code not in (200, 201):
            self.bad.append(f"{answer.request.method} {answer.request.url}: {answer.status_code} {answer.text[:200]}")


def _serve(house: House, root: Path, *people: Person) -> str:
    about = {"name": fresh_name("long"), "path": str(root), "everyone": False, "member_ids": [p.id for p in people]}
    made = house.owner.client.post("/admin/libraries", json=about)
    assert made.status_code == 201, made.text
    library_id: str = made.json()["id"]
    return library_id


def test_a_killed_scan_is_taken_up_where_it_was(house: House, music: Path, tmp_path: Path) -> None:
    admin = house.newcomer("admin")
    tune(tmp_path / "short" / "song.flac", title="Played meanwhile", artists="Artist 1")
    short = house.library(tmp_path / "short", admin)
    (played,) = items(admin.client.get("/tracks", params={"library_id": short}))
    people = [People(house, admin, played["id"]) for _ in range(3)]

    library_id = _serve(house, music, admin)
    asked = {"library_id": library_id, "limit": 1}
    pid = until(lambda: _scan_process(library_id), "the scan to begin")

    def first_tracks() -> bool:
        return bool(items(admin.client.get("/tracks", params=asked)) and _scan(house, library_id)["counts"]["seen"])

    with _stopped(pid, first_tracks, "the first tracks"):
        readers = {process.pid for process in _processes() if process.parent == pid}
        assert readers
        # It stands still: what is told of it is how far it came.
        scan = _scan(house, library_id)
        assert (scan["state"], scan["counts"]["total"], scan["finished_at"]) == ("running", TOTAL, None)
        assert 0 < scan["counts"]["seen"] <= TOTAL
        assert (music / scan["folder"]).is_dir()
        before = _titles(admin, library_id)
        assert 0 < len(before) < TOTAL
        some = next(iter(before.values()))
        assert admin.client.get(f"/tracks/{some}/stream").status_code == 200
    until(lambda: not {pid, *readers} & {process.pid for process in _processes()}, "its processes to end")
    house.sql(f"UPDATE scans SET heartbeat_at = heartbeat_at - {A_MINUTE_MS} WHERE id = {int(scan['id'], 16)}")
    assert _state(house, scan["id"]) == "interrupted"

    def resumed() -> dict[str, Any] | None:
        with ThreadPoolExecutor(len(people)) as pool:
            list(pool.map(lambda person: person.act(), people))
        later = [
            s for s in items(house.owner.client.get("/admin/scans"))
            if s["library_id"] == library_id and s["id"] > scan["id"] and s["state"] != "running"
        ]  # fmt: skip
        return later[0] if later else None

    done = until(resumed, "the scan to be taken up again and end")
    assert done["state"] == "done", done
    assert (done["counts"]["seen"], done["counts"]["added"]) == (TOTAL, TOTAL - len(before))
    assert (done["counts"]["changed"], done["counts"]["moved"], done["counts"]["missing"]) == (0, 0, 0)
    after = _titles(admin, library_id)
    assert len(after) == TOTAL
    assert before.items() <= after.items()
    albums = whole_list(admin.client, "/albums", library_id=library_id)
    assert [album["track_count"] for album in albums] == [IN_EACH] * FOLDERS
    assert _state(house, scan["id"]) == "interrupted"
    assert [person.bad for person in people] == [[], [], []]
    assert all(person.count > 5 for person in people)
    assert house.owner.client.delete(f"/admin/libraries/{library_id}").status_code == 204


def _scan(house: House, library_id: str) -> dict[str, Any]:
    """Return the only scan of a library."""
    (scan,) = [s for s in items(house.owner.client.get("/admin/scans")) if s["library_id"] == library_id]
    return scan


def _state(house: House, scan_id: str) -> str:
    state: str = house.owner.client.get(f"/admin/scans/{scan_id}").json()["state"]
    return state
