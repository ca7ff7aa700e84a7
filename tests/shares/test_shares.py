"""Links as their owners see them: made of what one may see, changed, counted, taken back."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.shares.visitors import Stranger, share, target
from tests.streaming.scenery import Stage, stage
from tests.support.houses import House, fresh_name, items, problem
from tests.support.music import album


@pytest.fixture(scope="module")
def music(house: House, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """Two albums that one person hears."""
    folder = tmp_path_factory.mktemp("given")
    album(folder / "one", "First", fresh_name("Ivo"), ["a", "b"])
    album(folder / "two", "Second", fresh_name("Ivo"), ["c", "d"])
    return stage(house, folder)


def soon(**more: float) -> str:
    """Return a moment from now."""
    return (datetime.now(UTC) + timedelta(**more)).isoformat()


def test_a_link_is_made_and_taken_back(music: Stage) -> None:
    me = music.person
    made = share(me, target(music, "a", "album"), description=" for\u0007 you ", expires_at=soon(days=1))
    assert re.fullmatch(r"[0-9a-hjkmnp-tv-z]{26}", made["slug"])
    assert made["owner"] == {"id": me.id, "username": me.username, "display_name": me.username}
    assert (made["title"], made["description"], made["targets"]) == (
        "First",
        "for you",
        [target(music, "a", "album")],
    )
    assert (made["has_password"], made["may_download"], made["visit_count"]) == (False, False, 0)
    assert made["last_visited_at"] is None
    listed = items(me.client.get("/shares"))
    assert listed[0] == made
    stranger = Stranger(music.house, made)
    assert stranger.sees() == ["a", "b"]
    assert me.client.delete(f"/shares/{made['id']}").status_code == 204
    problem(stranger.looks(), 404, "share_not_found")
    problem(stranger.opens(), 404, "share_not_found")
    problem(stranger.asks(music.tracks["a"]["id"]), 404, "share_not_found")
    problem(me.client.delete(f"/shares/{made['id']}"), 404, "share_not_found")


def test_few_playlists_are_behind_one_link(music: Stage) -> None:
    me = music.person
    playlists = [me.client.post("/playlists", json={"name": str(n)}).json()["id"] for n in range(21)]
    targets = [{"kind": "playlist", "id": one} for one in playlists]
    assert problem(me.client.post("/shares", json={"targets": targets}), 422, "invalid")["field"] == "targets"
    share(me, *targets[:20])


def test_a_link_is_changed(music: Stage) -> None:
    me = music.person
    made = share(me, target(music, "a"))
    path = f"/shares/{made['id']}"

    def changed(**change: Any) -> dict[str, Any]:
        answer = me.client.patch(path, json=change)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    assert {**changed(), "changed_at": made["changed_at"]} == made
    until = soon(hours=3)
    later = changed(description="x", may_download=True, expires_at=until, password="open please")
    assert (later["description"], later["may_download"], later["has_password"]) == ("x", True, True)
    assert datetime.fromisoformat(later["expires_at"]) - datetime.fromisoformat(until) < timedelta(seconds=1)
    back = changed(expires_at=None, password=None)
    assert (back["expires_at"], back["has_password"], back["may_download"]) == (None, False, True)
    assert back["slug"] == made["slug"]


def test_several_things_are_behind_one_link(music: Stage) -> None:
    made = share(
        music.person,
        target(music, "d"),
        target(music, "a", "album"),
        target(music, "a"),
        target(music, "d"),
    )
    assert made["title"] == "d"
    assert len(made["targets"]) == 3
    assert Stranger(music.house, made).sees() == ["d", "a", "b"]


def test_visits_are_counted(music: Stage) -> None:
    made = share(music.person, target(music, "a"))
    for _ in range(3):
        Stranger(music.house, made).opens()
        Stranger(music.house, made).looks()
    (found,) = [one for one in items(music.person.client.get("/shares")) if one["id"] == made["id"]]
    assert found["visit_count"] == 3
    assert found["last_visited_at"] >= made["created_at"]


def test_links_are_ones_own(music: Stage) -> None:
    made = share(music.person, target(music, "a"))
    path, other, admin = f"/shares/{made['id']}", music.house.newcomer(), music.house.some("admin")
    assert items(other.client.get("/shares")) == []
    for client in (other.client, admin.client):
        problem(client.patch(path, json={"description": "mine"}), 404, "share_not_found")
    problem(other.client.delete(path), 404, "share_not_found")
    problem(other.client.get("/shares", params={"everybody": True}), 403, "permission_missing")


def test_who_manages_links_sees_and_revokes_all_but_opens_none(music: Stage) -> None:
    made = share(music.person, target(music, "a"))
    admin = music.house.some("admin")
    listed = items(admin.client.get("/shares", params={"everybody": True}))
    (found,) = [one for one in listed if one["id"] == made["id"]]
    assert (found["slug"], found["title"], found["owner"]["username"]) == ("", "", music.person.username)
    assert admin.client.delete(f"/shares/{made['id']}").status_code == 204
    problem(Stranger(music.house, made).looks(), 404, "share_not_found")


def test_guests_make_none(music: Stage) -> None:
    body = {"targets": [target(music, "a")]}
    problem(music.house.some("guest").client.post("/shares", json=body), 403, "permission_missing")


def test_only_what_one_sees_is_shared(music: Stage) -> None:
    other = music.house.newcomer()
    for kind in ("track", "album"):
        thing = target(music, "a", kind)
        problem(other.client.post("/shares", json={"targets": [thing]}), 404, f"{kind}_not_found")
    mine = music.person.client.post("/playlists", json={"name": "mine"}).json()
    thing = {"kind": "playlist", "id": mine["id"]}
    problem(other.client.post("/shares", json={"targets": [thing]}), 404, "playlist_not_found")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"targets": []}, "targets"),
        ({"targets": [{"kind": "artist", "id": "0"}]}, "targets[0].kind"),
        ({"targets": [{"kind": "track", "id": "0" * 17}]}, "targets[0].id"),
        ({"targets": [{"kind": "track", "id": "0"}] * 501}, "targets"),
        ({"password": "abc"}, "password"),
        ({"password": "x" * 201}, "password"),
        ({"description": "x" * 501}, "description"),
        ({"expires_at": "2020-01-01T00:00:00Z"}, "expires_at"),
        ({"expires_at": "2099-01-01T00:00:00"}, "expires_at"),
        ({"expires_at": "tomorrow"}, "expires_at"),
        ({"expires_at": "9999-12-31T23:59:59-14:00"}, "expires_at"),
        ({"expires_at": "0001-01-01T00:00:00+14:00"}, "expires_at"),
        ({"slug": "mine"}, "slug"),
    ],
)
def test_what_is_no_link_is_refused(music: Stage, change: dict[str, Any], field: str) -> None:
    body = {"targets": [target(music, "a")], **change}
    assert problem(music.person.client.post("/shares", json=body), 422, "invalid")["field"] == field
    if "targets" not in change:
        made = share(music.person, target(music, "a"))
        answer = music.person.client.patch(f"/shares/{made['id']}", json=change)
        assert problem(answer, 422, "invalid")["field"] == field


def test_neither_address_nor_password_is_written_down(music: Stage) -> None:
    made = share(music.person, target(music, "a"), password="gracias-a-la-vida")
    stranger = Stranger(music.house, made)
    stranger.looks()
    stranger.opens("gracias-a-la-muerte")
    stranger.opens("gracias-a-la-vida")
    assert stranger.asks(music.tracks["a"]["id"]).status_code == 200
    music.house.at_root().get(f"/s/{made['slug']}")
    said = music.house.server.said()
    rows = str(music.house.sql("SELECT * FROM shares")) + str(music.house.sql("SELECT details FROM activity"))
    for secret in (made["slug"], "gracias-a-la", stranger.ticket):
        assert secret not in said
        assert secret not in rows
    kinds = [one["kind"] for one in items(music.house.owner.client.get("/activity", params={"limit": 50}))]
    assert "share.created" in kinds
