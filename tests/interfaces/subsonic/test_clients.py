"""Libraries that real apps are made with drive a running server through every method they have."""

import inspect
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple
from urllib.error import HTTPError

import libopensonic
import libsonic
import pytest
from libopensonic import errors as opensonic_errors
from libsonic import errors as sonic_errors
from tests.support.houses import fresh_name
from tests.support.subsonic import Scene

GIVEN = {
    "api_key", "api_version", "app_name", "base_url", "legacy_auth", "password", "port", "server_path", "use_get",
    "username", "cleanup",
}  # fmt: skip


class Player(NamedTuple):
    """What a client is driven with."""

    scene: Scene
    song: str
    other: str
    album: str
    artist: str
    folder: str


@pytest.fixture(scope="module")
def player(scene: Scene) -> Player:
    """Things to ask for, by an owner, who may do everything."""
    scene.found("falso brilhante")
    album = scene.album("Falso Brilhante")
    folder = scene.member.ask("getIndexes", musicFolderId=scene.number)["indexes"]["index"][0]["artist"][0]["id"]
    songs = [one["id"] for one in album["song"]]
    return Player(scene, songs[0], songs[1], album["id"], album["artistId"], folder)


@pytest.fixture(scope="module")
def secret(scene: Scene) -> str:
    """An app password of the owner."""
    made = scene.house.owner.client.post("/me/app-passwords", json={"name": fresh_name("client")})
    assert made.status_code == 201, made.text
    found: str = made.json()["secret"]
    return found


@pytest.fixture(scope="module", params=["post", "get", "legacy", "key"])
def opensonic(request: pytest.FixtureRequest, scene: Scene, secret: str) -> Iterator[Any]:
    """py-opensonic, in each way it can ask and prove who it is."""
    base, _, port = scene.house.url.rpartition(":")
    who: dict[str, Any] = {"username": "olga", "password": secret}
    if request.param == "key":
        who = {"api_key": scene.admin.key}
    client = libopensonic.Connection(
        base, port=int(port), use_get=request.param == "get", legacy_auth=request.param == "legacy", **who
    )
    yield client
    client.cleanup()
    client._loop.close()  # which it leaves open


@pytest.fixture(scope="module", params=["token", "legacy"])
def sonic(request: pytest.FixtureRequest, scene: Scene, secret: str) -> Any:
    """py-sonic, in each way it can prove who it is; it asks by POST, for its GET is from Python 2."""
    base, _, port = scene.house.url.rpartition(":")
    return libsonic.Connection(base, "olga", secret, port=int(port), legacyAuth=request.param == "legacy")


def _refuses(refusal: type[Exception], ask: Callable[[], Any]) -> bool:
    with pytest.raises(refusal) as raised:
        ask()
    if isinstance(raised.value, HTTPError):  # it leaves the answer open
        raised.value.close()
    return True


def _good(answer: Any) -> bool:
    """Take leave of an answer, and tell whether it was a good one."""
    answer.close()
    return bool(answer.status == 200)


def test_py_opensonic(opensonic: Any, player: Player) -> None:
    c, song, album, artist = opensonic, player.song, player.album, player.artist
    name, person = fresh_name("opensonic"), fresh_name("person")
    absent, denied = opensonic_errors.DataNotFoundError, opensonic_errors.AuthError
    wish = {"name": "x", "platform": "y", "transcodingProfiles": [{"container": "mp3", "audioCodec": "mp3"}]}
    about = (song, "song")
    done: dict[str, Any] = {}

    def each(**asked: Any) -> None:
        done.update(asked)

    each(ping=c.ping(), get_license=c.get_license())
    # It looks for folders one level above where they are documented to be.
    each(get_music_folders=_refuses(ValueError, c.get_music_folders))
    each(get_open_subsonic_extensions=c.get_open_subsonic_extensions())
    if c.api_key:
        each(token_info=c.token_info())
        assert done["token_info"].username == "olga"
    each(get_indexes=c.get_indexes(), get_artists=c.get_artists(), get_genres=c.get_genres())
    assert c.get_music_directory(player.folder).child
    each(get_music_directory=True, get_artist=c.get_artist(artist), get_album=c.get_album(album))
    assert [one.title for one in done["get_album"].song][:2] == ["Como Nossos Pais", "Velha Roupa Colorida"]
    each(get_song=c.get_song(song), get_songs_by_genre=c.get_songs_by_genre("MPB"))
    assert done["get_song"].contributors[0].artist.name == "Belchior"
    each(get_album_info=c.get_album_info(album), get_album_info2=c.get_album_info2(album))
    each(get_artist_info=c.get_artist_info(artist), get_artist_info2=c.get_artist_info2(artist))
    each(get_album_list=c.get_album_list("newest"), get_album_list2=c.get_album_list2("alphabeticalByName"))
    assert done["get_album_list"]
    assert done["get_album_list2"]
    each(get_random_songs=c.get_random_songs(5), get_similar_songs=c.get_similar_songs(song))
    each(get_similar_songs2=c.get_similar_songs2(artist), get_top_songs=c.get_top_songs("Elis Regina"))
    # It asks no server for the oldest search of all: `search` has been deprecated since 1.4.0.
    each(
        search=_refuses(NotImplementedError, c.search),
        search2=c.search2("elis"),
        search3=c.search3("falso brilhante"),
    )
    assert [one.name for one in done["search3"].album] == ["Falso Brilhante"]
    each(star=c.star([song], [album], [artist]), set_rating=c.set_rating(song, 4))
    each(get_starred=c.get_starred(), get_starred2=c.get_starred2())
    assert song in [one.id for one in done["get_starred2"].song]
    each(unstar=c.unstar([song], [album], [artist]), scrobble=c.scrobble(song))
    each(report_playback=c.report_playback(*about, 10, "playing"), get_now_playing=c.get_now_playing())
    each(get_lyrics=c.get_lyrics("Elis Regina", "Los Hermanos"), get_lyrics_by_song_id=c.get_lyrics_by_song_id(song))
    assert done["get_lyrics_by_song_id"][0].line[0].value == "Não quero lhe falar"
    each(create_bookmark=c.create_bookmark(song, 5), get_bookmarks=c.get_bookmarks())
    assert [one.entry.id for one in done["get_bookmarks"]] == [song]
    each(delete_bookmark=c.delete_bookmark(song), save_play_queue=c.save_play_queue([song, player.other], song, 7))
    each(get_play_queue=c.get_play_queue())
    assert done["get_play_queue"].current == song
    each(save_play_queue_by_index=c.save_play_queue_by_index([song, player.other], 1, 7))
    each(get_play_queue_by_index=c.get_play_queue_by_index())
    assert done["get_play_queue_by_index"].current_index == 1
    each(create_playlist=c.create_playlist(name=name, song_ids=[song, player.other]))
    each(get_playlists=c.get_playlists())
    playlist = next(one for one in done["get_playlists"] if one.name == name).id
    each(update_playlist=c.update_playlist(playlist, comment="x", song_ids_to_add=[song], song_indices_to_remove=[0]))
    each(get_playlist=c.get_playlist(playlist))
    assert [one.id for one in done["get_playlist"].entry] == [player.other, song]
    each(delete_playlist=c.delete_playlist(playlist))
    each(create_share=c.create_share([album], "x"), get_shares=c.get_shares())
    share = done["get_shares"][0].id
    # It names the parameter of the end by its value, which must be a text for that.
    each(update_share=c.update_share(share, "y", "4102444800"), delete_share=c.delete_share(share))
    each(create_internet_radio_station=c.create_internet_radio_station("http://radio.example/x", name))
    each(get_internet_radio_stations=c.get_internet_radio_stations())
    station = next(one for one in done["get_internet_radio_stations"] if one.name == name).id
    each(update_internet_radio_station=c.update_internet_radio_station(station, "http://radio.example/y", name))
    each(delete_internet_radio_station=c.delete_internet_radio_station(station))
    each(
        get_podcasts=c.get_podcasts(),
        get_newest_podcasts=c.get_newest_podcasts(),
        refresh_podcasts=c.refresh_podcasts(),
    )
    for method, asked in (
        ("get_podcast_episode", "1"), ("delete_podcast_channel", "1"), ("delete_podcast_episode", "1"),
        ("download_podcast_episode", "1"),
    ):  # fmt: skip
        each(**{method: _refuses(absent, lambda method=method, asked=asked: getattr(c, method)(asked))})
    each(create_podcast_channel=_refuses(denied, lambda: c.create_podcast_channel("http://pod.example")))
    each(get_chat_messages=c.get_chat_messages(), add_chat_message=_refuses(denied, lambda: c.add_chat_message("oi")))
    each(jukebox_control=_refuses(denied, lambda: c.jukebox_control("status")), get_videos=c.get_videos())
    for method in ("get_video_info", "get_captions", "hls"):
        each(**{method: _refuses(Exception, lambda method=method: getattr(c, method)("1"))})
    for method in ("find_sonic_path", "get_sonic_similar_tracks"):  # come with recommendations
        asked = (song, player.other) if method == "find_sonic_path" else (song,)
        each(**{method: _refuses(Exception, lambda method=method, asked=asked: getattr(c, method)(*asked))})
    each(
        get_users=c.get_users(),
        get_user=c.get_user("olga"),
        create_user=c.create_user(person, "uma frase longa", f"{person}@x.org"),
    )
    each(update_user=c.update_user(person, upload_role=True))
    each(change_password=c.change_password(person, "outra frase longa"), delete_user=c.delete_user(person))
    each(get_scan_status=c.get_scan_status(), start_scan=c.start_scan())
    decision = c.get_transcode_decision(*about, wish)
    assert decision.can_transcode
    each(get_transcode_decision=decision)
    each(get_transcode_stream=_good(c.get_transcode_stream(*about, decision.transcode_params)))
    for method, thing in (("stream", song), ("download", song), ("get_cover_art", album), ("get_avatar", "olga")):
        each(**{method: _good(getattr(c, method)(thing))})
    each(get_stream_url=c.get_stream_url(song)[0].startswith("http"))
    everything = {method for method in dir(type(c)) if not method.startswith("_")} - GIVEN
    assert everything - set(done) == (set() if c.api_key else {"token_info"})
    assert {method: result for method, result in done.items() if result in (None, False)} == {}


def test_py_sonic(sonic: Any, player: Player) -> None:  # noqa: C901 - one method after the other
    c, song, album, artist = sonic, player.song, player.album, player.artist
    name, person = fresh_name("sonic"), fresh_name("person")
    absent, denied = sonic_errors.DataNotFoundError, sonic_errors.AuthError
    done: dict[str, Any] = {}

    def ask(method: str, /, *asked: Any, **named: Any) -> Any:
        done[method] = getattr(c, method)(*asked, **named)
        if isinstance(done[method], dict):
            assert done[method]["status"] == "ok", method
        return done[method]

    def refused(refusal: type[Exception], method: str, *asked: Any) -> None:
        done[method] = _refuses(refusal, lambda: getattr(c, method)(*asked))

    assert ask("ping") is True
    for method in (
        "getLicense", "getScanStatus", "startScan", "getMusicFolders", "getNowPlaying", "getIndexes", "getPlaylists",
        "getUsers", "getChatMessages", "getRandomSongs", "getPodcasts", "getShares", "getArtists", "getVideos",
        "getStarred", "getStarred2", "getGenres", "refreshPodcasts", "getInternetRadioStations", "getBookmarks",
        "getNewestPodcasts",
    ):  # fmt: skip
        ask(method)
    assert ask("getMusicDirectory", player.folder)["directory"]["child"]
    assert ask("search3", "falso brilhante")["searchResult3"]["album"][0]["id"] == album
    ask("search2", "elis")
    ask("search", title="velha")
    assert ask("getAlbum", album)["album"]["song"][0]["id"] == song
    assert ask("getArtist", artist)["artist"]["album"]
    assert ask("getSong", song)["song"]["title"] == "Como Nossos Pais"
    assert ask("getAlbumList", "newest")["albumList"]["album"]
    assert ask("getAlbumList2", "alphabeticalByArtist")["albumList2"]["album"]
    assert ask("getSongsByGenre", "MPB")["songsByGenre"]["song"]
    for method in ("getArtistInfo", "getArtistInfo2", "getSimilarSongs2"):
        ask(method, artist)
    for method in ("getAlbumInfo", "getAlbumInfo2"):
        ask(method, album)
    ask("getSimilarSongs", song)
    assert ask("getTopSongs", "Elis Regina")["topSongs"]["song"]
    assert "Não quero" in ask("getLyrics", "Elis Regina", "Como Nossos Pais")["lyrics"]["value"]
    ask("star", [song], [album], [artist])
    ask("unstar", [song], [album], [artist])
    ask("setRating", song, 3)
    ask("scrobble", song)
    assert ask("createPlaylist", name=name, songIds=[song, player.other])["playlist"]["songCount"] == 2
    playlist = next(one["id"] for one in c.getPlaylists()["playlists"]["playlist"] if one["name"] == name)
    ask("updatePlaylist", playlist, comment="x", songIdsToAdd=[song], songIndexesToRemove=[0])
    assert [one["id"] for one in ask("getPlaylist", playlist)["playlist"]["entry"]] == [player.other, song]
    ask("deletePlaylist", playlist)
    share = ask("createShare", [album], "x")["shares"]["share"][0]["id"]
    ask("updateShare", share, "y")
    ask("deleteShare", share)
    ask("createInternetRadioStation", "http://radio.example/z", name)
    listed = c.getInternetRadioStations()["internetRadioStations"]["internetRadioStation"]
    station = next(one["id"] for one in listed if one["name"] == name)
    ask("updateInternetRadioStation", station, "http://radio.example/w", name)
    ask("deleteInternetRadioStation", station)
    ask("createBookmark", song, 9)
    ask("deleteBookmark", song)
    ask("savePlayQueue", [song, player.other], player.other, 3)
    assert ask("getPlayQueue")["playQueue"]["current"] == player.other
    ask("getUser", "olga")
    ask("createUser", person, "uma frase longa", f"{person}@x.org")
    ask("updateUser", person, uploadRole=True)
    ask("changePassword", person, "outra frase longa")
    ask("deleteUser", person)
    for method, thing in (("stream", song), ("download", song), ("getCoverArt", album), ("getAvatar", "olga")):
        with getattr(c, method)(thing) as answer:
            done[method] = answer.read()
        assert len(done[method]) > 100, method
    refused(denied, "addChatMessage", "oi")
    refused(denied, "jukeboxControl", "status")
    refused(denied, "createPodcastChannel", "http://pod.example")
    for method in ("deletePodcastChannel", "deletePodcastEpisode", "downloadPodcastEpisode", "getVideoInfo"):
        refused(absent, method, "1")
    for method in ("hls", "getCaptions"):
        refused(Exception, method, "1")
    for method in ("scanMediaFolders", "cleanupDatabase"):  # of the first server alone, never documented
        refused(Exception, method)
    assert _asking(c) - set(done) == set()


def _asking(client: Any) -> set[str]:
    """Return the methods of py-sonic that ask a server."""
    return {
        method
        for method, _ in inspect.getmembers(type(client), inspect.isfunction)
        if not method.startswith(("_", "set")) or method == "setRating"
    }
