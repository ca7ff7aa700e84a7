"""Every format and every field; wrong names, broken files, and which of several tags counts."""

from pathlib import Path
from typing import Any

import mutagen
import pytest
from mutagen import id3
from tests.support.audio import SUFFIXES, encoded, make_sound, make_video
from tests.support.sound_tags import write_ape

from sarau.adapters.mutagen.reader import MutagenTagReader
from sarau.foundation.media.formats import AUDIO_SUFFIXES, Codec
from sarau.foundation.media.tags import ReplayGain, SoundFile, Tags, UnreadableSound

COVER = b"\xff\xd8\xff\xe0 a picture" * 200
OTHER_COVER = b"\xff\xd8\xff\xe0 the back" * 200


def uuid(number: int) -> str:
    return f"{number:08x}-1111-4222-8333-444455556666"


FIELDS: dict[str, Any] = {
    "title": "Águas de Março",
    "version": "Ao vivo",
    "artists": ("Elis Regina", "Tom Jobim"),
    "artist_display": "Elis & Tom",
    "album": "Elis & Tom",
    "album_artists": ("Elis", "Tom"),
    "album_artist_display": "Elis with Tom",
    "composers": ("Antônio Carlos Jobim", "Vinícius de Moraes"),
    "genres": ("Bossa Nova", "MPB"),
    "date": "1974-08-01",
    "original_date": "1972",
    "year": 1974,
    "disc_number": 1,
    "disc_total": 2,
    "track_number": 3,
    "track_total": 12,
    "compilation": True,
    "comment": "Los Angeles\n22 February",
    "isrcs": ("BRBMG7400001", "USRC17607839"),
    "moods": ("Sereno", "Chuvoso"),
    "mb_recording_id": uuid(1),
    "mb_track_id": uuid(2),
    "mb_album_id": uuid(3),
    "mb_release_group_id": uuid(4),
    "mb_artist_ids": (uuid(5), uuid(6)),
    "mb_album_artist_ids": (uuid(7), uuid(8)),
    "replay_gain": ReplayGain(-6.5, 0.98, -7.25, 1.01),
    "lyrics": "[00:01.00]É pau\n[00:02.00]é pedra",
}
CODECS = {
    ".mp3": Codec.MP3, ".flac": Codec.FLAC, ".wav": Codec.WAV, ".aif": Codec.AIFF, ".aiff": Codec.AIFF,
    ".ogg": Codec.VORBIS, ".oga": Codec.FLAC, ".opus": Codec.OPUS, ".m4a": Codec.AAC, ".m4b": Codec.AAC,
    ".mp4": Codec.AAC, ".aac": Codec.AAC, ".wma": Codec.WMA, ".wv": Codec.WAVPACK, ".ape": Codec.APE,
}  # fmt: skip
ONE_OF_EACH_KIND_OF_TAGS = [".mp3", ".flac", ".opus", ".m4a", ".wma", ".ape"]
LOSSLESS = {Codec.FLAC, Codec.WAV, Codec.AIFF, Codec.WAVPACK, Codec.APE, Codec.ALAC}


def read(path: Path) -> SoundFile:
    return MutagenTagReader().read(path, path.suffix)


def refusal(path: Path, suffix: str | None = None) -> str:
    with pytest.raises(UnreadableSound) as caught:
        MutagenTagReader().read(path, suffix or path.suffix)
    return caught.value.reason


def test_the_generator_makes_every_format_we_serve() -> None:
    assert set(SUFFIXES) | {".aifc"} == AUDIO_SUFFIXES


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_field_comes_back_from_every_format(suffix: str, tmp_path: Path) -> None:
    sound = read(make_sound(tmp_path / f"song{suffix}", cover=COVER, **FIELDS))
    assert sound.tags == Tags(**FIELDS)
    assert sound.picture is not None
    assert sound.picture.data == COVER
    assert sound.picture.front


@pytest.mark.parametrize("suffix", ONE_OF_EACH_KIND_OF_TAGS)
@pytest.mark.parametrize("field", sorted(FIELDS))
def test_a_field_alone_comes_back_alone(suffix: str, field: str, tmp_path: Path) -> None:
    """No field leaks into another, and none needs the company of another."""
    companions = {
        "year": {"date": "1974"},
        "disc_total": {"disc_number": 1},
        "track_total": {"track_number": 3},
        "artist_display": {"artists": FIELDS["artists"]},
        "album_artist_display": {"album_artists": FIELDS["album_artists"]},
        "mb_artist_ids": {"artists": FIELDS["artists"], "artist_display": "E & T"},
        "mb_album_artist_ids": {"album_artists": FIELDS["album_artists"], "album_artist_display": "E & T"},
    }
    implied: dict[str, dict[str, Any]] = {
        "date": {"year": 1974},
        "original_date": {"year": 1972},
        "artists": {"artist_display": "Elis Regina, Tom Jobim"},
        "album_artists": {"album_artist_display": "Elis, Tom"},
    }
    given = {field: FIELDS[field], **companions.get(field, {})}
    sound = read(make_sound(tmp_path / f"song{suffix}", **given))
    assert sound.tags == Tags(**{**given, **implied.get(field, {})})


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_properties_tell_how_the_sound_is_stored(suffix: str, tmp_path: Path) -> None:
    path = make_sound(tmp_path / f"song{suffix}", seconds=2.5, channels=2, title="A title")
    found = read(path).properties
    assert found.codec is CODECS[suffix]
    assert abs(found.duration_ms - 2500) < 60  # encoders add up to a frame before and behind
    assert found.sample_rate_hz == (48_000 if suffix == ".opus" else 44_100)
    assert found.channels == 2
    assert found.bit_depth == (16 if found.codec in LOSSLESS else None)
    growth_bytes = len(encoded(suffix, seconds=7.5)) - len(encoded(suffix, seconds=2.5))
    assert found.bitrate_kbps == pytest.approx(growth_bytes * 8 / 5000, rel=0.4)


@pytest.mark.parametrize("suffix", sorted(set(SUFFIXES) - {".ogg"}))
def test_one_channel_is_one_channel(suffix: str, tmp_path: Path) -> None:
    channels = read(make_sound(tmp_path / f"song{suffix}", channels=1)).properties.channels
    assert (type(channels), channels) == (int, 1)


def test_alac_is_told_from_aac(tmp_path: Path) -> None:
    found = read(make_sound(tmp_path / "song.m4a", codec="alac", seconds=2.0, title="Lossless")).properties
    assert (found.codec, found.bit_depth, found.channels, found.sample_rate_hz) == (Codec.ALAC, 16, 2, 44_100)
    assert found.duration_ms == 2000


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_file_without_tags_is_a_sound_without_words(suffix: str, tmp_path: Path) -> None:
    sound = read(make_sound(tmp_path / f"song{suffix}"))
    assert sound.tags == Tags()
    assert sound.picture is None


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("name", ["Kairon; IRSE!", "Simon & Garfunkel", "AC/DC", "Earth, Wind & Fire", "A feat. B"])
def test_a_name_with_signs_in_it_is_one_artist(suffix: str, name: str, tmp_path: Path) -> None:
    tags = read(make_sound(tmp_path / f"song{suffix}", artists=(name,), album_artists=(name,))).tags
    assert (tags.artists, tags.album_artists) == ((name,), (name,))
    assert (tags.artist_display, tags.album_artist_display) == (name, name)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_content_decides_when_the_name_is_wrong(suffix: str, tmp_path: Path) -> None:
    right = make_sound(tmp_path / f"song{suffix}", title="Named wrongly")
    for wrong in (".flac", ".mp3", ".wav", ".ogg"):
        sound = MutagenTagReader().read(right, wrong)
        assert sound.properties.codec is CODECS[suffix]
        assert sound.tags.title == "Named wrongly"


def test_the_suffix_counts_in_any_case(tmp_path: Path) -> None:
    assert MutagenTagReader().read(make_sound(tmp_path / "song.mp3", title="Loud"), ".MP3").tags.title == "Loud"


@pytest.mark.parametrize("suffix", sorted(AUDIO_SUFFIXES))
def test_an_empty_file_is_refused(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"song{suffix}"
    path.touch()
    assert refusal(path) == "empty file"


@pytest.mark.parametrize("suffix", sorted(AUDIO_SUFFIXES))
@pytest.mark.parametrize("content", [b"\0" * 5000, b"Just a letter.\n" * 400, b"\xff" * 5000, b"x"])
def test_what_is_no_sound_is_refused_with_a_reason(suffix: str, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / f"song{suffix}"
    path.write_bytes(content)
    assert "error" not in refusal(path).lower()


@pytest.mark.parametrize(
    ("suffix", "reason"),
    [
        (".flac", "not a FLAC file"),
        (".wav", "not a WAV file"),
        (".aiff", "not an AIFF file"),
        (".ogg", "not an Ogg file"),
        (".m4a", "not a whole MP4 file"),
        (".wma", "not a WMA file"),
        (".ape", "not a Monkey's Audio file"),
        (".wv", "not a WavPack file"),
        (".mp3", "no audio frames found"),
        (".aac", "no audio frames found"),
        (".txt", "no format of sound that we know"),
    ],
)
def test_the_reason_names_what_was_expected(suffix: str, reason: str, tmp_path: Path) -> None:
    path = tmp_path / f"song{suffix}"
    path.write_bytes(b"not what you think" * 100)
    assert refusal(path).startswith(reason)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_headers_without_sound_are_refused(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"song{suffix}"
    path.write_bytes(encoded(suffix)[:40])
    assert refusal(path)


@pytest.mark.parametrize("suffix", sorted(set(SUFFIXES) - {".m4a", ".m4b", ".mp4"}))
def test_a_broken_download_is_still_a_sound(suffix: str, tmp_path: Path) -> None:
    """MP4 keeps its index at the end, so half of one is nothing."""
    path = tmp_path / f"song{suffix}"
    whole = encoded(suffix, seconds=3.0)
    path.write_bytes(whole[: len(whole) * 2 // 3])
    assert read(path).properties.duration_ms > 1000


def test_half_an_mp4_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "song.m4a"
    path.write_bytes(encoded(".m4a")[: len(encoded(".m4a")) // 2])
    assert refusal(path) == "not a whole MP4 file: its index (moov) is missing"


def test_a_silent_film_is_refused_and_one_with_sound_is_not(tmp_path: Path) -> None:
    assert refusal(make_video(tmp_path / "silent.mp4", with_sound=False)) == "no track of sound in this MP4 file"
    assert read(make_video(tmp_path / "loud.mp4", with_sound=True)).properties.codec is Codec.AAC


def test_what_is_no_regular_file_is_refused_without_waiting(tmp_path: Path) -> None:
    import os

    os.mkfifo(tmp_path / "pipe.mp3")
    assert refusal(tmp_path / "pipe.mp3") == "not a regular file"
    (tmp_path / "folder.mp3").mkdir()
    assert refusal(tmp_path / "folder.mp3") == "not a regular file"


def test_a_missing_file_is_the_systems_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        MutagenTagReader().read(tmp_path / "gone.mp3", ".mp3")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_any_name_a_file_can_have_is_fine(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"caf\udce9 \n{suffix}"  # Latin-1 bytes and a line break
    make_sound(tmp_path / f"song{suffix}", title="Strange name").rename(path)
    assert read(path).tags.title == "Strange name"


@pytest.mark.parametrize("suffix", [".mp3", ".aac", ".flac", ".wv", ".ape"])
def test_tags_at_both_ends_complete_each_other(suffix: str, tmp_path: Path) -> None:
    path = make_sound(tmp_path / f"song{suffix}", title="Own title")
    v1 = id3.ID3()
    v1.add(id3.TIT2(encoding=0, text="Own title as cut off by a"))
    v1.add(id3.TPE1(encoding=0, text="An artist"))
    v1.add(id3.TALB(encoding=0, text="An album of ID3v1"))
    v1.save(tmp_path / "v1", v1=2)
    if suffix in (".mp3", ".aac", ".flac"):
        write_ape(path, {"title": ["Other title"], "album": ["An album of APEv2"], "genre": ["Choro"]}, None)
    else:
        write_ape(path, {"album": ["An album of APEv2"], "genre": ["Choro"]}, None)
    path.write_bytes(path.read_bytes() + (tmp_path / "v1").read_bytes()[-128:])
    tags = read(path).tags
    assert (tags.title, tags.album, tags.genres) == ("Own title", "An album of APEv2", ("Choro",))
    assert tags.artists == ("An artist",)


@pytest.mark.parametrize("suffix", [".flac", ".wv", ".ape", ".ogg", ".wma", ".wav", ".m4a"])
def test_an_id3_tag_in_front_of_another_format_is_read_and_passed(suffix: str, tmp_path: Path) -> None:
    path = make_sound(tmp_path / f"song{suffix}", title="Own title")
    tag = id3.ID3()
    tag.add(id3.TIT2(encoding=3, text="Other title"))
    tag.add(id3.TALB(encoding=3, text="Album in front"))
    tag.save(tmp_path / "front")
    path.write_bytes((tmp_path / "front").read_bytes() + path.read_bytes())
    sound = read(path)
    assert sound.properties.codec is CODECS[suffix]
    assert (sound.tags.title, sound.tags.album) == ("Own title", "Album in front")


@pytest.mark.parametrize("suffix", [".mp3", ".flac", ".ogg", ".opus", ".wma", ".wv", ".ape", ".wav"])
def test_the_front_cover_is_preferred_to_others(suffix: str, tmp_path: Path) -> None:
    import base64
    import struct

    from mutagen import apev2, asf, flac

    path = make_sound(tmp_path / f"song{suffix}", title="t")
    file: Any = mutagen.File(path)
    for kind, data in ((4, OTHER_COVER), (3, COVER)):
        picture = flac.Picture()
        picture.type, picture.mime, picture.data = kind, "image/jpeg", data
        if suffix in (".mp3", ".wav"):
            file.tags.add(id3.APIC(encoding=0, mime="image/jpeg", type=kind, desc=str(kind), data=data))
        elif suffix == ".flac":
            file.add_picture(picture)
        elif suffix == ".wma":
            head = struct.pack("<BI", kind, len(data)) + b"\0\0\0\0"
            file["WM/Picture"] = [*file.get("WM/Picture", []), asf.ASFValue(head + data, asf.BYTEARRAY)]
        elif suffix in (".wv", ".ape"):
            name = "Cover Art (Front)" if kind == 3 else "Cover Art (Back)"
            file[name] = apev2.APEValue(b"x.jpg\0" + data, apev2.BINARY)
        else:
            key = "metadata_block_picture"
            file[key] = [*file.get(key, []), base64.b64encode(picture.write()).decode()]
    file.save()
    sound = read(path)
    assert sound.picture is not None
    assert (sound.picture.data, sound.picture.front) == (COVER, True)


def test_a_picture_beyond_the_limit_is_left_out(tmp_path: Path) -> None:
    sound = read(make_sound(tmp_path / "large.mp3", title="t", cover=bytes(30 * 1024 * 1024)))
    assert sound.picture is not None
    assert len(sound.picture.data) == 30 * 1024 * 1024
    sound = read(make_sound(tmp_path / "larger.mp3", title="t", cover=bytes(30 * 1024 * 1024 + 1)))
    assert (sound.picture, sound.tags.title) == (None, "t")
