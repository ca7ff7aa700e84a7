"""Where the fingers go: the shapes people know come first, and every shape is one a hand can hold."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sarau.catalog.lyrics.notation.chords import Chord, parse_chord
from sarau.catalog.lyrics.notation.diagrams import TUNINGS, Barre, Fingering, fingerings
from sarau.catalog.lyrics.schemas import Instrument

# The first shape of any chord book, from the deepest string up; two where books differ.
USUAL = {
    Instrument.GUITAR: """
        C x32010  D xx0232  E 022100  F 133211  G 320003  A x02220  B x24442  Bb x13331  F# 244322  Ab 466544
        Dm xx0231  Em 022000  Am x02210  Fm 133111  Gm 355333  Cm x35543  Bm x24432  F#m 244222  C#m x46654
        G#m 466444
        C7 x32310  D7 xx0212  E7 020100  F7 131211  G7 320001  A7 x02020  B7 x21202
        Dm7 xx0211  Em7 020000|022030  Am7 x02010  Bm7 x20202|x24232
        Cmaj7 x32000  D7M xx0222  Emaj7 021100  F7M xx3210  G7M 320002  Amaj7 x02120
        Dsus4 xx0233  Dsus2 xx0230  Asus4 x02230  Asus2 x02200  Esus4 022200  Csus4 x33011  Cadd9 x32030|x32033
        C/G 332010  C/E 032010  C/B x22010  D/F# 200232  G/B x20003|x20033  Am/G 302210  Caug x32110
        C9 x32330  Bm7(b5) x20201|x2323x
    """,
    Instrument.UKULELE: """
        C 0003  D 2220  E 4442|1402  F 2010  G 0232  A 2100  B 4322  Bb 3211
        Dm 2210  Em 0432  Fm 1013  Gm 0231  Am 2000  Bm 4222  Cm 0333  F#m 2120
        C7 0001  D7 2223|2020  E7 1202  F7 2310|2313  G7 0212  A7 0100  B7 2322
        Dm7 2213  Em7 0202  Am7 0000  Cmaj7 0002
    """,
    Instrument.CAVAQUINHO: """
        C 2012  D 0234|4234  E 2102  F 3213  G 0000  A 2222  Am 2212  Dm 0233|3233  Em 2002  G7 0003|3000  D7 0214
    """,
}
TABLE = [
    (instrument, *pair) for instrument, rows in USUAL.items() for pair in zip(*[iter(rows.split())] * 2, strict=True)
]


def shape(fingering: Fingering) -> str:
    return "".join("x" if fret is None else f"{fret:x}" for fret in fingering.frets)


@pytest.mark.parametrize(("instrument", "name", "usual"), TABLE)
def test_the_shape_everybody_knows_comes_first(instrument: Instrument, name: str, usual: str) -> None:
    assert shape(fingerings(parse_chord(name), instrument)[0]) in usual.split("|")


def test_fingers_and_barre() -> None:
    [f_major, *_] = fingerings(parse_chord("F"), Instrument.GUITAR)
    assert f_major == Fingering((1, 3, 3, 2, 1, 1), (1, 3, 4, 2, 1, 1), Barre(1, 0, 5))
    [c_major, *_] = fingerings(parse_chord("C"), Instrument.GUITAR)
    assert c_major == Fingering((None, 3, 2, 0, 1, 0), (0, 3, 2, 0, 1, 0))
    [all_open, *_] = fingerings(parse_chord("Am7"), Instrument.UKULELE)
    assert all_open == Fingering((0, 0, 0, 0), (0, 0, 0, 0))
    assert (f_major.position, c_major.position, all_open.position) == (1, 1, 0)


def test_other_ways_lie_elsewhere_on_the_neck() -> None:
    found = fingerings(parse_chord("C"), Instrument.GUITAR)
    assert [shape(one) for one in found[:2]] == ["x32010", "x35553"]
    assert len(found) == 3


def test_a_note_in_the_bass_that_is_not_in_the_chord() -> None:
    [shape_of_c, *_] = fingerings(parse_chord("C/B"), Instrument.GUITAR)
    assert shape(shape_of_c) == "x22010"
    # Four strings tuned high have no bass: the chord is played without it.
    for instrument in (Instrument.UKULELE, Instrument.CAVAQUINHO):
        assert fingerings(parse_chord("C/B"), instrument) == fingerings(parse_chord("C"), instrument)


def test_two_notes_are_held_on_a_guitar_alone() -> None:
    assert [shape(fingerings(parse_chord(f"{root}5"), Instrument.GUITAR)[0]) for root in "AEG"] == [
        "x022xx", "022xxx", "355xxx"
    ]  # fmt: skip
    # No string is left out on four strings, and not always can all four be roots and fifths within a hand's reach.
    assert shape(fingerings(parse_chord("C#5"), Instrument.UKULELE)[0]) == "1144"
    assert fingerings(parse_chord("B5"), Instrument.UKULELE) == ()


SUFFIXES = (
    "", "m", "7", "m7", "maj7", "m(maj7)", "dim", "°", "m7(b5)", "aug", "aug7", "sus2", "sus4", "7sus4", "6", "m6",
    "6/9",
    "add9", "m(add9)", "9", "m9", "maj9", "7(b9)", "7(#9)", "7(#11)", "7(b13)", "11", "m11", "13", "7(9/13)",
    "7(b9/b13)",
    "maj7(#11)", "7(b5)", "alt", "7sus4(9/13)", "m7(9/11/13)", "7M(9/#11/13)",
)  # fmt: skip
ROOTS = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")


def pitches(fingering: Fingering, instrument: Instrument) -> list[int]:
    return [
        open_ + fret for open_, fret in zip(TUNINGS[instrument], fingering.frets, strict=True) if fret is not None
    ]


def check(fingering: Fingering, chord: Chord, instrument: Instrument) -> None:
    frets = fingering.frets
    held = {string: fret for string, fret in enumerate(frets) if fret}
    assert len(frets) == len(TUNINGS[instrument])
    assert not held or max(held.values()) - min(held.values()) < 4
    silent = [string for string, fret in enumerate(frets) if fret is None]
    if instrument is Instrument.GUITAR:
        sounding = [string for string, fret in enumerate(frets) if fret is not None]
        assert sounding == list(range(sounding[0], sounding[-1] + 1))
    else:
        assert silent == []
    # Every string held down has a finger, no finger is in two places but for the barre.
    assert {string for string, finger in enumerate(fingering.fingers) if finger} == set(held)
    for finger in range(1, 5):
        strings = [string for string, one in enumerate(fingering.fingers) if one == finger]
        if len(strings) > 1:
            barre = fingering.barre
            assert barre is not None
            assert finger == 1
            assert (barre.first_string, barre.last_string) == (strings[0], strings[-1])
            assert {frets[string] for string in strings} == {barre.fret}
            assert all((frets[string] or 0) >= barre.fret for string in range(strings[0], strings[-1] + 1))
    tones = {(chord.root + interval) % 12 for interval in chord.intervals}
    assert {pitch % 12 for pitch in pitches(fingering, instrument)[1:]} <= tones


@pytest.mark.parametrize("instrument", Instrument)
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_chord_can_be_held(instrument: Instrument, suffix: str) -> None:
    for root in ROOTS:
        chord = parse_chord(root + suffix)
        found = fingerings(chord, instrument)
        assert 1 <= len(found) <= 3, root
        assert len({one.position for one in found}) == len(found)
        for fingering in found:
            check(fingering, chord, instrument)


@pytest.mark.parametrize(
    "suffix", ["", "m", "7", "m7", "maj7", "6", "m6", "sus4", "dim", "°", "m7(b5)", "9", "7(b9)"]
)
def test_on_a_guitar_the_root_or_the_bass_is_the_deepest_note(suffix: str) -> None:
    for root in ROOTS:
        for over in ("", "/G", "/Bb", "/E"):
            chord = parse_chord(root + suffix + over)
            bass = chord.root if chord.bass is None else chord.bass
            for fingering in fingerings(chord, Instrument.GUITAR):
                assert min(pitches(fingering, Instrument.GUITAR)) % 12 == bass, (root, over)


@pytest.mark.parametrize("instrument", Instrument)
@pytest.mark.parametrize("suffix", ["", "m", "7", "m7", "maj7", "dim", "aug", "sus2", "sus4", "6", "m7(b5)", "add9"])
def test_what_makes_the_chord_sounds(instrument: Instrument, suffix: str) -> None:
    for root in ROOTS:
        chord = parse_chord(root + suffix)
        fifth = {7} if len(chord.intervals) > 3 else set()
        for fingering in fingerings(chord, instrument):
            heard = {(pitch - chord.root) % 12 for pitch in pitches(fingering, instrument)}
            assert {interval % 12 for interval in chord.intervals - fifth} <= heard


@settings(deadline=None, max_examples=60)
@given(
    st.sampled_from(Instrument), st.integers(0, 11), st.frozensets(st.integers(1, 21)), st.none() | st.integers(0, 11)
)
def test_whatever_the_chord_what_is_found_can_be_held(
    instrument: Instrument, root: int, intervals: frozenset[int], bass: int | None
) -> None:
    plain = parse_chord("C")
    chord = Chord(root, intervals | {0}, bass, "C", "", None if bass is None else "C", plain.naming)
    for fingering in fingerings(chord, instrument):
        check(fingering, chord, instrument)
