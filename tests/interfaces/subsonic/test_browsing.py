"""Going through the library as apps do: by folders, by tags, by lists, by words."""

from typing import Any

import pytest
from tests.support.audio import make_sound
from tests.support.houses import House
from tests.support.server import until
from tests.support.subsonic import App, Scene


def _names(found: list[dict[str, Any]], field: str = "name") -> list[str]:
    return [one[field] for one in found]


def _albums(app: App, **asked: Any) -> list[str]:
    return _names(app.ask("getAlbumList2", **asked)["albumList2"]["album"])


def test_folders_are_the_real_ones(scene: Scene) -> None:
    top = scene.member.ask("getIndexes", musicFolderId=scene.number)["indexes"]
    letters = {letter["name"]: letter["artist"] for letter in top["index"]}
    found = {letter: _names(artists) for letter, artists in letters.items()}
    assert found == {"E": ["Elis Regina", "Elis & Tom"], "T": ["Tom Jobim"]}
    assert _names(top["child"], "title") == ["Solta"]
    tom = scene.member.ask("getMusicDirectory", id=letters["T"][0]["id"])["directory"]
    assert [(one["title"], one["isDir"]) for one in tom["child"]] == [("Wave", True)]
    wave = scene.member.ask("getMusicDirectory", id=tom["child"][0]["id"])["directory"]
    assert wave["parent"] == tom["id"]
    assert [(one["title"], one["isDir"]) for one in wave["child"]] == [("Wave", False), ("Batidinha", False)]
    assert wave["child"][0]["path"] == "Tom Jobim/Wave/01 Wave.flac"
    assert wave["child"][0]["parent"] == wave["id"]


def test_indexes_are_not_sent_again_unless_they_changed(scene: Scene) -> None:
    first = scene.member.ask("getIndexes", musicFolderId=scene.number)["indexes"]
    again = scene.member.ask("getIndexes", musicFolderId=scene.number, ifModifiedSince=first["lastModified"])[
        "indexes"
    ]
    assert (again["lastModified"], again["index"]) == (first["lastModified"], [])
    earlier = scene.member.ask("getIndexes", musicFolderId=scene.number, ifModifiedSince=first["lastModified"] - 1)
    assert earlier["indexes"]["index"] == first["index"]


def test_several_artists_are_several(scene: Scene) -> None:
    song = scene.song("Águas de Março")
    assert song["displayArtist"] == "Elis Regina & Tom Jobim"
    assert _names(song["artists"]) == _names(song["albumArtists"]) == ["Elis Regina", "Tom Jobim"]
    assert song["artistId"] == song["artists"][0]["id"]
    for name in ("Elis Regina", "Tom Jobim"):
        artist = scene.member.ask("getArtist", id=scene.artist(name)["id"])["artist"]
        assert "Elis & Tom" in _names(artist["album"])
        assert artist["albumCount"] == len(artist["album"]) == 2


def test_lists_of_albums(scene: Scene) -> None:
    here = {"musicFolderId": scene.number}
    by_name = _albums(scene.member, type="alphabeticalByName", **here)
    assert by_name == ["Elis & Tom", "Falso Brilhante", "Wave"]
    assert _albums(scene.member, type="alphabeticalByName", size=1, offset=1, **here) == ["Falso Brilhante"]
    assert _albums(scene.member, type="alphabeticalByName", offset=3, **here) == []
    assert sorted(_albums(scene.member, type="random", **here)) == by_name
    assert sorted(_albums(scene.member, type="newest", **here)) == by_name
    assert _albums(scene.member, type="byYear", fromYear=1960, toYear=1975, **here) == ["Wave", "Elis & Tom"]
    assert _albums(scene.member, type="byYear", fromYear=1975, toYear=1960, **here) == ["Elis & Tom", "Wave"]
    assert sorted(_albums(scene.member, type="byGenre", genre="bossa nova", **here)) == ["Elis & Tom", "Wave"]
    assert _albums(scene.member, type="byGenre", genre="polka", **here) == []
    assert _albums(scene.member, type="newest", size=0, **here) == []


def test_lists_of_songs(scene: Scene) -> None:
    here = {"musicFolderId": scene.number}
    drawn = scene.member.ask("getRandomSongs", size=500, **here)["randomSongs"]["song"]
    assert len({one["id"] for one in drawn}) == len(drawn) == 7
    sixties = scene.member.ask("getRandomSongs", fromYear=1960, toYear=1969, **here)["randomSongs"]["song"]
    assert sorted(_names(sixties, "title")) == ["Batidinha", "Wave"]
    samba = scene.member.ask("getSongsByGenre", genre="SAMBA", count=2, offset=1, **here)["songsByGenre"]["song"]
    assert len(samba) == 2
    drawn = scene.member.ask("getRandomSongs", genre="Bossa Nova", toYear=1970, **here)["randomSongs"]["song"]
    assert sorted(_names(drawn, "title")) == ["Batidinha", "Wave"]


def test_marks_show_wherever_a_thing_is_shown(scene: Scene) -> None:
    app = App(scene.house, scene.member.person)
    album, artist = scene.album("Wave"), scene.artist("Tom Jobim")
    song = album["song"][1]
    app.ask("star", id=[song["id"], album["id"]], artistId=artist["id"])
    app.ask("setRating", id=song["id"], rating=3)
    app.ask("setRating", id=artist["id"], rating=2)
    opened = app.ask("getAlbum", id=album["id"])["album"]
    assert opened["starred"]
    assert [("starred" in one, one.get("userRating")) for one in opened["song"]] == [(False, None), (True, 3)]
    listed = app.ask("getAlbumList2", type="byYear", fromYear=1967, toYear=1967)["albumList2"]["album"]
    assert any(one["id"] == album["id"] and one["starred"] == opened["starred"] for one in listed)
    assert (scene.artist("Tom Jobim")["userRating"], "starred" in scene.artist("Tom Jobim")) == (2, True)
    found = scene.found("batidinha")["song"][0]
    assert (found["userRating"], "starred" in found) == (3, True)
    starred = app.ask("getStarred2")["starred2"]
    assert [_names(starred["artist"]), _names(starred["album"]), _names(starred["song"], "title")] == [
        ["Tom Jobim"], ["Wave"], ["Batidinha"],
    ]  # fmt: skip
    assert _albums(app, type="starred") == ["Wave"]
    app.ask("setRating", id=album["id"], rating=5)
    assert _albums(app, type="highest") == ["Wave"]
    for thing in (song, album, artist):
        app.ask("unstar", id=thing["id"])
        app.ask("setRating", id=thing["id"], rating=0)
    assert app.ask("getStarred2")["starred2"] == {"artist": [], "album": [], "song": []}
    assert "starred" not in app.ask("getSong", id=song["id"])["song"]


def test_listening_is_counted_and_shown(scene: Scene) -> None:
    app = App(scene.house, scene.house.some("owner"), "Radiola")
    song = scene.song("Los Hermanos")
    app.ask("reportPlayback", mediaId=song["id"], mediaType="song", positionMs=0, state="starting")
    app.ask("reportPlayback", mediaId=song["id"], mediaType="song", positionMs=100, state="paused", playbackRate=1.5)
    (now,) = [
        one for one in scene.member.ask("getNowPlaying")["nowPlaying"]["entry"] if one["playerName"] == "Radiola"
    ]
    assert (now["title"], now["username"], now["state"], now["positionMs"], now["playbackRate"]) == (
        "Los Hermanos", "olga", "paused", 100, 1.5,
    )  # fmt: skip
    app.ask("reportPlayback", mediaId=song["id"], mediaType="song", positionMs=300, state="stopped")
    app.ask("scrobble", id=[song["id"], song["id"]], time=[1_600_000_000_000, 1_600_000_100_000])
    heard = app.ask("getSong", id=song["id"])["song"]
    assert heard["playCount"] >= 2
    assert _albums(app, type="frequent")[0] == _albums(app, type="recent")[0] == "Falso Brilhante"
    top = app.ask("getTopSongs", artist="elis regina", count=1)["topSongs"]["song"]
    assert _names(top, "title") == ["Los Hermanos"]
    assert app.fail("reportPlayback", mediaId=song["id"], mediaType="podcast", positionMs=0, state="playing") == 10
    assert app.fail("reportPlayback", mediaId=song["id"], mediaType="song", positionMs=0, state="resting") == 10


def test_words_find_and_no_words_give_everything(scene: Scene) -> None:
    found = scene.found("elis")
    assert "Elis Regina" in _names(found["artist"])
    assert "Elis & Tom" in _names(found["album"])
    old = scene.member.ask("search2", query="falso")["searchResult2"]
    assert [(one["title"], one["isDir"]) for one in old["album"]] == [("Falso Brilhante", True)]
    oldest = scene.member.ask("search", title="batidinha")["searchResult"]
    assert _names(oldest["match"], "title") == ["Batidinha"]

    def page(offset: int) -> list[str]:
        asked = {"query": "", "songCount": 2, "songOffset": offset, "albumCount": 0, "artistCount": 0}
        return _names(scene.member.ask("search3", musicFolderId=scene.number, **asked)["searchResult3"]["song"], "id")

    until(lambda: len(page(6)) == 1, "the index to have everything", 20)
    everything = [one for offset in range(0, 8, 2) for one in page(offset)]
    assert len(set(everything)) == len(everything) == 7


@pytest.mark.parametrize("query", ['""', "*", ""])
def test_ways_to_ask_for_everything(scene: Scene, query: str) -> None:
    scene.found("wave")
    found = scene.member.ask("search3", query=query, musicFolderId=scene.number)["searchResult3"]
    assert len(found["song"]) == 7
    assert len(found["album"]) == 3


def test_similar_songs_are_of_the_same_kind(scene: Scene) -> None:
    song = scene.song("Como Nossos Pais")
    found = scene.member.ask("getSimilarSongs", id=song["id"])["similarSongs"]["song"]
    assert "Velha Roupa Colorida" in _names(found, "title")
    assert "Como Nossos Pais" not in _names(found, "title")
    assert scene.member.ask("getSimilarSongs2", id=scene.artist("Tom Jobim")["id"])["similarSongs2"]["song"]


def test_who_may_not_hear_a_library_finds_nothing_of_it(scene: Scene) -> None:
    album, artist = scene.album("Falso Brilhante"), scene.artist("Elis Regina")
    song = album["song"][0]
    folder = scene.member.ask("getIndexes", musicFolderId=scene.number)["indexes"]["index"][0]["artist"][0]["id"]
    app = scene.outsider
    for endpoint, thing in (
        ("getAlbum", album["id"]),
        ("getArtist", artist["id"]),
        ("getSong", song["id"]),
        ("getMusicDirectory", folder),
        ("getMusicDirectory", album["id"]),
        ("getCoverArt", album["coverArt"]),
        ("getCoverArt", album["id"]),
        ("stream", song["id"]),
        ("download", song["id"]),
        ("star", song["id"]),
        ("scrobble", song["id"]),
        ("getLyricsBySongId", song["id"]),
        ("getArtistInfo2", artist["id"]),
        ("getAlbumInfo2", album["id"]),
        ("createShare", album["id"]),
        ("getTopSongs", "tr-" + artist["id"][3:]),
    ):
        assert app.fail(endpoint, id=thing) == 70, endpoint
    assert app.fail("setRating", id=song["id"], rating=1) == 70
    assert app.fail("createBookmark", id=song["id"], position=1) == 70
    assert app.fail("createPlaylist", name="x", songId=song["id"]) == 70
    assert app.fail("getArtists", musicFolderId=scene.number) == 70
    for endpoint, element in (("getArtists", "artists"), ("getGenres", "genres"), ("getIndexes", "indexes")):
        assert "Elis" not in str(app.ask(endpoint)[element])
    assert song["id"] not in str(app.ask("search3", query="como nossos pais"))
    assert app.ask("getTopSongs", artist="Elis Regina")["topSongs"]["song"] == []
    assert app.ask("getLyrics", artist="Elis Regina", title="Como Nossos Pais")["lyrics"]["value"] == ""


@pytest.mark.parametrize("thing", ["x", "tr-x", "al-0000000000000000", "0", "zz-0000000000000000", "tr-" + "f" * 16])
def test_ids_that_name_nothing(scene: Scene, thing: str) -> None:
    for endpoint in ("getSong", "getAlbum", "getArtist", "getMusicDirectory", "stream", "getCoverArt", "star"):
        assert scene.member.fail(endpoint, id=thing) == 70, endpoint


def test_what_comes_into_the_house_is_shown_at_once(scene: Scene, house: House, tmp_path: Any) -> None:
    app = App(house, house.newcomer())
    before = app.ask("getArtists")["artists"]["index"]
    sound = make_sound(
        tmp_path / "nova.flac", seconds=0.2, frequency=333.3, title="Nova", artists=("Zélia",), album="Já"
    )
    sent = app.person.client.post("/uploads", files={"file": ("nova.flac", sound.read_bytes())})
    assert sent.status_code == 201, sent.text
    letters = {one["name"]: _names(one["artist"]) for one in app.ask("getArtists")["artists"]["index"]}
    assert "Zélia" in letters["Z"]
    assert before != letters
    tops = {one["name"] for letter in app.ask("getIndexes")["indexes"]["index"] for one in letter["artist"]}
    assert "Zélia" in tops, "uploads lie in no folder: their artists stand in for them"
