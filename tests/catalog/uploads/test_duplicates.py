"""The same bytes twice: recognised, stored once, counted once."""

import threading
from pathlib import Path

import httpx
from tests.catalog.uploads.sending import part, send, send_bytes, send_form, stored, uploaded
from tests.support.houses import House, items
from tests.support.music import tune


def test_the_same_bytes_are_stored_once(house: House, tmp_path: Path) -> None:
    first, second = house.newcomer(), house.newcomer()
    path = tune(tmp_path / "a.flac", title="Only once")
    track = uploaded(first, path)
    for person in (first, second):
        answer = send_bytes(person, path.read_bytes(), "another name.flac")
        assert answer.status_code == 200, answer.text
        (item,) = answer.json()["items"]
        assert (item["track"]["id"], item["duplicate"], item["file_name"]) == (track["id"], True, "another name.flac")
    assert len(stored(house, path.read_bytes())) == 1
    # It belongs to who brought it first, under the name it had then.
    assert [p.client.get("/me").json()["room"]["used_bytes"] for p in (first, second)] == [path.stat().st_size, 0]
    details = second.client.get(f"/tracks/{track['id']}").json()
    assert (details["uploader_id"], details["file_name"], details["may_edit"]) == (first.id, "a.flac", False)
    found = items(first.client.get("/tracks", params={"sort": "added", "order": "desc", "limit": 10}))
    assert [one["id"] for one in found].count(track["id"]) == 1


def test_also_within_one_form(house: House, tmp_path: Path) -> None:
    content = tune(tmp_path / "a.mp3").read_bytes()
    answer = send_form(house.some("member"), part(b"one.mp3", content) + part(b"two.mp3", content))
    assert answer.status_code == 201
    assert [item["duplicate"] for item in answer.json()["items"]] == [False, True]
    assert len(stored(house, content)) == 1


def test_also_from_many_at_the_same_moment(house: House, tmp_path: Path) -> None:
    people = [house.some(role) for role in ("member", "admin", "owner")] * 2
    content = tune(tmp_path / "a.flac").read_bytes()
    answers: list[httpx.Response] = []
    barrier = threading.Barrier(len(people))

    def run(number: int) -> None:
        barrier.wait()
        answers.append(send_bytes(people[number], content, f"{number}.flac"))

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(people))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer.status_code for answer in answers) == [200] * 5 + [201], [a.text for a in answers]
    told = [answer.json()["items"][0] for answer in answers]
    assert len({item["track"]["id"] for item in told}) == 1
    assert sorted(item["duplicate"] for item in told) == [False] + [True] * 5
    assert len(stored(house, content)) == 1
    sha256 = stored(house, content)[0].name
    assert house.sql(f"SELECT count(*) FROM track_files WHERE sha256 = '{sha256}'") == [(1,)]
    assert people[0].client.get(f"/tracks/{told[0]['track']['id']}/stream").content == content


def test_one_bit_less_is_another_song(house: House, tmp_path: Path) -> None:
    person = house.some("member")
    first = tune(tmp_path / "a.flac", title="One bit")
    second = tmp_path / "b.flac"
    second.write_bytes(first.read_bytes().replace(b"One bit", b"One bis"))
    assert uploaded(person, first)["id"] != uploaded(person, second)["id"]


def test_what_lies_in_a_folder_may_be_uploaded_too(house: House, tmp_path: Path) -> None:
    person = house.some("member")
    path = tune(tmp_path / "m" / "a.flac", title="In both")
    library = house.library(tmp_path / "m", person)
    (there,) = items(person.client.get("/tracks", params={"library_id": library}))
    here = uploaded(person, path)
    assert here["id"] != there["id"]
    assert person.client.delete(f"/tracks/{here['id']}").status_code == 204
    assert person.client.get(f"/tracks/{there['id']}/stream").content == path.read_bytes()


def test_the_bytes_of_a_binned_track_bring_it_back(house: House, tmp_path: Path) -> None:
    first, second = house.newcomer(), house.newcomer()
    path = tune(tmp_path / "a.flac", title="Back again")
    track = uploaded(first, path)
    first.client.patch(f"/tracks/{track['id']}", json={"year": 1971})
    play = second.client.post("/plays", json={"track_id": track["id"]}).json()["id"]
    assert first.client.delete(f"/tracks/{track['id']}").status_code == 204
    answer = send(second, path)
    assert answer.status_code == 200, answer.text
    (item,) = answer.json()["items"]
    assert (item["track"]["id"], item["duplicate"], item["track"]["year"]) == (track["id"], True, 1971)
    assert second.client.get(f"/tracks/{track['id']}/stream").content == path.read_bytes()
    assert track["id"] not in {b["track"]["id"] for b in items(house.owner.client.get("/bin"))}
    assert [p["play"]["id"] for p in items(second.client.get("/me/plays"))] == [play]
    # It is still the first person's, who may delete it; the second may not.
    assert second.client.delete(f"/tracks/{track['id']}").status_code == 403
    assert first.client.delete(f"/tracks/{track['id']}").status_code == 204
