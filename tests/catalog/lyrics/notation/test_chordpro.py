"""ChordPro: directives, chords between the words, blocks that are no words."""

import pytest

from sarau.catalog.lyrics.notation.chordpro import parse_chordpro
from sarau.catalog.lyrics.notation.song import ChordMark, LineKind, Song


def kinds(song: Song) -> list[str]:
    return [f"{line.kind.value}: {line.text}" for line in song.lines]


def marks(text: str) -> list[tuple[int, str, bool]]:
    [line] = parse_chordpro(text).lines
    return [(mark.offset, mark.name, mark.is_remark) for mark in line.chords]


def test_chords_stand_before_the_syllables_they_are_played_at() -> None:
    [line] = parse_chordpro("[D]Swing low, sweet [G]chari[D]ot").lines
    assert line.text == "Swing low, sweet chariot"
    assert line.chords == (ChordMark(0, "D"), ChordMark(17, "G"), ChordMark(22, "D"))


def test_annotations_and_unknown_chords_are_remarks() -> None:
    assert marks("[*softly]Oh my [N.C.]dar[Xyz]ling[*][]") == [
        (0, "softly", True), (6, "N.C.", True), (9, "Xyz", True), (13, "*", True)
    ]  # fmt: skip


def test_chords_without_words_stand_side_by_side() -> None:
    assert marks("[F] [C7]  [Dm7(b5)][*fine]") == [
        (0, "F", False), (2, "C7", False), (5, "Dm7(b5)", False), (13, "fine", True)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "words", "offset"),
    [
        (r"a \[b\] [C]c", "a [b] c", 6), (r"\{a\} [C]c", "{a} c", 4), (r"\# [C]c", "# c", 2), (r"\\ [C]c", "\\ c", 2),
        (r"a\b [C]c", r"a\b c", 4), ("a ] b [C]c", "a ] b c", 6), ("{ a } [C]c", "{ a } c", 6),
        ("a [C]c [d", "a c [d", 2),
    ],
)  # fmt: skip
def test_escaped_and_stray_signs_are_text(written: str, words: str, offset: int) -> None:
    [line] = parse_chordpro(written).lines
    assert line.text == words
    assert [mark.offset for mark in line.chords] == [offset]


def test_a_backslash_at_the_end_joins_rows() -> None:
    song = parse_chordpro("[C]one \\\n   two \\\n\tthree\nfour\\\\\n{comment: a \\\n  b}\nend \\")
    assert kinds(song) == ["lyric: one two three", "lyric: four\\", "comment: a b", "lyric: end"]


@pytest.mark.parametrize("long", [True, False])
def test_directives_in_long_and_short(long: bool) -> None:
    rows = {
        "t": "title", "st": "subtitle", "c": "comment", "ci": "comment_italic", "cb": "comment_box",
        "soc": "start_of_chorus", "eoc": "end_of_chorus", "sov": "start_of_verse", "eov": "end_of_verse",
        "sob": "start_of_bridge", "eob": "end_of_bridge", "sot": "start_of_tab", "eot": "end_of_tab",
        "sog": "start_of_grid", "eog": "end_of_grid",
    }  # fmt: skip

    def put(short: str, value: str = "") -> str:
        return "{" + (rows[short] if long else short) + value + "}"

    song = parse_chordpro(
        "\n".join(
            [
                put("t", ": A song"), put("st", ":From somewhere"), put("soc"), "[C]One", put("eoc"), put("c",
                ":slow"),
                put("sov", ": Verse 1"), "[C]Two", put("eov"), put("sob", " Bridge it"), "[C]Three", put("eob"),
                put("sot"), "  not [a] chord", "", put("eot"), put("ci", ": soft"), put("sog"), "| C . | G . |",
                "text",
                put("eog"), put("cb", ": box"), "[C]Four",
            ]
        )
    )  # fmt: skip
    assert song.title == "A song"
    assert song.metadata == (("subtitle", "From somewhere"),)
    assert [(line.kind.value, line.text, line.section) for line in song.lines] == [
        ("section", "Chorus", "Chorus"), ("lyric", "One", "Chorus"), ("comment", "slow", ""),
        ("section", "Verse 1", "Verse 1"), ("lyric", "Two", "Verse 1"),
        ("section", "Bridge it", "Bridge it"), ("lyric", "Three", "Bridge it"),
        ("section", "Tab", "Tab"), ("tab", "  not [a] chord", "Tab"), ("blank", "", "Tab"), ("comment", "soft", ""),
        ("section", "Grid", "Grid"), ("lyric", "", "Grid"), ("tab", "text", "Grid"), ("comment", "box", ""),
        ("lyric", "Four", ""),
    ]  # fmt: skip
    grid = song.lines[12]
    assert [mark.name for mark in grid.chords if not mark.is_remark] == ["C", "G"]


@pytest.mark.parametrize(
    ("directive", "field", "value"),
    [
        ("{title: A}", "title", "A"), ("{ Title : A }", "title", "A"), ("{title A b}", "title", "A b"),
        ("{title-en: A}", "title", "A"), ("{meta: title A}", "title", "A"), ("{meta artist A b}", "artist", "A b"),
        ("{artist:A}", "artist", "A"), ("{key: Bbm}", "key", "Bbm"), ("{key: Sol}", "key", "Sol"),
        ("{capo: 3}", "capo", 3),
        ("{tempo: 92.5}", "tempo", 92.5), ("{t:A}{key:C}", "key", "C"), ("{t: A: b}", "title", "A: b"),
    ],
)  # fmt: skip
def test_what_a_sheet_tells_of_itself(directive: str, field: str, value: object) -> None:
    song = parse_chordpro(directive + "\nwords")
    assert getattr(song, field) == value
    assert kinds(song) == ["lyric: words"]


def test_what_else_a_sheet_tells_is_kept_in_order() -> None:
    song = parse_chordpro(
        "{artist: A}\n{artist: B}\n# a note\n{define: C7 base-fret 1 frets x 3 2 3 1 0}\n{chord: Am}\n{time: 6/8}\n"
        "{x_mine: 1}\n{hide-guitar: it}\n{nothing}\n{key: high}\n{capo: 99}\n{meta: mood calm}\n{key: D}\n"
        "{key: E}\n{np}\n{tempo: fast}\n{title:}\nla"
    )
    assert (song.artist, song.key, song.capo) == ("A", "D", 0)
    assert song.metadata == (
        ("artist", "B"), ("#", " a note".strip()), ("define", "C7 base-fret 1 frets x 3 2 3 1 0"), ("chord", "Am"),
        ("time", "6/8"), ("x_mine", "1"), ("hide-guitar", "it"), ("nothing", ""), ("key", "high"), ("capo", "99"),
        ("mood", "calm"), ("key", "E"), ("tempo", "fast"),
    )  # fmt: skip
    assert kinds(song) == ["lyric: la"]


def test_labels_recalls_and_headings() -> None:
    song = parse_chordpro(
        "{start_of_chorus: label=\"Refrão\"}\nla\n{eoc}\n{chorus}\n{chorus: Again}\n{chorus label='Last'}\n"
        "[Verse 2]\nle\n"
        "{start_of_my_part}\nli\n{end_of_my_part}\nlo\n{comment-piano: soft \\[now\\]}"
    )
    assert [(line.kind.value, line.text, line.section) for line in song.lines] == [
        ("section", "Refrão", "Refrão"), ("lyric", "la", "Refrão"), ("section", "Chorus", "Chorus"),
        ("section", "Again", "Again"), ("section", "Last", "Last"), ("section", "Verse 2", "Verse 2"),
        ("lyric", "le", "Verse 2"), ("section", "My part", "My part"), ("lyric", "li", "My part"),
        ("lyric", "lo", ""),
        ("comment", "soft [now]", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "row", ["{título: x}", "{}", "{ }", "{a{b}c}", "{title", "title}", "{1: x}", "say {title: x}"]
)
def test_braces_that_hold_no_directive_are_text(row: str) -> None:
    song = parse_chordpro(row)
    assert kinds(song) == [f"lyric: {row}"]
    assert song.title is None


def test_tablature_outside_its_block_is_kept_too() -> None:
    song = parse_chordpro("[C]words\nE|--3--|\nB|--0--|")
    assert [line.kind for line in song.lines] == [LineKind.LYRIC, LineKind.TAB, LineKind.TAB]
