"""Music to be streamed, and ears to hear it with."""

import struct
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import httpx
from tests.support.houses import House, Person, items
from tests.support.server import until


class Stage(NamedTuple):
    """A library, its tracks by title, and somebody who may hear it."""

    house: House
    person: Person
    folder: Path
    library: str
    tracks: dict[str, dict[str, Any]]

    def path(self, title: str, tail: str = "stream") -> str:
        """Return the address of a track."""
        return f"/tracks/{self.tracks[title]['id']}/{tail}"

    def file(self, title: str) -> Path:
        """Return the file of a track, which is named by its title."""
        return next(self.folder.glob(f"{title}.*"))

    def get(self, title: str, **kwargs: Any) -> httpx.Response:
        """Ask for the sound of a track."""
        return self.person.client.get(self.path(title), **kwargs)


def stage(house: House, folder: Path, person: Person | None = None) -> Stage:
    """Serve a folder to one person."""
    person = person or house.newcomer()
    library = house.library(folder, person)
    found = items(person.client.get("/tracks", params={"library_id": library, "limit": 500}))
    return Stage(house, person, folder, library, {track["title"]: track for track in found})


def long_silence(path: Path, seconds: int) -> Path:
    """Write a WAV that takes hardly any place on the disk, and long to encode."""
    size_bytes = seconds * 8000
    head = b"WAVEfmt " + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 8000, 1, 8)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(b"RIFF" + struct.pack("<I", 36 + size_bytes) + head + b"data" + struct.pack("<I", size_bytes))
        file.truncate(44 + size_bytes)
    return path


def patiently(ask: Callable[[], httpx.Response]) -> httpx.Response:
    """Ask until a place for a transcode is free."""

    def asked() -> httpx.Response | None:
        answer = ask()
        if answer.status_code != 429:
            return answer
        answer.close()
        return None

    found: httpx.Response = until(asked, "a free place for a transcode")
    return found


def opened(client: httpx.Client, path: str, **parameters: Any) -> httpx.Response:
    """Begin to listen, as soon as there is a place; to be closed."""
    return patiently(lambda: client.send(client.build_request("GET", path, params=parameters), stream=True))


def transcodes(house: House, outcome: str) -> float:
    """Return how many transcodes ended in a way."""
    return measured(house, "sarau_transcodes_total", outcome)


def measured(house: House, name: str, label: str = "") -> float:
    """Return the sum of the series of a metric that have a label."""
    with urllib.request.urlopen(f"{house.url}/metrics") as answer:
        lines = answer.read().decode().splitlines()
    return sum(float(line.rpartition(" ")[2]) for line in lines if line.startswith(name) and label in line)


def all_ended(house: House) -> None:
    """Wait until nothing is being encoded or sent."""
    until(lambda: not measured(house, "sarau_transcodes_running"), "all transcodes to end")
    until(lambda: not measured(house, "sarau_streams_open"), "all streams to end")
