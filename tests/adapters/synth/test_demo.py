"""The real demo library: every file is decoded and listened to, every tag and sheet is read."""

import base64
import io
import re
from functools import cache
from pathlib import Path

import mutagen
import mutagen.flac
import mutagen.id3
import numpy as np
import pytest
from PIL import Image
from tests.adapters.synth.conftest import Demo
from tests.adapters.synth.listening import Heard, decode, energy_at, loudest_pitch

from sarau.adapters.synth import make_demo_library
from sarau.adapters.synth.catalogue import Album, Format, Tune
from sarau.adapters.synth.harmony import read_chord
from sarau.adapters.synth.mixing import loudness_lufs
from sarau.adapters.synth.tunes import ALBUMS

TRACKS = [(album, tune) for album in ALBUMS for tune in album.tunes]
BY_TITLE = {tune.title: (album, tune) for album, tune in TRACKS}
CODECS = {
    Format.MP3: "mp3float",
    Format.FLAC: "flac",
    Format.VORBIS: "vorbis",
    Format.OPUS: "opus",
    Format.AAC: "aac",
    Format.ALAC: "alac",
    Format.WAV: "pcm_s16le",
}
every_track = pytest.mark.parametrize(("album", "tune"), TRACKS, ids=[tune.title for _, tune in TRACKS])
# Where the lead is the strongest of all; elsewhere an accompanying string may outshine a note of it.
LEADS = ["Atirei o Pau no Gato", "Marcha, Soldado", "Ode à Alegria", "Greensleeves", "Auld Lang Syne", "Ó Abre Alas"]
BASSES = ["Ciranda, Cirandinha", "Marcha, Soldado", "Greensleeves", "Auld Lang Syne", "Ó Abre Alas", "Amazing Grace"]
LRC_LINE = re.compile(r"\[(\d\d):(\d\d\.\d\d)\](.+)")

hear = cache(decode)


def test_it_is_made_in_less_than_25_megabytes_and_counts_its_tracks(demo: Demo) -> None:
    files = [path for path in demo.folder.rglob("*") if path.is_file()]
    assert demo.answer == 14
    assert demo.progress == [(n, 14, tune.title) for n, (_, tune) in enumerate(TRACKS, 1)]
    assert sum(path.stat().st_size for path in files) < 25_000_000
    assert not [path for path in files if path.suffix == ".part"]
    assert {path.suffix for path in files} == {
        "", ".txt", ".jpg", ".png", ".lrc", ".cho", ".chordpro", ".mp3", ".flac", ".ogg", ".opus", ".m4a", ".wav",
    }  # fmt: skip


def test_the_readme_tells_what_this_is(demo: Demo) -> None:
    text = (demo.folder / "README.txt").read_text("utf-8")
    assert "demo library" in text
    assert "public domain" in text
    assert all(tune.title.translate({ord("/"): "_"}) in text for _, tune in TRACKS)


@every_track
def test_a_track_decodes_to_its_length_with_sound_and_without_clipping(demo: Demo, album: Album, tune: Tune) -> None:
    sound = hear(demo.path(album, tune))
    assert sound.codec == CODECS[tune.format]
    assert sound.samples.shape[0] == 2
    assert sound.seconds == pytest.approx(tune.score.seconds(tune.score.length) + 1.8, abs=0.05)
    assert 25 < sound.seconds < 60
    assert 0.25 < np.abs(sound.samples).max() < 0.95
    # No second of it is silent, but the last, which fades.
    for second in range(int(sound.seconds) - 2):
        assert np.abs(sound.part(second, 1)).max() > 0.005


@every_track
def test_a_track_is_as_loud_as_its_gain_says(demo: Demo, album: Album, tune: Tune) -> None:
    sound = hear(demo.path(album, tune))
    heard = loudness_lufs(sound.samples)
    assert heard == pytest.approx(-18 - gain_db(demo.path(album, tune), "track"), abs=0.6)
    assert heard == pytest.approx(tune.arrangement.loudness_lufs, abs=0.6)


@pytest.mark.parametrize("title", LEADS)
def test_the_melody_that_is_heard_is_the_melody_of_the_score(demo: Demo, title: str) -> None:
    album, tune = BY_TITLE[title]
    heard = melody_heard(hear(demo.path(album, tune)), tune)
    written = [note.pitch + tune.arrangement.lead.transpose for note in tune.score.notes]
    assert heard == written


def test_the_ears_would_notice_a_wrong_melody(demo: Demo) -> None:
    album, tune = BY_TITLE["Greensleeves"]
    heard = melody_heard(hear(demo.path(album, tune)), tune)
    written = [note.pitch + tune.arrangement.lead.transpose for note in tune.score.notes]
    late = sum(a == b for a, b in zip(heard, written[1:], strict=False))
    assert late < 0.5 * len(written)


@pytest.mark.parametrize("title", [tune.title for _, tune in TRACKS if tune.sheets])
def test_a_line_of_the_lyrics_begins_when_its_first_note_is_heard(demo: Demo, title: str) -> None:
    album, tune = BY_TITLE[title]
    sound = hear(demo.path(album, tune))
    text = demo.path(album, tune, ".lrc").read_text("utf-8")
    assert text.startswith(f"[ti:{title}]\n[ar:{', '.join(tune.artists)}]\n[al:{album.title}]\n[length:")
    lines = [match for line in text.splitlines() if (match := LRC_LINE.fullmatch(line))]
    passages = [passage for passage in tune.score.passages if passage.syllables]
    assert len(lines) == len(passages) >= 4
    for line, passage in zip(lines, passages, strict=True):
        at = int(line[1]) * 60 + float(line[2])
        first = next(note for note in tune.score.notes if note.onset == passage.syllables[0].onset)
        pitch = first.pitch + tune.arrangement.lead.transpose
        assert 0 < at < sound.seconds - 1
        before = [note for note in tune.score.notes if note.onset < first.onset]
        # A repeated note, or one of a chord that still rings, is there before.
        if not before or abs(before[-1].pitch - first.pitch) not in (0, 12):
            assert energy_at(sound, pitch, at + 0.02, 0.05) > 1.02 * energy_at(sound, pitch, at - 0.06, 0.05)


@pytest.mark.parametrize("title", BASSES)
def test_the_chords_of_the_sheet_are_the_chords_that_are_heard(demo: Demo, title: str) -> None:
    album, tune = BY_TITLE[title]
    assert tune.sheets is not None
    sheet = demo.path(album, tune, tune.sheets.chord_suffix).read_text("utf-8")
    names = re.findall(r"\[([^]]*)\]", sheet)
    assert len(names) == len(tune.score.chords) >= 15
    sound = hear(demo.path(album, tune))
    for name, chord in zip(names, tune.score.chords, strict=True):
        bass = loudest_pitch(sound, tune.score.seconds(chord.onset) + 0.01, 0.28, 33, 50)
        assert round(bass) % 12 == read_chord(name).bass


@every_track
def test_a_track_is_fully_tagged(demo: Demo, album: Album, tune: Tune) -> None:
    path = demo.path(album, tune)
    tags = read_tags(path)
    number, total = album.position(tune)
    assert tags["title"] == [tune.title]
    assert tags["artist"] == list(tune.artists)
    assert tags["albumartist"] == list(album.artists)
    assert tags["album"] == [album.title]
    assert tags["date"] == [str(album.year)]
    assert tags["composer"] == list(tune.composers)
    assert tags["genre"] == list(tune.genres)
    assert tags["track"] == [f"{number}/{total}"]
    assert tags["disc"] == [f"{tune.disc}/{album.discs}"]
    assert tags["comment"] == ["Synthesised by Sarau from a tune in the public domain."]
    assert tags.get("originaldate", []) == ([tune.original_date] if tune.original_date else [])
    assert (tags.get("compilation") == ["1"]) == album.compilation
    assert "isrc" not in tags
    sung = tune.sheets is not None and tune.sheets.embedded
    assert ("lyrics" in tags) == sung
    assert -3 < gain_db(path, "album") <= 1


def test_some_artists_are_two_and_one_has_an_ampersand(demo: Demo) -> None:
    artists = {tuple(read_tags(demo.path(album, tune))["artist"]) for album, tune in TRACKS}
    assert ("Flauta da Serra", "Viola do Vale") in artists
    assert ("Corda & Companhia",) in artists


def test_there_are_two_discs_a_compilation_and_embedded_lyrics(demo: Demo) -> None:
    assert {album.discs for album in ALBUMS} == {1, 2}
    assert [album.title for album in ALBUMS if album.compilation] == ["Coreto da Praça"]
    album, tune = BY_TITLE["Greensleeves"]
    assert read_tags(demo.path(album, tune))["lyrics"][0].startswith("Alas, my love, you do me wrong\nto cast me off")


@every_track
def test_the_cover_is_inside_or_beside(demo: Demo, album: Album, tune: Tune) -> None:
    path = demo.path(album, tune)
    inside = embedded_cover(path)
    assert (inside is not None) == tune.cover_inside
    beside = path.parent / album.cover_file if album.cover_file else None
    assert inside is not None or beside is not None
    for data in filter(None, (inside, beside.read_bytes() if beside else None)):
        with Image.open(io.BytesIO(data)) as picture:
            picture.load()
            assert picture.size == (800, 800)


def test_a_lost_track_comes_back_byte_for_byte(demo: Demo) -> None:
    album, tune = BY_TITLE["Amazing Grace"]
    path = demo.path(album, tune)
    times = {p: p.stat().st_mtime_ns for p in demo.folder.rglob("*") if p.is_file() and p != path}
    whole = path.read_bytes()
    path.unlink()
    assert make_demo_library(demo.folder) == 14
    assert path.read_bytes() == whole
    assert {p: p.stat().st_mtime_ns for p in times} == times


def melody_heard(sound: Heard, tune: Tune) -> list[int]:
    """Return the strongest pitch within the range of the lead while each of its notes sounds."""
    pitches = [note.pitch + tune.arrangement.lead.transpose for note in tune.score.notes]
    heard = []
    for note in tune.score.notes:
        length = min(0.25, max(0.12, tune.score.seconds(note.length) * 0.9))
        start = tune.score.seconds(note.onset) + 0.03
        heard.append(round(loudest_pitch(sound, start, length, min(pitches), max(pitches))))
    return heard


def gain_db(path: Path, of: str) -> float:
    tags = read_tags(path)
    if f"r128_{of}_gain" in tags:
        return int(tags[f"r128_{of}_gain"][0]) / 256 + 5
    return float(tags[f"replaygain_{of}_gain"][0].removesuffix(" dB"))


ID3 = {"TIT2": "title", "TPE1": "artist", "TPE2": "albumartist", "TALB": "album", "TDRC": "date", "TCOM": "composer"}
ID3 |= {"TCON": "genre", "TRCK": "track", "TPOS": "disc", "TDOR": "originaldate", "TCMP": "compilation"}
ID3 |= {"COMM": "comment", "USLT": "lyrics", "TSRC": "isrc"}
MP4 = {"©nam": "title", "©ART": "artist", "aART": "albumartist", "©alb": "album", "©day": "date", "©wrt": "composer"}
MP4 |= {"©gen": "genre", "trkn": "track", "disk": "disc", "©cmt": "comment", "©lyr": "lyrics"}


def read_tags(path: Path) -> dict[str, list[str]]:
    """Read a file's tags with mutagen, under one set of names."""
    tags = mutagen.File(path).tags
    if isinstance(tags, mutagen.id3.ID3):
        return {
            ID3.get(frame.FrameID, getattr(frame, "desc", "").lower()): [str(text) for text in texts_of(frame)]
            for frame in tags.values()
            if frame.FrameID != "APIC"
        }
    if path.suffix == ".m4a":
        return {MP4.get(name, name.rpartition(":")[2].lower()): mp4_texts(name, tags[name]) for name in tags}
    words = {name.lower(): list(values) for name, values in tags.as_dict().items()}
    for name in ("track", "disc"):
        words[name] = [f"{words[f'{name}number'][0]}/{words[f'{name}total'][0]}"]
    return words


def texts_of(frame: mutagen.id3.Frame) -> list[object]:
    return [frame.text] if isinstance(frame.text, str) else list(frame.text)


def mp4_texts(name: str, values: object) -> list[str]:
    if name == "cpil":
        return ["1"] if values else []
    assert isinstance(values, list)
    if name in ("trkn", "disk"):
        return ["/".join(map(str, pair)) for pair in values]
    return [
        value.decode() if isinstance(value, bytes) and name.startswith("----") else str(value) for value in values
    ]


def embedded_cover(path: Path) -> bytes | None:
    file = mutagen.File(path)
    if isinstance(file.tags, mutagen.id3.ID3):
        pictures = [frame.data for frame in file.tags.getall("APIC")]
    elif path.suffix == ".m4a":
        pictures = [bytes(data) for data in file.tags.get("covr", [])]
    elif path.suffix == ".flac":
        pictures = [picture.data for picture in file.pictures]
    else:
        blocks = file.tags.get("metadata_block_picture", [])
        pictures = [mutagen.flac.Picture(base64.b64decode(block)).data for block in blocks]
    return pictures[0] if pictures else None
