"""Corrections: kept beside the file, through scans, until they are taken back; deleting and restoring."""

from pathlib import Path
from typing import Any

import pytest
from tests.support.houses import NOTHING_FOUND, House, Person, items, problem
from tests.support.music import album, everything_in, later, tune
from tests.support.server import until
from tests.support.sound_tags import write_tags


def _tracks(person: Person, library: str, **parameters: Any) -> dict[str, dict[str, Any]]:
    found = items(person.client.get("/tracks", params={"library_id": library, "limit": 500, **parameters}))
    return {track["title"]: track for track in found}


def test_an_edit_shows_everywhere_survives_scans_and_can_be_taken_back(house: House, tmp_path: Path) -> None:
    person = house.newcomer("admin")
    (path,) = album(tmp_path / "m", "Wrong album", "Wrong Artist", ["Wrong title"], genres="Wrong", date="1990")
    library = house.library(tmp_path / "m", person)
    track = _tracks(person, library)["Wrong title"]
    before = everything_in(tmp_path / "m")
    edit = {
        "title": "Right title",
        "version": "live",
        "artists": ["Right Artist", "And & Another"],
        "album": "Right album",
        "album_artists": ["Right Artist"],
        "composers": ["Right Composer"],
        "genres": ["Right"],
        "year": 1991,
        "disc_number": 2,
        "track_number": 7,
        "compilation": True,
    }
    answer = person.client.patch(f"/tracks/{track['id']}", json=edit)
    assert answer.status_code == 200, answer.text

    def check() -> None:
        details = person.client.get(f"/tracks/{track['id']}").json()
        shown = details["track"]
        assert (shown["title"], shown["version"], shown["year"]) == ("Right title", "live", 1991)
        assert (shown["disc_number"], shown["track_number"], shown["genres"]) == (2, 7, ["Right"])
        assert [a["name"] for a in shown["artists"]] == ["Right Artist", "And & Another"]
        assert (shown["album"], details["album_artists"]) == ("Right album", ["Right Artist"])
        assert (details["composers"], details["compilation"]) == (["Right Composer"], True)
        assert details["edited"] == sorted(edit)
        (shelf,) = items(person.client.get("/albums", params={"library_id": library}))
        assert (shelf["id"], shelf["title"], shelf["year"]) == (track["album_id"], "Right album", 1991)
        assert not house.found(person.client, "wrong")["artists"]
        assert [g["name"] for g in items(person.client.get("/genres")) if g["name"] in ("Wrong", "Right")] == [
            "Right"
        ]

    check()
    house.scan(library)
    check()
    later(path)
    assert house.scan(library)["counts"]["changed"] == 1
    check()
    write_tags(path, comment="retagged by another program")
    assert house.scan(library)["counts"]["changed"] == 1
    check()
    path.rename(path.with_name("renamed.flac"))
    assert house.scan(library)["counts"]["moved"] == 1
    check()
    back = person.client.patch(f"/tracks/{track['id']}", json=dict.fromkeys(edit)).json()
    assert back["edited"] == []
    assert (back["track"]["title"], back["track"]["album"], back["track"]["year"]) == (
        "Wrong title",
        "Wrong album",
        1990,
    )
    del before["01 Wrong title.flac"]
    after = everything_in(tmp_path / "m")
    del after["renamed.flac"]
    assert before == after


def test_an_edit_changes_what_is_given_alone(house: House, tmp_path: Path) -> None:
    admin = house.some("admin")
    tune(tmp_path / "m" / "a.flac", title="T", artists="A", album="B")
    library = house.library(tmp_path / "m", admin)
    path = f"/tracks/{_tracks(admin, library)['T']['id']}"
    assert admin.client.patch(path, json={"title": "One"}).json()["edited"] == ["title"]
    assert admin.client.patch(path, json={"year": 2000}).json()["edited"] == ["title", "year"]
    assert admin.client.patch(path, json={}).json()["edited"] == ["title", "year"]
    after = admin.client.patch(path, json={"title": None}).json()
    assert (after["edited"], after["track"]["title"], after["track"]["year"]) == (["year"], "T", 2000)
    empty = admin.client.patch(path, json={"artists": []}).json()
    assert (empty["edited"], empty["track"]["artist"]) == (["year"], "A")


def test_a_correction_to_nothing_is_none(house: House, tmp_path: Path) -> None:
    admin = house.some("admin")
    tune(tmp_path / "m" / "a.flac", title="T", artists="A", album="B")
    library = house.library(tmp_path / "m", admin)
    path = f"/tracks/{_tracks(admin, library)['T']['id']}"
    for edit in ({"title": "   "}, {"artists": [" ", "\u0007"]}, {"album": "\t"}):
        answer = admin.client.patch(path, json=edit)
        shown = answer.json()
        assert answer.status_code == 200
        assert (shown["edited"], shown["track"]["title"], shown["track"]["artist"]) == ([], "T", "A")


@pytest.mark.parametrize(
    ("edit", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 501}, "title"),
        ({"title": 5}, "title"),
        ({"year": 0}, "year"),
        ({"year": 10_000}, "year"),
        ({"year": "1990"}, "year"),
        ({"track_number": -1}, "track_number"),
        ({"track_number": 100_000}, "track_number"),
        ({"artists": "Ana"}, "artists"),
        ({"artists": [""]}, "artists[0]"),
        ({"genres": ["x"] * 51}, "genres"),
        ({"compilation": "yes"}, "compilation"),
        ({"bitrate": 1}, "bitrate"),
        ({"title": "nul\0"}, "body"),
    ],
)
def test_what_is_wrong_with_an_edit_is_named(house: House, edit: dict[str, Any], field: str) -> None:
    answer = house.owner.client.patch("/tracks/0000000000000001", json=edit)
    assert problem(answer, 422, "invalid")["field"] == field


def test_a_renamed_album_is_the_same_album(house: House, tmp_path: Path) -> None:
    person = house.newcomer()
    paths = album(tmp_path / "m", "Old name", "Artist", ["One", "Two", "Three"])
    library = house.library(tmp_path / "m", person)
    (before,) = items(person.client.get("/albums", params={"library_id": library}))
    for path in paths:
        write_tags(path, album="New name")
    house.scan(library)
    (after,) = items(person.client.get("/albums", params={"library_id": library}))
    assert (after["id"], after["title"], after["track_count"]) == (before["id"], "New name", 3)
    write_tags(paths[0], album="Third name")
    house.scan(library)
    both = items(person.client.get("/albums", params={"library_id": library}))
    assert sorted((a["title"], a["track_count"]) for a in both) == [("New name", 2), ("Third name", 1)]
    assert before["id"] in {a["id"] for a in both if a["title"] == "New name"}


def test_a_deleted_track_is_gone_and_comes_back_as_it_was(house: House, tmp_path: Path) -> None:
    admin, person = house.some("admin"), house.newcomer()
    album(tmp_path / "m", "Album", "Gone Away", ["One", "Two"])
    library = house.library(tmp_path / "m", admin, person)
    before = everything_in(tmp_path / "m")
    track = _tracks(person, library)["One"]
    admin.client.patch(f"/tracks/{track['id']}", json={"year": 1999})
    problem(person.client.delete(f"/tracks/{track['id']}"), 403, "permission_missing")
    problem(house.owner.client.delete(f"/tracks/{track['id']}"), 404, "track_not_found")
    assert admin.client.delete(f"/tracks/{track['id']}").status_code == 204
    for path in ("", "/stream", "/cover", "/lyrics", "/download"):
        assert person.client.get(f"/tracks/{track['id']}{path}").status_code == 404, path
    problem(admin.client.delete(f"/tracks/{track['id']}"), 404, "track_not_found")
    assert set(_tracks(person, library)) == {"Two"}
    (shelf,) = items(person.client.get("/albums", params={"library_id": library}))
    assert shelf["track_count"] == 1
    problem(person.client.get("/bin"), 403, "permission_missing")
    (binned,) = [b for b in items(admin.client.get("/bin")) if b["track"]["id"] == track["id"]]
    assert binned["deleted_by"] == admin.id
    house.scan(library)
    assert set(_tracks(person, library)) == {"Two"}  # a scan brings nothing back
    later(tmp_path / "m" / "01 One.flac")
    house.scan(library)
    assert set(_tracks(person, library)) == {"Two"}
    problem(person.client.post(f"/bin/{track['id']}/restore"), 403, "permission_missing")
    assert admin.client.post(f"/bin/{track['id']}/restore").status_code == 204
    problem(admin.client.post(f"/bin/{track['id']}/restore"), 404, "track_not_found")
    assert _tracks(person, library)["One"]["year"] == 1999
    after = everything_in(tmp_path / "m")
    for found in (before, after):
        del found["01 One.flac"]
    assert before == after


def test_the_last_track_takes_its_album_and_artist_with_it(house: House, tmp_path: Path) -> None:
    admin = house.some("admin")
    album(tmp_path / "m", "Lonely", "Lonely Artist", ["Only"], genres="Lonely genre")
    library = house.library(tmp_path / "m", admin)
    track = _tracks(admin, library)["Only"]
    artist = track["artists"][0]["id"]
    admin.client.delete(f"/tracks/{track['id']}")
    problem(admin.client.get(f"/albums/{track['album_id']}"), 404, "album_not_found")
    problem(admin.client.get(f"/artists/{artist}"), 404, "artist_not_found")
    for path in (f"/albums/{track['album_id']}/cover", f"/artists/{artist}/cover"):
        problem(admin.client.get(path), 404, "picture_not_found")
    assert items(admin.client.get("/albums", params={"library_id": library})) == []
    assert "Lonely genre" not in admin.client.get("/genres").text
    assert house.found(admin.client, "lonely").items() >= NOTHING_FOUND.items()
    admin.client.post(f"/bin/{track['id']}/restore")
    assert admin.client.get(f"/albums/{track['album_id']}").status_code == 200
    assert admin.client.get(f"/artists/{artist}").status_code == 200


def test_what_lies_in_the_bin_too_long_is_gone_for_good(tight_house: House, tmp_path: Path) -> None:
    house, owner = tight_house, tight_house.owner.client
    sound = tune(tmp_path / "a.mp3", title="Purged", lyrics="words")
    with sound.open("rb") as file:
        track = owner.post("/uploads", files={"file": file}).json()["items"][0]["track"]["id"]
    stored = [
        p for p in (house.server.data / "uploads").rglob("*") if p.is_file() and p.read_bytes() == sound.read_bytes()
    ]
    assert len(stored) == 1
    play = owner.post("/plays", json={"track_id": track})
    assert play.status_code == 201
    owner.delete(f"/tracks/{track}")
    house.sql("UPDATE job_schedules SET next_at = 0 WHERE name = 'house.tidy'")
    until(lambda: not stored[0].exists(), "the bin to be emptied")
    assert track not in owner.get("/bin").text
    problem(owner.post(f"/bin/{track}/restore"), 404, "track_not_found")
    assert owner.get("/me").json()["room"]["used_bytes"] == 0
    assert "track.purged" in owner.get("/activity").text


def test_a_library_that_is_removed_leaves_its_files_and_nothing_else(house: House, tmp_path: Path) -> None:
    person = house.newcomer()
    album(tmp_path / "m", "Leaving", "Leaving Artist", ["One"], lyrics="words", genres="Leaving genre")
    (tmp_path / "m" / "notes.doc").write_text("mine")
    before = everything_in(tmp_path / "m")
    library = house.library(tmp_path / "m", person)
    track = _tracks(person, library)["One"]
    person.client.post("/plays", json={"track_id": track["id"]})
    assert house.owner.client.delete(f"/admin/libraries/{library}").status_code == 204
    problem(house.owner.client.delete(f"/admin/libraries/{library}"), 404, "library_not_found")
    problem(person.client.get(f"/tracks/{track['id']}"), 404, "track_not_found")
    assert items(person.client.get("/me/plays")) == []
    assert house.found(person.client, "leaving")["artists"] == []
    assert "Leaving" not in str(house.sql("SELECT name FROM artists UNION SELECT name FROM genres"))
    assert everything_in(tmp_path / "m") == before
    again = house.library(tmp_path / "m", person)
    assert set(_tracks(person, again)) == {"One"}


def test_the_library_of_uploads_stays(house: House) -> None:
    (uploads,) = [x for x in items(house.owner.client.get("/admin/libraries")) if x["kind"] == "uploads"]
    problem(house.owner.client.delete(f"/admin/libraries/{uploads['id']}"), 409, "uploads_stay")
    problem(house.owner.client.post(f"/admin/libraries/{uploads['id']}/scan", json={}), 404, "library_not_found")
