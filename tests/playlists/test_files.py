"""Playlists as files: what goes out comes in again, and what others wrote is found however it is named."""

import json
import re
from typing import Any
from urllib.parse import quote, unquote
from xml.etree import ElementTree

import pytest
from tests.playlists.scenery import MBID, ids, made, titles
from tests.streaming.scenery import Stage
from tests.support.houses import Person, problem

LISTED = ["Loose", "Águas b", "The Night a", "Loose", "Construção c"]


@pytest.fixture(scope="module")
def ana(songs: Stage) -> Person:
    return songs.house.newcomer()


def imported(person: Person, data: bytes | str, **parameters: str) -> tuple[list[str], dict[str, Any]]:
    """Import a file and return the titles of the playlist, and the report."""
    answer = person.client.post("/playlists/import", content=data, params=parameters)
    assert answer.status_code == 201, answer.text
    told = answer.json()
    return titles(person, told["playlist"]["id"]), told["report"] | {"name": told["playlist"]["name"]}


def test_what_is_not_known_in_a_file_is_passed_over_however_much_it_is(songs: Stage, ana: Person) -> None:
    much = "<meta/><extension><title>no</title></extension>" * 50_000
    track = f"<track>{much}<title>Loose</title><creator>Tom</creator></track>"
    assert imported(ana, f"<playlist>{much}<trackList>{track}</trackList></playlist>")[0] == ["Loose"]
    assert imported(ana, "\n" * 3_000_000 + "#PLAYLIST:Lines\n" + "#\r\n" * 500_000 + "loose.flac")[0] == ["Loose"]


@pytest.mark.parametrize("kind", ["m3u8", "xspf", "jspf"])
def test_what_goes_out_comes_in_again(songs: Stage, ana: Person, kind: str) -> None:
    mine = made(ana, name="Rio & <São> Paulo", track_ids=ids(songs, *LISTED))
    answer = ana.client.get(f"/playlists/{mine['id']}/file", params={"format": kind})
    assert answer.status_code == 200
    disposition = answer.headers["content-disposition"]
    assert unquote(disposition.partition("''")[2]) == f"Rio & <São> Paulo.{kind}"
    found, report = imported(ana, answer.content)
    assert found == LISTED
    assert (report["format"], report["listed"], report["by_path"], report["not_found"]) == (kind, 5, 5, [])
    assert report["name"] == "Rio & <São> Paulo"


def test_each_kind_is_written_as_its_document_says(songs: Stage, ana: Person) -> None:
    mine = made(ana, name="Três", track_ids=ids(songs, "Loose", "Águas b"))
    path = f"/playlists/{mine['id']}/file"
    lines = ana.client.get(path).content.decode("utf-8").splitlines()
    assert lines == [
        "#EXTM3U", "#PLAYLIST:Três", "#EXTINF:2,Tom - Loose", "loose.flac",
        "#EXTINF:1,Elis Régina - Águas b", "#EXTALB:Águas", "Águas/02 Águas b.flac",
    ]  # fmt: skip
    space = {"x": "http://xspf.org/ns/0/"}
    root = ElementTree.fromstring(ana.client.get(path, params={"format": "xspf"}).content)
    assert (root.tag, root.get("version")) == ("{http://xspf.org/ns/0/}playlist", "1")
    first, second = root.findall("x:trackList/x:track", space)
    assert [one.text for one in first.findall("x:identifier", space)] == [
        f"https://musicbrainz.org/recording/{MBID}",
        "isrc:BRBMG0300729",
    ]
    assert second.findtext("x:location", namespaces=space) == quote("Águas/02 Águas b.flac")
    assert first.findtext("x:duration", namespaces=space) == "2000"
    whole = ana.client.get(path, params={"format": "jspf"}).json()["playlist"]
    assert (whole["title"], whole["track"][1]["creator"], whole["track"][1]["album"]) == (
        "Três",
        "Elis Régina",
        "Águas",
    )


@pytest.mark.parametrize(
    ("location", "title"),
    [
        ("/mnt/me/Music/Águas/02 Águas b.flac", "Águas b"),
        ("..\\Music\\Águas\\02 Águas b.flac", "Águas b"),
        ("C:\\Music\\Águas\\02 Águas b.flac", "Águas b"),
        ("file:///C:/Music/" + quote("Águas/02 Águas b.flac"), "Águas b"),
        ("file:///srv/" + quote("A\u0301guas/02 A\u0301guas b.flac"), "Águas b"),
        ("loose.flac", "Loose"),
        ("/elsewhere/loose.flac", "Loose"),
        ("Elis Regina/Other Folder/07 - Águas b.mp3", "Águas b"),
        ("Elis_Regina - Aguas_b.ogg", "Águas b"),
    ],
)
def test_a_path_alone_finds_the_track(songs: Stage, ana: Person, location: str, title: str) -> None:
    assert imported(ana, location + "\n")[0] == [title]


@pytest.mark.parametrize(
    ("about", "title"),
    [
        ({"identifier": f"https://musicbrainz.org/recording/{MBID.upper()}"}, "Loose"),
        ({"identifier": ["isrc:BR-BMG-03-00729"], "title": "Something else"}, "Loose"),
        ({"title": "aguas B", "creator": "ELIS REGINA"}, "Águas b"),
        ({"title": "Águas b (2012 Remaster)", "creator": "Elis Régina"}, "Águas b"),
        ({"title": "Águas b - 2012 Remaster", "creator": "Elis Régina & Tom"}, "Águas b"),
        ({"title": "Night a", "creator": "Ana", "album": "Live at Home"}, "The Night a"),
        ({"title": "Loose", "creator": "Tom", "duration": 2900}, "Loose"),
        ({"title": "Loose", "duration": 2100}, "Loose"),
        ({"title": "Loose", "creator": "Tom", "duration": 200_000}, None),
        ({"title": "Loose", "creator": "Somebody Else"}, None),
        ({"title": "Loose"}, None),
        ({}, None),
    ],
)
def test_codes_and_words_find_the_track(songs: Stage, ana: Person, about: dict[str, Any], title: str | None) -> None:
    data = json.dumps({"playlist": {"title": "x", "track": [about]}})
    found, report = imported(ana, data)
    assert found == ([title] if title else [])
    expected = [] if title else [about.get("title")]
    assert [one["title"] for one in report["not_found"]] == expected


def test_the_report_tells_what_was_not_found_and_the_rest_is_there(songs: Stage, ana: Person) -> None:
    data = (
        '#EXTM3U\r\n#PLAYLIST:Velha\r\n#EXTINF:180 tvg-id="a,b" ,Nobody - Nothing\r\nC:\\gone\\nothing.mp3\r\n\r\n'
        "# a remark\r\n#EXTINF:2,Tom - Loose\r\n#EXTALB:None\r\nx\\y.wma\r\n/nowhere/at all.mp3\r\nloose.flac"
    )
    found, report = imported(ana, data.encode("cp1252"))
    assert found == ["Loose", "Loose"]
    assert (report["listed"], report["by_path"], report["by_code"], report["by_words"]) == (4, 1, 0, 1)
    assert report["name"] == "Velha"
    assert report["not_found"] == [
        {"number": 1, "title": "Nothing", "artist": "Nobody", "album": None, "location": "/gone/nothing.mp3"},
        {"number": 3, "title": None, "artist": None, "album": None, "location": "/nowhere/at all.mp3"},
    ]
    assert imported(ana, data.encode("utf-16"), name="Nova")[1]["name"] == "Nova"


def test_what_cannot_be_heard_is_not_found(songs: Stage) -> None:
    stranger = songs.house.newcomer()
    library = f"/admin/libraries/{songs.library}"
    songs.house.owner.client.patch(library, json={"everyone": False, "member_ids": []})
    try:
        code = json.dumps({"playlist": {"track": [{"identifier": "isrc:BRBMG0300729"}]}})
        for data in ("loose.flac", "#EXTINF:2,Tom - Loose\nx.mp3", code):
            assert imported(stranger, data)[0] == []
    finally:
        songs.house.owner.client.patch(library, json={"everyone": True})


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b'<?xml version="1.0"?><!DOCTYPE p [<!ENTITY a "aaaa">]><playlist><title>&a;</title></playlist>', None),
        (b"<playlist><trackList>", None),
        (b"<html><body/></html>", None),
        (b"<playlist>" + b"<a>" * 100 + b"</a>" * 100 + b"</playlist>", None),
        (b'<?xml version="1.0" encoding="nonsense"?><playlist/>', None),
        (b"{", None),
        (b"[1, 2]", None),
        (b'{"playlist": {"track": 5}}', None),
        (b"[" * 100_000, None),
        (b"x", "jspf"),
        (b"x.mp3\n" * 10_001, None),
    ],
)
def test_what_is_no_playlist_is_told(songs: Stage, ana: Person, data: bytes, kind: str | None) -> None:
    answer = ana.client.post("/playlists/import", content=data, params={"format": kind} if kind else {})
    assert problem(answer, 422, "unreadable_playlist")["field"] == "file"


def test_a_file_has_an_end(songs: Stage, ana: Person) -> None:
    problem(ana.client.post("/playlists/import", content=b"x" * (8 << 20 | 1)), 413, "body_too_large")
    found, report = imported(ana, b"")
    assert (found, report["listed"], report["name"]) == ([], 0, "Imported")
    assert re.fullmatch("m3u8", report["format"])
