"""Songs in other keys, with a capo, simplified, renamed."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sarau.catalog.lyrics.notation.chords import Chord, parse_chord
from sarau.catalog.lyrics.notation.keys import Accidentals, key_name
from sarau.catalog.lyrics.notation.notes import Naming
from sarau.catalog.lyrics.notation.reading import parse
from sarau.catalog.lyrics.notation.song import ChordMark, Line, LineKind, Song
from sarau.catalog.lyrics.notation.transposing import (
    chords_in,
    key_of,
    renamed,
    simplified,
    sounding,
    transposed,
    with_capo,
    written_key,
)


def song(chords: str, *, key: str | None = None, capo: int = 0) -> Song:
    return Song(key=key, capo=capo, lines=parse("chords_over_words", chords).lines)


def names(some: Song) -> str:
    return " ".join(mark.name for line in some.lines for mark in line.chords)


def row(some: Song, line: int = 0) -> str:
    """The chords of a line as they stand over its words."""
    shown = ""
    for mark in some.lines[line].chords:
        shown = shown.ljust(mark.offset) + mark.name
    return shown


@pytest.mark.parametrize(
    ("key", "chords", "semitones", "result", "new_key"),
    [
        ("G", "G  D7/F#  Em7  C7M(9)", 2, "A E7/G# F#m7 D7M(9)", "A"),
        ("G", "G  D7/F#  Em7  C7M(9)", -2, "F C7/E Dm7 Bb7M(9)", "F"),
        ("C", "C  G/B  Am  F", 3, "Eb Bb/D Cm Ab", "Eb"),
        ("C", "C  G/B  Am  F", 4, "E B/D# C#m A", "E"),
        ("C", "C  G/B  Am  F", -1, "B F#/A# G#m E", "B"),
        ("Am", "Am  E7/G#  Dm  Bb", 5, "Dm A7/C# Gm Eb", "Dm"),
        ("Am", "Am  E7/G#  Dm  Bb", 11, "G#m D#7/G C#m A", "G#m"),
        ("Sol", "Sol  Ré7/Fá#  Dó", 3, "Sib Fá7/Lá Mib", "Sib"),
        (None, "E  A  B7  E", 1, "F Bb C7 F", None),
        (None, "D  G  A7  D", -2, "C F G7 C", None),
    ],
)
def test_a_song_moves_to_another_key(
    key: str | None, chords: str, semitones: int, result: str, new_key: str | None
) -> None:
    moved = transposed(song(chords, key=key), semitones)
    assert names(moved) == result
    assert moved.key == new_key


def test_sharps_or_flats_can_be_forced() -> None:
    some = song("C  F  Dm  Bb", key="C")
    assert names(transposed(some, 1, Accidentals.SHARPS)) == "C# F# D#m B"
    assert names(transposed(some, 1, Accidentals.FLATS)) == "Db Gb Ebm B"
    assert transposed(some, 1, Accidentals.SHARPS).key == "C#"
    assert names(transposed(some, 0, Accidentals.SHARPS)) == "C F Dm A#"
    assert transposed(some, 0) == some


@pytest.mark.parametrize("semitones", [-12, 12, 100])
def test_an_octave_is_no_transposition(semitones: int) -> None:
    with pytest.raises(ValueError, match="at most 11"):
        transposed(song("C  G"), semitones)


def test_remarks_words_and_tablature_stay() -> None:
    some = parse("chords_over_words", "| C | % | G (2x) | N.C.\nAm   C\nA day\n\nE|--3--|\n")
    moved = transposed(some, 1)
    assert names(moved) == "| Db | % | Ab (2x) | N.C. Bbm Db"
    assert [line.text for line in moved.lines] == [line.text for line in some.lines]


def test_longer_names_push_the_next_ones() -> None:
    some = parse("chords_over_words", "C G  Am (C G)\nsing with all of us")
    assert row(some) == "C G  Am (C G)"
    assert row(transposed(some, 1)) == "Db Ab Bbm (Db Ab)"
    assert row(transposed(some, 2)) == "D A  Bm (D A)"


@pytest.mark.parametrize(
    ("key", "told"),
    [("A", "sounding"), ("G", "shapes")],
)
def test_with_a_capo_either_key_may_be_told(key: str, told: str) -> None:
    sheet = song("G  D7  Em  C  G", key=key, capo=2)
    assert key_name(written_key(sheet)) == "G"
    plain = sounding(sheet)
    assert names(plain) == "A E7 F#m D A"
    assert (plain.capo, plain.key) == (0, "A")
    other = with_capo(sheet, 5)
    assert names(other) == "E B7 C#m A E"
    assert (other.capo, other.key) == (5, "A" if told == "sounding" else "E")
    assert sounding(other) == plain


def test_a_capo_gives_the_shapes_to_be_played() -> None:
    sheet = song("Bb  Eb  F7  Bb", key="Bb")
    shapes = with_capo(sheet, 3)
    assert names(shapes) == "G C D7 G"
    assert shapes.capo == 3
    assert sounding(shapes) == sheet
    assert with_capo(sheet, 0) == sheet


def test_a_capo_without_chords_moves_the_key_alone() -> None:
    words = Song(key="A", capo=2)
    assert key_name(written_key(words)) == "A"
    assert sounding(words) == Song(key="B")


@pytest.mark.parametrize("fret", [-1, 12])
def test_a_capo_stands_on_the_neck(fret: int) -> None:
    with pytest.raises(ValueError, match="from 0 to 11"):
        with_capo(song("C  G"), fret)


def test_a_song_is_simplified() -> None:
    assert names(simplified(song("C7M(9)  G7(13)/B  Am7/G  Fadd9  (2x)"))) == "C7M G7 Am7 F (2x)"


def test_a_song_is_renamed_with_its_key() -> None:
    some = song("Bb  F7/A  (2x)", key="Bb")
    syllables = renamed(some, Naming.SYLLABLES)
    assert (names(syllables), syllables.key) == ("Sib Fá7/Lá (2x)", "Sib")
    letters = renamed(syllables, Naming.LETTERS)
    assert (names(letters), letters.key) == ("Bb F7/A (2x)", "Bb")


def test_a_song_without_chords_has_no_key_and_stays_as_it_is() -> None:
    words = parse("plain", "Only words\nto sing")
    assert key_of(words) is None
    assert transposed(words, 5) == words
    assert key_of(Song(key="Dm", lines=words.lines)) == key_of(song("Dm  A7  Dm"))


NAME = st.sampled_from(
    ["C", "F#m7(b5)/E", "Bb7M", "G7(9/13)", "Dó#m", "Sib", "Lá7/Dó#", "E/G#", "A°", "Db", "G#m", "Cadd9", "(2x)", "%"]
)
LINES = st.lists(st.lists(st.tuples(st.integers(0, 6), NAME), max_size=8), max_size=5)


def built(lines: list[list[tuple[int, str]]]) -> Song:
    """A song whose chords stand one after the other with the gaps given, never less than none."""
    result = []
    for line in lines:
        marks: list[ChordMark] = []
        at = 0
        for gap, name in line:
            marks.append(ChordMark(at + gap, name, is_remark=parse_chord(name) is None))
            at = marks[-1].offset + len(name) + 1
        result.append(Line(LineKind.LYRIC, "la la la la la", chords=tuple(marks)))
    return Song(lines=tuple(result))


def pitches(some: Song) -> list[tuple[int, frozenset[int], int | None]]:
    return [(chord.root, chord.intervals, chord.bass) for chord in chords_in(some)]


def raised(chord: Chord, semitones: int) -> tuple[int, frozenset[int], int | None]:
    bass = None if chord.bass is None else (chord.bass + semitones) % 12
    return (chord.root + semitones) % 12, chord.intervals, bass


@settings(deadline=None)
@given(LINES, st.integers(-11, 11), st.sampled_from([None, *Accidentals]))
def test_every_chord_moves_as_far_and_back_again(
    lines: list[list[tuple[int, str]]], semitones: int, accidentals: Accidentals | None
) -> None:
    some = built(lines)
    moved = transposed(some, semitones, accidentals)
    assert pitches(moved) == [raised(chord, semitones) for chord in chords_in(some)]
    assert pitches(transposed(moved, -semitones, accidentals)) == pitches(some)


@settings(deadline=None)
@given(LINES, st.integers(-11, 11), st.sampled_from(Naming))
def test_no_name_runs_into_the_next(lines: list[list[tuple[int, str]]], semitones: int, naming: Naming) -> None:
    for line in renamed(transposed(built(lines), semitones), naming).lines:
        for mark, following in pairwise(line.chords):
            assert mark.offset + len(mark.name) < following.offset


@settings(deadline=None)
@given(LINES, st.integers(0, 11), st.integers(0, 11))
def test_what_sounds_does_not_depend_on_the_capo(
    lines: list[list[tuple[int, str]]], fret: int, other_fret: int
) -> None:
    some = built(lines)
    assert pitches(sounding(with_capo(with_capo(some, fret), other_fret))) == pitches(some)
