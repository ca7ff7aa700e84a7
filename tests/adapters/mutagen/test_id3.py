"""ID3v2.2, 2.3, 2.4 and ID3v1: their own ways, held against what mutagen reads, and broken ones."""

import struct
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mutagen import id3
from tests.support.audio import encoded
from tests.support.id3_bytes import frame, synchsafe, tag

from sarau.adapters.mutagen.fields import tags_of
from sarau.adapters.mutagen.id3 import genre_names, read_id3, read_id3v1
from sarau.adapters.mutagen.reader import read_sound
from sarau.adapters.mutagen.words import Words
from sarau.foundation.media.tags import SoundFile, Tags

MEGABYTE = 1024 * 1024
COMPRESSED = 0x0009


def words_of(data: bytes) -> Words:
    words = Words()
    read_id3(data, words)
    return words


def tags_in(data: bytes) -> Tags:
    return tags_of(words_of(data).texts)


def sound_with(tmp_path: Path, data: bytes, suffix: str = ".mp3") -> SoundFile:
    path = tmp_path / f"song{suffix}"
    path.write_bytes(data + encoded(".mp3"))
    return read_sound(path, suffix)


def test_id3v2_2_with_its_short_names() -> None:
    words = words_of(
        tag(
            frame("TT2", b"\x00Old title", version=2),
            frame("TP1", b"\x01\xff\xfe" + "Noël".encode("utf-16-le"), version=2),
            frame("TYE", b"\x001999", version=2),
            frame("TDA", b"\x003112", version=2),
            frame("TRK", b"\x002/9", version=2),
            frame("TCO", b"\x00(17)", version=2),
            frame("COM", b"\x00eng\x00A comment", version=2),
            frame("TXX", b"\x00MusicBrainz Album Id\x0012345678-1111-4222-8333-444455556666", version=2),
            frame("ULT", b"\x00eng\x00La la", version=2),
            frame("PIC", b"\x00JPG\x03cover\x00\xff\xd8\xffpicture", version=2),
            bytes(100),
            version=2,
        )
    )
    tags = tags_of(words.texts)
    assert (tags.title, tags.artists, tags.date, tags.genres) == ("Old title", ("Noël",), "1999-12-31", ("Rock",))
    assert (tags.track_number, tags.track_total, tags.comment, tags.lyrics) == (2, 9, "A comment", "La la")
    assert tags.mb_album_id == "12345678-1111-4222-8333-444455556666"
    assert words.picture is not None
    assert words.picture.data == b"\xff\xd8\xffpicture"


def test_id3v2_3_keeps_year_and_day_apart() -> None:
    data = tag(frame("TYER", b"\x002004", version=3), frame("TDAT", b"\x002501", version=3), version=3)
    assert (tags_in(data).date, tags_in(data).year) == ("2004-01-25", 2004)


def test_the_date_of_id3v2_4_counts_more_than_an_old_one() -> None:
    tags = tags_in(
        tag(frame("TYER", b"\x001990"), frame("TDRC", b"\x002004-05-01T12:30:00"), frame("TORY", b"\x001988"))
    )
    assert (tags.date, tags.original_date) == ("2004-05-01", "1988")


def test_id3v2_3_does_not_split_at_the_slash() -> None:
    tags = tags_in(tag(frame("TPE1", b"\x00AC/DC", version=3), frame("TPE2", b"\x00AC/DC", version=3), version=3))
    assert (tags.artists, tags.album_artists) == (("AC/DC",), ("AC/DC",))


def test_a_joined_list_of_artists_is_split_when_the_ids_prove_it() -> None:
    ids = "11111111-1111-4222-8333-444455556666/22222222-1111-4222-8333-444455556666"

    def tags(artists: bytes, joined_ids: str) -> Tags:
        return tags_in(
            tag(
                frame("TPE1", b"\x00AC/DC & Friend", version=3),
                frame("TXXX", b"\x00ARTISTS\x00" + artists, version=3),
                frame("TXXX", b"\x00MusicBrainz Artist Id\x00" + joined_ids.encode(), version=3),
                version=3,
            )
        )

    both = tags(b"Elis/Tom", ids)
    assert (both.artists, both.artist_display) == (("Elis", "Tom"), "AC/DC & Friend")
    assert both.mb_artist_ids == tuple(ids.split("/"))
    assert tags(b"AC/DC", ids[:36]).artists == ("AC/DC",)
    assert tags(b"AC/DC/Friend", ids).artists == ("AC/DC/Friend",)


def test_several_values_are_those_separated_by_nul_or_in_frames_of_their_own() -> None:
    data = tag(
        frame("TPE1", b"\x03One\x00Two"), frame("TPE1", b"\x01\xff\xfeT\x00h\x00\x00\x00\xfe\xff\x00F\x00o\x00")
    )
    assert tags_in(tag(frame("TPE1", b"\x03One\x00Two\x00\x00"))).artists == ("One", "Two")
    assert tags_in(data).artists[:3] == ("One", "Two", "Th")


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("17", ["Rock"]),
        ("(17)", ["Rock"]),
        ("(51)(39)", ["Techno-Industrial", "Noise"]),
        ("(4)Eurodisco", ["Disco", "Eurodisco"]),
        ("(RX)", ["Remix"]),
        ("CR", ["Cover"]),
        ("((Live)", ["(Live)"]),
        ("Hip-Hop/Rap", ["Hip-Hop/Rap"]),
        ("(Acid)", ["(Acid)"]),
        ("255", []),
        ("1980", ["1980"]),
        ("", []),
    ],
)
def test_genres_by_number_get_their_names(value: str, names: list[str]) -> None:
    assert [name for name in genre_names(value) if name] == names


def test_programs_comments_are_no_comments() -> None:
    data = tag(
        frame("COMM", b"\x00engiTunNORM\x00 000001A2 000001B3"),
        frame("COMM", b"\x00engiTunes_CDDB_IDs\x0012+34"),
        frame("COMM", b"\x00engOther\x00With a description"),
        frame("COMM", b"\x00eng\x00The comment"),
    )
    assert tags_in(data).comment == "The comment"
    assert tags_in(tag(frame("COMM", b"\x00engOther\x00With a description"))).comment == "With a description"
    assert tags_in(tag(frame("COMM", b"\x00engiTunNORM\x00 000001A2"))).comment is None


def test_synced_lyrics_become_lrc() -> None:
    lines = b"\x00eng\x02\x01about\x00" + b"".join(
        text + b"\x00" + struct.pack(">I", time_ms)
        for text, time_ms in ((b"First line", 1_000), (b"Second line", 62_345), (b"Third", 6_000_000))
    )
    assert (
        tags_in(tag(frame("SYLT", lines))).lyrics == "[00:01.00]First line\n[01:02.34]Second line\n[100:00.00]Third"
    )


def test_synced_syllables_become_lines() -> None:
    syllables = b"\x03eng\x02\x01\x00" + b"".join(
        text.encode() + b"\x00" + struct.pack(">I", time_ms)
        for text, time_ms in (("Ga", 1_000), ("ro", 1_200), ("ta", 1_400), ("\nde Ipa", 2_000), ("nema", 2_500))
    )
    data = tag(frame("SYLT", syllables), frame("USLT", b"\x03eng\x00Without times"))
    assert tags_in(data).lyrics == "[00:01.00]Garota\n[00:02.00]de Ipanema"


def test_lyrics_timed_by_frames_of_sound_are_passed_over() -> None:
    content = b"\x00eng\x01\x01\x00Line\x00" + struct.pack(">I", 40)
    assert tags_in(tag(frame("SYLT", content), frame("USLT", b"\x00eng\x00Plain"))).lyrics == "Plain"


def test_id3v1_alone(tmp_path: Path) -> None:
    v1 = b"TAG" + b"A title".ljust(30, b"\0") + b"An artist".ljust(30) + b"An album".ljust(30, b"\0") + b"1987"
    path = tmp_path / "song.mp3"
    path.write_bytes(encoded(".mp3") + v1 + b"A comment".ljust(28, b"\0") + b"\x00\x07" + b"\x11")
    tags = read_sound(path, ".mp3").tags
    assert (tags.title, tags.artists, tags.album, tags.date) == ("A title", ("An artist",), "An album", "1987")
    assert (tags.comment, tags.track_number, tags.genres) == ("A comment", 7, ("Rock",))


def test_id3v1_without_a_genre_or_track() -> None:
    words = Words()
    read_id3v1(b"TAG" + bytes(94) + b"x" * 30 + b"\xff", words)
    assert (tags_of(words.texts).genres, tags_of(words.texts).track_number) == ((), None)


def test_a_size_beyond_the_file_does_not_lose_the_sound(tmp_path: Path) -> None:
    sound = sound_with(tmp_path, tag(frame("TIT2", b"\x00Here"), size=200 * MEGABYTE))
    assert (sound.tags.title, sound.properties.duration_ms > 900) == ("Here", True)


@pytest.mark.parametrize(
    "broken",
    [
        tag(frame("TIT2", b"\x09odd encoding")),
        tag(frame("TIT2", b"\x03\xff\xfe\xfd")),
        tag(b"TIT2" + synchsafe(5000) + b"\0\0\x00cut"),
        tag(b"\xff" * 500),
        tag(frame("APIC", b"\x00")),
        tag(frame("APIC", b"\x00image/jpeg")),
        tag(frame("SYLT", b"\x00")),
        tag(frame("COMM", b"\x01")),
        tag(frame("UFID", b"")),
        tag(frame("TXXX", b"\x01" + b"\x00" * 11)),
        tag(frame("TIT2", b"1234not zlib", flags=COMPRESSED)),
        tag(frame("TIT2", b"\x00x"), version=9),
        tag(),
    ],
)
def test_a_broken_tag_does_not_lose_the_sound(broken: bytes, tmp_path: Path) -> None:
    sound = sound_with(tmp_path, broken)
    assert sound.properties.duration_ms > 900
    assert sound.picture is None


TEXTS = st.text(st.characters(min_codepoint=32, exclude_categories=("Cc", "Cs", "Cn", "Co", "Cf", "Zs", "Zl", "Zp")))
ENCODINGS = st.sampled_from([1, 2, 3])


@st.composite
def id3_frames(draw: st.DrawFn) -> list[Any]:
    values = st.lists(TEXTS.filter(bool), min_size=1, max_size=4, unique=True)
    names = ["TIT2", "TIT3", "TPE1", "TPE2", "TALB", "TCOM", "TSRC"]
    frames = [getattr(id3, name)(encoding=draw(ENCODINGS), text=draw(values)) for name in names]
    frames.append(id3.COMM(encoding=draw(ENCODINGS), lang="por", desc="", text=draw(values)))
    frames.append(id3.TXXX(encoding=draw(ENCODINGS), desc="ARTISTS", text=draw(values)))
    frames.append(id3.USLT(encoding=draw(ENCODINGS), lang="por", desc=draw(TEXTS), text=draw(TEXTS.filter(bool))))
    kind, description = draw(st.integers(0, 20)), draw(TEXTS)
    data = b"\x89" + draw(st.binary(max_size=300))
    frames.append(id3.APIC(encoding=draw(ENCODINGS), mime="image/png", type=kind, desc=description, data=data))
    return frames


@given(frames=id3_frames(), version=st.sampled_from([3, 4]))
def test_what_mutagen_writes_is_read_as_mutagen_reads_it(
    frames: list[Any], version: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "oracle.id3"
    path.write_bytes(b"")
    written = id3.ID3()
    for one in frames:
        written.add(one)
    written.save(path, v2_version=version, v23_sep=None)
    expected = id3.ID3(path)
    words = words_of(path.read_bytes())
    for name, key in (
        ("TIT2", "title"), ("TIT3", "subtitle"), ("TPE1", "artist"), ("TPE2", "albumartist"), ("TALB", "album"),
        ("TCOM", "composer"), ("TSRC", "isrc"), ("COMM", "comment"), ("TXXX", "artists"),
    ):  # fmt: skip
        assert [value for value in words.texts[key] if value] == list(expected.getall(name)[0].text)
    assert words.texts["lyrics"] == [expected.getall("USLT")[0].text]
    assert words.picture is not None
    assert words.picture.data == expected.getall("APIC")[0].data
    assert words.picture.front == (expected.getall("APIC")[0].type == 3)


NAMES = st.sampled_from(["TIT2", "TCON", "TXXX", "COMM", "USLT", "SYLT", "UFID", "APIC", "TYER", "TDAT", "TRCK"])


@given(st.lists(st.tuples(NAMES, st.binary(max_size=60), st.integers(0, 255)), max_size=8), st.sampled_from([3, 4]))
def test_no_content_of_frames_raises_anything(frames: list[tuple[str, bytes, int]], version: int) -> None:
    tags_in(tag(*(frame(n, c, version=version, flags=f) for n, c, f in frames), version=version))
