"""The activity log: who did what, for administrators."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from tests.support.houses import House, Person, fresh_name, items, problem, whole_list
from tests.support.music import tune
from tests.support.server import PASSWORD

Entry = dict[str, Any]


@pytest.fixture(scope="module")
def deeds(house: House, tmp_path_factory: pytest.TempPathFactory) -> tuple[Person, list[Entry]]:
    """Somebody who did all there is to do, and what is told of it, oldest first."""
    before = whole_list(house.owner.client, "/activity", limit=500)[0]["id"]
    person = _do_everything(house, tmp_path_factory.mktemp("deeds"))
    told = [one for one in whole_list(house.owner.client, "/activity", limit=500) if one["id"] > before]
    return person, told[::-1]


def _do_everything(house: House, folder: Path) -> Person:
    owner = house.owner.client
    person = house.newcomer()
    own = person.client
    for password in (PASSWORD, "wrong password"):
        house.client().post("/auth/sign-in", json={"login": person.username, "password": password})
    house.client().post("/auth/sign-in", json={"login": "Nobody\u202e at all", "password": PASSWORD})
    house.signed_in(person.username).post("/auth/sign-out")
    key = own.post("/me/api-keys", json={"name": "app"}).json()["key"]["id"]
    own.delete(f"/me/api-keys/{key}")
    invite = own.post("/invites", json={"role": "guest"}).json()["id"]
    own.delete(f"/invites/{invite}")
    own.post("/me/password", json={"current": PASSWORD, "new": "another long passphrase"})
    owner.post(f"/users/{person.id}/reset-link")
    owner.patch(f"/users/{person.id}", json={"role": "admin"})
    owner.patch(f"/users/{person.id}", json={"role": "member", "disabled": True})
    owner.patch(f"/users/{person.id}", json={"disabled": False})
    tune(folder / "Music" / "one.flac")
    library = house.library(folder / "Music", person)
    owner.patch(f"/admin/libraries/{library}", json={"name": fresh_name("renamed")})
    (track,) = items(own.get("/tracks", params={"library_id": library}))
    own.post("/plays", json={"track_id": track["id"]})
    with tune(folder / "mine.flac").open("rb") as file:
        sent = own.post("/uploads", files={"file": ("mine.flac", file)}).json()["items"][0]["track"]["id"]
    own.patch(f"/tracks/{sent}", json={"title": "Corrected", "year": 1922})
    own.delete(f"/tracks/{sent}")
    owner.post(f"/bin/{sent}/restore")
    owner.delete(f"/tracks/{sent}")
    owner.delete(f"/admin/libraries/{library}")
    return person


def _one(deeds: tuple[Person, list[Entry]], kind: str, nth: int = 0) -> Entry:
    return [one for one in deeds[1] if one["kind"] == kind][nth]


def test_every_deed_is_told_in_order(deeds: tuple[Person, list[Entry]]) -> None:
    kinds = [one["kind"] for one in deeds[1]]
    assert [kind for kind in kinds if kind != "scan.finished"] == [
        "invite.created",
        "user.created",
        "invite.accepted",
        "session.signed_in",
        "session.signed_in",
        "session.sign_in_failed",
        "session.sign_in_failed",
        "session.signed_in",
        "session.signed_out",
        "api_key.created",
        "api_key.revoked",
        "invite.created",
        "invite.revoked",
        "user.password_changed",
        "user.reset_link_made",
        "user.role_changed",
        "user.role_changed",
        "user.disabled",
        "user.disabled",
        "library.added",
        "library.changed",
        "play.started",
        "track.uploaded",
        "track.edited",
        "track.deleted",
        "track.restored",
        "track.deleted",
        "library.removed",
    ]
    assert kinds.count("scan.finished") == 1


def test_each_tells_who_when_and_in_which_request(deeds: tuple[Person, list[Entry]]) -> None:
    for one in deeds[1]:
        assert datetime.fromisoformat(one["at"]).utcoffset() is not None
        if one["kind"] != "scan.finished":  # nobody's request
            assert one["request_id"], one
    assert [one["at"] for one in deeds[1]] == sorted(one["at"] for one in deeds[1])
    assert len({one["id"] for one in deeds[1]}) == len(deeds[1])


def test_signing_in_and_failing_to(deeds: tuple[Person, list[Entry]]) -> None:
    person, _ = deeds
    came = _one(deeds, "session.signed_in", 1)
    assert (came["actor_id"], came["address"], came["details"]["username"]) == (
        person.id,
        "127.0.0.1",
        person.username,
    )
    wrong, unknown = (_one(deeds, "session.sign_in_failed", nth) for nth in (0, 1))
    assert (wrong["actor_id"], wrong["address"]) == (person.id, "127.0.0.1")
    assert wrong["details"] == {"username": person.username, "reason": "wrong password"}
    assert unknown["actor_id"] is None
    assert unknown["details"] == {"username": None, "reason": "unknown name"}, "it may have been a password"


def test_who_did_what_to_whom(house: House, deeds: tuple[Person, list[Entry]]) -> None:
    person, _ = deeds
    for kind, actor in (
        ("invite.accepted", person.id),
        ("api_key.created", person.id),
        ("invite.revoked", person.id),
        ("user.password_changed", person.id),
        ("user.reset_link_made", house.owner.id),
        ("user.role_changed", house.owner.id),
        ("user.disabled", house.owner.id),
        ("library.added", house.owner.id),
        ("play.started", person.id),
        ("track.uploaded", person.id),
        ("track.edited", person.id),
        ("track.deleted", person.id),
        ("track.restored", house.owner.id),
    ):
        assert _one(deeds, kind)["actor_id"] == actor, kind
    assert _one(deeds, "user.role_changed")["details"]["new"] == "admin"
    assert _one(deeds, "user.disabled")["details"]["disabled"] is True
    assert _one(deeds, "user.disabled", 1)["details"]["disabled"] is False
    assert _one(deeds, "track.uploaded")["details"]["title"] == "mine"
    assert sorted(_one(deeds, "track.edited")["details"]["fields"]) == ["title", "year"]
    scanned = _one(deeds, "scan.finished")["details"]
    assert (scanned["state"], scanned["added"], scanned["problems"]) == ("done", 1, 0)


def test_pages_follow_each_other_newest_first(house: House, deeds: tuple[Person, list[Entry]]) -> None:
    wanted = [one["id"] for one in deeds[1]][::-1]
    for limit in (1, 7, 500):
        found: list[str] = []
        cursor: str | None = None
        while len(found) < len(wanted):
            asked: dict[str, Any] = {"limit": limit, **({"cursor": cursor} if cursor else {})}
            page = house.owner.client.get("/activity", params=asked).json()
            assert len(page["items"]) <= limit
            found += [one["id"] for one in page["items"]]
            cursor = page["next_cursor"]
        start = found.index(wanted[0])
        assert found[start : start + len(wanted)] == wanted[: len(found) - start]


def test_it_can_be_picked_from(house: House, deeds: tuple[Person, list[Entry]]) -> None:
    person, told = deeds
    for kind in ("session.sign_in_failed", "track.deleted", "invite.created"):
        picked = whole_list(house.owner.client, "/activity", kind=kind, limit=3)
        assert {one["kind"] for one in picked} == {kind}
        assert {one["id"] for one in told if one["kind"] == kind} <= {one["id"] for one in picked}
    theirs = whole_list(house.owner.client, "/activity", actor_id=person.id, limit=5)
    assert [one["id"] for one in theirs] == [one["id"] for one in told if one["actor_id"] == person.id][::-1]
    both = whole_list(house.owner.client, "/activity", actor_id=person.id, kind="play.started")
    assert [one["kind"] for one in both] == ["play.started"]
    for nothing in ({"kind": "no.such.kind"}, {"actor_id": "0" * 16}, {"actor_id": "x"}):
        assert items(house.owner.client.get("/activity", params=nothing)) == []


def test_it_is_for_administrators(house: House) -> None:
    assert house.some("admin").client.get("/activity").status_code == 200
    for role in ("guest", "member"):
        problem(house.some(role).client.get("/activity"), 403, "permission_missing")
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        problem(house.owner.client.request(method, "/activity"), 405, "method_not_allowed")
