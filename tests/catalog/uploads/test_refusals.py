"""Uploads that are refused: what is no music, what is too much, who may not. Nothing of them stays."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.adapters.ffmpeg.hostile import HOSTILE
from tests.catalog.uploads.sending import call, noise, part, send_bytes, send_form, stored, traces, uploaded
from tests.support.audio import encoded
from tests.support.houses import House, problem
from tests.support.music import tune

FLAC, MP3, M4A, WAV, OGG = (encoded(suffix, 0.3, 3999.0) for suffix in (".flac", ".mp3", ".m4a", ".wav", ".ogg"))
TIGHT_MAX_BYTES = 300_000  # of the tight house


NO_MUSIC = [
    ("letter.txt", b"text", 415, "unsupported_format"),
    ("letter.txt", FLAC, 415, "unsupported_format"),
    ("song.flac.exe", FLAC, 415, "unsupported_format"),
    ("song", FLAC, 415, "unsupported_format"),
    (".flac", FLAC, 415, "unsupported_format"),
    ("song.flac/", FLAC, 415, "unsupported_format"),
    ("letter.mp3", b"Dear aunt, this is not music. " * 50, 422, "unreadable_sound"),
    ("page.flac", b"<!doctype html><script>alert(1)</script>" * 50, 422, "unreadable_sound"),
    ("archive.ogg", b"PK\x03\x04" + bytes(4000), 422, "unreadable_sound"),
    ("nothing.mp3", b"", 422, "empty_upload"),
    ("nothing.wav", b"", 422, "empty_upload"),
    ("one.mp3", b"\xff", 422, "unreadable_sound"),
    ("zeros.m4a", bytes(10_000), 422, "unreadable_sound"),
    ("header.flac", FLAC[:42], 422, "unreadable_sound"),
    ("header.flac", FLAC[:100], 422, "unreadable_sound"),
    ("header.mp3", MP3[:40], 422, "unreadable_sound"),
    ("header.wav", WAV[:44], 422, "unreadable_sound"),
    ("header.ogg", OGG[:60], 422, "unreadable_sound"),
    ("no-index.m4a", M4A[: M4A.rindex(b"moov") - 4], 422, "unreadable_sound"),
]


def test_what_is_no_music_is_told_and_forgotten(house: House) -> None:
    person = house.some("member")
    room = person.client.get("/me").json()["room"]
    before = traces(house)
    for name, content, status, code in NO_MUSIC:
        members = problem(send_bytes(person, content, name), status, code)
        assert members["field"] == "file", name
        assert members["reason"], name
        assert traces(house) == before, name
    assert person.client.get("/me").json()["room"] == room


def test_nor_does_harm_come_in_by_a_good_name(house: House) -> None:
    person = house.some("member")
    before = traces(house)
    for what, content in HOSTILE.items():
        for name in ("harm.mp3", "harm.wav"):
            answer = send_bytes(person, content, name)
            assert answer.status_code == 422, f"{what} as {name}: {answer.status_code} {answer.text}"
            assert answer.json()["code"] in ("unreadable_sound", "empty_upload"), what
    assert traces(house) == before


@pytest.mark.parametrize("content", [FLAC, MP3, OGG], ids=["flac", "mp3", "ogg"])
def test_a_song_that_breaks_off_is_heard_as_far_as_it_goes_or_refused(house: House, content: bytes) -> None:
    person = house.some("member")
    suffix = {FLAC: ".flac", MP3: ".mp3", OGG: ".ogg"}[content]
    for cut in (len(content) // 2, len(content) - 1):
        answer = send_bytes(person, content[:cut], "cut" + suffix)
        if answer.status_code == 422:
            problem(answer, 422, "unreadable_sound")
            continue
        track = answer.json()["items"][0]["track"]["id"]
        heard = person.client.get(f"/tracks/{track}/stream", params={"format": "opus"})
        assert (heard.status_code, heard.content[:4]) == (200, b"OggS")
        assert person.client.get(f"/tracks/{track}/stream").content == content[:cut]


def _chunked(content: bytes) -> Iterator[bytes]:
    yield from (content[at : at + 65_536] for at in range(0, len(content), 65_536))


def test_what_is_too_large_is_refused_as_soon_as_that_is_known(tight_house: House) -> None:
    person = tight_house.some("member")
    assert person.client.get("/me").json()["room"]["max_file_bytes"] == TIGHT_MAX_BYTES
    before = traces(tight_house)
    large = noise(TIGHT_MAX_BYTES + 1)
    for answer in (
        send_bytes(person, large, "declared.wav"),
        send_bytes(person, _chunked(large), "undeclared.wav"),
        send_form(person, part(b"form.wav", large)),
    ):
        assert problem(answer, 413, "file_too_large")["max_bytes"] == TIGHT_MAX_BYTES
        assert traces(tight_house) == before
    # Nobody has to send it all to be told.
    for header in (f"Content-Length: {10**12}", "Transfer-Encoding: chunked"):
        connection = call(tight_house, person, "a.wav", header, "Connection: close")
        if "chunked" in header:
            connection.sendall(b"%x\r\n" % (400_000) + large[:300_001] + bytes(99_999) + b"\r\n")
        assert connection.recv(65_536).startswith(b"HTTP/1.1 413")
        connection.close()
    assert traces(tight_house) == before


def test_as_large_as_allowed_is_taken(tight_house: House) -> None:
    person = tight_house.some("member")
    for content in (noise(TIGHT_MAX_BYTES), noise(TIGHT_MAX_BYTES)):
        assert send_bytes(person, content, "whole.wav").status_code == 201
        assert len(stored(tight_house, content)) == 1
    # The limit is for each file of a form, not for the form.
    both = part(b"1.wav", noise(TIGHT_MAX_BYTES)) + part(b"2.wav", noise(TIGHT_MAX_BYTES))
    assert len(send_form(person, both).json()["items"]) == 2


def _quota(house: House, person_id: str, quota_bytes: int | None) -> None:
    answer = house.owner.client.patch(f"/users/{person_id}", json={"quota_bytes": quota_bytes})
    assert answer.status_code == 200, answer.text


def test_a_person_uploads_as_much_as_they_may(house: House) -> None:
    person = house.newcomer()
    room = person.client.get("/me").json()["room"]
    assert (room["quota_bytes"], room["used_bytes"]) == (None, 0)
    _quota(house, person.id, 100_000)
    first = send_bytes(person, noise(60_000), "first.wav")
    assert first.status_code == 201, first.text
    before = traces(house)
    for answer in (
        send_bytes(person, noise(60_000), "second.wav"),
        send_bytes(person, _chunked(noise(60_000)), "second.wav"),
        send_form(person, part(b"second.wav", noise(60_000))),
    ):
        members = problem(answer, 413, "quota_exceeded")
        assert (members["quota_bytes"], members["used_bytes"]) == (100_000, 60_000)
    assert traces(house) == before
    assert send_bytes(person, noise(40_000), "fits.wav").status_code == 201
    assert person.client.get("/me").json()["room"]["used_bytes"] == 100_000
    # What lies in the bin counts: it can come back.
    assert person.client.delete(f"/tracks/{first.json()['items'][0]['track']['id']}").status_code == 204
    problem(send_bytes(person, noise(60_000), "third.wav"), 413, "quota_exceeded")
    _quota(house, person.id, 200_000)
    assert send_bytes(person, noise(60_000), "third.wav").status_code == 201
    _quota(house, person.id, 0)
    problem(send_bytes(person, noise(1000), "nothing.wav"), 413, "quota_exceeded")
    _quota(house, person.id, None)
    assert send_bytes(person, noise(60_000), "fourth.wav").status_code == 201


def test_one_form_cannot_pass_the_quota_either(house: House) -> None:
    person = house.newcomer()
    _quota(house, person.id, 100_000)
    answer = send_form(person, b"".join(part(b"%d.wav" % n, noise(40_000)) for n in range(4)))
    assert len(answer.json()["items"]) == 2
    assert [p["code"] for p in answer.json()["problems"]] == ["quota_exceeded"] * 2
    assert person.client.get("/me").json()["room"]["used_bytes"] == 80_000


def test_nor_can_many_requests_at_once(house: House) -> None:
    person = house.newcomer()
    _quota(house, person.id, 100_000)
    contents = [noise(60_000) for _ in range(6)]
    answers = _at_once([lambda c=content: send_bytes(person, c, "race.wav") for content in contents])
    assert sorted(answer.status_code for answer in answers) == [201] + [413] * 5
    assert person.client.get("/me").json()["room"]["used_bytes"] == 60_000
    assert sum(len(stored(house, content)) for content in contents) == 1


def _at_once(asks: list[Any]) -> list[httpx.Response]:
    answers: list[httpx.Response] = []
    barrier = threading.Barrier(len(asks))

    def run(ask: Any) -> None:
        barrier.wait()
        answers.append(ask())

    threads = [threading.Thread(target=run, args=(ask,)) for ask in asks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_who_may_not_upload_is_told_before_sending_it_all(house: House) -> None:
    before = traces(house)
    large = bytes(20_000_000)
    problem(house.client().post("/uploads?filename=a.flac", content=large), 401, "unauthenticated")
    problem(send_bytes(house.some("guest"), large), 403, "permission_missing")
    problem(send_form(house.some("guest"), part(b"a.flac", FLAC)), 403, "permission_missing")
    assert house.some("guest").client.get("/me").json()["room"] is None
    assert traces(house) == before


def test_a_person_who_is_barred_uploads_no_more(house: House, tmp_path: Path) -> None:
    person = house.newcomer()
    track = uploaded(person, tune(tmp_path / "a.flac"))
    house.owner.client.patch(f"/users/{person.id}", json={"disabled": True})
    problem(send_bytes(person, noise(9000), "b.wav"), 401, "session_ended")
    # What they gave stays.
    assert house.owner.client.get(f"/tracks/{track['id']}/stream").status_code == 200


def _form(house: House, body: bytes, kind: str = "multipart/form-data; boundary=frontier") -> httpx.Response:
    return house.some("member").client.post("/uploads", content=body, headers={"content-type": kind})


NO_FILE = part(b"a.flac", FLAC).replace(b'filename="a.flac"', b"")
BROKEN_FORMS = [
    (b"", "multipart/form-data", "content-type"),
    (b"", "multipart/form-data; boundary=", "content-type"),
    (b"", "multipart/form-data; boundary=" + "x" * 201, "content-type"),
    (b"", "multipart/form-data; boundary=frontier", "file"),
    (b"--frontier--\r\n", "multipart/form-data; boundary=frontier", "file"),
    (b"garbage" * 100, "multipart/form-data; boundary=frontier", "body"),
    (b"--frontier\r\nno colon here\r\n\r\nx", "multipart/form-data; boundary=frontier", "body"),
    (b"--frontier\r\nA: " + b"x" * 1_000_000, "multipart/form-data; boundary=frontier", "body"),
    (b"--frontier\r\n" + b"A: b\r\n" * 10_000, "multipart/form-data; boundary=frontier", "body"),
    (part(b"a.flac", FLAC)[:-2], "multipart/form-data; boundary=frontier", "body"),
    (NO_FILE, "multipart/form-data; boundary=frontier", "body"),
    (NO_FILE + b"--frontier--\r\n", "multipart/form-data; boundary=frontier", "file"),
]


def test_a_broken_form_is_told_what_is_wrong(house: House) -> None:
    before = traces(house)
    for body, kind, field in BROKEN_FORMS:
        assert problem(_form(house, body, kind), 422, "invalid")["field"] == field, body[:50]
    assert traces(house) == before


def test_a_bare_body_needs_a_name(house: House) -> None:
    post = house.some("member").client.post
    problem(post("/uploads", content=FLAC), 422, "invalid")
    for name in ("", "x" * 501, "a\0.flac"):
        answer = post("/uploads", params={"filename": name}, content=FLAC)
        assert problem(answer, 422, "invalid")["field"] == "filename"
