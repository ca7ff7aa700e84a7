"""Broken, cut, misnamed files: each is told with its reason, and stands in nobody's way."""

import os
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from tests.support.audio import SUFFIXES, encoded, make_video
from tests.support.houses import House, Person, items, problem
from tests.support.music import everything_in, later, tune
from tests.support.pictures import picture

from sarau.foundation.media.formats import Codec

MISSPELT = os.fsdecode(b"misspelt \xe9\xff.mp3")
FAR_TIMES = {"future.flac": 10**12, "past.flac": -(10**11)}


class Heap(NamedTuple):
    """A library of broken and good files, as its first scan left it."""

    house: House
    root: Path
    library_id: str
    person: Person
    problems: dict[str, dict[str, Any]]
    tracks: dict[str, dict[str, Any]]


def _problems(house: House, library_id: str) -> dict[str, dict[str, Any]]:
    found = items(house.owner.client.get(f"/admin/libraries/{library_id}/problems"))
    assert len({one["path"] for one in found}) == len(found)
    return {one["path"]: one for one in found}


def _tracks(person: Person, library_id: str) -> dict[str, dict[str, Any]]:
    found = items(person.client.get("/tracks", params={"library_id": library_id, "limit": 500}))
    return {person.client.get(f"/tracks/{track['id']}").json()["file_name"]: track for track in found}


def _fill(root: Path) -> None:
    def put(name: str, content: bytes) -> None:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    for suffix in SUFFIXES:
        whole = encoded(suffix, seconds=2.0, frequency=300.0)
        put(f"empty/empty{suffix}", b"")
        put(f"zeros/zeros{suffix}", bytes(5000))
        put(f"text/text{suffix}", b"Dear diary, today I renamed a letter. " * 40)
        put(f"head/head{suffix}", whole[:24])
        put(f"half/half{suffix}", whole[: len(whole) // 2])
    put("picture.flac", picture())
    put("tags only.mp3", b"ID3\x04\0\0\0\0\x01\x00" + bytes(128))
    make_video(root / "silent film.mp4", with_sound=False)
    put("really a flac.mp3", encoded(".flac", frequency=301.0))
    put("really a wave.ogg", encoded(".wav", frequency=302.0))
    put("really an ogg.FLAC", encoded(".ogg", frequency=303.0))
    put("really alac.m4b", encoded(".m4a", frequency=304.0, codec="alac"))
    tune(root / "good.flac", title="Good", artists="Artist")
    for name, seconds in FAR_TIMES.items():
        os.utime(tune(root / name, title=name), (seconds, seconds))
    tune(root / "new.mp3", title="Misspelt").rename(root / MISSPELT)


@pytest.fixture(scope="module")
def heap(house: House, tmp_path_factory: pytest.TempPathFactory) -> Heap:
    root: Path = tmp_path_factory.mktemp("heap") / "music"
    _fill(root)
    before = everything_in(root)
    person = house.newcomer()
    library_id = house.library(root, person)
    assert everything_in(root) == before
    return Heap(house, root, library_id, person, _problems(house, library_id), _tracks(person, library_id))


def test_what_is_no_sound_is_listed_with_its_reason(heap: Heap) -> None:
    for suffix in SUFFIXES:
        for kind in ("empty", "zeros", "text", "head"):
            told = heap.problems[f"{kind}/{kind}{suffix}"]
            assert told["code"] == "unreadable_sound", told
            assert len(told["reason"]) > 5, told
            assert f"{kind}{suffix}" not in heap.tracks
        assert heap.problems[f"empty/empty{suffix}"]["reason"] == "empty file"
    for name in ("picture.flac", "tags only.mp3", "silent film.mp4"):
        assert heap.problems[name]["reason"]
        assert name not in heap.tracks


def test_a_file_is_a_track_or_a_problem(heap: Heap) -> None:
    files = [path for path in heap.root.rglob("*") if path.is_file()]
    named = {os.fsencode(path.relative_to(heap.root)).decode(errors="replace") for path in files}
    heard = {name for name in named if name.rpartition("/")[2] in heap.tracks}
    assert heard | set(heap.problems) == named
    assert not heard & set(heap.problems)


def test_what_a_half_holds_is_heard(heap: Heap) -> None:
    for suffix in (".mp3", ".flac", ".wav", ".ogg", ".opus", ".aac"):
        track = heap.tracks[f"half{suffix}"]
        answer = heap.person.client.get(f"/tracks/{track['id']}/stream")
        assert answer.status_code == 200
        assert answer.content == (heap.root / "half" / f"half{suffix}").read_bytes()


@pytest.mark.parametrize(
    ("name", "codec", "media_type"),
    [
        ("really a flac.mp3", Codec.FLAC, "audio/flac"),
        ("really a wave.ogg", Codec.WAV, "audio/wav"),
        ("really an ogg.FLAC", Codec.VORBIS, "audio/ogg"),
        ("really alac.m4b", Codec.ALAC, "audio/mp4"),
    ],
)
def test_a_wrong_ending_deceives_nobody(heap: Heap, name: str, codec: Codec, media_type: str) -> None:
    track = heap.tracks[name]
    assert (track["codec"], track["media_type"]) == (codec.value, media_type)
    answer = heap.person.client.get(f"/tracks/{track['id']}/stream")
    assert answer.headers["content-type"] == media_type
    assert answer.content == (heap.root / name).read_bytes()


def test_a_name_that_is_no_utf_8_is_served(heap: Heap) -> None:
    track = heap.tracks["misspelt \ufffd\ufffd.mp3"]
    assert track["title"] == "Misspelt"
    for way in ("stream", "download"):
        answer = heap.person.client.get(f"/tracks/{track['id']}/{way}")
        assert answer.content == (heap.root / MISSPELT).read_bytes()


@pytest.mark.parametrize("name", FAR_TIMES)
def test_times_beyond_our_calendar_are_served(heap: Heap, name: str) -> None:
    track = heap.tracks[name]
    answer = heap.person.client.get(f"/tracks/{track['id']}/stream", headers={"range": "bytes=0-9"})
    assert (answer.status_code, answer.content) == (206, (heap.root / name).read_bytes()[:10])
    again = {"if-none-match": answer.headers["etag"], "if-modified-since": answer.headers["last-modified"]}
    assert heap.person.client.get(f"/tracks/{track['id']}/stream", headers=again).status_code == 304


def test_problems_are_for_administrators(heap: Heap) -> None:
    problem(heap.person.client.get(f"/admin/libraries/{heap.library_id}/problems"), 403, "permission_missing")


def test_a_problem_is_forgotten_when_it_is_solved(house: House, tmp_path: Path) -> None:
    root = tmp_path / "music"
    person = house.newcomer()
    good = tune(root / "good.flac", title="Good")
    for name in ("a/mended.mp3", "a/removed.mp3", "a/stays.mp3", "gone/x.mp3", "b.mp3"):
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_bytes(b"broken")
    (root / "link.flac").symlink_to(tmp_path / "nowhere.flac")
    library_id = house.library(root, person)
    listed = {"a/mended.mp3", "a/removed.mp3", "a/stays.mp3", "gone/x.mp3", "b.mp3", "link.flac"}
    assert set(_problems(house, library_id)) == listed
    tune(root / "a" / "mended.mp3", title="Mended")
    (root / "a" / "removed.mp3").unlink()
    last = max(scan["id"] for scan in items(house.owner.client.get("/admin/scans")))
    asked = house.owner.client.post(f"/admin/libraries/{library_id}/scan", json={"folders": ["a"]})
    assert asked.status_code == 202
    house.server.scanned(house.owner.client, library_id, last)
    assert set(_problems(house, library_id)) == listed - {"a/mended.mp3", "a/removed.mp3"}
    (root / "gone" / "x.mp3").unlink()
    (root / "gone").rmdir()
    (root / "link.flac").unlink()
    good.write_bytes(good.read_bytes()[:20])
    later(good)
    done = house.scan(library_id)["counts"]
    assert (done["seen"], done["problems"]) == (4, 3)
    assert set(_problems(house, library_id)) == {"a/stays.mp3", "b.mp3", "good.flac"}
    (track,) = [t for t in _tracks(person, library_id).values() if t["title"] == "Good"]
    assert person.client.get(f"/tracks/{track['id']}/stream").content == good.read_bytes()
    tune(good, title="Good again")
    later(good, 20)
    house.scan(library_id)
    assert set(_problems(house, library_id)) == {"a/stays.mp3", "b.mp3"}
    assert _tracks(person, library_id)["good.flac"]["id"] == track["id"]


def test_a_file_that_becomes_a_link_is_not_served(house: House, tmp_path: Path) -> None:
    person = house.newcomer()
    root = tmp_path / "music"
    song = tune(root / "Album" / "song.flac", title="Song")
    other = tune(root / "Folder" / "other.flac", title="Other")
    tune(root / "stays.flac", title="Stays")
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "other.flac").write_text("the secret")
    library_id = house.library(root, person)
    tracks = _tracks(person, library_id)
    song.unlink()
    song.symlink_to(secret / "other.flac")
    other.unlink()
    other.parent.rmdir()
    (root / "Folder").symlink_to(secret)
    for name in ("song.flac", "other.flac"):
        for way in ("stream", "download", "stream?format=opus", "stream?format=mp3"):
            answer = person.client.get(f"/tracks/{tracks[name]['id']}/{way}")
            assert 400 <= answer.status_code < 500, (way, answer.status_code)
            assert answer.json()["code"]
            assert "secret" not in answer.text
    assert house.scan(library_id)["counts"]["missing"] == 2
    assert set(_tracks(person, library_id)) == {"stays.flac"}
    assert {one["code"] for one in _problems(house, library_id).values()} == {"link_outside"}
