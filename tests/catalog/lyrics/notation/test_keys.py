"""Keys: as sheets tell them, as chords suggest them, and the sharps and flats they bring."""

import pytest

from sarau.catalog.lyrics.notation.chords import parse_chord
from sarau.catalog.lyrics.notation.keys import (
    Accidentals,
    Key,
    fifths,
    guess_key,
    key_name,
    note_names,
    parse_key,
    tidy_key,
)
from sarau.catalog.lyrics.notation.notes import FLAT_NAMES, SHARP_NAMES, Naming

TOLD = {
    "C": "C", "Em": "Em", "F# minor": "F#m", "Bb major": "Bb", "Sol maior": "Sol", "Lá menor": "Lám", "Db": "Db",
    "Dó sustenido menor": "Dó#m", "Si bemol": "Sib", "B flat minor": "Bbm", "G (forma dos acordes em D)": "G",
    "  A  min ": "Am", "E♭": "Eb", "G7": "G",
}  # fmt: skip


@pytest.mark.parametrize("text", TOLD)
def test_a_key_is_read_as_told(text: str) -> None:
    assert tidy_key(text) == TOLD[text]
    assert parse_key(text) == parse_key(TOLD[text])
    assert parse_key(text).is_minor is TOLD[text].endswith("m")


@pytest.mark.parametrize("text", ["", " ", "x", "minor", "maior", "high", "b", "?"])
def test_what_is_no_key_is_none(text: str) -> None:
    assert parse_key(text) is None
    assert tidy_key(text) is None


def test_the_circle_of_fifths() -> None:
    sharps = {"C": 0, "G": 1, "D": 2, "A": 3, "E": 4, "B": 5, "F#": 6, "Am": 0, "Em": 1, "F#m": 3, "G#m": 5}
    flats = {"F": -1, "Bb": -2, "Eb": -3, "Ab": -4, "Db": -5, "Dm": -1, "Gm": -2, "Fm": -4, "Bbm": -5, "Ebm": -6}
    for name, steps in (sharps | flats).items():
        assert fifths(parse_key(name)) == steps
        assert key_name(parse_key(name)) == name
    assert key_name(Key(6, is_minor=True), Naming.SYLLABLES) == "Fá#m"
    assert key_name(Key(6), accidentals=Accidentals.FLATS) == "Gb"


def test_black_keys_are_called_as_the_key_has_them() -> None:
    def black(key: str) -> list[str]:
        return [note_names(parse_key(key))[number] for number in (1, 3, 6, 8, 10)]

    assert black("E") == ["C#", "D#", "F#", "G#", "A#"]
    assert black("D") == ["C#", "D#", "F#", "G#", "Bb"]
    assert black("C") == ["C#", "Eb", "F#", "Ab", "Bb"]
    assert black("Am") == ["C#", "Eb", "F#", "G#", "Bb"]
    assert black("F") == ["Db", "Eb", "F#", "Ab", "Bb"]
    assert black("Ab") == ["Db", "Eb", "Gb", "Ab", "Bb"]
    assert note_names(parse_key("E"), Accidentals.FLATS) == FLAT_NAMES
    assert note_names(parse_key("Eb"), Accidentals.SHARPS) == SHARP_NAMES


@pytest.mark.parametrize(
    ("chords", "key"),
    [
        ("C Am F G7 C", "C"), ("Am Dm E7 Am", "Am"), ("Am F C G Am", "Am"), ("G D Em C G", "G"), ("E A B7 E", "E"),
        ("Dm Gm A7 Dm", "Dm"), ("F C7 F Bb F C7 F", "F"), ("C#m F#m G#7 C#m", "C#m"),
        ("Am C D F Am E7 Am", "Am"), ("Eb Cm Fm7 Bb7 Eb", "Eb"), ("G7M Am7 D7(9) G7M", "G"), ("A", "A"), ("Bm", "Bm"),
        ("Sol Ré7 Sol Dó Sol", "G"), ("D G D A7 D", "D"), ("Cm Fm G7 Cm", "Cm"), ("G C D7 G E7 Am D7 G", "G"),
        ("C7 F C7", "F"), ("A7 D7 E7 A7", "A"), ("D7 G D7", "G"),
    ],
)  # fmt: skip
def test_a_key_is_guessed_from_chords(chords: str, key: str) -> None:
    assert key_name(guess_key(parse_chord(name) for name in chords.split())) == key


@pytest.mark.parametrize(
    ("chords", "sharps"), [("Bm G D A", 2), ("Em C G D", 1), ("F#m D A E", 3), ("Dm Bb F C", -1)]
)
def test_where_major_and_minor_may_be_meant_the_accidentals_are_right(chords: str, sharps: int) -> None:
    assert fifths(guess_key(parse_chord(name) for name in chords.split())) == sharps


def test_no_chords_suggest_no_key() -> None:
    assert guess_key([]) is None
