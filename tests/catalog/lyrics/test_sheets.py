"""Lyrics and chords as listeners get them, and as people put them."""

from pathlib import Path
from typing import Any

import pytest
from tests.support.houses import House, Person, items, problem
from tests.support.music import later, tune

LRC = "[ti:Song]\r\n[00:00.50]Oh my darling\n[00:02.00]Clementine\n"
CHORDS = "{title: Song}\n{key: F}\nOh my [F]darling\nClemen[C7]tine\n"


class Scene:
    """A folder of songs, and somebody who hears them."""

    def __init__(self, house: House, folder: Path, *, role: str = "member") -> None:
        self.house = house
        self.person = house.newcomer(role)
        self.folder = folder / "m"
        self.song = tune(self.folder / "song.flac", title="Song", artists="A", seconds=4, lyrics="Oh my darling")
        self.song.with_suffix(".lrc").write_bytes(LRC.encode())
        self.song.with_suffix(".chordpro").write_text(CHORDS)
        tune(self.folder / "silent.flac", title="Silent", seconds=4)
        self.library_id = house.library(self.folder, self.person)
        tracks = items(self.person.client.get("/tracks", params={"library_id": self.library_id}))
        self.ids = {track["title"]: track["id"] for track in tracks}

    def get(self, title: str = "Song", by: Person | None = None, **query: Any) -> dict[str, Any]:
        answer = (by or self.person).client.get(f"/tracks/{self.ids[title]}/lyrics", params=query)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def put(self, content: str, kind: str = "auto", title: str = "Song") -> dict[str, Any]:
        about = {"format": kind, "content": content}
        answer = self.person.client.put(f"/tracks/{self.ids[title]}/lyrics", json=about)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def sources(self, title: str = "Song") -> list[str]:
        return [sheet["source"] for sheet in self.get(title)["sheets"]]


@pytest.fixture
def scene(house: House, tmp_path: Path) -> Scene:
    return Scene(house, tmp_path)


def test_timed_words_and_chords_of_files_come_together(scene: Scene) -> None:
    found = scene.get()
    assert found == {
        "track_id": scene.ids["Song"],
        "key": "F",
        "capo": 0,
        "words_timing": "sheet",
        "chords_timing": "aligned",
        "confidence": 1.0,
        "lines": [
            {
                "index": 0, "kind": "line", "section": None, "gap": False, "start_ms": 500, "end_ms": 2000,
                "text": "Oh my darling", "words": [],
                "chords": [{"name": "F", "column": 6, "start_ms": 1192, "remark": False}],
            },
            {
                "index": 1, "kind": "line", "section": None, "gap": False, "start_ms": 2000, "end_ms": 3000,
                "text": "Clementine", "words": [],
                "chords": [{"name": "C7", "column": 6, "start_ms": found["lines"][1]["chords"][0]["start_ms"],
                            "remark": False}],
            },
        ],
        "sheets": [
            {"source": ".chordpro", "format": "chordpro", "content": CHORDS, "put_by": None, "put_at": None},
            {"source": ".lrc", "format": "lrc", "content": LRC, "put_by": None, "put_at": None},
            {"source": "embedded", "format": "plain", "content": "Oh my darling", "put_by": None, "put_at": None},
        ],
    }  # fmt: skip
    assert 2000 < found["lines"][1]["chords"][0]["start_ms"] < 3000


def test_a_song_without_sheets_has_none(scene: Scene) -> None:
    assert scene.get("Silent") == {
        "track_id": scene.ids["Silent"], "key": None, "capo": 0, "words_timing": "none", "chords_timing": "none",
        "confidence": 1.0, "lines": [], "sheets": [],
    }  # fmt: skip


def test_chords_are_shown_as_they_are_wanted(scene: Scene) -> None:
    def chords(**query: Any) -> list[str]:
        return [chord["name"] for line in scene.get(**query)["lines"] for chord in line["chords"]]

    assert chords() == ["F", "C7"]
    assert chords(transpose=2) == ["G", "D7"]
    assert chords(transpose=-11) == ["F#", "C#7"]
    assert chords(capo=5) == ["C", "G7"]
    assert chords(transpose=2, capo=7) == ["C", "G7"]
    assert scene.get(transpose=2, capo=7)["key"] == "G"  # what sounds
    for name, value in (("transpose", 12), ("transpose", -12), ("capo", 12), ("capo", -1), ("transpose", "x")):
        answer = scene.person.client.get(f"/tracks/{scene.ids['Song']}/lyrics", params={name: value})
        assert problem(answer, 422, "invalid")["field"] == name
    scene.put("{key: C}\n[Cmaj7/E]Oh my dar[Gsus4]ling", "chordpro")
    assert chords(simplified=True) == ["Cmaj7", "G"]


def test_sheets_are_given_back_as_they_came(scene: Scene) -> None:
    path = f"/tracks/{scene.ids['Song']}/lyrics"
    for source, content in ((".lrc", LRC), (".chordpro", CHORDS), ("embedded", "Oh my darling")):
        answer = scene.person.client.get(f"{path}/{source}")
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"
        assert answer.content == content.encode()
    problem(scene.person.client.get(f"{path}/house"), 404, "sheet_not_found")
    mine = "\n\n  Óh my \t\r\ndarling 🎵\r\r\n \n"
    scene.put(mine)
    assert scene.person.client.get(f"{path}/house").content == mine.encode()


def test_files_are_followed_and_what_people_put_stays(scene: Scene) -> None:
    scene.put("[00:01.00]Put here")
    scene.put("[C]Put [G]here")
    assert scene.sources() == [".chordpro", ".lrc", "embedded", "house", "house-chords"]
    scene.song.with_suffix(".lrc").write_text("[00:02.00]Other words")
    later(scene.song.with_suffix(".lrc"))
    scene.song.with_suffix(".chordpro").unlink()
    tune(scene.song, title="Song", artists="A", seconds=4)
    later(scene.song)
    scene.house.scan(scene.library_id)
    assert scene.sources() == [".lrc", "house", "house-chords"]
    assert [(line["start_ms"], line["text"]) for line in scene.get()["lines"]] == [(1000, "Put here")]
    scene.song.with_suffix(".lrc").unlink()
    moved = scene.song.rename(scene.folder / "elsewhere.flac")
    scene.house.scan(scene.library_id)
    assert scene.sources() == ["house", "house-chords"]
    assert moved.exists()


def test_words_and_chords_put_by_people_are_kept_apart(scene: Scene) -> None:
    words = scene.put("[00:01.00]Fish alive\n[00:02.50]in the water", title="Silent")
    assert (words["words_timing"], words["chords_timing"]) == ("sheet", "none")
    both = scene.put("C       G\nFish alive\nAm     C\nin the water", title="Silent")
    assert (both["words_timing"], both["chords_timing"], both["key"]) == ("sheet", "aligned", "C")
    assert [sheet["format"] for sheet in both["sheets"]] == ["lrc", "chords_over_words"]
    for sheet in both["sheets"]:
        assert sheet["put_by"] == scene.person.username
        assert sheet["put_at"].endswith("Z")
    again = scene.put("[00:01.20]Fish alive", "lrc", title="Silent")
    assert [sheet["source"] for sheet in again["sheets"]] == ["house", "house-chords"]
    assert again["lines"][0]["start_ms"] == 1200
    assert [sheet["source"] for sheet in scene.put("", "lrc", "Silent")["sheets"]] == ["house-chords"]
    assert scene.put(" \n", "auto", "Silent")["sheets"] == []


def test_what_is_not_timed_is_spread_over_the_song(scene: Scene) -> None:
    found = scene.put("Fish alive\n\nin water", title="Silent")
    assert (found["words_timing"], found["chords_timing"], found["confidence"]) == ("estimated", "none", 0)
    first, second = found["lines"]
    assert (first["start_ms"], first["end_ms"], first["gap"]) == (0, second["start_ms"], False)
    assert second["gap"] is True
    assert second["end_ms"] == pytest.approx(4000, abs=100)
    found = scene.put("C  G\nFish alive\n", title="Silent")
    assert (found["words_timing"], found["chords_timing"]) == ("estimated", "estimated")
    assert scene.get("Silent")["sheets"][0]["source"] == "house"


def test_who_may_put_sheets(scene: Scene) -> None:
    path = f"/tracks/{scene.ids['Song']}/lyrics"
    guest = scene.house.newcomer("guest")
    new = {"content": "words"}
    problem(guest.client.put(path, json=new), 403, "permission_missing")
    stranger = scene.house.newcomer()
    problem(stranger.client.put(path, json=new), 404, "track_not_found")
    problem(stranger.client.get(path), 404, "track_not_found")
    problem(stranger.client.get(f"{path}/.lrc"), 404, "track_not_found")
    problem(scene.house.client().put(path, json=new), 401, "unauthenticated")
    problem(scene.person.client.get("/tracks/0000000000000000/lyrics"), 404, "track_not_found")
    problem(scene.person.client.put("/tracks/0000000000000000/lyrics", json=new), 404, "track_not_found")
    assert scene.sources() == [".chordpro", ".lrc", "embedded"]


@pytest.mark.parametrize(
    ("new", "field"),
    [
        ({}, "content"),
        ({"content": "x", "format": "abc"}, "format"),
        ({"content": "x" * (256 * 1024 + 1)}, "content"),
        ({"content": "é" * (128 * 1024 + 1)}, "content"),
        ({"content": "x", "track_id": "y"}, "track_id"),
        ({"content": None}, "content"),
    ],
)
def test_what_is_no_sheet_is_refused(scene: Scene, new: dict[str, Any], field: str) -> None:
    answer = scene.person.client.put(f"/tracks/{scene.ids['Song']}/lyrics", json=new)
    assert problem(answer, 422, "invalid")["field"] == field


def test_the_largest_sheet_is_kept_whole(scene: Scene) -> None:
    content = "é" * (128 * 1024)
    scene.put(content, "plain")
    assert scene.person.client.get(f"/tracks/{scene.ids['Song']}/lyrics/house").text == content


def test_the_activity_log_tells_who_put_and_removed(scene: Scene) -> None:
    scene.put("words of mine", "plain")
    scene.put("", "plain")
    scene.put("", "plain")  # there is nothing to remove
    query = {"actor_id": scene.person.id}
    told = [
        (entry["kind"], entry["details"])
        for entry in items(scene.house.owner.client.get("/activity", params=query))
        if entry["kind"].startswith("lyrics.")
    ]
    about = {"track_id": scene.ids["Song"], "title": "Song"}
    assert told == [("lyrics.removed", about), ("lyrics.put", {**about, "source": "house", "format": "plain"})]


def test_who_put_a_sheet_may_be_gone(scene: Scene) -> None:
    scene.put("words of mine", "plain")
    scene.house.sql(f"UPDATE sheets SET put_by = NULL WHERE track_id = {int(scene.ids['Song'], 16)}")
    [mine] = [sheet for sheet in scene.get()["sheets"] if sheet["source"] == "house"]
    assert mine["put_by"] is None


def test_how_chords_are_held(house: House) -> None:
    client = house.some("guest").client
    found = client.get("/chords/F/diagrams").json()
    assert (found["name"], found["instrument"], found["strings"]) == ("F", "guitar", ["E", "A", "D", "G", "B", "E"])
    assert found["diagrams"][0] == {
        "frets": [1, 3, 3, 2, 1, 1], "base_fret": 1, "fingers": [1, 3, 4, 2, 1, 1], "barre": 1
    }  # fmt: skip
    assert any(diagram["base_fret"] > 1 for diagram in found["diagrams"])
    assert client.get("/chords/C/diagrams").json()["diagrams"][0]["frets"] == [-1, 3, 2, 0, 1, 0]
    ukulele = client.get("/chords/C/diagrams", params={"instrument": "ukulele"}).json()
    assert (ukulele["strings"], ukulele["diagrams"][0]["frets"]) == (["G", "C", "E", "A"], [0, 0, 0, 3])
    cavaquinho = client.get("/chords/G/diagrams", params={"instrument": "cavaquinho"}).json()
    assert (cavaquinho["strings"], cavaquinho["diagrams"][0]["frets"]) == (["D", "G", "B", "D"], [0, 0, 0, 0])
    for path, name in (("F%23m7%2FC%23", "F#m7/C#"), ("F%23m7/C%23", "F#m7/C#"), ("D%C3%B3%23m7(b5)", "Dó#m7(b5)")):
        assert client.get(f"/chords/{path}/diagrams").json()["name"] == name
    for path in ("la", "H", "C%00", "%7C", "C" * 500):
        assert client.get(f"/chords/{path}/diagrams").status_code in (404, 422)
    problem(client.get("/chords/la/diagrams"), 404, "chord_not_found")
    problem(client.get("/chords/C/diagrams", params={"instrument": "tuba"}), 422, "invalid")
    problem(house.client().get("/chords/C/diagrams"), 401, "unauthenticated")
