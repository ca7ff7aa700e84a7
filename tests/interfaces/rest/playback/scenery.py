"""What these tests say again and again."""

from typing import Any

from tests.streaming.scenery import Stage
from tests.support.houses import Person, items


def may_hear(music: Stage, *people: Person) -> Person:
    """Let people hear the tunes beside who does, and return the first."""
    owner = music.house.owner.client
    members = next(one for one in items(owner.get("/admin/libraries")) if one["id"] == music.library)["member_ids"]
    ids = [*members, *(one.id for one in people)]
    assert owner.patch(f"/admin/libraries/{music.library}", json={"member_ids": ids}).status_code == 200
    return people[0]


def ids(music: Stage, *titles: str) -> list[str]:
    return [music.tracks[title]["id"] for title in titles]


def do(person: Person, kind: str, **fields: Any) -> dict[str, Any]:
    """Command by REST and return the state."""
    answer = person.client.post("/playback/commands", json={"kind": kind, **fields})
    assert answer.status_code == 200, answer.text
    state: dict[str, Any] = answer.json()
    return state
