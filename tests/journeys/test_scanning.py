"""A library through its life: scanned, tidied up, taken away and brought back; what people did with it stays."""

from pathlib import Path
from typing import Any

from tests.support.houses import House, Person, items, whole_list
from tests.support.music import album, everything_in, tune
from tests.support.pictures import picture
from tests.support.sound_tags import write_tags


def _tracks(person: Person, library_id: str) -> dict[str, dict[str, Any]]:
    return {t["title"]: t for t in whole_list(person.client, "/tracks", library_id=library_id)}


def _plays(person: Person) -> list[str | None]:
    return [play["track"] and play["track"]["title"] for play in items(person.client.get("/me/plays"))]


def test_what_people_did_with_a_track_goes_where_its_file_goes(house: House, tmp_path: Path) -> None:
    root, admin = tmp_path / "music", house.newcomer("admin")
    one, two, _ = album(root / "Album", "Album", "Artist", ["One", "Two", "Three"], cover=picture("red"))
    library_id = house.library(root, admin)
    (first,) = [s for s in items(admin.client.get("/admin/scans")) if s["library_id"] == library_id]
    assert first["counts"] == {
        "total": 3, "seen": 3, "added": 3, "changed": 0, "moved": 0, "missing": 0, "problems": 0
    }  # fmt: skip
    track = _tracks(admin, library_id)["One"]
    assert admin.client.post("/plays", json={"track_id": track["id"]}).status_code == 201
    admin.client.patch(f"/tracks/{track['id']}", json={"genres": ["Corrected"]})

    # Moved, renamed and retagged at once; another retagged, another left as it was; one more comes.
    one = one.rename(root / "moved and renamed.flac")
    write_tags(one, title="One, retagged")
    write_tags(two, title="Two, retagged")
    tune(root / "Album" / "04 Four.flac", title="Four")
    before = everything_in(root)
    counts = house.scan(library_id)["counts"]
    assert counts == {"total": 3, "seen": 4, "added": 1, "changed": 1, "moved": 1, "missing": 0, "problems": 0}
    found = _tracks(admin, library_id)
    assert set(found) == {"One, retagged", "Two, retagged", "Three", "Four"}
    assert found["One, retagged"]["id"] == track["id"]
    assert found["One, retagged"]["genres"] == ["Corrected"]
    assert admin.client.get(f"/tracks/{track['id']}").json()["file_name"] == "moved and renamed.flac"
    assert admin.client.get(f"/tracks/{track['id']}/stream").content == one.read_bytes()
    assert _plays(admin) == ["One, retagged"]
    assert everything_in(root) == before

    # Away: marked, in no list, but its story is kept.
    one.rename(tmp_path / "away.flac")
    counts = house.scan(library_id)["counts"]
    assert (counts["seen"], counts["missing"], counts["added"], counts["changed"]) == (3, 1, 0, 0)
    assert "One, retagged" not in _tracks(admin, library_id)
    for path in ("", "/stream", "/download", "/lyrics"):
        assert admin.client.get(f"/tracks/{track['id']}{path}").status_code == 404
    assert house.found(admin.client, "one, ret")["tracks"] == []
    (lost,) = items(admin.client.get(f"/admin/libraries/{library_id}/missing"))
    assert (lost["id"], lost["title"], lost["path"]) == (track["id"], "One, retagged", "moved and renamed.flac")
    (shelf,) = [m for m in items(admin.client.get("/admin/libraries")) if m["id"] == library_id]
    assert (shelf["track_count"], shelf["missing_count"]) == (3, 1)

    # And back, elsewhere.
    (tmp_path / "away.flac").rename(root / "Album" / "back.flac")
    assert house.scan(library_id)["counts"]["moved"] == 1
    back = _tracks(admin, library_id)["One, retagged"]
    assert (back["id"], back["genres"], back["cover"]) == (track["id"], ["Corrected"], track["cover"])
    assert back["added_at"] == track["added_at"]
    assert _plays(admin) == ["One, retagged"]
    assert items(admin.client.get(f"/admin/libraries/{library_id}/missing")) == []


def test_a_disk_that_is_not_mounted_is_told_and_loses_nothing(house: House, tmp_path: Path) -> None:
    root, admin = tmp_path / "music", house.newcomer("admin")
    tune(root / "song.flac", title="Song")
    library_id = house.library(root, admin)
    before = _tracks(admin, library_id)
    root.rename(tmp_path / "unmounted")
    failed = house.scan(library_id)
    assert (failed["state"], failed["counts"]["missing"]) == ("failed", 0)
    assert str(root) in failed["error"]
    assert _tracks(admin, library_id) == before
    answer = admin.client.get(f"/tracks/{before['Song']['id']}/stream")
    assert 400 <= answer.status_code < 600
    assert answer.status_code != 500
    (tmp_path / "unmounted").rename(root)
    # The scan is tried again by itself.
    done = house.server.scanned(house.owner.client, library_id, failed["id"])
    assert (done["state"], done["counts"]["seen"], done["counts"]["added"]) == ("done", 1, 0)
    assert _tracks(admin, library_id) == before
    assert admin.client.get(f"/tracks/{before['Song']['id']}/stream").status_code == 200
