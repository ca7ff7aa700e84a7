"""Lyrics and chords as listeners get them."""

from pathlib import Path

from tests.support.houses import House, items, problem
from tests.support.music import later, tune


def test_sheets_are_given_with_the_track_as_they_stand(house: House, tmp_path: Path) -> None:
    person = house.newcomer()
    song = tune(tmp_path / "m" / "song.flac", title="Song", artists="A", lyrics="plain words")
    tune(tmp_path / "m" / "silent.flac", title="Silent")
    song.with_suffix(".lrc").write_text("[ti:Song]\n[00:01.50]Timed wörds\n")
    song.with_suffix(".chordpro").write_text("{title: Song}\n[C]Timed [G7]words")
    library_id = house.library(tmp_path / "m", person)
    tracks = {t["title"]: t for t in items(person.client.get("/tracks", params={"library_id": library_id}))}
    path = f"/tracks/{tracks['Song']['id']}/lyrics"
    assert items(person.client.get(path)) == [
        {"source": ".chordpro", "format": "chordpro", "content": "{title: Song}\n[C]Timed [G7]words"},
        {"source": ".lrc", "format": "lrc", "content": "[ti:Song]\n[00:01.50]Timed wörds"},
        {"source": "embedded", "format": "plain", "content": "plain words"},
    ]
    assert items(person.client.get(f"/tracks/{tracks['Silent']['id']}/lyrics")) == []
    song.with_suffix(".lrc").write_text("[00:02.00]Other words")
    later(song.with_suffix(".lrc"))
    song.with_suffix(".chordpro").unlink()
    house.scan(library_id)
    assert [(sheet["source"], sheet["content"]) for sheet in items(person.client.get(path))] == [
        (".lrc", "[00:02.00]Other words"),
        ("embedded", "plain words"),
    ]
    problem(house.newcomer().client.get(path), 404, "track_not_found")
    problem(person.client.get("/tracks/0000000000000000/lyrics"), 404, "track_not_found")
