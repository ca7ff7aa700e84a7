"""What a viewer may not see does not exist: not in lists, not by its id, not in any number."""

from pathlib import Path
from typing import Any, NamedTuple

import pytest
from tests.support.houses import House, Person, items, problem, whole_list
from tests.support.music import album
from tests.support.pictures import picture

ONLY_HERE = {"artists": "Zelda Zorn", "genres": "Zarzuela", "composers": "Zoltan Z"}


class Scene(NamedTuple):
    """Two libraries with an artist in both, and who may hear the second."""

    house: House
    open_id: str
    closed_id: str
    member: Person
    stranger: Person


@pytest.fixture(scope="module")
def scene(house: House, tmp_path_factory: pytest.TempPathFactory) -> Scene:
    folder: Path = tmp_path_factory.mktemp("two")
    member, stranger = house.newcomer(), house.newcomer()
    album(folder / "open" / "Shared", "Open album", "Both Artist", ["Open one", "Open two"], genres="Shared genre")
    album(folder / "closed" / "Shared", "Closed album", "Both Artist", ["Closed one"], genres="Shared genre")
    album(
        folder / "closed" / "Own",
        "Secret album",
        ONLY_HERE["artists"],
        ["Secret one", "Secret two"],
        genres=ONLY_HERE["genres"],
        composers=ONLY_HERE["composers"],
        cover=picture("rebeccapurple"),
        lyrics="secret words",
        year=1987,
        date="1987",
    )
    open_id = house.library(folder / "open", member, stranger)
    closed_id = house.library(folder / "closed", member)
    return Scene(house, open_id, closed_id, member, stranger)


def _seen(person: Person) -> dict[str, Any]:
    get = person.client.get
    return {
        "libraries": {x["id"] for x in items(get("/libraries"))},
        "albums": {x["title"] for x in whole_list(person.client, "/albums", limit=2)},
        "tracks": {x["title"] for x in whole_list(person.client, "/tracks", limit=2)},
        "artists": {(x["name"], x["album_count"], x["track_count"]) for x in whole_list(person.client, "/artists")},
        "genres": {(x["name"], x["album_count"], x["track_count"]) for x in items(get("/genres"))},
        "folders": len(items(get("/folders"))),
        "random": {x["title"] for x in items(get("/tracks", params={"sort": "random", "limit": 500}))},
        "random albums": {x["title"] for x in items(get("/albums", params={"sort": "random", "limit": 500}))},
    }


def test_a_member_sees_both(scene: Scene) -> None:
    seen = _seen(scene.member)
    assert {"Open album", "Closed album", "Secret album"} <= seen["albums"]
    assert ("Both Artist", 2, 3) in seen["artists"]
    assert ("Shared genre", 2, 3) in seen["genres"]
    assert ("Zelda Zorn", 1, 2) in seen["artists"]
    assert {"Secret one", "Secret two", "Closed one"} <= seen["random"]


def test_a_stranger_sees_nothing_of_it_in_any_list(scene: Scene) -> None:
    member, stranger = _seen(scene.member), _seen(scene.stranger)
    assert member["libraries"] - stranger["libraries"] == {scene.closed_id}
    assert member["albums"] - stranger["albums"] == {"Closed album", "Secret album"}
    assert member["tracks"] - stranger["tracks"] == {"Closed one", "Secret one", "Secret two"}
    assert ("Both Artist", 1, 2) in stranger["artists"]
    assert not {name for name, _, _ in stranger["artists"]} & set(ONLY_HERE.values())
    assert ("Shared genre", 1, 2) in stranger["genres"]
    assert not {name for name, _, _ in stranger["genres"]} & set(ONLY_HERE.values())
    assert member["folders"] - stranger["folders"] == 1
    assert not stranger["random"] & {"Closed one", "Secret one", "Secret two"}
    assert not stranger["random albums"] & {"Closed album", "Secret album"}


def test_nor_by_filters_and_search(scene: Scene) -> None:
    get = scene.stranger.client.get
    hidden = items(scene.member.client.get("/tracks", params={"library_id": scene.closed_id}))[0]
    theirs = scene.member.client.get(f"/tracks/{hidden['id']}").json()
    filters = {
        "library_id": scene.closed_id,
        "artist_id": next(a["id"] for a in _artists(scene) if a["name"] == "Zelda Zorn"),
        "genre_id": next(g["id"] for g in items(scene.member.client.get("/genres")) if g["name"] == "Zarzuela"),
        "year": 1987,
    }
    for name, value in filters.items():
        for path in ("/albums", "/tracks"):
            assert items(scene.member.client.get(path, params={name: value})), name
            assert items(get(path, params={name: value})) == [], name
            assert items(get(path, params={name: value, "sort": "random"})) == [], name
    for name in ("album_id", "folder_id"):
        assert items(get("/tracks", params={name: theirs["track"][name]})) == [], name
    for words in ("secret", "zelda", "closed", "zorn", "one"):
        found = scene.house.found(scene.stranger.client, words)
        del found["query"]
        assert "ecret" not in str(found), words
        assert "Zelda" not in str(found), words
        assert "Closed" not in str(found), words
    assert scene.house.found(scene.member.client, "zelda")["artists"]


def _artists(scene: Scene) -> list[dict[str, Any]]:
    return whole_list(scene.member.client, "/artists")


def _paths(scene: Scene) -> list[tuple[str, str, Any]]:
    """Return every address that leads to something of the closed library."""
    get = scene.member.client.get
    tracks = items(get("/tracks", params={"library_id": scene.closed_id}))
    albums = items(get("/albums", params={"library_id": scene.closed_id}))
    artist = next(a["id"] for a in _artists(scene) if a["name"] == "Zelda Zorn")
    (top,) = [f for f in items(get("/folders")) if f["library_id"] == scene.closed_id]
    below = get(f"/folders/{top['id']}").json()["folders"]
    play = scene.member.client.post("/plays", json={"track_id": tracks[0]["id"]}).json()["id"]
    covers = {x["cover"] for x in (*tracks, *albums) if x["cover"]}
    assert covers
    assert below
    return [
        *[("GET", f"/albums/{x['id']}{tail}", None) for x in albums for tail in ("", "/cover")],
        *[
            ("GET", f"/tracks/{x['id']}{tail}", None)
            for x in tracks
            for tail in ("", "/cover", "/lyrics", "/stream", "/stream?format=opus", "/download")
        ],
        *[("HEAD", f"/tracks/{x['id']}/{tail}", None) for x in tracks for tail in ("stream", "download")],
        *[("POST", f"/tracks/{x['id']}/stream-url", None) for x in tracks],
        *[("PATCH", f"/tracks/{x['id']}", {"title": "Mine"}) for x in tracks],
        *[("DELETE", f"/tracks/{x['id']}", None) for x in tracks],
        *[("POST", "/plays", {"track_id": x["id"]}) for x in tracks],
        *[("GET", f"/artists/{artist}{tail}", None) for tail in ("", "/cover")],
        *[("GET", f"/folders/{x['id']}{tail}", None) for x in (top, *below) for tail in ("", "/cover")],
        *[("GET", f"/covers/{cover}", None) for cover in covers],
        ("PATCH", f"/plays/{play}", {"listened_ms": 1}),
    ]


def test_nor_by_any_id(scene: Scene) -> None:
    for method, path, body in _paths(scene):
        answer = scene.stranger.client.request(method, path, json=body)
        assert answer.status_code == 404, f"{method} {path}: {answer.status_code}"
        nowhere = answer.content if method == "HEAD" else answer.json()["code"]
        assert nowhere == b"" or nowhere.endswith("_not_found"), path
        for name in ("Secret", "Closed", "Zelda"):
            assert name not in answer.text
    # Even administrators hear no library that is not for them.
    admin = scene.house.some("admin").client
    assert {admin.request(m, p, json=b).status_code for m, p, b in _paths(scene) if m == "GET"} == {404}


def test_the_page_of_a_shared_artist_shows_what_is_for_the_viewer(scene: Scene) -> None:
    artist = next(a["id"] for a in _artists(scene) if a["name"] == "Both Artist")
    theirs = scene.stranger.client.get(f"/artists/{artist}").json()
    assert [a["title"] for a in theirs["albums"]] == ["Open album"]
    assert (theirs["artist"]["album_count"], theirs["artist"]["track_count"]) == (1, 2)


def test_losing_access_ends_it_all(house: House, tmp_path: Path) -> None:
    person = house.newcomer()
    album(tmp_path / "music", "Going", "Gone Artist", ["Once"], cover=picture("indigo"))
    library = house.library(tmp_path / "music", person)
    (track,) = items(person.client.get("/tracks", params={"library_id": library}))
    signed = person.client.post(f"/tracks/{track['id']}/stream-url").json()["url"]
    assert house.at_root().get(signed).status_code == 200
    play = person.client.post("/plays", json={"track_id": track["id"]}).json()["id"]
    listed = person.client.get("/albums", params={"library_id": library})
    assert house.owner.client.patch(f"/admin/libraries/{library}", json={"member_ids": []}).status_code == 200
    problem(house.at_root().get(signed), 404, "track_not_found")
    problem(person.client.get(f"/tracks/{track['id']}/stream"), 404, "track_not_found")
    problem(person.client.patch(f"/plays/{play}", json={"listened_ms": 1}), 404, "track_not_found")
    problem(person.client.get(f"/covers/{track['cover']}"), 404, "picture_not_found")
    (played,) = items(person.client.get("/me/plays"))
    assert played["track"] is None
    # What a browser kept is not confirmed to it.
    again = person.client.get(
        "/albums", params={"library_id": library}, headers={"if-none-match": listed.headers["etag"]}
    )
    assert (again.status_code, items(again)) == (200, [])
    house.owner.client.patch(f"/admin/libraries/{library}", json={"everyone": True})
    assert person.client.get(f"/tracks/{track['id']}/stream").status_code == 200
    house.owner.client.patch(f"/admin/libraries/{library}", json={"everyone": False})
    problem(person.client.get(f"/tracks/{track['id']}/stream"), 404, "track_not_found")


def test_only_people_can_be_members(house: House, tmp_path: Path) -> None:
    album(tmp_path / "music", "A", "B", ["C"])
    for stranger in ("0" * 16, "x", ""):
        about = {"name": f"{tmp_path.name}", "path": str(tmp_path / "music"), "member_ids": [stranger]}
        answer = house.owner.client.post("/admin/libraries", json=about)
        assert problem(answer, 422, "invalid")["field"] == "member_ids"
    assert tmp_path.name not in house.owner.client.get("/admin/libraries").text
