"""Every reply is as documented, says the same in JSON and in XML, and stays as it is kept in tests/golden."""

import json
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

import pytest
from tests.support.houses import new_database, open_house
from tests.support.opensubsonic import DOCUMENTED, NAMESPACE, as_xml_says, check_json, check_xml, from_xml
from tests.support.server import until
from tests.support.subsonic import App, Json, Scene

from sarau.interfaces.subsonic.app import ENDPOINTS

GOLDEN = Path(__file__).parents[2] / "golden" / "subsonic"
ElementTree.register_namespace("", NAMESPACE.strip("{}"))
_ID = re.compile(r"\b(?:(tr|al|ar|fo|pl)-)?0[0-9a-f]{15}\b|\bpi-[0-9a-f]{32}\b")
_NUMBER = re.compile(r"\b\d{7,10}\b")  # of a library
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z")
_CHANGING = re.compile(
    r'("(?:lastModified|size|bitRate|positionMs|serverVersion|sampleRate)": ?|'
    r' (?:lastModified|size|bitRate|positionMs|serverVersion|sampleRate)=)("?)[\w.-]+("?)'
)


class Known(NamedTuple):
    """What a listener knows and has left in the house."""

    app: App
    scene: Scene
    album: Json
    song: Json
    artist: Json
    folder: str
    playlist: str
    number: int


Asks = Callable[[Known], dict[str, Any]]


def _nothing(_known: Known) -> dict[str, Any]:
    return {}


CALLS: dict[str, tuple[str, str, Asks]] = {
    "getLicense": ("getLicense", "license", _nothing),
    "tokenInfo": ("tokenInfo", "tokenInfo", _nothing),
    "getMusicFolders": ("getMusicFolders", "musicFolders", _nothing),
    "getIndexes": ("getIndexes", "indexes", lambda k: {"musicFolderId": k.number}),
    "getMusicDirectory": ("getMusicDirectory", "directory", lambda k: {"id": k.folder}),
    "getMusicDirectory-artist": ("getMusicDirectory", "directory", lambda k: {"id": k.artist["id"]}),
    "getMusicDirectory-album": ("getMusicDirectory", "directory", lambda k: {"id": k.album["id"]}),
    "getGenres": ("getGenres", "genres", lambda k: {"musicFolderId": k.number}),
    "getArtists": ("getArtists", "artists", lambda k: {"musicFolderId": k.number}),
    "getArtist": ("getArtist", "artist", lambda k: {"id": k.artist["id"]}),
    "getAlbum": ("getAlbum", "album", lambda k: {"id": k.album["id"]}),
    "getSong": ("getSong", "song", lambda k: {"id": k.song["id"]}),
    "getSongsByGenre": ("getSongsByGenre", "songsByGenre", lambda _: {"genre": "mpb"}),
    "getArtistInfo": ("getArtistInfo", "artistInfo", lambda k: {"id": k.artist["id"]}),
    "getArtistInfo2": ("getArtistInfo2", "artistInfo2", lambda k: {"id": k.artist["id"]}),
    "getAlbumInfo": ("getAlbumInfo", "albumInfo", lambda k: {"id": k.album["id"]}),
    "getAlbumInfo2": ("getAlbumInfo2", "albumInfo", lambda k: {"id": k.album["id"]}),
    "getSimilarSongs": ("getSimilarSongs", "similarSongs", lambda k: {"id": k.song["id"], "count": 0}),
    "getSimilarSongs2": ("getSimilarSongs2", "similarSongs2", lambda k: {"id": k.artist["id"], "count": 0}),
    "getTopSongs": ("getTopSongs", "topSongs", lambda k: {"id": k.artist["id"], "count": 2}),
    "getAlbumList": ("getAlbumList", "albumList", lambda _: {"type": "alphabeticalByName"}),
    "getAlbumList2": ("getAlbumList2", "albumList2", lambda _: {"type": "alphabeticalByArtist"}),
    "getRandomSongs": ("getRandomSongs", "randomSongs", lambda _: {"fromYear": 1967, "toYear": 1967, "size": 0}),
    "getNowPlaying": ("getNowPlaying", "nowPlaying", _nothing),
    "getStarred": ("getStarred", "starred", _nothing),
    "getStarred2": ("getStarred2", "starred2", _nothing),
    "search": ("search", "searchResult", lambda _: {"title": "velha", "artist": "elis regina"}),
    "search2": ("search2", "searchResult2", lambda _: {"query": "falso brilhante"}),
    "search3": ("search3", "searchResult3", lambda _: {"query": "falso brilhante"}),
    "getPlaylists": ("getPlaylists", "playlists", lambda k: {"username": k.app.person.username}),
    "getPlaylist": ("getPlaylist", "playlist", lambda k: {"id": k.playlist}),
    "getLyrics": ("getLyrics", "lyrics", lambda _: {"artist": "Elis Regina", "title": "Los Hermanos"}),
    "getLyricsBySongId": ("getLyricsBySongId", "lyricsList", lambda k: {"id": k.song["id"], "enhanced": "true"}),
    "getBookmarks": ("getBookmarks", "bookmarks", _nothing),
    "getPlayQueue": ("getPlayQueue", "playQueue", _nothing),
    "getPlayQueueByIndex": ("getPlayQueueByIndex", "playQueueByIndex", _nothing),
    "getShares": ("getShares", "shares", _nothing),
    "getInternetRadioStations": ("getInternetRadioStations", "internetRadioStations", _nothing),
    "getPodcasts": ("getPodcasts", "podcasts", _nothing),
    "getNewestPodcasts": ("getNewestPodcasts", "newestPodcasts", _nothing),
    "getChatMessages": ("getChatMessages", "chatMessages", _nothing),
    "getVideos": ("getVideos", "videos", _nothing),
    "getUser": ("getUser", "user", lambda k: {"username": k.app.person.username}),
    "ping": ("ping", "", _nothing),
    "refreshPodcasts": ("refreshPodcasts", "", _nothing),
    "error": ("getSong", "error", lambda _: {"id": "tr-0000000000000000"}),
}
# What changes something, sends sound or pictures, or is for administrators is driven elsewhere.
ELSEWHERE = {
    "stream", "download", "getCoverArt", "getAvatar", "getTranscodeDecision", "getTranscodeStream", "hls", "hls.m3u8",
    "scrobble", "reportPlayback", "star", "unstar", "setRating", "createBookmark", "deleteBookmark", "savePlayQueue",
    "savePlayQueueByIndex", "createShare", "updateShare", "deleteShare", "createPlaylist", "updatePlaylist",
    "deletePlaylist", "createInternetRadioStation", "updateInternetRadioStation", "deleteInternetRadioStation",
    "createPodcastChannel", "deletePodcastChannel", "deletePodcastEpisode", "downloadPodcastEpisode",
    "getPodcastEpisode", "getVideoInfo", "getCaptions", "jukeboxControl", "addChatMessage", "getUsers", "createUser",
    "updateUser", "deleteUser", "changePassword", "getScanStatus", "startScan",
}  # fmt: skip


@pytest.fixture(scope="module")
def known(
    request: pytest.FixtureRequest, database_kind: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Known]:
    """A house of its own, and a listener who left one of everything in it."""
    folder = tmp_path_factory.mktemp(f"replies-{database_kind}")
    database = new_database(request, database_kind, folder)
    with open_house(folder, database, SARAU_SCANNING_WATCH="false") as house:
        yield _left(Scene(house, folder / "music"))


def _left(scene: Scene) -> Known:
    app = scene.member
    scene.found("falso brilhante")
    album, artist = scene.album("Falso Brilhante"), scene.artist("Elis Regina")
    song = album["song"][0]
    for asked in ({"id": song["id"]}, {"albumId": album["id"]}, {"artistId": artist["id"]}):
        app.ask("star", **asked)
    app.ask("setRating", id=song["id"], rating=5)
    app.ask("setRating", id=album["id"], rating=4)
    app.ask("scrobble", id=song["id"])
    until(lambda: _first(app) == song["id"], "what is played to come first")
    app.ask("createBookmark", id=song["id"], position=120, comment="Aqui")
    app.ask("savePlayQueue", id=[song["id"], album["song"][1]["id"]], current=song["id"], position=77)
    playlist = app.ask("createPlaylist", name="Para ouvir", songId=[song["id"], song["id"]])["playlist"]["id"]
    app.ask("createShare", id=album["id"], description="Ouça")
    radio = {"name": "Rádio", "streamUrl": "http://radio.example/live", "homepageUrl": "http://radio.example"}
    scene.admin.ask("createInternetRadioStation", **radio)
    app.ask("reportPlayback", mediaId=song["id"], mediaType="song", positionMs=10, state="paused")
    folder = app.ask("getIndexes", musicFolderId=scene.number)["indexes"]["index"][0]["artist"][0]["id"]
    return Known(app, scene, album, song, artist, folder, playlist, scene.number)


def _first(app: App) -> str | None:
    found = app.ask("search2", query="falso brilhante")["searchResult2"].get("song", [])
    return found[0]["id"] if found else None


def test_every_endpoint_is_looked_at() -> None:
    looked_at = {endpoint for endpoint, _, _ in CALLS.values()}
    assert looked_at | ELSEWHERE == set(ENDPOINTS)
    assert not looked_at & ELSEWHERE
    assert {element for _, element, _ in CALLS.values() if element} <= set(DOCUMENTED)


@pytest.mark.parametrize("name", CALLS)
def test_a_reply_is_as_documented_in_json_and_in_xml(known: Known, name: str) -> None:
    endpoint, element, asks = CALLS[name]
    asked = asks(known)
    answer = known.app.raw(endpoint, **asked)
    assert answer.headers["content-type"] == "application/json"
    said = answer.json()["subsonic-response"]
    root = known.app.xml(endpoint, **asked)
    assert set(said) - {"status", "version", "type", "serverVersion", "openSubsonic"} == (
        {element} if element else set()
    )
    assert root.tag == f"{NAMESPACE}subsonic-response"
    assert root.attrib["status"] == said["status"] == ("failed" if element == "error" else "ok")
    assert {name: root.attrib[name] for name in ("version", "type", "serverVersion")} == {
        name: said[name] for name in ("version", "type", "serverVersion")
    }
    if element:
        check_json(element, said[element])
        (inside,) = root
        check_xml(element, inside)
        assert from_xml(element, inside) == as_xml_says(element, said[element])
    else:
        assert not len(root)
    _compare(name, "json", json.dumps(said, indent=1, ensure_ascii=False, sort_keys=True))
    ElementTree.indent(root)
    _compare(name, "xml", ElementTree.tostring(root, "unicode"))


def _compare(name: str, suffix: str, text: str) -> None:
    """Compare a reply with the one that is kept; SARAU_WRITE_GOLDEN=1 keeps this one instead."""
    path = GOLDEN / f"{name}.{suffix}"
    normal = _normal(text) + "\n"
    if os.environ.get("SARAU_WRITE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(normal)
    assert normal == path.read_text(), f"{path.name} is no longer what it was: if that is meant, keep the new one"


def _normal(text: str) -> str:
    """Return a reply with names for what is another in each house: ids by order of appearance, dates, addresses."""
    seen: dict[str, str] = {}

    def name(match: re.Match[str]) -> str:
        prefix = match[1] or match[0].partition("-")[0] if "-" in match[0] else "id"
        return seen.setdefault(match[0], f"{prefix}-<{len(seen) + 1}>")

    text = _ID.sub(name, text)
    text = _DATE.sub("<date>", text)
    text = re.sub(r"http://127\.0\.0\.1:\d+/s/\w+", "<address>", text)
    text = re.sub(r"\b(guest|library)-\d+\b", r"\1-<n>", text)
    text = _CHANGING.sub(r"\1\2<n>\3", text)
    return _NUMBER.sub("<number>", text)


def test_extensions_are_told_to_anybody(known: Known) -> None:
    client = known.scene.house.at_root()
    told = client.get("/rest/getOpenSubsonicExtensions", params={"f": "json"}).json()["subsonic-response"]
    root = ElementTree.fromstring(client.get("/rest/getOpenSubsonicExtensions.view").content)
    assert {one["name"]: one["versions"] for one in told["openSubsonicExtensions"]} == {
        "apiKeyAuthentication": [1], "formPost": [1], "indexBasedQueue": [1], "playbackReport": [1],
        "songLyrics": [1, 2], "topSongsByArtistId": [1], "transcodeOffset": [1], "transcoding": [1],
    }  # fmt: skip
    for one, element in zip(told["openSubsonicExtensions"], root, strict=True):
        check_json("openSubsonicExtensions", one)
        check_xml("openSubsonicExtensions", element)


def test_administrators_replies_are_as_documented(known: Known) -> None:
    admin = known.scene.admin
    for endpoint, element in (("getUsers", "users"), ("getScanStatus", "scanStatus"), ("startScan", "scanStatus")):
        check_json(element, admin.ask(endpoint)[element])
        (inside,) = admin.xml(endpoint)
        check_xml(element, inside)
    until(lambda: not admin.ask("getScanStatus")["scanStatus"]["scanning"], "the scan to end")


def test_a_decision_to_transcode_is_as_documented(known: Known) -> None:
    client = {"name": "test", "platform": "test", "transcodingProfiles": [{"container": "mp3", "audioCodec": "mp3"}]}
    about = {"mediaId": known.song["id"], "mediaType": "song"}
    check_json("transcodeDecision", known.app.post("getTranscodeDecision", client, **about)["transcodeDecision"])
