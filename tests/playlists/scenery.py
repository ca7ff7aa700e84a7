"""A small library that everybody of the house hears, and playlists of some of it."""

from pathlib import Path
from typing import Any

import httpx
from tests.streaming.scenery import Stage, stage
from tests.support.houses import House, Person, fresh_name, items, problem, whole_list
from tests.support.music import album, tune
from tests.support.pictures import picture

MBID = "7f6b4f4c-3d2a-4a53-9a0a-0123456789ab"


def shelved(house: House, folder: Path) -> Stage:
    """Serve four albums with covers of their own, of different years, genres and people, and a loose track."""
    for number, (title, artist, year, genre) in enumerate(
        (
            ("Águas", "Elis Régina", 1974, "MPB"),
            ("Construção", "Chico", 1971, "Samba"),
            ("The Night", "Björk; Ana", 1995, "Electronic"),
            ("Live at Home", "Ana", 2020, "Samba"),
        )
    ):
        album(
            folder / title,
            title,
            artist,
            [f"{title} {letter}" for letter in "abc"],
            genres=genre,
            date=str(year),
            year=year,
            cover=picture(("red", "green", "blue", "gold")[number]),
            moods=("Sereno", "Noite") if year == 1974 else (),
            comment="Gravado no Teatro Opinião" if genre == "Samba" else None,
        )
    tune(
        folder / "loose.flac", title="Loose", artists="Tom", isrcs=("BRBMG0300729",), mb_recording_id=MBID, seconds=2
    )
    found = stage(house, folder)
    house.owner.client.patch(f"/admin/libraries/{found.library}", json={"everyone": True})
    return found


def ids(shelf: Stage, *titles: str) -> list[str]:
    """Return the ids of tracks."""
    return [shelf.tracks[title]["id"] for title in titles]


def made(person: Person, **about: Any) -> dict[str, Any]:
    """Make a playlist of somebody."""
    answer = person.client.post("/playlists", json={"name": fresh_name("list"), **about})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def entries(person: Person, ref: str, **more: Any) -> list[dict[str, Any]]:
    """Return the entries of a playlist."""
    return whole_list(person.client, f"/playlists/{ref}/entries", **more)


def titles(person: Person, ref: str, **more: Any) -> list[str]:
    """Return the titles in a playlist."""
    return [entry["track"]["title"] for entry in entries(person, ref, **more)]


def changed(person: Person, ref: str, **change: Any) -> dict[str, Any]:
    """Change a playlist."""
    answer = person.client.patch(f"/playlists/{ref}", json=change)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def edited(person: Person, ref: str, *edits: dict[str, Any], version: int | None = None) -> httpx.Response:
    """Make edits to a playlist."""
    return person.client.post(f"/playlists/{ref}/edits", json={"edits": edits, "version": version})


def sees(person: Person, ref: str) -> bool:
    """Tell whether somebody may see a playlist; where not, nothing of it is told."""
    answer = person.client.get(f"/playlists/{ref}")
    if answer.status_code == 200:
        return True
    problem(answer, 404, "playlist_not_found")
    for more in ("/entries", "/versions", "/file", "/cover"):
        problem(person.client.get(f"/playlists/{ref}{more}"), 404, "playlist_not_found")
    return False


def listed(person: Person, scope: str, **more: Any) -> list[str]:
    """Return the ids of the playlists that somebody is shown."""
    return [one["id"] for one in items(person.client.get("/playlists", params={"scope": scope, **more}))]
