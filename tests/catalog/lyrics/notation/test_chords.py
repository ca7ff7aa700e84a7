"""Names of chords, as people write them in any corner of the world."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sarau.catalog.lyrics.notation.chords import chord_name, parse_chord, simplified_chord
from sarau.catalog.lyrics.notation.notes import Naming

C, D, E, F, G, A, B = 0, 2, 4, 5, 7, 9, 11

# name: root, intervals above it, bass
NAMES = {
    "C": (C, "0 4 7", None),
    "Cm": (C, "0 3 7", None),
    "Cmin": (C, "0 3 7", None),
    "Cmi7": (C, "0 3 7 10", None),
    "C-": (C, "0 3 7", None),
    "C-7": (C, "0 3 7 10", None),
    "CM": (C, "0 4 7", None),
    "Cmaj": (C, "0 4 7", None),
    "C7": (C, "0 4 7 10", None),
    "Cmaj7": (C, "0 4 7 11", None),
    "CMaj7": (C, "0 4 7 11", None),
    "Cma7": (C, "0 4 7 11", None),
    "CM7": (C, "0 4 7 11", None),
    "C7M": (C, "0 4 7 11", None),
    "C7+": (C, "0 4 7 11", None),
    "CΔ": (C, "0 4 7 11", None),
    "CΔ7": (C, "0 4 7 11", None),
    "C°": (C, "0 3 6 9", None),
    "Cº": (C, "0 3 6 9", None),
    "C°7": (C, "0 3 6 9", None),
    "Co7": (C, "0 3 6 9", None),
    "Cdim": (C, "0 3 6", None),
    "Cdim7": (C, "0 3 6 9", None),
    "Cø": (C, "0 3 6 10", None),
    "Cø7": (C, "0 3 6 10", None),
    "Cm7b5": (C, "0 3 6 10", None),
    "Cm7(b5)": (C, "0 3 6 10", None),
    "Cm7(5-)": (C, "0 3 6 10", None),
    "Cm7/5-": (C, "0 3 6 10", None),
    "C+": (C, "0 4 8", None),
    "Caug": (C, "0 4 8", None),
    "C5+": (C, "0 4 8", None),
    "C(#5)": (C, "0 4 8", None),
    "C+7": (C, "0 4 8 10", None),
    "C7(+5)": (C, "0 4 8 10", None),
    "C5": (C, "0 7", None),
    "Cm5": (C, "0 3 7", None),
    "C7/sus4": (C, "0 5 7 10", None),
    "C7/add13": (C, "0 4 7 10 21", None),
    "C(maj7,no5)": (C, "0 4 11", None),
    "Csus": (C, "0 5 7", None),
    "Csus4": (C, "0 5 7", None),
    "C4": (C, "0 5 7", None),
    "Csus2": (C, "0 2 7", None),
    "Csus2sus4": (C, "0 2 5 7", None),
    "C7sus4": (C, "0 5 7 10", None),
    "C7/4": (C, "0 5 7 10", None),
    "C4/7": (C, "0 5 7 10", None),
    "C7(4/9)": (C, "0 5 7 10 14", None),
    "C6": (C, "0 4 7 9", None),
    "Cm6": (C, "0 3 7 9", None),
    "C6/9": (C, "0 4 7 9 14", None),
    "C6(9)": (C, "0 4 7 9 14", None),
    "C69": (C, "0 4 7 9 14", None),
    "Cadd9": (C, "0 4 7 14", None),
    "C(add9)": (C, "0 4 7 14", None),
    "C/9": (C, "0 4 7 14", None),
    "C(9)": (C, "0 4 7 14", None),
    "Cm(add11)": (C, "0 3 7 17", None),
    "C9": (C, "0 4 7 10 14", None),
    "C7/9": (C, "0 4 7 10 14", None),
    "C7(9)": (C, "0 4 7 10 14", None),
    "Cm9": (C, "0 3 7 10 14", None),
    "Cmaj9": (C, "0 4 7 11 14", None),
    "C7M(9)": (C, "0 4 7 11 14", None),
    "C7M/9": (C, "0 4 7 11 14", None),
    "C11": (C, "0 4 7 10 14 17", None),
    "C13": (C, "0 4 7 10 14 21", None),
    "C7/13": (C, "0 4 7 10 21", None),
    "C7(9/13)": (C, "0 4 7 10 14 21", None),
    "C7(b9)": (C, "0 4 7 10 13", None),
    "C7(9-)": (C, "0 4 7 10 13", None),
    "C7b9": (C, "0 4 7 10 13", None),
    "C7(b9,13)": (C, "0 4 7 10 13 21", None),
    "C7(b9, b13)": (C, "0 4 7 10 13 20", None),
    "C7(#9)": (C, "0 4 7 10 15", None),
    "C7/9+": (C, "0 4 7 10 15", None),
    "C7(#11)": (C, "0 4 7 10 18", None),
    "C7(♯5♭9)": (C, "0 4 8 10 13", None),
    "Calt": (C, "0 4 8 10 13 15", None),
    "Cm7M": (C, "0 3 7 11", None),
    "Cm(maj7)": (C, "0 3 7 11", None),
    "CmM7": (C, "0 3 7 11", None),
    "C7(no3)": (C, "0 7 10", None),
    "Cmaj7(no5)": (C, "0 4 11", None),
    "F#m": (F + 1, "0 3 7", None),
    "F♯m7": (F + 1, "0 3 7 10", None),
    "Bb": (B - 1, "0 4 7", None),
    "B♭7M": (B - 1, "0 4 7 11", None),
    "Cb": (B, "0 4 7", None),
    "B#": (C, "0 4 7", None),
    "Ebb5": (E - 1, "0 4 6", None),
    "C/G": (C, "0 4 7", G),
    "D/F#": (D, "0 4 7", F + 1),
    "Am7/G": (A, "0 3 7 10", G),
    "C7/9/Bb": (C, "0 4 7 10 14", B - 1),
    "F#m7(b5)/E": (F + 1, "0 3 6 10", E),
    "Fadd9": (F, "0 4 7 14", None),
    "Faug": (F, "0 4 8", None),
    "Dó": (C, "0 4 7", None),
    "Do7": (C, "0 4 7 10", None),
    "Ré": (D, "0 4 7", None),
    "Mim7": (E, "0 3 7 10", None),
    "Fá#m": (F + 1, "0 3 7", None),
    "Sol7/Si": (G, "0 4 7 10", B),
    "SOL": (G, "0 4 7", None),
    "Láb": (A - 1, "0 4 7", None),
    "Sib7M": (B - 1, "0 4 7 11", None),
    "Re\u0301m": (D, "0 3 7", None),
}


@pytest.mark.parametrize("name", NAMES)
def test_a_chord_is_known_by_any_of_its_names(name: str) -> None:
    root, intervals, bass = NAMES[name]
    chord = parse_chord(name)
    assert chord is not None
    assert (chord.root, chord.intervals, chord.bass) == (root, frozenset(map(int, intervals.split())), bass)


@pytest.mark.parametrize(
    "name",
    [
        "", " ", "H", "c", "am", "sol", "x", "2x", "|", "%", "N.C.", "Ela", "Deus", "Amor", "Bem", "Fim", "Cada",
        "Ao", "Go", "Da", "Solo", "Dad", "Bad", "Face", "Add", "Emma", "Ado", "Gm.", "C//G", "C/", "C(", "C)",
        "C()", "C(9", "Cadd", "Cadd,9", "C7-", "C7m", "Cmm", "C77", "C7#7", "C8", "C10", "C #m", "C/H", "C/Gm",
        "[C]", "C7(9/13/G)", "Do re", "C" * 40,
    ],
)  # fmt: skip
def test_words_and_half_chords_are_no_chords(name: str) -> None:
    assert parse_chord(name) is None


def test_accidentals_and_naming_are_shown_plainly() -> None:
    shown = {"F♯m7(b5)/E♭": "F#m7(b5)/Eb", "B♭": "Bb", "Do#m": "Dó#m", "SOL/SI": "Sol/Si", "Lab7M": "Láb7M"}
    assert {name: chord_name(parse_chord(name)) for name in shown} == shown


def test_a_chord_is_called_in_letters_or_in_syllables() -> None:
    pairs = {"F#m7(b5)/E": "Fá#m7(b5)/Mi", "Bb": "Sib", "A7": "Lá7", "C/G": "Dó/Sol", "D°": "Ré°"}
    for letters, syllables in pairs.items():
        assert chord_name(parse_chord(letters), Naming.SYLLABLES) == syllables
        assert chord_name(parse_chord(syllables), Naming.LETTERS) == letters


@pytest.mark.parametrize(
    ("name", "simple"),
    [
        ("C", "C"), ("Cm", "Cm"), ("C/G", "C"), ("C6/9", "C"), ("Cm6", "Cm"), ("Cadd9", "C"), ("Csus4", "C"),
        ("Csus2", "C"), ("C9", "C7"), ("C7(9/13)", "C7"), ("C7sus4", "C7"), ("C13/Bb", "C7"), ("C7(b5)", "C7"),
        ("Cmaj9", "Cmaj7"), ("C7M(9)", "C7M"), ("CΔ", "Cmaj7"), ("Cm9", "Cm7"), ("Cm11/F", "Cm7"),
        ("Cm(maj7)", "Cm(maj7)"), ("Cm7M", "Cm(7M)"), ("Cdim", "Cdim"), ("C°", "C°"), ("Cdim7", "C°"),
        ("Cø", "Cm7(b5)"), ("C+", "Caug"), ("C7(#5)", "Caug7"), ("C5", "C5"), ("Calt", "Caug7"),
        ("Fá#m7(9)/Dó#", "Fá#m7"),
    ],
)  # fmt: skip
def test_simplified_chords_are_triads_and_sevenths_without_bass(name: str, simple: str) -> None:
    chord = simplified_chord(parse_chord(name))
    assert chord_name(chord) == simple
    assert parse_chord(simple).intervals == chord.intervals


@settings(deadline=None)
@given(st.sampled_from(sorted(NAMES)))
def test_a_name_shown_is_the_same_chord_again(name: str) -> None:
    chord = parse_chord(name)
    for naming in Naming:
        again = parse_chord(chord_name(chord, naming))
        assert again is not None
        assert (again.root, again.intervals, again.bass) == (chord.root, chord.intervals, chord.bass)


@settings(deadline=None)
@given(st.text(), st.text("ABCDEFGabdgijmosu#♯b♭°ºøΔ+-/(),0123456789M"))
def test_any_text_is_a_chord_or_none(any_text: str, likely: str) -> None:
    for text in (any_text, likely, "C" + likely):
        chord = parse_chord(text)
        assert chord is None or (0 in chord.intervals and 0 <= chord.root < 12)
