"""Strangers with a link."""

from typing import Any

import httpx
from tests.streaming.scenery import Stage
from tests.support.houses import House, Person


def target(stage: Stage, title: str, kind: str = "track") -> dict[str, str]:
    """Return a track, or its album, as a thing to be shared."""
    track = stage.tracks[title]
    return {"kind": kind, "id": track["id"] if kind == "track" else track["album_id"]}


def share(person: Person, *targets: dict[str, str], **more: Any) -> dict[str, Any]:
    """Make a link."""
    answer = person.client.post("/shares", json={"targets": list(targets), **more})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


class Stranger:
    """Somebody without an account who has the address of a link."""

    def __init__(self, house: House, made: dict[str, Any], **client: Any) -> None:
        self.client = house.client(**client)
        self.path = f"/shared/{made['slug']}"
        self.ticket = ""

    def looks(self) -> httpx.Response:
        """Ask whether the link is good."""
        return self.client.get(self.path)

    def opens(self, password: str | None = None) -> httpx.Response:
        """Open the link."""
        answer = self.client.post(f"{self.path}/open", json={} if password is None else {"password": password})
        if answer.status_code == 200:
            self.ticket = answer.json()["ticket"]
        return answer

    def sees(self) -> list[str]:
        """Return the titles of what is behind the link."""
        answer = self.opens()
        assert answer.status_code == 200, answer.text
        return [track["title"] for track in answer.json()["share"]["tracks"]]

    def asks(self, track_id: str, what: str = "stream", **more: Any) -> httpx.Response:
        """Ask for something of a track."""
        parameters = {"ticket": self.ticket, **more}
        return self.client.get(f"{self.path}/tracks/{track_id}/{what}", params=parameters)
