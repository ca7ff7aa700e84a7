"""The first scan of a folder with every format: all that the tags say is to be seen, and heard."""

from pathlib import Path
from typing import Any, NamedTuple

import pytest
from tests.support.audio import SUFFIXES, make_sound
from tests.support.houses import House, Person, items
from tests.support.music import everything_in
from tests.support.pictures import picture

from sarau.foundation.media.formats import Codec, media_type
from sarau.foundation.media.tags import ReplayGain

CODECS = {
    ".mp3": Codec.MP3, ".flac": Codec.FLAC, ".wav": Codec.WAV, ".aif": Codec.AIFF, ".aiff": Codec.AIFF,
    ".ogg": Codec.VORBIS, ".oga": Codec.FLAC, ".opus": Codec.OPUS, ".m4a": Codec.AAC, ".m4b": Codec.AAC,
    ".mp4": Codec.AAC, ".aac": Codec.AAC, ".wma": Codec.WMA, ".wv": Codec.WAVPACK, ".ape": Codec.APE,
    ".alac.m4a": Codec.ALAC,
}  # fmt: skip
LOSSLESS = {Codec.FLAC, Codec.WAV, Codec.AIFF, Codec.WAVPACK, Codec.APE, Codec.ALAC}
ARTISTS = ("Simon & Garfunkel", "AC/DC", "Tyler, The Creator", "Earth; Wind")
ALBUM_ARTISTS = ("Crosby, Stills & Nash", "Peter/Paul")
TAGS: dict[str, Any] = {
    "version": "Ao vivo",
    "artists": ARTISTS,
    "artist_display": "Simon & Garfunkel with others",
    "album_artists": ALBUM_ARTISTS,
    "album_artist_display": "Crosby and Peter",
    "composers": ("Rodgers & Hart", "Jobim/Moraes"),
    "genres": ("R&B/Soul", "Bossa Nova, MPB"),
    "date": "1974-08-01",
    "original_date": "1972",
    "year": 1974,
    "disc_number": 2,
    "disc_total": 2,
    "track_total": 12,
    "compilation": True,
    "comment": "Los Angeles\n22 February",
    "isrcs": ("BRBMG7400001", "USRC17607839"),
    "mb_recording_id": "00000001-1111-4222-8333-444455556666",
    "mb_release_group_id": "00000004-1111-4222-8333-444455556666",
    "replay_gain": ReplayGain(-6.5, 0.98, -7.25, 1.01),
    "lyrics": "[00:01.00]É pau\n[00:02.00]é pedra",
}


class Scene(NamedTuple):
    """A library with a file of each format, just scanned, and somebody who hears it."""

    root: Path
    person: Person
    tracks: dict[str, dict[str, Any]]


def _name(kind: str) -> str:
    return f"song{kind}"


def _mbid(kind: str) -> str:
    return f"{sorted(CODECS).index(kind):08x}-2222-4222-8333-444455556666"


@pytest.fixture(scope="module")
def scene(house: House, tmp_path_factory: pytest.TempPathFactory) -> Scene:
    root: Path = tmp_path_factory.mktemp("formats")
    for number, kind in enumerate(sorted(CODECS), 1):
        make_sound(
            root / _name(kind),
            seconds=2.0,
            frequency=300.0 + number,
            codec="alac" if kind == ".alac.m4a" else None,
            cover=picture("red"),
            title=f"Title {kind}",
            album=f"Album {kind}",
            track_number=number,
            mb_album_id=_mbid(kind),
            **TAGS,
        )
    before = everything_in(root)
    person = house.newcomer()
    library_id = house.library(root, person)
    assert everything_in(root) == before, "a library is never written to"
    tracks = items(person.client.get("/tracks", params={"library_id": library_id, "limit": 500}))
    assert len(tracks) == len(CODECS)
    return Scene(root, person, {track["title"].removeprefix("Title "): track for track in tracks})


def test_every_format_is_here() -> None:
    assert set(CODECS) - {".alac.m4a"} == set(SUFFIXES)
    assert set(CODECS.values()) == set(Codec)


@pytest.mark.parametrize("kind", sorted(CODECS))
def test_all_that_a_file_says_is_to_be_seen(scene: Scene, kind: str) -> None:
    track = scene.tracks[kind]
    number = sorted(CODECS).index(kind) + 1
    details = scene.person.client.get(f"/tracks/{track['id']}").json()
    assert details["track"] == track
    assert track["title"] == f"Title {kind}"
    assert (track["version"], track["year"], track["genres"]) == ("Ao vivo", 1974, ["R&B/Soul", "Bossa Nova, MPB"])
    assert (track["disc_number"], track["track_number"]) == (2, number)
    assert track["artist"] == "Simon & Garfunkel with others"
    assert [artist["name"] for artist in track["artists"]] == list(ARTISTS)
    assert track["replay_gain"] == pytest.approx(
        {"track_gain_db": -6.5, "track_peak": 0.98, "album_gain_db": -7.25, "album_peak": 1.01}, abs=0.01
    )
    assert details["album_artists"] == list(ALBUM_ARTISTS)
    assert details["composers"] == ["Rodgers & Hart", "Jobim/Moraes"]
    roles = {(credit["artist"]["name"], credit["role"]) for credit in details["credits"]}
    assert roles == {(name, "artist") for name in ARTISTS} | {(name, "composer") for name in details["composers"]}
    assert (details["date"], details["original_date"]) == ("1974-08-01", "1972")
    assert details["compilation"] is True
    assert details["comment"] == "Los Angeles\n22 February"
    assert details["isrcs"] == ["BRBMG7400001", "USRC17607839"]
    assert details["mb_recording_id"] == TAGS["mb_recording_id"]
    assert details["mb_album_id"] == _mbid(kind)
    assert details["mb_release_group_id"] == TAGS["mb_release_group_id"]
    assert (details["file_name"], details["edited"], details["uploader_id"]) == (_name(kind), [], None)


@pytest.mark.parametrize("kind", sorted(CODECS))
def test_its_album_lyrics_and_cover_too(scene: Scene, kind: str) -> None:
    get = scene.person.client.get
    track = scene.tracks[kind]
    album = get(f"/albums/{track['album_id']}").json()["album"]
    assert (album["title"], album["artist"], album["compilation"]) == (f"Album {kind}", "Crosby and Peter", True)
    assert [artist["name"] for artist in album["artists"]] == list(ALBUM_ARTISTS)
    assert (album["track_count"], album["year"], album["cover"]) == (1, 1974, track["cover"])
    lyrics = get(f"/tracks/{track['id']}/lyrics").json()
    assert [(sheet["source"], sheet["format"], sheet["content"]) for sheet in lyrics["sheets"]] == [
        ("embedded", "lrc", "[00:01.00]É pau\n[00:02.00]é pedra")
    ]
    assert [(line["start_ms"], line["text"]) for line in lyrics["lines"]] == [(1000, "É pau"), (2000, "é pedra")]
    assert track["cover"] is not None
    assert get(f"/covers/{track['cover']}", params={"size": 96}).headers["content-type"].startswith("image/")


@pytest.mark.parametrize("kind", sorted(CODECS))
def test_its_sound_is_known_and_served_as_it_is(scene: Scene, kind: str) -> None:
    track = scene.tracks[kind]
    codec = CODECS[kind]
    path = scene.root / _name(kind)
    assert track["codec"] == codec.value
    assert abs(track["duration_ms"] - 2000) < 100
    assert track["sample_rate_hz"] == (48_000 if kind == ".opus" else 44_100)
    assert (track["channels"], track["bit_depth"]) == (2, 16 if codec in LOSSLESS else None)
    assert (track["size_bytes"], track["media_type"]) == (path.stat().st_size, media_type(path.suffix))
    assert track["bitrate_kbps"] > 0
    answer = scene.person.client.get(f"/tracks/{track['id']}/stream")
    assert (answer.headers["content-type"], answer.content) == (media_type(path.suffix), path.read_bytes())


def test_all_files_of_the_same_cover_and_artists_share_them(scene: Scene) -> None:
    assert len({track["cover"] for track in scene.tracks.values()}) == 1
    for position, name in enumerate(ARTISTS):
        assert len({track["artists"][position]["id"] for track in scene.tracks.values()}) == 1, name
    artist = scene.person.client.get(f"/artists/{scene.tracks['.mp3']['artists'][0]['id']}").json()
    assert len(artist["appears_on"]) == artist["artist"]["track_count"] == len(CODECS)
