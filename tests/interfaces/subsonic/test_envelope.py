"""How replies are wrapped, whichever way they are asked for."""

import json
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.subsonic import NAMESPACE, Scene, failed, reply

from sarau.interfaces.subsonic.structures.house import Lyrics
from sarau.interfaces.subsonic.writing import Form, Wish
from sarau.interfaces.subsonic.writing import reply as written


def test_xml_is_what_apps_get_that_say_nothing(scene: Scene) -> None:
    answer = scene.house.at_root().get("/rest/ping", params={"apiKey": scene.member.key})
    assert answer.headers["content-type"] == "text/xml; charset=utf-8"
    root = ElementTree.fromstring(answer.content)
    assert (root.tag, root.attrib["status"], root.attrib["version"]) == (
        f"{NAMESPACE}subsonic-response",
        "ok",
        "1.16.1",
    )


def test_a_script_gets_a_call_of_its_function(scene: Scene) -> None:
    answer = scene.member.raw("ping", "jsonp", callback="app.onReply")
    assert answer.headers["content-type"] == "application/javascript"
    assert answer.text.startswith("app.onReply({")
    assert answer.text.endswith("});")
    assert json.loads(answer.text[len("app.onReply(") : -2])["subsonic-response"]["status"] == "ok"


@pytest.mark.parametrize("callback", ["", "alert(1);x", "a b", "1a", "<script>", "é", "a" * 200])
def test_a_callback_that_is_no_name_is_refused(scene: Scene, callback: str) -> None:
    answer = scene.member.raw("ping", "jsonp", callback=callback)
    assert 'code="10"' in answer.text
    assert "alert(1)" not in answer.text


def test_an_endpoint_may_have_a_suffix_and_be_posted_as_a_form(scene: Scene) -> None:
    client = scene.house.at_root()
    form = {"apiKey": scene.member.key, "f": "json", "type": "newest", "size": "2"}
    posted = reply(client.post("/rest/getAlbumList2.view", data=form))
    assert len(posted["albumList2"]["album"]) == 2
    mixed = reply(client.post("/rest/getAlbumList2", params={"f": "json", "size": "1"}, data={**form, "f": "xml"}))
    assert len(mixed["albumList2"]["album"]) == 1, "what the address says comes first"


def test_letters_may_be_sent_as_they_are(scene: Scene) -> None:
    about = f"apiKey={scene.member.key}&f=json&".encode()
    title = "title=Águas de Março&artist=x".encode()
    form = {"content-type": "application/x-www-form-urlencoded"}
    posted = scene.house.at_root().post("/rest/search", content=about + title, headers=form)
    assert reply(posted)["status"] == "ok"
    made = reply(scene.house.at_root().post("/rest/createPlaylist", content=about + "name=É".encode(), headers=form))
    assert made["playlist"]["name"] == "É"


def test_a_form_has_an_end(scene: Scene) -> None:
    form = {"apiKey": scene.member.key, "f": "json", "x": "y" * (5 << 20)}
    answer = scene.house.at_root().post("/rest/ping", data=form)
    assert "at most" in answer.text


def test_an_endpoint_that_is_none_is_not_found(scene: Scene) -> None:
    answer = scene.member.raw("getNothing")
    assert answer.status_code == 404
    assert answer.json()["subsonic-response"]["status"] == "failed"


def test_methods(scene: Scene) -> None:
    assert scene.member.raw("ping", method="DELETE").status_code == 405
    head = scene.member.raw("ping", method="HEAD")
    assert (head.status_code, head.content) == (200, b"")


def test_apps_in_browsers_may_ask_from_anywhere(scene: Scene) -> None:
    client = scene.house.at_root()
    asked = client.options("/rest/ping", headers={"origin": "http://app.example"})
    assert (asked.status_code, asked.headers["access-control-allow-origin"]) == (204, "*")
    answer = scene.member.raw("getCoverArt", id=scene.album("Wave")["coverArt"], size=100)
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "cross-origin-resource-policy" not in answer.headers
    song = scene.song("Wave")["id"]
    wrong = {"mediaId": song, "mediaType": "song", "transcodeParams": "x"}
    for sound in (
        scene.member.raw("stream", id=song),
        scene.member.raw("stream", id=song, format="mp3"),
        scene.member.raw("download", id=song),
        scene.member.raw("getTranscodeStream", **wrong),
        scene.member.raw("stream", id="tr-0000000000000000"),
    ):
        assert sound.headers.get_list("access-control-allow-origin") == ["*"]


@pytest.mark.parametrize(("version", "code"), [("0.9", 20), ("2.0.0", 30), ("one", 10), ("9" * 5_000, 10)])
def test_another_protocol_is_refused(scene: Scene, version: str, code: int) -> None:
    params = {"apiKey": scene.member.key, "f": "json", "v": version}
    assert failed(scene.house.at_root().get("/rest/ping", params=params)) == code


@pytest.mark.parametrize(
    ("endpoint", "asked"),
    [
        ("getAlbum", {}),
        ("getAlbumList2", {}),
        ("getAlbumList2", {"type": "sideways"}),
        ("getAlbumList2", {"type": "byYear", "fromYear": "1960"}),
        ("getAlbumList2", {"type": "newest", "size": "many"}),
        ("getSongsByGenre", {}),
        ("setRating", {"id": "tr-0000000000000000"}),
        ("star", {}),
        ("scrobble", {"id": "tr-0000000000000000", "time": "now"}),
        ("createPlaylist", {}),
        ("savePlayQueueByIndex", {"currentIndex": "0"}),
    ],
)
def test_what_is_missing_or_cannot_be_read_is_named(scene: Scene, endpoint: str, asked: dict[str, str]) -> None:
    assert scene.member.fail(endpoint, **asked) == 10


def test_what_postgresql_would_choke_on_is_refused(scene: Scene) -> None:
    assert failed(scene.house.at_root().get("/rest/search3?f=json&query=%00")) == 10


@given(st.text(), st.text())
def test_any_text_gives_good_xml_and_json(artist: str, words: str) -> None:
    given = Lyrics(artist=artist, title="", value=words)
    if any("\ud800" <= character <= "\udfff" for character in artist + words):
        return  # halves of characters cannot be said in either
    element = ElementTree.fromstring(bytes(written(Wish(Form.XML), "lyrics", given).body))[0]
    assert ((element.text or ""), element.attrib["artist"]) == (_said(words), _said(artist))
    said = json.loads(bytes(written(Wish(Form.JSON), "lyrics", given).body))["subsonic-response"]["lyrics"]
    assert (said["artist"], said["value"]) == (artist, words)


def _said(text: str) -> str:
    """Return a text as XML can say it: most control characters cannot be."""
    return "".join(c if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff") else "\ufffd" for c in text)
