"""What apps keep in the house: playlists, queues, bookmarks, links, stations; and running it."""

from typing import Any

import pytest
from tests.support.houses import fresh_name
from tests.support.server import PASSWORD
from tests.support.subsonic import App, Scene


def _titles(found: list[dict[str, Any]]) -> list[str]:
    return [one["title"] for one in found]


def test_a_playlist_from_its_making_to_its_end(scene: Scene) -> None:
    app = scene.member
    songs = [one["id"] for one in scene.album("Falso Brilhante")["song"]]
    made = app.ask("createPlaylist", name="Festa", songId=[songs[0], songs[1], songs[0]])["playlist"]
    assert (made["songCount"], made["public"], made["owner"]) == (3, False, app.person.username)
    app.ask(
        "updatePlaylist", playlistId=made["id"], songIndexToRemove=[0, 1], songIdToAdd=songs[2], comment="Até tarde"
    )
    changed = app.ask("getPlaylist", id=made["id"])["playlist"]
    assert [one["id"] for one in changed["entry"]] == [songs[0], songs[2]]
    assert changed["comment"] == "Até tarde"
    app.ask("createPlaylist", playlistId=made["id"], songId=songs[1])
    assert [one["id"] for one in app.ask("getPlaylist", id=made["id"])["playlist"]["entry"]] == [songs[1]]
    app.ask("updatePlaylist", playlistId=made["id"], name="Festa grande")
    assert "Festa grande" in [one["name"] for one in app.ask("getPlaylists")["playlists"]["playlist"]]
    assert app.fail("updatePlaylist", playlistId=made["id"], songIndexToRemove="x") == 10
    for nowhere in ("-1", "1", "9" * 30):
        assert app.fail("updatePlaylist", playlistId=made["id"], songIndexToRemove=nowhere) == 70
    app.ask("deletePlaylist", id=made["id"])
    assert app.fail("getPlaylist", id=made["id"]) == 70


def test_a_playlist_is_seen_by_others_once_it_is_public(scene: Scene) -> None:
    name = fresh_name("playlist")
    playlist = scene.member.ask("createPlaylist", name=name, songId=scene.song("Wave")["id"])["playlist"]["id"]
    assert scene.outsider.fail("getPlaylist", id=playlist) == 70
    assert scene.outsider.fail("deletePlaylist", id=playlist) == 70
    scene.member.ask("updatePlaylist", playlistId=playlist, public="true")
    seen = scene.outsider.ask("getPlaylist", id=playlist)["playlist"]
    assert (seen["public"], seen["readonly"], seen["entry"]) == (True, True, []), "its song is not theirs to hear"
    assert scene.outsider.fail("updatePlaylist", playlistId=playlist, name="Meu") == 50
    scene.member.ask("updatePlaylist", playlistId=playlist, public="false")
    assert scene.outsider.fail("getPlaylist", id=playlist) == 70


def test_an_app_that_knows_no_links_leaves_them(scene: Scene) -> None:
    playlist = scene.member.ask("createPlaylist", name=fresh_name("playlist"))["playlist"]["id"]
    path, client = f"/playlists/{playlist[3:]}", scene.member.person.client
    link = client.patch(path, json={"visibility": "link"}).json()["link"]
    scene.member.ask("updatePlaylist", playlistId=playlist, name="Outra", public="false")
    kept = client.get(path).json()
    assert (kept["name"], kept["visibility"], kept["link"]) == ("Outra", "link", link)
    scene.member.ask("updatePlaylist", playlistId=playlist, public="true")
    assert client.get(path).json()["visibility"] == "house"


def test_a_queue_is_taken_up_by_another_app(scene: Scene) -> None:
    phone, desk = App(scene.house, scene.member.person, "phone"), App(scene.house, scene.member.person, "desk")
    wave = scene.song("Wave")["id"]
    songs = [wave, scene.song("Solta")["id"], wave]
    phone.ask("savePlayQueueByIndex", id=songs, currentIndex=2, position=123)
    found = desk.ask("getPlayQueueByIndex")["playQueueByIndex"]
    assert [one["id"] for one in found["entry"]] == songs
    assert (found["currentIndex"], found["position"], found["changedBy"]) == (2, 123, "phone")
    assert desk.ask("getPlayQueue")["playQueue"]["current"] == wave
    desk.ask("savePlayQueue", id=songs[:2], current=songs[1])
    assert phone.ask("getPlayQueueByIndex")["playQueueByIndex"]["currentIndex"] == 1
    assert phone.fail("savePlayQueueByIndex", id=songs, currentIndex=3) == 10
    assert phone.fail("savePlayQueueByIndex", id=songs) == 10
    assert phone.fail("savePlayQueue", id=songs[0], current=songs[1]) == 10
    phone.ask("savePlayQueueByIndex")
    assert "playQueue" not in desk.ask("getPlayQueue")


def test_a_bookmark_is_kept_moved_and_taken_out(scene: Scene) -> None:
    song = scene.song("Solta")
    scene.member.ask("createBookmark", id=song["id"], position=1000)
    scene.member.ask("createBookmark", id=song["id"], position=2000, comment="Refrão")
    (kept,) = scene.member.ask("getBookmarks")["bookmarks"]["bookmark"]
    assert (kept["position"], kept["comment"], kept["entry"]["id"]) == (2000, "Refrão", song["id"])
    assert kept["entry"]["bookmarkPosition"] == 2000
    scene.member.ask("deleteBookmark", id=song["id"])
    assert scene.member.ask("getBookmarks")["bookmarks"]["bookmark"] == []


def test_a_link_is_made_changed_and_taken_back(scene: Scene) -> None:
    album = scene.album("Wave")
    (made,) = scene.member.ask("createShare", id=[album["id"], scene.song("Solta")["id"]])["shares"]["share"]
    assert _titles(made["entry"]) == ["Wave", "Batidinha", "Solta"]
    scene.member.ask("updateShare", id=made["id"], description="Para dançar", expires=4_102_444_800_000)
    changed = next(one for one in scene.member.ask("getShares")["shares"]["share"] if one["id"] == made["id"])
    assert (changed["description"], changed["expires"], changed["url"]) == (
        "Para dançar", "2100-01-01T00:00:00.000Z", made["url"],
    )  # fmt: skip
    assert made["id"] not in str(scene.outsider.ask("getShares"))
    assert scene.outsider.fail("deleteShare", id=made["id"]) == 70
    scene.member.ask("deleteShare", id=made["id"])
    assert made["id"] not in str(scene.member.ask("getShares"))
    assert scene.member.fail("createShare", id=scene.artist("Tom Jobim")["id"]) == 70


def test_stations_are_kept_by_who_runs_the_house(scene: Scene) -> None:
    name = fresh_name("station")
    scene.admin.ask("createInternetRadioStation", name=name, streamUrl="https://radio.example/a")

    def kept() -> dict[str, Any] | None:
        listed = scene.member.ask("getInternetRadioStations")["internetRadioStations"]["internetRadioStation"]
        return next((one for one in listed if one["name"] == name), None)

    station = kept()
    assert station is not None
    assert scene.member.fail("deleteInternetRadioStation", id=station["id"]) == 50
    change = {
        "id": station["id"],
        "name": name,
        "streamUrl": "https://radio.example/b",
        "homepageUrl": "http://r.example",
    }
    scene.admin.ask("updateInternetRadioStation", **change)
    assert kept() == {**station, "streamUrl": "https://radio.example/b", "homePageUrl": "http://r.example"}
    for bad in ("javascript:alert(1)", "file:///etc/passwd", "radio.example"):
        assert scene.admin.fail("createInternetRadioStation", name="x", streamUrl=bad) == 0
    long = "https://radio.example/" + "a" * 2_000
    assert scene.admin.fail("createInternetRadioStation", name="x", streamUrl=long) == 10
    scene.admin.ask("deleteInternetRadioStation", id=station["id"])
    assert kept() is None


def test_people_are_made_changed_and_barred_by_who_manages_them(scene: Scene) -> None:
    name = fresh_name("person")
    new = {"username": name, "password": "enc:" + b"uma frase bem comprida".hex(), "email": f"{name}@example.org"}
    assert scene.member.fail("createUser", **new) == 50
    scene.admin.ask("createUser", uploadRole="true", **new)
    made = scene.admin.ask("getUser", username=name)["user"]
    assert (made["uploadRole"], made["adminRole"], made["email"]) == (True, False, new["email"])
    assert scene.house.signed_in(name, "uma frase bem comprida")
    scene.admin.ask("updateUser", username=name, adminRole="true")
    assert scene.admin.ask("getUser", username=name)["user"]["adminRole"] is True
    scene.admin.ask("updateUser", username=name, shareRole="true")
    assert scene.admin.ask("getUser", username=name)["user"]["adminRole"] is True, "nobody said that it should end"
    scene.admin.ask("changePassword", username=name, password="outra frase comprida")
    assert scene.house.signed_in(name, "outra frase comprida")
    assert scene.admin.fail("createUser", **new) == 0, "the name is taken"
    assert scene.admin.fail("createUser", username=fresh_name("p"), password="short") == 10
    scene.admin.ask("deleteUser", username=name)
    login = {"login": name, "password": "outra frase comprida"}
    assert scene.house.client().post("/auth/sign-in", json=login).status_code in (401, 403)


def test_an_app_cannot_take_over_the_account_of_its_owner(scene: Scene) -> None:
    for app in (scene.admin, scene.member):
        assert app.fail("changePassword", username=app.person.username, password="uma frase bem comprida") == 50
    assert scene.member.fail("changePassword", username="olga", password="uma frase bem comprida") == 50
    assert scene.house.signed_in("olga", PASSWORD)


def test_everybody_sees_themselves_alone(scene: Scene) -> None:
    me = scene.member.ask("getUser")["user"]
    assert me["username"] == scene.member.person.username
    assert scene.number in me["folder"]
    assert scene.member.fail("getUser", username="olga") == 50
    assert scene.member.fail("getUsers") == 50
    assert scene.member.fail("startScan") == 50


@pytest.mark.parametrize(
    ("endpoint", "code"),
    [
        ("getVideoInfo", 70), ("getCaptions", 70), ("hls.m3u8", 70), ("jukeboxControl", 50), ("addChatMessage", 50),
        ("createPodcastChannel", 50), ("deletePodcastChannel", 70), ("downloadPodcastEpisode", 70),
    ],
)  # fmt: skip
def test_what_is_not_done_here_says_so(scene: Scene, endpoint: str, code: int) -> None:
    assert scene.member.fail(endpoint, id="1") == code
