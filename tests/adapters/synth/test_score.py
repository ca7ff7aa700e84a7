from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sarau.adapters.synth.score import BadNotation, Score, parse

HEADER = "M:4/4\nL:1/8\nQ:1/4=120\n"
F = Fraction


def read(music: str, key: str = "C") -> Score:
    return parse(f"{HEADER}K:{key}\n{music}")


def pitches(score: Score) -> list[int]:
    return [note.pitch for note in score.notes]


def lengths(score: Score) -> list[Fraction]:
    return [note.length * 8 for note in score.notes]


def test_a_scale_goes_from_middle_c_upwards() -> None:
    assert pitches(read("CDEFGABc|")) == [60, 62, 64, 65, 67, 69, 71, 72]


def test_commas_and_apostrophes_move_by_octaves() -> None:
    assert pitches(read("C,, C, C c c' c''")) == [36, 48, 60, 72, 84, 96]


def test_lengths_are_multiples_and_parts_of_the_unit() -> None:
    assert lengths(read("C C2 C/2 C/ C// C3/2 C12")) == [1, 2, F(1, 2), F(1, 2), F(1, 4), F(3, 2), 12]


def test_rests_take_time_and_sound_nothing() -> None:
    score = read("z2 C z/ D")
    assert [note.onset * 8 for note in score.notes] == [2, F(7, 2)]
    assert score.length * 8 == F(9, 2)


def test_the_key_alters_notes_and_a_natural_sign_undoes_it_until_the_bar_ends() -> None:
    assert pitches(read("FC =FF f|F", "D")) == [66, 61, 65, 65, 78, 66]


def test_an_accidental_holds_to_the_end_of_its_bar_in_its_octave() -> None:
    assert pitches(read("^GG g|G _B B")) == [68, 68, 79, 67, 70, 70]


def test_a_tie_makes_one_note_of_two_also_across_a_bar_and_with_its_accidental() -> None:
    score = read("^c4-|c2 c")
    assert pitches(score) == [73, 72]
    assert lengths(score) == [6, 1]


def test_broken_rhythm_dots_one_note_and_halves_the_other() -> None:
    assert lengths(read("A>B c<d e")) == [F(3, 2), F(1, 2), F(1, 2), F(3, 2), 1]
    assert [note.onset * 8 for note in read("A>B c<d e").notes] == [0, F(3, 2), 2, F(5, 2), 4]


def test_chords_begin_where_they_are_written() -> None:
    score = read('"C"C4"G7"D4|"Am"A8|')
    assert [(chord.onset, chord.name) for chord in score.chords] == [(0, "C"), (F(1, 2), "G7"), (1, "Am")]


def test_bars_begin_after_the_upbeat() -> None:
    assert read("C2|D8|E8|").bars == (F(1, 4), F(5, 4))
    assert read("C8|D8|E8|").bars == (0, 1, 2)
    assert read("C4").bars == (0,)


def test_seconds_follow_the_tempo() -> None:
    score = parse("M:6/8\nL:1/8\nQ:3/8=60\nK:C\nC3D3|")
    assert [score.seconds(note.onset) for note in score.notes] == [0, 1]
    assert score.seconds(score.length) == 2


def test_parts_are_played_in_their_order_and_each_time_with_the_next_words() -> None:
    score = parse("M:2/4\nL:1/4\nP:IAAA\nK:C\nP:I\nz2|\nP:A\nCD|\nw: one two\nw:\nw: three four\n")
    sung = [(p.part, p.turn, p.onset * 4, [s.text for s in p.syllables]) for p in score.passages]
    assert sung == [("I", 0, 0, []), ("A", 1, 2, ["one", "two"]), ("A", 2, 4, []), ("A", 3, 6, ["three", "four"])]
    assert pitches(score) == [60, 62] * 3


def test_syllables_lie_on_their_notes() -> None:
    score = read("C2 D2 E2 F2 G2\nw: A-ma~I zing_ grace!")
    syllables = score.passages[0].syllables
    assert [(s.onset * 4, s.end * 4, s.text, s.ends_word) for s in syllables] == [
        (0, 1, "A", False),
        (1, 2, "ma I", True),
        (2, 4, "zing", True),
        (4, 5, "grace!", True),
    ]


def test_a_held_syllable_inside_a_word_and_a_written_hyphen() -> None:
    syllables = read("CDEFG\nw: de-_light rai\\--je").passages[0].syllables
    assert [(s.text, s.ends_word) for s in syllables] == [
        ("de", False),
        ("light", True),
        ("rai-", False),
        ("je", True),
    ]


def test_words_are_counted_by_tied_notes_as_one() -> None:
    assert [s.text for s in read("C2-C2 D\nw: long short").passages[0].syllables] == ["long", "short"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (HEADER + "K:C\n", "no music"),
        (HEADER + "K:H\nC", "no key"),
        ("M:0/4\nK:C\nC", "M: '0/4'"),
        ("L:1/x\nK:C\nC", "L: '1/x'"),
        ("Q:1/4=0\nK:C\nC", "no tempo"),
        ("Q:1/4=fast\nK:C\nC", "no tempo"),
        (HEADER + "K:C\nCDX", "not understood: 'X'"),
        (HEADER + "K:C\nC0", "a note of length '0'"),
        (HEADER + 'K:C\n"Cxyz"C', "no chord"),
        (HEADER + "K:C\nC-D", "a tie to another note"),
        (HEADER + "K:C\nC-z", "a tie to a rest"),
        (HEADER + "K:C\n-C", "a tie after no note"),
        (HEADER + "K:C\nC-", "a tie or an arrow to nothing"),
        (HEADER + "K:C\nC>", "a tie or an arrow to nothing"),
        (HEADER + "K:C\n>C", "after no note"),
        (HEADER + "K:C\nCDE\nw: one two", "2 syllables for 3 notes"),
        (HEADER + "K:C\nC\nw: - one", "a hyphen after no syllable"),
        (HEADER + "K:C\nw: one\nC", "words before any music"),
        (HEADER + "P:AB\nK:C\nP:A\nC", "no part 'B'"),
        (HEADER + "K:C\nP:AB\nC", "named by one letter"),
        (HEADER + "K:C\nZ:someone\nC", "a field we do not read"),
        (HEADER + "P:" + "A" * 99 + "\nK:C\n" + "C" * 99, "more than 4000 notes"),
    ],
)
def test_bad_notation_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(BadNotation) as caught:
        parse(text)
    assert reason in str(caught.value)


@given(st.text(st.sampled_from("ABCdefgz',|-<>\"^_=/0123 \n:wPKMLQm~*\\ç"), max_size=80))
def test_any_text_is_a_score_or_bad_notation(text: str) -> None:
    try:
        score = parse(f"{HEADER}K:C\n{text}")
    except BadNotation:
        return
    assert all(note.length > 0 and 0 <= note.onset < score.length for note in score.notes)


letters = st.sampled_from("CDEFGABcdefgab")
marks = st.sampled_from(["", ",", ",,", "'"])
units = st.fractions(min_value=F(1, 8), max_value=8, max_denominator=8)
written = st.lists(st.tuples(st.sampled_from(["", "^", "_", "="]), letters, marks, units, st.booleans()), min_size=1)


@given(written)
def test_what_is_written_is_what_is_played(notes: list[tuple[str, str, str, Fraction, bool]]) -> None:
    music, expected, now = [], [], F(0)
    for accidental, letter, mark, length, rest in notes:
        size = f"{length.numerator}/{length.denominator}"
        music.append(f"z{size}|" if rest else f"{accidental}{letter}{mark}{size}|")
        if not rest:
            natural = {"C": 60, "D": 62, "E": 64, "F": 65, "G": 67, "A": 69, "B": 71}[letter.upper()]
            octave = 12 * (letter.islower() + mark.count("'") - mark.count(","))
            expected.append((now / 8, length / 8, natural + octave + {"^": 1, "_": -1}.get(accidental, 0)))
        now += length
    score = read(" ".join(music))
    assert [tuple(note) for note in score.notes] == expected
    assert score.length == now / 8
