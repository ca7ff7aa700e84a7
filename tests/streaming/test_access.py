"""Who may hear a track, asked anew for every request of every kind, and addresses that carry their own proof."""

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from tests.streaming.scenery import Stage, patiently, stage
from tests.support.audio import encoded
from tests.support.houses import House, Person, problem
from tests.support.music import tune
from tests.support.server import until

WAYS = [
    ("GET", "/stream", {}),
    ("GET", "/stream", {"range": "bytes=0-9"}),
    ("GET", "/stream", {"range": "bytes=0-1,5-6"}),
    ("GET", "/stream", {"if-none-match": "*"}),
    ("GET", "/stream", {"if-modified-since": "Fri, 31 Dec 2100 23:59:59 GMT"}),
    ("GET", "/stream?format=mp3", {}),
    ("GET", "/stream?format=mp3&start=100", {}),
    ("GET", "/download", {}),
    ("GET", "/download", {"range": "bytes=0-9"}),
    ("POST", "/stream-url", {}),
]


def _ask(client: httpx.Client, track: str, way: tuple[str, str, dict[str, str]]) -> httpx.Response:
    method, tail, headers = way
    return patiently(lambda: client.request(method, f"/tracks/{track}{tail}", headers=headers))


def _all_refused(client: httpx.Client, track: str, status: int, code: str) -> None:
    for way in WAYS:
        problem(_ask(client, track, way), status, code)
        if way[0] == "GET":
            assert _ask(client, track, ("HEAD", *way[1:])).status_code == status, way


def _all_given(client: httpx.Client, track: str) -> None:
    for way in WAYS:
        assert _ask(client, track, way).status_code in (200, 201, 206, 304), way


@pytest.fixture(scope="module")
def songs(house: House, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """A library of a few tracks in folders of their own, each of them for one test to play its tricks on."""
    folder = tmp_path_factory.mktemp("songs")
    (folder / "secret.mp3").write_bytes(encoded(".mp3", 0.3, 800.0))
    for number in range(12):
        tune(folder / "m" / f"{number}" / f"song {number}.mp3", title=f"song {number}")
    tune(folder / "m" / "1" / "other.mp3", title="other")
    return stage(house, folder / "m")


class One(NamedTuple):
    """A track that nobody else uses, and somebody who alone may hear it."""

    house: House
    person: Person
    library: str
    id: str
    file: Path

    def path(self, tail: str = "stream") -> str:
        return f"/tracks/{self.id}/{tail}"


@pytest.fixture
def one(songs: Stage) -> One:
    """The next track of the library, and a new person."""
    title = min((title for title in songs.tracks if title.startswith("song ")), key=lambda t: int(t.split()[1]))
    track = songs.tracks.pop(title)
    person = songs.house.newcomer("admin")
    answer = songs.house.owner.client.patch(f"/admin/libraries/{songs.library}", json={"member_ids": [person.id]})
    assert answer.status_code == 200
    return One(songs.house, person, songs.library, track["id"], next(songs.folder.rglob(f"{title}.mp3")))


def test_every_way_to_hear_a_track_asks_who_it_is(house: House, one: One) -> None:
    track = one.id
    _all_given(one.person.client, track)  # also made what others could find in the cache
    _all_refused(house.client(), track, 401, "unauthenticated")
    _all_refused(house.bearing("no token"), track, 401, "session_ended")
    _all_refused(house.some("member").client, track, 404, "track_not_found")
    _all_refused(house.owner.client, track, 404, "track_not_found")
    for nothing in ("0" * 16, "x", "../../sarau.db", "%00", "9" * 400):
        assert one.person.client.get(f"/tracks/{nothing}/stream").status_code == 404
    house.owner.client.patch(f"/users/{one.person.id}", json={"disabled": True})
    _all_refused(one.person.client, track, 401, "session_ended")


def test_what_was_deleted_or_is_missing_cannot_be_heard(house: House, one: One, tmp_path: Path) -> None:
    path, kept = one.file, tmp_path / "kept.mp3"
    admin, track = one.person, one.id
    _all_given(admin.client, track)
    assert admin.client.delete(f"/tracks/{track}").status_code == 204
    _all_refused(admin.client, track, 404, "track_not_found")
    assert admin.client.post(f"/bin/{track}/restore").status_code == 204
    _all_given(admin.client, track)
    # Gone from the disk, before anybody noticed: the track is known, and its file cannot be read.
    shutil.move(path, kept)
    for way in WAYS:
        if way[0] == "GET":
            problem(_ask(admin.client, track, way), 404, "sound_missing")
    shutil.move(kept, path)
    _all_given(admin.client, track)
    # Gone, and a scan noticed.
    shutil.move(path, kept)
    house.scan(one.library)
    _all_refused(admin.client, track, 404, "track_not_found")
    shutil.move(kept, path)
    house.scan(one.library)
    _all_given(admin.client, track)


def _link_out(path: Path) -> None:
    path.symlink_to(path.parent.parent.parent / "secret.mp3")


def _link_in(path: Path) -> None:
    path.symlink_to(path.parent.parent / "1" / "other.mp3")


def _folder(path: Path) -> None:
    path.mkdir()


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _folder_linked(path: Path) -> None:
    elsewhere = path.parent.parent.parent / "elsewhere"
    shutil.move(path.parent, elsewhere)
    (elsewhere / path.name).write_bytes(encoded(".mp3", 0.3, 800.0))
    path.parent.symlink_to(elsewhere)


@pytest.mark.parametrize("trick", [_link_out, _link_in, _folder, _pipe, _folder_linked])
def test_nothing_but_a_plain_file_in_its_place_is_served(one: One, trick: Callable[[Path], None]) -> None:
    one.file.unlink()
    trick(one.file)
    for tail in ("stream", "download", "stream?format=opus"):
        problem(one.person.client.get(one.path(tail)), 404, "sound_missing")


def _signed(person: Person, track: str) -> str:
    answer = person.client.post(f"/tracks/{track}/stream-url")
    assert answer.status_code == 201
    assert answer.headers["cache-control"] == "no-store"
    url: str = answer.json()["url"]
    return url


def test_a_signed_address_needs_no_headers(house: House, one: One) -> None:
    content = one.file.read_bytes()
    url = _signed(one.person, one.id)
    assert url.startswith(house.url)
    anybody = house.at_root()
    answer = anybody.get(url)
    assert (answer.status_code, answer.content) == (200, content)
    part = anybody.get(url, headers={"range": "bytes=10-19", "if-range": answer.headers["etag"]})
    assert (part.status_code, part.content) == (206, content[10:20])
    assert anybody.head(url).headers["content-length"] == str(len(content))
    assert anybody.get(url, headers={"if-none-match": answer.headers["etag"]}).status_code == 304
    other = patiently(lambda: anybody.get(url + "&format=opus"))
    assert (other.status_code, other.content[:4]) == (200, b"OggS")
    assert problem(anybody.get(url + "&format=ogg"), 422, "bad_encoding")["field"] == "format"
    assert parse_qs(urlsplit(url).query)["sig"][0] not in house.server.said()  # nor is it ever in a log


def test_it_is_good_for_one_track_and_one_person_alone(house: House, songs: Stage, one: One) -> None:
    other = house.some("admin")
    first, second = one.id, songs.tracks["other"]["id"]
    url = urlsplit(_signed(one.person, first))
    query = {name: values[0] for name, values in parse_qs(url.query).items()}
    anybody = house.client()
    assert anybody.get(f"/tracks/{first}/stream", params=query).status_code == 200
    assert one.person.client.get(f"/tracks/{second}/stream").status_code == 200
    problem(anybody.get(f"/tracks/{second}/stream", params=query), 401, "bad_signature")
    changes: list[dict[str, str]] = [
        {"u": other.id},
        {"u": ""},
        {"exp": str(int(query["exp"]) + 1)},
        {"exp": "9" * 12},
        {"exp": ""},
        {"exp": "٣" * 4},
        {"exp": f" {query['exp']}"},
        {"sig": ""},
        {"sig": "A" * len(query["sig"])},
        {"sig": query["sig"][:-1]},
        {"sig": query["sig"].swapcase()},
        {"sig": query["sig"] + "="},
        {"sig": "é" * 20},
    ]
    for change in changes:
        for client in (anybody, one.person.client):  # a wrong one is refused whoever shows it
            problem(client.get(f"/tracks/{first}/stream", params=query | change), 401, "bad_signature")
    for name in ("u", "exp"):
        left = {key: value for key, value in query.items() if key != name}
        problem(anybody.get(f"/tracks/{first}/stream", params=left), 401, "bad_signature")
    left = {key: value for key, value in query.items() if key != "sig"}
    problem(anybody.get(f"/tracks/{first}/stream", params=left), 401, "unauthenticated")
    # Nothing else takes it for a proof.
    for method, path in (
        ("GET", f"/tracks/{first}/download"),
        ("GET", f"/tracks/{first}"),
        ("GET", f"/tracks/{first}/cover"),
        ("GET", "/me"),
        ("POST", f"/tracks/{first}/stream-url"),
    ):
        problem(anybody.request(method, path, params=query), 401, "unauthenticated")


def test_it_ends_after_its_time(tight_house: House, tmp_path: Path) -> None:
    tune(tmp_path / "m" / "song.mp3", title="song")
    music = stage(tight_house, tmp_path / "m")
    anybody = tight_house.at_root()
    answer = music.person.client.post(music.path("song", "stream-url")).json()
    ends_s = int(parse_qs(urlsplit(answer["url"]).query)["exp"][0])
    assert ends_s <= time.time() + 1
    assert answer["expires_at"].startswith(time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(ends_s)))
    until(lambda: anybody.get(answer["url"]).status_code == 401, "the address to end")
    problem(anybody.get(answer["url"]), 401, "bad_signature")
    assert anybody.get(_signed(music.person, music.tracks["song"]["id"])).status_code == 200


def test_it_ends_with_the_person_and_with_what_they_may(house: House, one: One) -> None:
    url = _signed(one.person, one.id)
    anybody = house.at_root()
    for change, status, code in (
        ({"disabled": True}, 401, "unauthenticated"),
        ({"disabled": False}, 200, ""),
        ({"role": "guest"}, 200, ""),
    ):
        assert house.owner.client.patch(f"/users/{one.person.id}", json=change).status_code == 200
        answer = anybody.get(url)
        assert (answer.status_code, "" if status == 200 else answer.json()["code"]) == (status, code), change
    house.owner.client.patch(f"/admin/libraries/{one.library}", json={"member_ids": []})
    problem(anybody.get(url), 404, "track_not_found")
    house.owner.client.patch(f"/admin/libraries/{one.library}", json={"member_ids": [one.person.id]})
    assert anybody.get(url).status_code == 200
    one.file.unlink()
    problem(anybody.get(url), 404, "sound_missing")


def test_an_app_asks_for_one_by_its_key_which_is_no_signature_itself(house: House, one: One) -> None:
    key = one.person.client.post("/me/api-keys", json={"name": "app"}).json()["secret"]
    url = house.bearing(key).post(one.path("stream-url")).json()["url"]
    assert house.at_root().get(url).status_code == 200
    made_up = {"u": one.person.id, "exp": "9999999999", "sig": key[:64]}
    problem(house.client().get(one.path(), params=made_up), 401, "bad_signature")


def test_behind_a_proxy_the_address_is_that_of_the_proxy(proxied_house: House, tmp_path: Path) -> None:
    tune(tmp_path / "m" / "song.mp3", title="song")
    music = stage(proxied_house, tmp_path / "m")
    seen = {"x-forwarded-proto": "https", "x-forwarded-for": "203.0.113.77", "host": "music.example"}
    url = music.person.client.post(music.path("song", "stream-url"), headers=seen).json()["url"]
    assert url.startswith("https://music.example/api/v1/tracks/")
