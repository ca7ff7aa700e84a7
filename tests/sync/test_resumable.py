"""Uploads that break off and go on: over calls and restarts, with the end of any upload."""

import hashlib
import socket
import threading
import zlib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from tests.catalog.uploads.sending import noise, send_bytes
from tests.support.audio import make_sound
from tests.support.houses import House, Person, open_house, problem
from tests.support.server import running_server


def sha(content: bytes) -> str:
    """Return the hash of bytes."""
    return hashlib.sha256(content).hexdigest()


def start(person: Person, content: bytes, name: str = "song.wav", **about: Any) -> httpx.Response:
    """Begin an upload."""
    body = {"hash": sha(content), "size_bytes": len(content), "filename": name, **about}
    return person.client.post("/sync/uploads", json=body)


def begun(person: Person, content: bytes, **about: Any) -> str:
    """Begin an upload that is new, and return its id."""
    answer = start(person, content, **about)
    assert answer.status_code == 201, answer.text
    state = answer.json()
    assert (state["offset_bytes"], state["kept"], state["track_id"]) == (0, False, "")
    found: str = state["upload_id"]
    return found


def part(person: Person, upload: str, offset: int, data: bytes, **query: Any) -> httpx.Response:
    """Send bytes."""
    return person.client.patch(
        f"/sync/uploads/{upload}", content=data, params=query, headers={"upload-offset": str(offset)}
    )


def drafts(house: House) -> list[Path]:
    """Return what lies there half uploaded."""
    return list((house.server.data / "uploads" / "parts").iterdir())


def test_a_file_comes_in_parts_and_becomes_a_track(house: House, tmp_path: Path) -> None:
    person = house.newcomer()
    content = make_sound(tmp_path / "x.flac", frequency=311, title="Tagged", artists=("Ana",)).read_bytes()
    upload = begun(person, content, name="x.flac", title="Told", album="Where")
    third = len(content) // 3
    assert part(person, upload, 0, content[:third]).json()["offset_bytes"] == third
    again = start(person, content, "x.flac")
    assert (again.status_code, again.json()["upload_id"], again.json()["offset_bytes"]) == (200, upload, third)
    assert person.client.get(f"/sync/uploads/{upload}").json()["offset_bytes"] == third
    piece = content[third : 2 * third]
    assert part(person, upload, third, piece, crc32=zlib.crc32(piece)).json()["offset_bytes"] == 2 * third
    done = part(person, upload, 2 * third, content[2 * third :]).json()
    assert (done["kept"], done["upload_id"], done["expires_at"]) == (True, "", None)
    track = person.client.get(f"/tracks/{done['track_id']}").json()
    assert (track["track"]["title"], track["track"]["album"], track["track"]["artist"]) == ("Told", "Where", "Ana")
    assert (track["uploader_id"], track["file_name"]) == (person.id, "x.flac")
    assert person.client.get(f"/tracks/{done['track_id']}/download").content == content
    problem(person.client.get(f"/sync/uploads/{upload}"), 404, "upload_not_found")
    known = start(person, content, "x.flac")
    assert (known.status_code, known.json()["kept"], known.json()["track_id"]) == (200, True, done["track_id"])
    assert upload not in [path.name for path in drafts(house)]


def test_what_does_not_come_next_is_told_where_it_is(house: House) -> None:
    person, content = house.newcomer(), noise(5000)
    upload = begun(person, content)
    part(person, upload, 0, content[:1000])
    for offset in (0, 999, 1001, 5000):
        told = problem(part(person, upload, offset, content[offset : offset + 10] or b"x"), 409, "wrong_offset")
        assert told["offset_bytes"] == 1000
    problem(part(person, upload, 1000, content[1000:] + b"more"), 422, "invalid")
    problem(part(person, upload, 1000, content[1000:2000], crc32=1), 422, "part_damaged")
    assert person.client.get(f"/sync/uploads/{upload}").json()["offset_bytes"] == 1000
    assert part(person, upload, 1000, content[1000:]).json()["kept"]


def test_bytes_that_are_not_what_was_said_leave_nothing(house: House) -> None:
    person, content, other = house.newcomer(), noise(4000), noise(4000)
    upload = begun(person, content)
    problem(part(person, upload, 0, other), 422, "upload_damaged")
    problem(person.client.get(f"/sync/uploads/{upload}"), 404, "upload_not_found")
    nonsense = b"no sound at all" * 100
    upload = begun(person, nonsense)
    problem(part(person, upload, 0, nonsense), 422, "unreadable_sound")
    assert not {path.name for path in drafts(house)} & {upload}
    assert person.client.get("/tracks", params={"limit": 1}).status_code == 200


def test_an_upload_outlives_the_server(tmp_path: Path, database_url: str) -> None:
    content = noise(300_000)
    own = {"SARAU_SECURITY_SECRET": "s" * 40, "SARAU_SECURITY_ACCESS_TTL_S": "86400"}
    with open_house(tmp_path, database_url, **own) as house:
        upload = begun(house.owner, content)
        assert part(house.owner, upload, 0, content[:200_000]).json()["offset_bytes"] == 200_000
        token = house.owner.access_token
        house.server.process.kill()
        house.server.process.wait()
        settings = {} if database_url.startswith("sqlite:") else {"database_url": database_url}
        with (
            running_server(tmp_path / "data", **settings, **own) as server,
            server.client(headers={"authorization": f"Bearer {token}"}) as client,
        ):
            assert client.get(f"/sync/uploads/{upload}").json()["offset_bytes"] == 200_000
            headers = {"upload-offset": "200000"}
            done = client.patch(f"/sync/uploads/{upload}", content=content[200_000:], headers=headers)
            assert done.json()["kept"]


def test_a_call_that_breaks_off_keeps_what_came(house: House) -> None:
    person, content = house.newcomer(), noise(600_000)
    upload = begun(person, content)

    address = urlsplit(house.url)
    with socket.create_connection((address.hostname, address.port)) as line:
        head = f"PATCH /api/v1/sync/uploads/{upload} HTTP/1.1\r\nhost: {address.netloc}\r\nupload-offset: 0\r\n"
        head += f"authorization: Bearer {person.access_token}\r\ncontent-length: {len(content)}\r\n\r\n"
        line.sendall(head.encode() + content[:300_000])
    offset = start(person, content).json()["offset_bytes"]
    assert 0 <= offset <= 300_000
    while (answer := part(person, upload, offset, content[offset:])).status_code == 409:
        offset = answer.json().get("offset_bytes", offset)  # the call that broke off was not over
    assert answer.json()["kept"]


def test_an_upload_is_its_owners(house: House) -> None:
    person, content = house.newcomer(), noise(3000)
    upload = begun(person, content)
    for other in (house.some("member"), house.owner):
        problem(other.client.get(f"/sync/uploads/{upload}"), 404, "upload_not_found")
        problem(part(other, upload, 0, content), 404, "upload_not_found")
        problem(other.client.delete(f"/sync/uploads/{upload}"), 404, "upload_not_found")
    problem(start(house.some("guest"), content), 403, "permission_missing")
    assert person.client.delete(f"/sync/uploads/{upload}").status_code == 204
    problem(person.client.get(f"/sync/uploads/{upload}"), 404, "upload_not_found")
    assert upload not in [path.name for path in drafts(house)]


def test_the_same_file_by_another_way_meanwhile_is_one_track(house: House) -> None:
    person, content = house.newcomer(), noise(5000)
    upload = begun(person, content)
    part(person, upload, 0, content[:2000])
    (item,) = send_bytes(person, content, "song.wav").json()["items"]
    done = part(person, upload, 2000, content[2000:]).json()
    assert (done["kept"], done["track_id"]) == (True, item["track"]["id"])


def test_a_binned_track_comes_back_with_all_its_bytes_alone(house: House) -> None:
    person, content = house.newcomer(), noise(5000)
    (item,) = send_bytes(person, content, "song.wav").json()["items"]
    person.client.delete(f"/tracks/{item['track']['id']}")
    upload = begun(person, content)
    assert part(person, upload, 0, content).json()["track_id"] == item["track"]["id"]
    assert person.client.get(f"/tracks/{item['track']['id']}").status_code == 200


def test_uploads_that_are_under_way_count_for_the_quota(house: House) -> None:
    person = house.newcomer()
    house.owner.client.patch(f"/users/{person.id}", json={"quota_bytes": 10_000})
    first, second = noise(6000), noise(6000)
    upload = begun(person, first)
    problem(start(person, second), 413, "quota_exceeded")
    person.client.delete(f"/sync/uploads/{upload}")
    upload = begun(person, second)
    assert part(person, upload, 0, second).json()["kept"]
    problem(start(person, first), 413, "quota_exceeded")


def test_what_nobody_goes_on_with_is_over(house: House) -> None:
    person, content = house.newcomer(), noise(5000)
    upload = begun(person, content)
    part(person, upload, 0, content[:2000])
    house.sql(f"UPDATE resumable_uploads SET expires_at = 1 WHERE id = {int(upload, 16)}")
    problem(part(person, upload, 2000, content[2000:]), 404, "upload_not_found")
    again = begun(person, content)
    assert again != upload
    assert part(person, again, 0, content).json()["kept"]


def test_two_calls_do_not_mix_their_parts(house: House) -> None:
    person, content = house.newcomer(), noise(400_000)
    upload = begun(person, content)
    token = person.access_token
    answers: list[httpx.Response] = []

    def send() -> None:
        client = house.bearing(token)
        answers.append(client.patch(f"/sync/uploads/{upload}", content=content, headers={"upload-offset": "0"}))

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = [answer for answer in answers if answer.status_code == 200]
    assert len(kept) == 1
    assert {answer.status_code for answer in answers} <= {200, 404, 409}
    assert person.client.get(f"/tracks/{kept[0].json()['track_id']}/download").content == content


@pytest.mark.parametrize(
    ("about", "code", "status"),
    [
        ({"hash": "x"}, "invalid", 422),
        ({"hash": "A" * 64}, "invalid", 422),
        ({"size_bytes": 0}, "invalid", 422),
        ({"size_bytes": 2**50}, "file_too_large", 413),
        ({"filename": "notes.txt"}, "unsupported_format", 415),
        ({"filename": ""}, "invalid", 422),
        ({"more": 1}, "invalid", 422),
    ],
)
def test_what_cannot_be_uploaded_is_told_at_the_start(house: House, about: Any, code: str, status: int) -> None:
    body = {"hash": "0" * 64, "size_bytes": 5, "filename": "a.wav"} | about
    problem(house.some("member").client.post("/sync/uploads", json=body), status, code)
