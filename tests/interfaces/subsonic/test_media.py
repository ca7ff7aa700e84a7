"""Sound, pictures and words, as apps fetch them."""

import io
from pathlib import Path

import av
import httpx
import pytest
from PIL import Image
from tests.support.music import tune
from tests.support.pictures import picture
from tests.support.subsonic import App, Scene


def _codec(data: bytes) -> str:
    with av.open(io.BytesIO(data)) as sound:
        return sound.streams.audio[0].codec_context.name


def _duration_s(data: bytes) -> float:
    with av.open(io.BytesIO(data)) as sound:
        samples = sum(frame.samples for frame in sound.decode(audio=0))
        return samples / sound.streams.audio[0].rate


def test_a_song_streams_as_it_is_whole_and_in_ranges(scene: Scene) -> None:
    song = scene.song("Wave")
    original = (scene.folder / song["path"]).read_bytes()
    whole = scene.member.raw("stream", id=song["id"])
    assert (whole.status_code, whole.content, whole.headers["content-type"]) == (200, original, "audio/flac")
    assert song["size"] == len(original)
    client = scene.house.at_root(headers={"range": "bytes=10-19"})
    part = client.get("/rest/stream.view", params={"apiKey": scene.member.key, "id": song["id"]})
    assert (part.status_code, part.content) == (206, original[10:20])
    assert scene.member.raw("stream", id=song["id"], format="raw", maxBitRate=32).content == original
    assert scene.member.raw("stream", id=song["id"], format="flac").content == original
    head = scene.member.raw("stream", method="HEAD", id=song["id"])
    assert (head.headers["content-length"], head.content) == (str(len(original)), b"")


@pytest.mark.parametrize(
    ("wish", "codec", "media_type"),
    [
        ({"format": "mp3"}, "mp3", "audio/mpeg"),
        ({"format": "opus", "maxBitRate": 64}, "opus", "audio/ogg"),
        ({"format": "ogg"}, "opus", "audio/ogg"),
        ({"format": "m4a"}, "aac", "audio/aac"),
        ({"maxBitRate": 32}, "mp3", "audio/mpeg"),
        ({"format": "mp3", "maxBitRate": 1}, "mp3", "audio/mpeg"),
        ({"format": "wma"}, None, "audio/flac"),
    ],
)
def test_a_song_is_encoded_as_wished(scene: Scene, wish: dict[str, str], codec: str | None, media_type: str) -> None:
    answer = scene.member.raw("stream", id=scene.song("Wave")["id"], **wish)
    assert (answer.status_code, answer.headers["content-type"]) == (200, media_type)
    if codec is not None:
        assert _codec(answer.content).startswith(codec)


def test_a_song_begins_later_where_that_is_wished(scene: Scene, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("long")
    tune(folder / "longa.flac", seconds=4, title="Longa")
    scene.house.library(folder, scene.member.person)
    song = scene.member.ask("getRandomSongs", size=500)["randomSongs"]["song"]
    longa = next(one for one in song if one["title"] == "Longa")
    rest = scene.member.raw("stream", id=longa["id"], timeOffset=3, format="mp3").content
    assert 0.8 < _duration_s(rest) < 1.4
    client = {"name": "x", "platform": "y", "transcodingProfiles": [{"container": "mp3", "audioCodec": "mp3"}]}
    about = {"mediaId": longa["id"], "mediaType": "song"}
    params = scene.member.post("getTranscodeDecision", client, **about)["transcodeDecision"]["transcodeParams"]
    rest = scene.member.raw("getTranscodeStream", transcodeParams=params, offset=2, **about).content
    assert 1.8 < _duration_s(rest) < 2.4


def test_a_download_is_the_file_with_its_name_for_who_may(scene: Scene) -> None:
    song = scene.song("Wave")
    answer = scene.member.raw("download", id=song["id"])
    assert answer.content == (scene.folder / song["path"]).read_bytes()
    assert "01 Wave.flac" in answer.headers["content-disposition"]
    guest = scene.house.newcomer("guest")
    members = [scene.house.owner.id, scene.member.person.id, guest.id]
    scene.house.owner.client.patch(f"/admin/libraries/{scene.library}", json={"member_ids": members})
    app = App(scene.house, guest)
    assert app.fail("download", id=song["id"]) == 50
    assert app.raw("stream", id=song["id"]).status_code == 200


def test_covers(scene: Scene) -> None:
    album, bare = scene.album("Falso Brilhante"), scene.album("Wave")
    assert album["coverArt"].startswith("pi-")
    assert album["song"][0]["coverArt"] == album["coverArt"], "one picture is fetched once"
    for thing in (album["coverArt"], album["id"], album["song"][0]["id"], album["artistId"], bare["coverArt"]):
        answer = scene.member.raw("getCoverArt", id=thing, size=90)
        assert answer.headers["content-type"] == "image/jpeg"
        assert max(Image.open(io.BytesIO(answer.content)).size) <= 96
        again = scene.house.at_root(headers={"if-none-match": answer.headers["etag"]})
        assert (
            again.get("/rest/getCoverArt", params={"apiKey": scene.member.key, "id": thing, "size": 90}).status_code
            == 304
        )
    webp = scene.house.at_root(headers={"accept": "image/webp"})
    found = webp.get("/rest/getCoverArt", params={"apiKey": scene.member.key, "id": album["id"]})
    assert found.headers["content-type"] == "image/webp"
    avatar = scene.member.raw("getAvatar", username=scene.member.person.username)
    assert Image.open(io.BytesIO(avatar.content)).format == "JPEG"
    assert scene.member.fail("getAvatar", username="nobody-here") == 70


def test_words_with_times_and_without(scene: Scene) -> None:
    song = scene.song("Como Nossos Pais")
    plain = scene.member.ask("getLyrics", artist="elis regina", title="como nossos pais")["lyrics"]
    assert plain["value"] == "Não quero lhe falar\nMeu grande amor"
    (timed,) = scene.member.ask("getLyricsBySongId", id=song["id"])["lyricsList"]["structuredLyrics"]
    assert timed["synced"] is True
    assert timed["line"] == [
        {"value": "Não quero lhe falar", "start": 50}, {"value": "Meu grande amor", "start": 150},
    ]  # fmt: skip
    assert "kind" not in timed
    assert "cueLine" not in timed
    assert scene.member.ask("getLyricsBySongId", id=scene.song("Wave")["id"])["lyricsList"]["structuredLyrics"] == []


def test_words_that_have_times_of_their_own(scene: Scene) -> None:
    song = scene.song("Batidinha")
    sheet = "[00:00.01] <00:00.01> Só <00:00.05> não <00:00.09> vê <00:00.20>"
    put = scene.house.owner.client.put(f"/tracks/{song['id'][3:]}/lyrics", json={"content": sheet, "format": "lrc"})
    assert put.status_code == 200, put.text
    (timed,) = scene.member.ask("getLyricsBySongId", id=song["id"], enhanced="true")["lyricsList"]["structuredLyrics"]
    assert timed["kind"] == "main"
    (line,) = timed["cueLine"]
    assert line["index"] == 0
    words = line["value"].encode()
    assert [words[cue["byteStart"] : cue["byteEnd"] + 1].decode() for cue in line["cue"]] == ["Só", "não", "vê"]
    assert [cue["value"] for cue in line["cue"]] == ["Só", "não", "vê"]
    assert [cue["start"] for cue in line["cue"]] == [10, 50, 90]
    scene.house.owner.client.put(f"/tracks/{song['id'][3:]}/lyrics", json={"content": "", "format": "lrc"})


def test_what_was_decided_for_a_song_is_good_for_that_song(scene: Scene) -> None:
    song, other = scene.song("Wave"), scene.song("Solta")
    client = {
        "name": "x",
        "platform": "y",
        "maxTranscodingAudioBitrate": 96_000,
        "directPlayProfiles": [{"containers": ["mp3"], "audioCodecs": ["mp3"], "protocols": ["http"]}],
        "transcodingProfiles": [{"container": "ogg", "audioCodec": "opus", "protocol": "http"}],
    }
    about = {"mediaId": song["id"], "mediaType": "song"}
    found = scene.member.post("getTranscodeDecision", client, **about)["transcodeDecision"]
    assert (found["canDirectPlay"], found["canTranscode"]) == (False, True)
    assert found["transcodeStream"]["codec"] == "opus"
    params = found["transcodeParams"]
    answer = scene.member.raw("getTranscodeStream", transcodeParams=params, **about)
    assert _codec(answer.content).startswith("opus")
    direct = scene.member.post("getTranscodeDecision", client, mediaId=other["id"], mediaType="song")
    assert direct["transcodeDecision"]["canDirectPlay"] is True
    wrong = scene.member.raw("getTranscodeStream", transcodeParams=params, mediaId=other["id"], mediaType="song")
    assert wrong.status_code == 400
    gone = scene.member.raw("getTranscodeStream", transcodeParams=params, mediaId="tr-" + "0" * 16, mediaType="song")
    assert gone.status_code == 404
    assert scene.member.fail("getTranscodeDecision", **about) == 10


def _shown(answer: httpx.Response) -> Image.Image:
    assert answer.headers["content-type"] == "image/jpeg", answer.text
    return Image.open(io.BytesIO(answer.content)).convert("RGB")


def test_the_cover_of_a_playlist_is_its_own_or_made_of_others(scene: Scene, tmp_path: Path) -> None:
    colours = ("red", "lime", "blue", "yellow")
    for colour in colours:
        tune(tmp_path / f"{colour}.flac", title=colour, artists="x", cover=picture(colour))
    scene.house.library(tmp_path, scene.member.person)
    app, client = scene.member, scene.member.person.client
    playlist = app.ask("createPlaylist", name="x", songId=[scene.song(colour)["id"] for colour in colours])[
        "playlist"
    ]
    mosaic = _shown(app.raw("getCoverArt", id=playlist["coverArt"], size=192))
    places = ((48, 48), (144, 48), (48, 144), (144, 144))
    wanted = [Image.new("RGB", (1, 1), colour).getpixel((0, 0)) for colour in colours]
    for place, colour in zip(places, wanted, strict=True):
        assert all(abs(a - b) < 40 for a, b in zip(mosaic.getpixel(place), colour, strict=True))
    assert _shown(app.raw("getCoverArt", id=playlist["id"], size=192)).size == (192, 192)
    assert scene.outsider.fail("getCoverArt", id=playlist["coverArt"]) == 70
    path = f"/playlists/{playlist['id'][3:]}/cover"
    assert client.put(path, content=picture("purple"), headers={"content-type": "image/jpeg"}).status_code == 204
    changed = app.ask("getPlaylist", id=playlist["id"])["playlist"]
    assert changed["coverArt"] != playlist["coverArt"], "or apps would never fetch the new one"
    red, green, blue = _shown(app.raw("getCoverArt", id=changed["coverArt"])).getpixel((5, 5))
    assert red > 90 > green < blue, "purple"
