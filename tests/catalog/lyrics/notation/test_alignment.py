"""Chord sheets brought in time by timed lyrics of the same song."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from sarau.catalog.lyrics.notation.alignment import align, spread
from sarau.catalog.lyrics.notation.matching import CannotAlign
from sarau.catalog.lyrics.notation.reading import parse
from sarau.catalog.lyrics.notation.song import ChordMark, Grain, Line, LineKind, Song, Word

SHEETS = Path(__file__).parent / "sheets"


def sheet(text: str) -> Song:
    return parse("chords_over_words", text)


def lrc(text: str) -> Song:
    return parse("lrc", text)


def played(song: Song) -> list[tuple[str, int | None, str]]:
    """The chords of a song, when each is played and over which letters (dots where there are no words)."""
    return [
        (mark.name, mark.start_ms, (line.text[mark.offset :][:4] or "."))
        for line in song.lines
        for mark in line.chords
        if not mark.is_remark
    ]


def outline(song: Song) -> list[tuple[int | None, str]]:
    """What a song shows line by line: words, names of parts, chords without words."""
    return [
        (line.start_ms, line.text or " ".join(mark.name for mark in line.chords))
        for line in song.lines
        if line.kind is not LineKind.BLANK
    ]


def test_amazing_grace_with_its_intro_between_and_after_the_words() -> None:
    chords = parse("chords_over_words", (SHEETS / "amazing_grace.chords_over_words.txt").read_text())
    timed = parse("lrc", (SHEETS / "amazing_grace.lrc").read_text())
    song = align(chords, timed)
    assert (song.title, song.key, song.timed, song.estimated) == ("Amazing Grace", "G", Grain.LINES, False)
    assert outline(song) == [
        (None, "Intro"), (0, "| G | C | G | D7 |"), (None, "Verse 1"),
        (8_000, "Amazing Grace! How sweet the sound"), (14_000, "That saved a wretch like me!"),
        (20_000, "I once was lost but now am found,"), (26_000, "Was blind but now I see."), (None, "Verse 2"),
        (40_000, "'Twas grace that taught my heart to fear,"), (46_000, "And grace my fears relieved;"),
        (52_000, "How precious did that grace appear"), (58_000, "The hour I first believed."), (None, "Outro"),
        (song.lines[-1].start_ms, "C G (x2)"),
    ]  # fmt: skip
    assert song.lines[-1].start_ms > 58_000
    assert ("album", "Olney Hymns") in song.metadata
    assert ("time", "3/4") in song.metadata
    intro = [(name, ms) for name, ms, _ in played(song)][:4]
    assert [name for name, _ in intro] == ["G", "C", "G", "D7"]
    assert all(0 <= ms < 8_000 for _, ms in intro)
    # The words of the sheet and the lyrics differ by commas and capitals: each chord is over the same letters.
    assert [over for name, _, over in played(song)][4:7] == ["azin", " swe", "he s"]
    times = [ms for _, ms, _ in played(song)]
    assert times == sorted(times)


def test_a_refrain_written_once_is_played_each_time_it_is_sung() -> None:
    chords = parse("chordpro", (SHEETS / "clementine.chordpro.cho").read_text())
    timed = parse("lrc", (SHEETS / "clementine.lrc").read_text())
    song = align(chords, timed)
    refrain = [line for line in song.lines if line.section == "Chorus" and line.is_sung]
    assert [line.start_ms for line in refrain] == [
        26_000, 30_000, 34_000, 38_000, 58_000, 62_000, 66_000, 70_000
    ]  # fmt: skip
    assert [mark.name for line in refrain[4:] for mark in line.chords] == ["F", "C7", "Gm/Bb", "F", "C7", "F"]
    sung = [(line.start_ms, line.text) for line in song.lines if line.is_sung]
    assert sung == [(line.start_ms, line.text) for line in timed.lines]
    assert [text for _, text in outline(song) if text in ("Verse 1", "Chorus", "Verse 2")] == [
        "Verse 1", "Chorus", "Verse 2", "Chorus"
    ]  # fmt: skip
    assert (song.capo, song.tempo) == (2, 120.0)


def test_chords_come_with_the_words_they_stand_over() -> None:
    song = align(
        parse("chordpro", "[G]Silent [D7]night, holy [G]night[C]"),
        lrc("[00:05]<00:05.00>Silent <00:06.50>night, <00:08.00>holy <00:09.50>night <00:11.00>"),
    )
    assert played(song)[:3] == [("G", 5_000, "Sile"), ("D7", 6_500, "nigh"), ("G", 9_500, "nigh")]
    assert 9_500 < played(song)[3][1] <= 11_000
    assert song.timed is Grain.WORDS


def test_without_times_of_words_chords_are_spread_over_the_line() -> None:
    song = align(sheet("C         G\nabcdefghijklmnopqrst\n"), lrc("[00:10]abcdefghijklmnopqrst\n[00:14]"))
    assert played(song) == [("C", 10_000, "abcd"), ("G", 12_000, "klmn")]


def test_chords_past_the_words_come_before_the_next_line() -> None:
    song = align(
        sheet("C         G         Am\nabcdefghij\nF         C\nmore words here\n"),
        lrc("[00:10]abcdefghij\n[00:13]more words here\n"),
    )
    times = [ms for _, ms, _ in played(song)]
    assert times[0] == 10_000
    assert 10_000 < times[1] < times[2] < 13_000 == times[3]


def test_typos_accents_case_and_signs_do_not_matter() -> None:
    song = align(
        sheet("Am       Dm\nNAO HA, O GENTE, O NAO\nE7      Am\nluar como ese do sertao\n"),
        lrc("[00:01]Não há, ó gente, ó não!\n[00:05]Luar como esse do sertão…\n"),
    )
    assert [(name, ms, over) for name, ms, over in played(song)][2:] == [("E7", 5_000, "Luar"), ("Am", 6_384, "o es")]
    assert [line.text for line in song.lines] == ["Não há, ó gente, ó não!", "Luar como esse do sertão…"]


def test_words_added_and_left_out_do_not_move_the_other_chords() -> None:
    song = align(
        parse("chordpro", "Oh [C]sing to me [G]sweetly of the [Am]sea"),
        lrc("[00:01]sing to me very, very sweetly of the deep blue sea"),
    )
    assert [over for _, _, over in played(song)] == ["sing", "swee", "sea"]


def test_lines_that_only_one_of_the_two_has_are_kept() -> None:
    song = align(
        sheet("[Verse]\nC   G\nfirst line of all\nAm  F\nnobody sings this one\nC   F\nthe third line here\n"),
        lrc("[00:01]first line of all\n[00:05]an ad lib in between\n[00:09]the third line here\n"),
    )
    assert outline(song) == [
        (None, "Verse"), (1_000, "first line of all"), (5_000, "an ad lib in between"),
        (None, "nobody sings this one"),
        (9_000, "the third line here"),
    ]  # fmt: skip
    assert [ms for name, ms, _ in played(song) if name == "Am"] == [None]
    assert [line.section for line in song.lines] == ["Verse"] * 5


def test_a_line_broken_in_two_by_either() -> None:
    whole = "C             G\nOh my darling, oh my darling Clementine\n"
    song = align(
        sheet(whole + "F\nlost and gone\n"),
        lrc("[00:01]Oh my darling,\n[00:04]oh my darling Clementine\n[00:08]lost and gone"),
    )
    assert [(line.start_ms, [mark.name for mark in line.chords]) for line in song.lines] == [
        (1_000, ["C"]), (4_000, ["G"]), (8_000, ["F"])
    ]  # fmt: skip
    broken = "C\nOh my darling,\nG       F\noh my darling Clementine\nF  C\nlost and gone\n"
    song = align(sheet(broken), lrc("[00:01]Oh my darling, oh my darling Clementine\n[00:08]lost and gone"))
    assert played(song)[:3] == [
        ("C", 1_000, "Oh m"),
        ("G", played(song)[1][1], "oh m"),
        ("F", played(song)[2][1], "rlin"),
    ]
    assert len(song.lines) == 2


def test_a_line_sung_over_and_over_keeps_its_chords() -> None:
    song = align(
        sheet("[Refrão]\nC   G\nla la la\nF  C\nvamos todos cirandar\n"),
        lrc("[00:01]La la la\n[00:03]la la la la\n[00:05]la la la\n[00:07]Vamos todos cirandar\n"),
    )
    assert [mark.name for line in song.lines for mark in line.chords] == ["C", "G", "C", "G", "C", "G", "F", "C"]
    assert sum(line.kind is LineKind.SECTION for line in song.lines) == 1


def test_solos_fall_into_the_gaps() -> None:
    song = align(
        sheet(
            "Intro: C G\n\nC    G\none two three four\n\n[Solo]\nAm  F  C  G\nF  C  F  C\n\n"
            "C    G\nfive six seven eight\n"
        ),
        lrc("[00:06]one two three four\n[00:10]\n[00:26]five six seven eight\n"),
    )
    gap = [ms for name, ms, over in played(song) if over == "."]
    assert gap == sorted(gap)
    assert gap[:2] == [0, 4_000]
    assert gap[2] == 10_000
    assert all(10_000 <= ms < 26_000 for ms in gap[2:])
    assert gap[6] == 18_000  # the second row of four


def test_a_solo_without_a_marked_pause_begins_after_the_words() -> None:
    song = align(
        sheet("C\none two three four\nC\nfive six seven eight\n\nAm  F\n\nC\nnine ten eleven twelve\n"),
        lrc("[00:10]one two three four\n[00:14]five six seven eight\n[00:34]nine ten eleven twelve\n"),
    )
    [solo] = [line for line in song.lines if line.is_played]
    assert 14_000 < solo.start_ms < 24_000
    assert solo.end_ms == 34_000
    before = next(line for line in song.lines if line.text == "five six seven eight")
    assert before.end_ms == solo.start_ms


def test_the_chords_of_a_line_do_not_wait_through_the_gap_after_it() -> None:
    words = "C       Am\none two three four\nF       G\nfive six seven eight\n"
    lyrics = lrc("[00:10]one two three four\n[00:14]five six seven eight\n[00:50]nine ten eleven twelve\n")
    for solo in ("", "\nAm  F\n\n"):
        song = align(sheet(words + solo + "C\nnine ten eleven twelve\n"), lyrics)
        [_, second, *_] = [line for line in song.lines if line.is_sung]
        assert second.chords[0].start_ms == 14_000
        assert 14_500 < second.chords[1].start_ms < 17_000


def test_tablature_and_remarks_stand_where_they_stood() -> None:
    song = align(
        parse("chordpro", "[C]one two three\n{c: slower}\nE|--3--|\n[G]four five six"),
        lrc("[00:01]one two three\n[00:05]four five six"),
    )
    assert [line.kind for line in song.lines] == [LineKind.LYRIC, LineKind.COMMENT, LineKind.TAB, LineKind.LYRIC]


def test_a_sheet_in_another_order_is_followed() -> None:
    song = align(
        sheet("[Refrão]\nF  C\nvem cantar comigo agora\n[Verso]\nAm  G\na lua vem saindo devagar\n"),
        lrc("[00:01]A lua vem saindo devagar\n[00:05]Vem cantar comigo agora\n[00:09]Vem cantar comigo agora\n"),
    )
    assert [(line.start_ms, line.section) for line in song.lines if line.is_sung] == [
        (1_000, "Verso"), (5_000, "Refrão"), (9_000, "Refrão")
    ]  # fmt: skip


def test_estimated_times_stay_estimated() -> None:
    timed = spread(parse("plain", "one two three\nfour five six"), 10_000)
    assert align(sheet("C\none two three\nG\nfour five six\n"), timed).estimated


def test_what_cannot_be_aligned_is_refused_and_told_why() -> None:
    chords = sheet("C  G\nCiranda, cirandinha\nG  C\nVamos todos cirandar\n")
    with pytest.raises(CannotAlign, match="no times"):
        align(chords, parse("plain", "Ciranda, cirandinha"))
    with pytest.raises(CannotAlign, match="in common"):
        align(chords, lrc("[00:01]Something wholly different\n[00:05]that nobody knows here\n"))
    with pytest.raises(CannotAlign, match="in common"):
        align(sheet("C  G  Am  F\n"), lrc("[00:01]la"))
    for lines, why in ((2_001, "more than 2000 lines"), (1_000, "1000 timed lines and 1000 lines")):
        many = "".join(f"[{number // 60}:{number % 60:02}]line number {number}\n" for number in range(lines))
        with pytest.raises(CannotAlign, match=why):
            align(parse("plain", "\n".join(f"line number {number}" for number in range(lines))), lrc(many))


def test_work_and_result_stay_bounded() -> None:
    """A few lines sung thousands of times must not become millions of chords."""
    often = lrc("".join(f"[{number // 60}:{number % 60:02}]la la la\n" for number in range(2_000)))
    with pytest.raises(CannotAlign, match="too long"):
        align(parse("chordpro", "[C]" * 20_000 + "la la la"), often)
    song = align(parse("chordpro", "{soc}\n" + "[C]\n" * 1_500 + "[C]la la la\n[G]lo lo lo"), often)
    assert len(song.lines) <= 5 * (2_000 + 1_503)
    turns = lrc("".join(f"[{n // 60}:{n % 60:02}]{('first of', 'and second')[n % 2]} two\n" for n in range(1_000)))
    song = align(parse("chordpro", "{sov}\n[C]first of two\n" + "[C]\n" * 1_500 + "[C]and second two"), turns)
    assert len(song.lines) <= 5 * (1_000 + 1_503)
    long = parse("plain", "word " * 5_000)
    assert align(long, lrc("[00:01]" + "word " * 5_000)).lines[0].start_ms == 1_000


@pytest.mark.parametrize("duration_ms", [0, -1])
def test_a_song_lasts_some_time(duration_ms: int) -> None:
    with pytest.raises(ValueError, match="cannot last"):
        spread(sheet("C\nla"), duration_ms)


def test_lines_are_spread_by_their_length() -> None:
    song = spread(
        sheet("Intro: C  G\n\nC    G\naaaaaaaaaaaaaaaa\n[Refrão]\nF\nbbbbbbbb\nE|--3--|\nB|--0--|\n"), 48_000
    )
    assert (song.timed, song.estimated) == (Grain.LINES, True)
    assert [(line.text, line.start_ms, line.end_ms) for line in song.lines] == [
        ("Intro", 0, 0), ("", 0, 16_000), ("", 16_000, 16_000), ("aaaaaaaaaaaaaaaa", 16_000, 32_000),
        ("Refrão", 32_000, 32_000), ("bbbbbbbb", 32_000, 40_000), ("E|--3--|", 40_000, 48_000),
        ("B|--0--|", 40_000, 48_000),
    ]  # fmt: skip
    assert played(song)[2:4] == [("C", 16_000, "aaaa"), ("G", 21_000, "aaaa")]


def test_nothing_is_spread_without_harm() -> None:
    assert spread(parse("plain", ""), 1_000) == Song(estimated=True, confidence=0)
    [line] = spread(parse("lrc", "[00:05]<00:05>la"), 2_000).lines
    assert line == Line(LineKind.LYRIC, "la", 0, 2_000)


WORD = st.sampled_from(["amor", "vida", "casa", "lua", "mar", "sol", "rio", "noite", "dia", "flor", "la", "le", "oh"])
TEXT = st.lists(WORD, min_size=1, max_size=7).map(" ".join)
CHORD = st.sampled_from(["C", "G7", "Am", "F#m7(b5)", "Bb"])
SONG_LINES = st.lists(
    st.tuples(TEXT, st.integers(1, 9_000), st.lists(st.tuples(st.integers(0, 12), CHORD), max_size=4)),
    min_size=1,
    max_size=12,
)


def made(lines: list[tuple[str, int, list[tuple[int, str]]]]) -> tuple[Song, Song]:
    """The same lines as a sheet with chords and as timed lyrics."""
    sheet_lines, timed_lines = [], []
    now = 0
    for text, lasts_ms, chords in lines:
        marks, at = [], 0
        for gap, name in chords:
            marks.append(ChordMark(at + gap, name))
            at = marks[-1].offset + len(name) + 1
        sheet_lines.append(Line(LineKind.LYRIC, text, chords=tuple(marks)))
        timed_lines.append(Line(LineKind.LYRIC, text, now, now + lasts_ms))
        now += lasts_ms
    return Song(lines=tuple(sheet_lines)), Song(lines=tuple(timed_lines), timed=Grain.LINES)


@settings(deadline=None)
@given(SONG_LINES)
def test_a_song_aligned_with_itself_has_its_own_times_and_chords(
    lines: list[tuple[str, int, list[tuple[int, str]]]],
) -> None:
    chords, timed = made(lines)
    song = align(chords, timed)
    assert [replace(line, chords=()) for line in song.lines] == list(timed.lines)
    for line, written in zip(song.lines, chords.lines, strict=True):
        assert [(mark.offset, mark.name) for mark in line.chords] == [
            (mark.offset, mark.name) for mark in written.chords
        ]
        times = [line.start_ms, *(mark.start_ms for mark in line.chords), line.end_ms]
        assert times == sorted(times)


@settings(deadline=None)
@given(SONG_LINES, SONG_LINES)
def test_any_sheet_with_any_lyrics_keeps_every_timed_line_in_order(
    lines: list[tuple[str, int, list[tuple[int, str]]]], others: list[tuple[str, int, list[tuple[int, str]]]]
) -> None:
    chords, timed = made(lines)[0], made(others)[1]
    try:
        song = align(chords, timed)
    except CannotAlign:
        return
    kept = [(line.text, line.start_ms) for line in song.lines if line.start_ms is not None]
    assert kept == [(line.text, line.start_ms) for line in timed.lines]
    times = [mark.start_ms for line in song.lines if line.start_ms is not None for mark in line.chords]
    assert times == sorted(times)


@settings(deadline=None)
@given(SONG_LINES, st.integers(1, 600_000))
def test_spread_lines_fill_the_time_in_order(
    lines: list[tuple[str, int, list[tuple[int, str]]]], duration: int
) -> None:
    song = spread(made(lines)[0], duration)
    assert song.lines[0].start_ms == 0
    assert song.lines[-1].end_ms == duration
    for line, following in pairwise(song.lines):
        assert line.end_ms == following.start_ms
    assert all(line.start_ms <= mark.start_ms <= line.end_ms for line in song.lines for mark in line.chords)


@settings(deadline=None)
@given(st.lists(st.integers(1, 2_000), min_size=3, max_size=8), st.lists(st.integers(0, 30), min_size=1, max_size=5))
def test_chords_in_words_in_time_never_go_back(steps: list[int], offsets: list[int]) -> None:
    text = " ".join(f"word{number}" for number in range(len(steps)))
    starts = [1_000 + sum(steps[:number]) for number in range(len(steps))]
    words = tuple(Word(6 * number, 5, start) for number, start in enumerate(starts))
    timed = Song(lines=(Line(LineKind.LYRIC, text, 1_000, starts[-1] + 500, words),), timed=Grain.WORDS)
    marks = tuple(ChordMark(offset, "C") for offset in sorted(offsets))
    [line] = align(Song(lines=(Line(LineKind.LYRIC, text, chords=marks),)), timed).lines
    times = [mark.start_ms for mark in line.chords]
    assert times == sorted(times)
    for mark in line.chords:
        if mark.offset % 6 == 0 and mark.offset // 6 < len(starts):
            assert mark.start_ms == starts[mark.offset // 6]
