"""The bin: out of sight for everybody, back by an administrator, and gone for good after its days."""

from pathlib import Path

from tests.catalog.uploads.sending import send_bytes, stored, uploaded
from tests.support.houses import NOTHING_FOUND, House, items, problem
from tests.support.music import tune
from tests.support.pictures import picture
from tests.support.server import until


def test_whose_upload_it_is_decides_who_deletes_it(house: House, tmp_path: Path) -> None:
    person = house.newcomer()
    tracks = [uploaded(person, tune(tmp_path / f"{n}.mp3"))["id"] for n in range(3)]
    for role in ("guest", "member"):
        problem(house.some(role).client.delete(f"/tracks/{tracks[0]}"), 403, "permission_missing")
        assert house.some(role).client.get(f"/tracks/{tracks[0]}").json()["may_edit"] is False
    problem(house.client().delete(f"/tracks/{tracks[0]}"), 401, "unauthenticated")
    for who, track in zip((person, house.some("admin"), house.owner), tracks, strict=True):
        assert who.client.get(f"/tracks/{track}").json()["may_edit"] is True
        assert who.client.delete(f"/tracks/{track}").status_code == 204
    binned = {b["track"]["id"]: b["deleted_by"] for b in items(house.owner.client.get("/bin"))}
    assert [binned[track] for track in tracks] == [person.id, house.some("admin").id, house.owner.id]


def test_who_is_a_guest_now_keeps_no_rights_from_before(house: House, tmp_path: Path) -> None:
    person = house.newcomer()
    track = uploaded(person, tune(tmp_path / "a.mp3"))["id"]
    house.owner.client.patch(f"/users/{person.id}", json={"role": "guest"})
    problem(person.client.delete(f"/tracks/{track}"), 403, "permission_missing")
    problem(person.client.patch(f"/tracks/{track}", json={"title": "x"}), 403, "permission_missing")


def test_what_lies_in_the_bin_is_nowhere_else(house: House, tmp_path: Path) -> None:
    person, listener = house.newcomer(), house.newcomer()
    path = tune(tmp_path / "a.flac", title="Rubbish", album="Dustbin", artists="Binman", cover=picture("olive"))
    track = uploaded(person, path)
    here = f"/tracks/{track['id']}"
    get = listener.client.get
    signed = listener.client.post(f"{here}/stream-url").json()["url"]
    addresses = ("", "/stream", "/stream?format=mp3", "/download", "/cover", "/lyrics")
    before = {address: get(here + address) for address in addresses}
    assert {answer.status_code for answer in before.values()} == {200}
    play = listener.client.post("/plays", json={"track_id": track["id"]}).json()["id"]
    person.client.patch(here, json={"year": 1966})
    assert person.client.delete(here).status_code == 204
    for address in addresses:
        assert get(here + address).status_code == 404, address
        assert person.client.get(here + address).status_code == 404, address
        assert (
            get(here + address, headers={"if-none-match": before[address].headers.get("etag", "*")}).status_code
            == 404
        )
    problem(house.at_root().get(signed), 404, "track_not_found")
    problem(listener.client.post("/plays", json={"track_id": track["id"]}), 404, "track_not_found")
    problem(listener.client.patch(f"/plays/{play}", json={"listened_ms": 1}), 404, "track_not_found")
    problem(listener.client.post(f"{here}/stream-url"), 404, "track_not_found")
    problem(person.client.patch(here, json={"title": "x"}), 404, "track_not_found")
    problem(get(f"/covers/{track['cover']}"), 404, "picture_not_found")
    problem(get(f"/albums/{track['album_id']}"), 404, "album_not_found")
    for words in ("rubbish", "dustbin", "binman"):
        assert house.found(listener.client, words).items() >= NOTHING_FOUND.items()
    assert track["id"] not in get("/tracks", params={"sort": "added", "order": "desc", "limit": 500}).text
    assert [p["track"] for p in items(get("/me/plays"))] == [None]
    # The bytes wait.
    assert len(stored(house, path.read_bytes())) == 1
    assert person.client.get("/me").json()["room"]["used_bytes"] == path.stat().st_size
    for role in ("guest", "member"):
        problem(house.some(role).client.get("/bin"), 403, "permission_missing")
        problem(house.some(role).client.post(f"/bin/{track['id']}/restore"), 403, "permission_missing")
    (binned,) = [b for b in items(house.some("admin").client.get("/bin")) if b["track"]["id"] == track["id"]]
    assert (binned["track"]["title"], binned["deleted_by"]) == ("Rubbish", person.id)
    assert house.some("admin").client.post(f"/bin/{track['id']}/restore").status_code == 204
    assert get(f"{here}/stream").content == path.read_bytes()
    assert house.at_root().get(signed).content == path.read_bytes()
    assert get(here).json()["track"]["year"] == 1966
    assert [p["track"]["id"] for p in items(get("/me/plays"))] == [track["id"]]
    assert listener.client.patch(f"/plays/{play}", json={"listened_ms": 1}).status_code == 200
    kinds = [
        e["kind"] for e in items(house.owner.client.get("/activity")) if e["details"].get("track_id") == track["id"]
    ]
    assert kinds == ["track.restored", "track.deleted", "track.edited", "play.started", "track.uploaded"]


def test_what_is_purged_makes_room_and_can_be_uploaded_anew(tight_house: House, tmp_path: Path) -> None:
    house = tight_house
    person = house.newcomer()
    gone, kept = (tune(tmp_path / name, title=name) for name in ("gone.mp3", "kept.mp3"))
    track, other = uploaded(person, gone), uploaded(person, kept)
    person.client.patch(f"/tracks/{track['id']}", json={"title": "Corrected"})
    person.client.delete(f"/tracks/{track['id']}")
    house.sql("UPDATE job_schedules SET next_at = 0 WHERE name = 'house.tidy'")
    until(lambda: not stored(house, gone.read_bytes()), "the bin to be emptied")
    assert len(stored(house, kept.read_bytes())) == 1
    assert person.client.get(f"/tracks/{other['id']}/stream").content == kept.read_bytes()
    assert person.client.get("/me").json()["room"]["used_bytes"] == kept.stat().st_size
    problem(house.owner.client.post(f"/bin/{track['id']}/restore"), 404, "track_not_found")
    assert house.sql(f"SELECT count(*) FROM track_files WHERE uploader_id = {int(person.id, 16)}") == [(1,)]
    again = send_bytes(person, gone.read_bytes(), "gone.mp3").json()["items"][0]
    assert (again["duplicate"], again["track"]["title"]) == (False, "gone.mp3")  # its corrections went with it
    assert again["track"]["id"] != track["id"]
