"""Uploads that go well: forms and bare bodies, every format, any name."""

from pathlib import Path
from typing import Any

import pytest
from tests.catalog.uploads.sending import (
    call,
    incoming,
    part,
    send,
    send_bytes,
    send_form,
    stored,
    traces,
    uploaded,
)
from tests.support.audio import make_sound
from tests.support.houses import House, items, problem
from tests.support.music import tune
from tests.support.pictures import picture
from tests.support.server import until

# How each format is named and what it is told to be to players.
FORMATS = [
    ("a.mp3", None, "mp3", "audio/mpeg"),
    ("b.flac", None, "flac", "audio/flac"),
    ("c.wav", None, "wav", "audio/wav"),
    ("d.aiff", None, "aiff", "audio/aiff"),
    ("e.ogg", None, "vorbis", "audio/ogg"),
    ("f.opus", None, "opus", "audio/ogg"),
    ("g.m4a", None, "aac", "audio/mp4"),
    ("h.m4a", "alac", "alac", "audio/mp4"),
    ("i.wma", None, "wma", "audio/x-ms-wma"),
    ("j.ape", None, "ape", "audio/x-ape"),
    ("k.wv", None, "wavpack", "audio/x-wavpack"),
]


def test_a_form_takes_files_of_every_format(house: House, tmp_path: Path) -> None:
    person = house.newcomer()
    paths = [
        make_sound(tmp_path / name, seconds=0.3, frequency=4300 + 10 * n, codec=codec, title=f"Title {name}")
        for n, (name, codec, _, _) in enumerate(FORMATS)
    ]
    answer = send(person, *paths)
    assert answer.status_code == 201, answer.text
    assert answer.json()["problems"] == []
    told = [
        (i["file_name"], i["track"]["codec"], i["track"]["media_type"], i["duplicate"])
        for i in answer.json()["items"]
    ]
    assert told == [(name, codec, kind, False) for name, _, codec, kind in FORMATS]
    for path, item in zip(paths, answer.json()["items"], strict=True):
        track = item["track"]
        assert (track["title"], track["size_bytes"]) == (f"Title {path.name}", path.stat().st_size)
        assert 200 <= track["duration_ms"] <= 500
        heard = person.client.get(f"/tracks/{track['id']}/stream")
        assert (heard.content == path.read_bytes(), heard.headers["content-type"]) == (True, track["media_type"])
        assert len(stored(house, path.read_bytes())) == 1
    assert person.client.get("/me").json()["room"]["used_bytes"] == sum(path.stat().st_size for path in paths)


def test_what_a_file_says_of_itself_is_shown_everywhere(house: House, tmp_path: Path) -> None:
    person = house.newcomer()
    path = tune(
        tmp_path / "x.flac",
        title="Uploaded title",
        artists=("Uploading Artist", "Second Uploader"),
        album="Uploaded album",
        album_artists="Uploading Artist",
        genres="Uploaded genre",
        track_number=3,
        date="1977-05-04",
        lyrics="[00:00.10]Uploaded words",
        cover=picture("orange"),
    )
    track = uploaded(person, path)
    get = house.some("guest").client.get  # an upload is for the whole house
    assert [artist["name"] for artist in track["artists"]] == ["Uploading Artist", "Second Uploader"]
    assert (track["year"], track["track_number"], track["genres"]) == (1977, 3, ["Uploaded genre"])
    shelf = get(f"/albums/{track['album_id']}").json()
    assert (shelf["album"]["title"], shelf["album"]["cover"]) == ("Uploaded album", track["cover"])
    assert [one["id"] for one in shelf["tracks"]] == [track["id"]]
    assert "Uploaded words" in get(f"/tracks/{track['id']}/lyrics").text
    assert get(f"/covers/{track['cover']}").status_code == 200
    found = house.found(house.some("guest").client, "uploaded")
    assert [one["item"]["id"] for one in found["tracks"]] == [track["id"]]
    details = get(f"/tracks/{track['id']}").json()
    assert (details["uploader_id"], details["file_name"], details["may_edit"]) == (person.id, "x.flac", False)
    newest = items(get("/tracks", params={"sort": "added", "order": "desc", "limit": 1}))
    assert newest[0]["id"] == track["id"]
    (entry,) = items(house.owner.client.get("/activity", params={"kind": "track.uploaded", "actor_id": person.id}))
    assert entry["details"] == {
        "track_id": track["id"],
        "title": "Uploaded title",
        "size_bytes": path.stat().st_size,
    }


def test_bytes_are_written_and_hashed_while_they_arrive(house: House, tmp_path: Path) -> None:
    content = tune(tmp_path / "slow.wav", seconds=6).read_bytes()
    person = house.some("member")
    before = incoming(house)
    connection = call(house, person, "slow.wav", "Transfer-Encoding: chunked", "Connection: close")
    half = len(content) // 2
    connection.sendall(b"%x\r\n" % half + content[:half] + b"\r\n")
    (draft,) = until(lambda: [path for path in incoming(house) if path not in before], "the upload to begin")
    # All but what waits for the next write lies on the disk before the rest was sent.
    until(lambda: draft.stat().st_size > half - 300_000, "half of the bytes to be written")
    connection.sendall(b"%x\r\n" % (len(content) - half) + content[half:] + b"\r\n0\r\n\r\n")
    reply = b"".join(iter(lambda: connection.recv(65536), b""))
    connection.close()
    assert reply.startswith(b"HTTP/1.1 201")
    assert not draft.exists()
    assert len(stored(house, content)) == 1


def test_a_bare_body_of_unknown_length(house: House, tmp_path: Path) -> None:
    content = tune(tmp_path / "a.mp3").read_bytes()
    answer = send_bytes(house.some("member"), (content[at : at + 999] for at in range(0, len(content), 999)), "a.mp3")
    assert answer.status_code == 201, answer.text
    assert len(stored(house, content)) == 1


def test_a_form_of_good_bad_and_known_files(house: House, tmp_path: Path) -> None:
    person = house.some("member")
    good, known, late = (tune(tmp_path / name) for name in ("good.flac", "known.mp3", "late.ogg"))
    again = uploaded(person, known)
    (tmp_path / "bad.mp3").write_bytes(b"no music at all")
    (tmp_path / "notes.txt").write_bytes(b"a text")
    (tmp_path / "empty.flac").write_bytes(b"")
    answer = send(
        person, *(tmp_path / n for n in ("bad.mp3", "good.flac", "notes.txt", "known.mp3", "empty.flac")), late
    )
    assert answer.status_code == 201, answer.text
    told = answer.json()
    assert [(i["file_name"], i["duplicate"]) for i in told["items"]] == [
        ("good.flac", False),
        ("known.mp3", True),
        ("late.ogg", False),
    ]
    assert told["items"][1]["track"]["id"] == again["id"]
    assert [(p["file_name"], p["code"]) for p in told["problems"]] == [
        ("bad.mp3", "unreadable_sound"),
        ("notes.txt", "unsupported_format"),
        ("empty.flac", "empty_upload"),
    ]
    assert all(p["detail"].startswith("file: ") for p in told["problems"])
    assert (good.exists(), len(stored(house, good.read_bytes()))) == (True, 1)


def test_what_else_is_in_a_form_is_passed_over(house: House, tmp_path: Path) -> None:
    content = tune(tmp_path / "a.flac").read_bytes()
    field = b'--frontier\r\nContent-Disposition: form-data; name="note"\r\n\r\nhello\r\n'
    form = field + part(b"fields.flac", content) + field
    kind = {"content-type": 'Multipart/Form-Data; charset=utf-8; boundary="frontier"'}
    answer = house.some("member").client.post("/uploads", content=form + b"--frontier--", headers=kind)
    assert answer.status_code == 201, answer.text
    assert [item["file_name"] for item in answer.json()["items"]] == ["fields.flac"]


def test_a_name_that_lies_about_the_format_is_put_right(house: House, tmp_path: Path) -> None:
    person = house.some("member")
    content = tune(tmp_path / "a.flac").read_bytes()
    answer = send_bytes(person, content, "song.mp3")
    (item,) = answer.json()["items"]
    assert (item["file_name"], item["track"]["codec"]) == ("song.flac", "flac")
    heard = person.client.get(f"/tracks/{item['track']['id']}/download")
    assert (heard.headers["content-type"], heard.content) == ("audio/flac", content)
    assert 'filename="song.flac"' in heard.headers["content-disposition"]


NAMES = {
    b"../../../../etc/passwd.flac": "passwd.flac",
    b"..\\..\\windows\\system.flac": "system.flac",
    b"C:\\Users\\me\\song.flac": "song.flac",
    "Jörg – 日本の歌.FLAC".encode(): "Jörg – 日本の歌.flac",
    b"caf\xe9.flac": "caf\ufffd.flac",
    b"nul\x00bell\x07escape\x1b[31m.flac": "nulbellescape[31m.flac",
    b"x" * 3000 + b".flac": "x" * 200 + ".flac",
    "é".encode() * 900 + b".flac": "é" * 200 + ".flac",
    b"-rf $(id) `id`;|&.flac": "-rf $(id) `id`;|&.flac",
}


def test_names_cannot_do_harm(house: House, tmp_path: Path) -> None:
    person = house.some("member")
    content = tune(tmp_path / "a.flac").read_bytes()
    outside = {path for path in house.server.data.parent.rglob("*") if "uploads" not in path.parts}
    answer = send_form(person, b"".join(part(name, content) for name in NAMES))
    told = answer.json()
    assert told["problems"] == []
    assert [item["file_name"] for item in told["items"]] == list(NAMES.values())
    assert len({item["track"]["id"] for item in told["items"]}) == 1
    made = {
        path.name
        for path in house.server.data.parent.rglob("*")
        if "uploads" not in path.parts and path not in outside
    }
    assert not {name for name in made if name.endswith(".flac") or "passwd" in name}
    (place,) = stored(house, content)
    assert place.relative_to(house.server.data / "uploads").parts[:2] == (place.name[:2], place.name[2:4])


@pytest.mark.parametrize(
    ("given", "shown"),
    [("../x/y.flac", "y.flac"), ("line\nend\u2028here.flac", "line end here.flac")],
)
def test_nor_can_they_in_the_query(house: House, tmp_path: Path, given: str, shown: str) -> None:
    content = tune(tmp_path / "a.flac").read_bytes()
    person = house.some("member")
    (item,) = send_bytes(person, content, given).json()["items"]
    assert item["file_name"] == shown
    told = person.client.get(f"/tracks/{item['track']['id']}/download").headers["content-disposition"]
    assert "\n" not in told
    assert item["track"]["title"] == "a"


def test_a_file_without_a_title_is_called_by_its_name(house: House) -> None:
    from tests.support.audio import encoded

    person = house.some("member")
    (item,) = send_bytes(person, encoded(".flac", 0.3, 4111.0), "07 - Untold Story.flac").json()["items"]
    assert "Untold Story" in item["track"]["title"]


def test_corrections_come_later_and_stay(house: House, tmp_path: Path) -> None:
    person, other = house.newcomer(), house.some("member")
    path = tune(tmp_path / "a.mp3", title="Typo", artists="Wrong", album="Wrong album")
    track = uploaded(person, path)
    edit = {"title": "Right", "artists": ["Right One", "Right Two"], "album": "Right album", "year": 2001}
    problem(other.client.patch(f"/tracks/{track['id']}", json=edit), 403, "permission_missing")
    answer = person.client.patch(f"/tracks/{track['id']}", json=edit)
    assert answer.status_code == 200, answer.text

    def check() -> None:
        shown: dict[str, Any] = other.client.get(f"/tracks/{track['id']}").json()
        assert (shown["track"]["title"], shown["track"]["year"]) == ("Right", 2001)
        assert [a["name"] for a in shown["track"]["artists"]] == ["Right One", "Right Two"]
        assert (shown["track"]["album"], shown["edited"]) == ("Right album", ["album", "artists", "title", "year"])

    check()
    assert send(other, path).json()["items"][0]["track"]["title"] == "Right"  # the same bytes bring nothing back
    check()
    assert person.client.delete(f"/tracks/{track['id']}").status_code == 204
    house.owner.client.post(f"/bin/{track['id']}/restore")
    check()
    assert person.client.get(f"/tracks/{track['id']}/download").content == path.read_bytes()


def test_an_upload_leaves_nothing_but_itself(house: House, tmp_path: Path) -> None:
    files, _ = traces(house)
    uploaded(house.some("member"), tune(tmp_path / "a.flac"))
    after, _ = traces(house)
    assert len(after - files) == 1
    assert incoming(house) == []
