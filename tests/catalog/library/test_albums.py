"""Which tracks make one album, and whom it is by."""

from pathlib import Path
from typing import Any, NamedTuple

import pytest
from tests.support.houses import House, Person, items, problem
from tests.support.music import tune
from tests.support.pictures import picture

VARIOUS_MBID = "89ad4ac3-39f7-470e-963a-56509c546377"


class Shelf(NamedTuple):
    """A library of one test, and somebody who hears it."""

    house: House
    library_id: str
    person: Person

    def albums(self, **parameters: Any) -> list[dict[str, Any]]:
        return items(self.person.client.get("/albums", params={"library_id": self.library_id, **parameters}))

    def album(self, title: str) -> dict[str, Any]:
        (found,) = [a for a in self.albums() if a["title"] == title]
        return found

    def page(self, title: str) -> dict[str, Any]:
        found: dict[str, Any] = self.person.client.get(f"/albums/{self.album(title)['id']}").json()
        return found

    def tracks(self, **parameters: Any) -> list[dict[str, Any]]:
        return items(self.person.client.get("/tracks", params={"library_id": self.library_id, **parameters}))


def _music(root: Path) -> None:
    def put(place: str, **tags: Any) -> None:
        tune(root / place, hz=330, **tags)

    for disc in (1, 2):
        for number in (2, 1):
            of = {"album": "Box", "artists": "Boxer", "disc_number": disc, "track_number": number}
            put(f"Box/CD{disc}/{number}.flac", title=f"{disc}-{number}", **of)
    for artist in ("First", "Second"):
        put(f"{artist}/1.flac", title=f"{artist} hit", album="Greatest Hits", artists=artist, album_artists=artist)
    put("Same folder/1.flac", title="A", album="Together", artists="Anna")
    put("Same folder/2.flac", title="B", album="Together", artists="Berta")
    put("Elsewhere/1.flac", title="C", album="Together", artists="Anna")
    put("Sampler/1.flac", title="S1", album="Sampler", artists="One", compilation=True)
    put("Sampler/2.flac", title="S2", album="Sampler", artists="Two", compilation=True)
    put("Duo/1.flac", title="D", album="Duets", artists=("Ana & Bob", "Carl"), artist_display="Ana & Bob feat. Carl",
        album_artists=("Ana & Bob", "Carl"))  # fmt: skip
    put("Slash/1.flac", title="AC", album="Volts", artists="AC/DC, the band", album_artists="AC/DC, the band")
    release = "11111111-1111-4111-8111-111111111111"
    for place in ("mb/a/1", "mb/b/2"):
        put(f"{place}.flac", title=place, album="One release", artists="Em", mb_album_id=release)
    for number, mbid in enumerate(("a" * 8, "b" * 8)):
        put(f"namesakes/{number}.flac", title=f"N{number}", artists="John", album=f"John {number}",
            mb_artist_ids=f"{mbid}-1111-4111-8111-111111111111")  # fmt: skip
    put("loose/1.flac", title="Loose", artists="Nobody's", genres=("Fado", "FADO", "Choro"), composers="Composer C")
    put("nothing/untitled file.flac", title=None)
    put("VA/1.flac", title="V1", album="Hits", artists="Vera", album_artists="Various Artists")
    put("VA/2.flac", title="V2", album="Hits", artists="Vito", album_artists="various artists",
        mb_album_artist_ids=VARIOUS_MBID)  # fmt: skip
    put("long/1.flac", title="T" * 600, album="L" * 600, artists="A" * 600)
    put(
        "cover/1.flac",
        title="With",
        album="Covered",
        artists="Cora",
        cover=picture("red"),
        track_number=1,
        date="1990",
        year=1990,
    )
    put("cover/2.flac", title="Without", album="Covered", artists="Cora", track_number=2, date="1991", year=1991)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root: Path = tmp_path_factory.mktemp("albums")
    _music(root)
    return root


@pytest.fixture(scope="module")
def shelf(house: House, folder: Path) -> Shelf:
    person = house.newcomer()
    return Shelf(house, house.library(folder, person), person)


def test_discs_are_one_album_in_order(shelf: Shelf) -> None:
    page = shelf.page("Box")
    assert [t["title"] for t in page["tracks"]] == ["1-1", "1-2", "2-1", "2-2"]
    assert (page["album"]["disc_count"], page["album"]["track_count"]) == (2, 4)
    assert page["album"]["duration_ms"] == sum(t["duration_ms"] for t in page["tracks"])
    assert page["album"]["artist"] == "Boxer"


def test_one_title_by_two_artists_is_two_albums(shelf: Shelf) -> None:
    assert sorted(a["artist"] for a in shelf.albums() if a["title"] == "Greatest Hits") == ["First", "Second"]


def test_without_album_artists_the_folder_decides(shelf: Shelf) -> None:
    both = [a for a in shelf.albums() if a["title"] == "Together"]
    assert sorted((a["artist"], a["track_count"]) for a in both) == [("Anna", 1), ("Various Artists", 2)]


def test_compilations_are_by_various_artists(shelf: Shelf) -> None:
    sampler = shelf.album("Sampler")
    assert (sampler["artist"], sampler["compilation"], sampler["track_count"]) == ("Various Artists", True, 2)
    one = next(t for t in shelf.tracks() if t["title"] == "S1")
    page = shelf.person.client.get(f"/artists/{one['artists'][0]['id']}").json()
    assert page["albums"] == []
    assert [a["title"] for a in page["appears_on"]] == ["Sampler"]


def test_various_artists_are_one_however_they_are_written(shelf: Shelf) -> None:
    hits = shelf.page("Hits")
    assert len(hits["tracks"]) == 2
    various = {a["artists"][0]["id"] for a in shelf.albums() if a["artist"].lower() == "various artists"}
    assert len(various) == 1


def test_several_artists_are_each_credited_and_nothing_is_split_by_guess(shelf: Shelf) -> None:
    duets = shelf.album("Duets")
    assert [a["name"] for a in duets["artists"]] == ["Ana & Bob", "Carl"]
    (track,) = shelf.page("Duets")["tracks"]
    assert track["artist"] == "Ana & Bob feat. Carl"
    assert [a["name"] for a in track["artists"]] == ["Ana & Bob", "Carl"]
    carl = shelf.person.client.get(f"/artists/{track['artists'][1]['id']}").json()
    assert [a["title"] for a in carl["albums"]] == ["Duets"]
    assert [a["name"] for a in shelf.album("Volts")["artists"]] == ["AC/DC, the band"]


def test_a_musicbrainz_release_is_one_album_wherever_it_lies(shelf: Shelf) -> None:
    assert shelf.album("One release")["track_count"] == 2


def test_musicbrainz_ids_tell_namesakes_apart(shelf: Shelf) -> None:
    johns = {shelf.album(f"John {n}")["artists"][0]["id"] for n in (0, 1)}
    assert len(johns) == 2


def test_tracks_without_album_title_or_artist(shelf: Shelf) -> None:
    loose = next(t for t in shelf.tracks() if t["title"] == "Loose")
    assert (loose["album"], loose["album_id"]) == (None, None)
    assert sorted(loose["genres"]) in (["Choro", "FADO", "Fado"], ["Choro", "Fado"])
    untitled = next(t for t in shelf.tracks() if t["title"] == "untitled file")
    assert untitled["artist"] == "Unknown Artist"
    details = shelf.person.client.get(f"/tracks/{loose['id']}").json()
    assert details["composers"] == ["Composer C"]
    for credit in details["credits"]:
        answer = shelf.person.client.get(f"/artists/{credit['artist']['id']}")
        assert answer.status_code == 200, credit


def test_genres_that_differ_by_case_are_one(shelf: Shelf) -> None:
    genres = [g for g in items(shelf.person.client.get("/genres")) if g["name"].lower() == "fado"]
    assert len(genres) == 1
    assert items(shelf.person.client.get("/tracks", params={"genre_id": genres[0]["id"]}))


def test_an_album_takes_the_first_cover_and_the_last_year(shelf: Shelf) -> None:
    album = shelf.album("Covered")
    tracks = shelf.page("Covered")["tracks"]
    assert album["cover"] == tracks[0]["cover"] is not None
    assert tracks[1]["cover"] is None
    assert album["year"] == 1991


def test_very_long_names_are_served(shelf: Shelf) -> None:
    (long,) = [t for t in shelf.tracks(limit=500) if t["title"].startswith("TTTT")]
    assert shelf.person.client.get(f"/albums/{long['album_id']}").status_code == 200
    assert shelf.person.client.get(f"/artists/{long['artists'][0]['id']}").status_code == 200


def test_folders_are_the_real_ones(shelf: Shelf, folder: Path) -> None:
    client = shelf.person.client
    (top,) = [f for f in items(client.get("/folders")) if f["library_id"] == shelf.library_id]
    page = client.get(f"/folders/{top['id']}").json()
    assert {f["name"] for f in page["folders"]} == {p.name for p in folder.iterdir()}
    box = next(f for f in page["folders"] if f["name"] == "Box")
    (first, second) = client.get(f"/folders/{box['id']}").json()["folders"]
    deep = client.get(f"/folders/{first['id']}").json()
    assert [f["name"] for f in deep["ancestors"]] == [top["name"], "Box"]
    inside = shelf.tracks(folder_id=second["id"], sort="album")
    assert [t["title"] for t in inside] == ["2-1", "2-2"]
    for kind, code in (
        ("folders", "folder_not_found"),
        ("albums", "album_not_found"),
        ("artists", "artist_not_found"),
    ):
        for nowhere in ("0" * 16, "x", "8" + "0" * 15, "%00", "1" * 400):
            problem(client.get(f"/{kind}/{nowhere}"), 404, code)
