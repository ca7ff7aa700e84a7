"""Chords in rows over the words: which rows are chords, what they stand over, and what else sheets tell."""

import pytest

from sarau.catalog.lyrics.notation.over_words import parse_over_words, parse_plain
from sarau.catalog.lyrics.notation.song import Line, LineKind, Song


def shown(line: Line) -> tuple[str, str]:
    """A line as it stands on paper: the row of chords, and the words."""
    row = ""
    for mark in line.chords:
        row = row.ljust(mark.offset) + mark.name
    return row, line.text


def pairs(text: str) -> list[tuple[str, str]]:
    return [shown(line) for line in parse_over_words(text).lines if line.kind is LineKind.LYRIC]


def kinds(song: Song) -> list[str]:
    return [f"{line.kind.value}: {line.text}" for line in song.lines]


def test_chords_stand_over_the_letters_below_them() -> None:
    song = parse_over_words("  G               C       G\nAmazing grace, how sweet the sound\n")
    [line] = song.lines
    assert [(mark.name, line.text[mark.offset :][:5]) for mark in line.chords] == [
        ("G", "azing"), ("C", " swee"), ("G", "he so")
    ]  # fmt: skip


def test_chords_go_on_where_the_words_stop() -> None:
    assert pairs("C            G7   C\nLa la\n") == [("C            G7   C", "La la")]


def test_a_common_margin_is_taken_away_and_tabulators_are_spaces() -> None:
    assert pairs("    C     G\n    Hear the wind\n") == [("C     G", "Hear the wind")]
    assert pairs("    C     G\nHear the wind\n") == [("    C     G", "Hear the wind")]
    assert pairs("\tAm\tE7\n\tWords\there\n") == [("Am      E7", "Words   here")]


def test_words_may_begin_before_or_after_their_chords() -> None:
    assert pairs("C     G\n      Hear the wind\n") == [("C     G", "      Hear the wind")]
    assert pairs("  C     G\n      Hear the wind\n") == [("C     G", "    Hear the wind")]


def test_chords_without_words_stand_alone() -> None:
    assert pairs("C  G\n\nAm  F\nwords\nC  F\nG  C") == [("C  G", ""), ("Am  F", "words"), ("C  F", ""), ("G  C", "")]


@pytest.mark.parametrize(
    ("row", "chords"),
    [
        ("C  G  Am  F", "C G Am F"),
        ("| C | G7 | % | F C |", "C G7 F C"),
        ("|: C  G :|  x4", "C G"),
        ("||C|G||", "C G"),
        ("C - G - Am", "C G Am"),
        ("C-G-Am-F", "C G Am F"),
        ("C–G7 C->F", "C G7 C F"),
        ("C G (2x)", "C G"),
        ("C  G  x2", "C G"),
        ("2x C  G", "C G"),
        ("(C  G)  bis", "C G"),
        ("(C7(9) G)", "C7(9) G"),
        ("C, G, Am", "C G Am"),
        ("[C] [G]", "C G"),
        ("C . . . G . . .", "C G"),
        ("C / / / G / / /", "C G"),
        ("C  N.C.  G", "C G"),
        ("C  G  (repete 2 vezes)", "C G"),
        ("C7M(9)  F#m7(b5)/E  B7(b13)  Em", "C7M(9) F#m7(b5)/E B7(b13) Em"),
        ("C  G  Am  F  Dm  devagar", "C G Am F Dm"),
        ("C…  G", "C… G"),
    ],
)
def test_rows_of_chords_are_told_by_nearly_all_of_them_being_chords(row: str, chords: str) -> None:
    song = parse_over_words(f"D7  Gm\nla la la\n{row}\nwords to sing\n")
    line = song.lines[1]
    if "…" in chords:
        assert line.text == row  # words: an ellipsis has no business in a chord
        return
    assert line.text == "words to sing"
    assert " ".join(mark.name for mark in line.chords if not mark.is_remark) == chords
    for mark in line.chords:
        assert row[mark.offset : mark.offset + len(mark.name)] == mark.name


@pytest.mark.parametrize(
    "words",
    [
        "A", "E", "E A Deus", "A Day", "Am I", "Em paz", "E agora", "Do you", "Sol", "Si", "Mi", "Sim", "Mim", "Lá",
        "Dó", "Dó, ré, mi, fá", "A (meu amor)", "C'est la vie", "E, e, e", "A b C", "(A) Deus", "G-Eazy", "I", "a e",
        "Bem", "Fa la la", "- Sim", "A!", "2x", "(2x)", "|", "% %", "Dm chora", "A E I O U",
        "E: --disse ela a cantar",
    ],
)  # fmt: skip
def test_words_that_look_like_chords_are_sung(words: str) -> None:
    song = parse_over_words(f"C  G7\nfirst line\nF  C\n{words}\n\n{words} again\n")
    sung = [shown(line) for line in song.lines if line.kind is LineKind.LYRIC]
    assert sung[:3] == [("C  G7", "first line"), ("F  C", words), ("", f"{words} again")]


def test_in_a_sheet_in_letters_syllables_are_words() -> None:
    assert pairs("C  G7\nfirst\nSol Lá\nSi\nC  G\nlast\n") == [
        ("C  G7", "first"), ("", "Sol Lá"), ("", "Si"), ("C  G", "last")
    ]  # fmt: skip


def test_in_a_sheet_in_syllables_letters_are_words() -> None:
    assert pairs("Dó  Sol7\nfirst\nA\nE\nMi\nlast\nSol/Si  Lám\nA\n") == [
        ("Dó  Sol7", "first"), ("", "A"), ("", "E"), ("Mi", "last"), ("Sol/Si  Lám", "A")
    ]  # fmt: skip


def test_one_chord_a_row_is_enough_where_they_differ() -> None:
    assert pairs("D\nDown in the valley\nA\nvalley so low\n") == [("D", "Down in the valley"), ("A", "valley so low")]
    assert pairs("A\nDown in the valley\nA\nvalley so low\n")[0] == ("", "A")


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ("Intro:", "Intro"), ("[Refrão]", "Refrão"), ("Verse 1", "Verse 1"), ("Ponte:", "Ponte"),
        ("CHORUS", "CHORUS"),
        ("(Refrão 2x)", "Refrão 2x"), ("Refrão 2x", "Refrão 2x"), ("Chorus x2:", "Chorus x2"), ("[Solo]", "Solo"),
        ("Pré-Refrão", "Pré-Refrão"), ("pre chorus:", "pre chorus"), ("Primeira Parte", "Primeira Parte"),
        ("[Parte 2 de 3]", "Parte 2 de 3"), ("2ª Parte:", "2ª Parte"), ("Verso II", "Verso II"),
        ("Parte B", "Parte B"),
        ("--- Coda ---", "Coda"), ("[Verse 1: all]", "Verse 1: all"), ("Introduc\u0327a\u0303o:", "Introdução"),
        ("  Final  ", "Final"), ("[Anything at all]", "Anything at all"), ("Última estrofe", "Última estrofe"),
    ],
)  # fmt: skip
def test_headings_name_the_part_that_follows(row: str, name: str) -> None:
    song = parse_over_words(f"C  G7\nfirst\n\n{row}\nC  F\nsecond\n")
    assert kinds(song)[2:] == [f"section: {name}", "lyric: second"]
    assert [line.section for line in song.lines] == ["", "", name, name]


@pytest.mark.parametrize(
    "words",
    ["Final feliz", "Part of me", "Solo tu", "Outro dia", "Verse upon verse", "Ponte que caiu", "[laughs] and sings",
     "Coro de anjos", "Intro ducing", "[00] x", "Solos"],
)  # fmt: skip
def test_lines_that_begin_like_headings_are_sung(words: str) -> None:
    assert kinds(parse_over_words(f"C  G7\nfirst\n\n{words}\n"))[-1] == f"lyric: {words}"


def test_a_name_of_a_part_below_chords_is_sung() -> None:
    assert pairs("C  G7\nSolo\nF  C\nOutro\n") == [("C  G7", "Solo"), ("F  C", "Outro")]


@pytest.mark.parametrize(
    ("row", "name", "chords"),
    [
        ("Intro: C G Am F", "Intro", "C G Am F"),
        ("[Intro] C G (2x)", "Intro", "C G (2x)"),
        ("Solo C  G", "Solo", "C  G"),
        ("Intro A", "Intro", "A"),
        ("Verse 2: | C | G |", "Verse 2", "| C | G |"),
    ],
)
def test_heading_and_chords_in_one_row(row: str, name: str, chords: str) -> None:
    song = parse_over_words(f"{row}\n\nC  G7\nwords\n")
    assert kinds(song) == [f"section: {name}", "lyric: ", "blank: ", "lyric: words"]
    assert shown(song.lines[1]) == (chords, "")
    assert [line.section for line in song.lines] == [name, name, "", ""]  # it named one row only


def test_heading_and_words_in_one_row() -> None:
    assert kinds(parse_over_words("C  G7\nla\nRefrão: Ó abre alas\n"))[1:] == [
        "section: Refrão",
        "lyric: Ó abre alas",
    ]


@pytest.mark.parametrize(
    "row",
    ["E|---3---|", "e|-0-2-|", "B |--0h1p0--|", "G|--5/7~--7\\5--|", "A:--3--", "|--3--x--|", "F#|--2b3r2--|",
    "D||--0--||"],
)  # fmt: skip
def test_tablature_stays_as_it_is(row: str) -> None:
    song = parse_over_words(f"C  G7\nwords\n  {row}\n{row}\nC  F\nwords\n")
    assert kinds(song)[1:3] == [f"tab:   {row}", f"tab: {row}"]
    assert not song.lines[2].chords


def test_chords_over_tablature_stand_alone() -> None:
    song = parse_over_words("C  G7\nE|---3---|\nB|---0---|\n")
    assert kinds(song) == ["lyric: ", "tab: E|---3---|", "tab: B|---0---|"]
    assert shown(song.lines[0])[0] == "C  G7"


@pytest.mark.parametrize("row", ["| C -- | G -- |", "| C - - - | G - - - |", "A - E - A"])
def test_bars_with_dashes_are_chords(row: str) -> None:
    assert kinds(parse_over_words(f"{row}\nwords\n")) == ["lyric: words"]


@pytest.mark.parametrize(
    ("row", "field", "value"),
    [
        ("Tom: G", "key", "G"), ("Key: F#m", "key", "F#m"), ("tom: Sol maior", "key", "Sol"),
        ("Key of A", "key", "A"),
        ("Tonalidade: Lá menor", "key", "Lám"), ("Tom: A (forma dos acordes no tom de G)", "key", "A"),
        ("Capo: 2ª casa", "capo", 2), ("Capotraste na 3ª casa", "capo", 3), ("Capo 2", "capo", 2),
        ("Capo on 4th fret", "capo", 4), ("capo 1st fret", "capo", 1), ("Capo: 5", "capo", 5),
        ("Capotraste na casa 7", "capo", 7), ("BPM: 120", "tempo", 120.0), ("Tempo: 92,5 bpm", "tempo", 92.5),
        ("Título: Ciranda", "title", "Ciranda"), ("Artist: All", "artist", "All"),
        ("Title: Swing: Low", "title", "Swing: Low"),
    ],
)  # fmt: skip
def test_what_a_sheet_tells_of_itself(row: str, field: str, value: object) -> None:
    song = parse_over_words(f"{row}\nC  G7\nwords\n")
    assert getattr(song, field) == value
    assert kinds(song) == ["lyric: words"]


def test_what_else_a_sheet_tells_is_kept_as_it_came() -> None:
    song = parse_over_words("Tom: G\nAfinação: E A D G B E\nCompasso: 3/4\nCapo: 44\nC  G7\nwords\nTom: A\nC\nlast\n")
    assert (song.key, song.capo) == ("G", 0)
    assert song.metadata == (("tuning", "E A D G B E"), ("time", "3/4"), ("capo", "Capo: 44"), ("key", "A"))


@pytest.mark.parametrize("row", ["Tom disse: vem", "Ele disse: vem", "Capo di tutti", "Key", "by the river", "Tom:"])
def test_words_with_a_colon_are_sung(row: str) -> None:
    assert kinds(parse_over_words(f"C  G7\nfirst\n{row}\n"))[-1] == f"lyric: {row}"


def test_plain_words_have_headings_and_no_chords() -> None:
    song = parse_plain("\n\nRefrão:\nC G\n  A\n\nE|---|\nTom: G\n\n")
    assert kinds(song) == ["section: Refrão", "lyric: C G", "lyric: A", "blank: ", "lyric: E|---|", "lyric: Tom: G"]
    assert not any(line.chords for line in song.lines)
    assert song.key is None
