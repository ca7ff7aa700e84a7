"""Which of a track's sheets give the words, the chords and the times, and what they give together."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sarau.catalog.lyrics.arranging import Arrangement, arranged
from sarau.catalog.lyrics.cues import cues_of
from sarau.catalog.lyrics.known import Known, digest_of
from sarau.catalog.lyrics.schemas import (
    ChordCue,
    ChordOptions,
    LineKind,
    SectionCue,
    Sheet,
    SheetFormat,
    TimedLine,
    TimedLyrics,
    Timing,
)
from sarau.catalog.lyrics.showing import shown

LRC = "[00:10.00]Ciranda, cirandinha\n[00:14.00]Vamos todos cirandar\n[00:18.00]\n"
WORD_TIMES = LRC.replace("]C", "]<00:10.00>C").replace("]V", "]<00:14.00>V")
CHORDS = "[C]Ciranda, ciran[G7]dinha\nVamos todos ciran[C]dar\n"
OTHER_LRC = "[00:03.00]Atirei o pau no gato\n[00:07.00]Mas o gato não morreu\n"
OTHER_CHORDS = "[D]Atirei o pau no [A7]gato\nMas o gato [D]não morreu\n"
PLAIN = "Ciranda, cirandinha\nVamos todos cirandar\n"
CHORDS_ALONE = "C  G7  C\nF  G7  C\n"
DURATION_MS = 60_000


def lrc(content: str = LRC, source: str = ".lrc") -> Sheet:
    return Sheet(source, SheetFormat.LRC, content)


def cho(content: str = CHORDS, source: str = ".cho") -> Sheet:
    return Sheet(source, SheetFormat.CHORDPRO, content)


def rows(content: str, source: str = ".txt") -> Sheet:
    return Sheet(source, SheetFormat.CHORDS_OVER_WORDS, content)


def plain(content: str = PLAIN, source: str = ".txt") -> Sheet:
    return Sheet(source, SheetFormat.PLAIN, content)


def lyrics(*sheets: Sheet, duration_ms: int = DURATION_MS, **options: int | bool) -> TimedLyrics:
    return shown("0", sheets, arranged(sheets, duration_ms), ChordOptions(**options))


def outline(found: TimedLyrics) -> list[tuple[int | None, str, str]]:
    return [(line.start_ms, line.text, " ".join(chord.name for chord in line.chords)) for line in found.lines]


def timings(found: TimedLyrics) -> tuple[str, str]:
    return found.words_timing.value, found.chords_timing.value


def test_chords_are_laid_along_timed_words_wherever_the_two_come_from() -> None:
    for words, chords in (
        (lrc(), cho()),
        (lrc(source="house"), cho()),
        (lrc(), cho(source="house-chords")),
        (lrc(source="embedded"), cho()),
        (lrc(source="house"), cho(source="embedded")),
    ):
        found = lyrics(words, chords)
        assert timings(found) == ("sheet", "aligned")
        assert outline(found)[:2] == [(10_000, "Ciranda, cirandinha", "C G7"), (14_000, "Vamos todos cirandar", "C")]
        assert (found.key, found.confidence) == ("C", 1.0)


def test_what_people_put_goes_before_files_and_files_before_what_is_inside() -> None:
    def first_line(*sheets: Sheet) -> str:
        return lyrics(*sheets).lines[0].text

    house, beside, inside = (lrc(f"[00:01]{name}", name) for name in ("house", ".lrc", "embedded"))
    assert first_line(inside, beside, house) == "house"
    assert first_line(inside, beside) == ".lrc"
    assert first_line(inside) == "embedded"
    chords = lyrics(lrc(), cho(CHORDS.replace("C]", "D]")), cho(source="house-chords"))
    assert outline(chords)[0][2] == "C G7"


def test_timed_words_go_before_untimed_ones_of_the_same_song() -> None:
    found = lyrics(plain(source="house"), lrc(source="embedded"))
    assert timings(found) == ("sheet", "none")
    assert found.lines[0].start_ms == 10_000
    # Words in time go before lines in time.
    assert lyrics(lrc(), lrc(WORD_TIMES, ".txt")).lines[0].words


def test_sheets_of_another_song_are_left_alone() -> None:
    found = lyrics(plain(source="house"), lrc(OTHER_LRC))
    assert timings(found) == ("estimated", "none")
    assert found.lines[0].text == "Ciranda, cirandinha"
    found = lyrics(lrc(source="house"), cho(OTHER_CHORDS))
    assert timings(found) == ("sheet", "none")
    found = lyrics(lrc(OTHER_LRC), cho(source="house-chords"))
    assert timings(found) == ("estimated", "estimated")
    assert outline(found)[0][1:] == ("Ciranda, cirandinha", "C G7")
    # Of two that people put, the one with times.
    found = lyrics(lrc(OTHER_LRC, "house"), cho(source="house-chords"))
    assert timings(found) == ("sheet", "none")
    # The second best times will do if they are of the song.
    found = lyrics(cho(source="house-chords"), lrc(OTHER_LRC), lrc(source="embedded"))
    assert timings(found) == ("sheet", "aligned")


def test_chords_without_words_are_spread_between_timed_ones() -> None:
    found = lyrics(lrc(), rows(CHORDS_ALONE))
    assert timings(found) == ("sheet", "estimated")
    assert found.confidence == 0
    assert outline(found) == [
        (0, "", "C G7 C"), (10_000, "Ciranda, cirandinha", ""), (14_000, "Vamos todos cirandar", ""),
        (18_000, "", ""), (30_000, "", "F G7 C"),
    ]  # fmt: skip
    found = lyrics(plain(source="house"), rows(CHORDS_ALONE))
    assert timings(found) == ("estimated", "estimated")
    assert {text for _, text, _ in outline(found)} == {"", "Ciranda, cirandinha", "Vamos todos cirandar"}


def test_without_times_all_is_spread_over_the_song() -> None:
    found = lyrics(cho())
    assert timings(found) == ("estimated", "estimated")
    assert found.lines[0].start_ms == 0
    assert found.lines[-1].end_ms == DURATION_MS
    assert timings(lyrics(plain())) == ("estimated", "none")
    assert timings(lyrics(rows(CHORDS_ALONE))) == ("none", "estimated")
    # The chord sheet has the words too.
    assert outline(lyrics(plain(source="house"), cho()))[0][2] == "C G7"


def test_a_refrain_that_is_only_called_back_is_written_out() -> None:
    found = lyrics(cho("{soc}\n[C]la la\n{eoc}\n{sov}\n[F]le le\n{eov}\n{chorus}\n"))
    assert [(line.section, line.text) for line in found.lines] == [
        ("Chorus", "la la"), ("Verse", "le le"), ("Chorus", "la la")
    ]  # fmt: skip


def test_a_song_of_unknown_length_has_no_times() -> None:
    for sheets in ((cho(),), (plain(),), (rows(CHORDS_ALONE),), (plain(), rows(CHORDS_ALONE, ".crd"))):
        found = lyrics(*sheets, duration_ms=0)
        assert set(timings(found)) == {"none"}
        assert {line.start_ms for line in found.lines} == {None}
        assert cues_of(found) == []
    assert timings(lyrics(lrc(), cho(), duration_ms=0)) == ("sheet", "aligned")


def test_no_sheet_is_nothing() -> None:
    for sheets in ((), (plain(" \n"),), (lrc("[ti:Nothing]"),)):
        found = lyrics(*sheets)
        assert (found.lines, timings(found), found.key) == ([], ("none", "none"), None)


def test_the_capo_of_a_sheet_is_taken_off() -> None:
    found = lyrics(cho("{key: G}\n{capo: 2}\n[G]Ciranda, [D7]cirandinha\n"))
    assert (found.capo, found.key, outline(found)[0][2]) == (2, "A", "A E7")
    assert outline(lyrics(*found.sheets, capo=2))[0][2] == "G D7"
    assert lyrics(*found.sheets, capo=2).key == "A"
    assert outline(lyrics(*found.sheets, transpose_semitones=1))[0][2] == "Bb F7"


def test_a_key_that_nobody_tells_is_named_as_the_chords_are() -> None:
    assert lyrics(cho("[Am]la [E7]la [Am]la")).key == "Am"
    assert lyrics(rows("Lám  Mi7  Lám\nla la la la la la")).key == "Lám"


def test_lines_are_put_down_with_what_stands_before_them() -> None:
    found = lyrics(
        rows(
            "Intro: C  G\n\n[Verso 1]\nC\numa linha\n\nG\noutra linha\n\n[Solo]\ne|--3--|\nB|--0--|\n\n"
            "e|--5--|\n\n[Final]\n"
        )
    )
    assert [(line.kind.value, line.section, line.gap, line.text) for line in found.lines] == [
        ("line", "Intro", False, ""), ("line", "Verso 1", True, "uma linha"), ("line", None, True, "outra linha"),
        ("tab", "Solo", True, "e|--3--|\nB|--0--|"), ("tab", None, True, "e|--5--|"), ("comment", "Final", True, ""),
    ]  # fmt: skip
    assert [line.index for line in found.lines] == list(range(6))


def test_what_nobody_sings_takes_no_time() -> None:
    found = lyrics(
        lrc(),
        cho("{c: slowly}\n[C]Ciranda, cirandinha\n[F]Nobody sings this line\nVamos todos ciran[C]dar\n{c: end}"),
    )
    assert [(line.kind.value, line.text, line.start_ms, line.end_ms) for line in found.lines] == [
        ("comment", "slowly", 10_000, 10_000), ("line", "Ciranda, cirandinha", 10_000, 14_000),
        ("line", "Nobody sings this line", 14_000, 14_000), ("line", "Vamos todos cirandar", 14_000, 18_000),
        ("comment", "end", 18_000, 18_000),
    ]  # fmt: skip
    assert [cue.kind.text for cue in cues_of(found) if isinstance(cue.kind, TimedLine)] == [
        "Ciranda, cirandinha", "Vamos todos cirandar"
    ]  # fmt: skip


def test_pauses_are_lines_without_words() -> None:
    found = lyrics(lrc("[00:01]la\n[00:03]\n[00:09]le\n"))
    assert [(line.text, line.start_ms, line.end_ms) for line in found.lines] == [
        ("la", 1_000, 3_000), ("", 3_000, 9_000), ("le", 9_000, 10_000)
    ]  # fmt: skip


def test_words_in_time_make_up_the_line() -> None:
    [line] = lyrics(lrc("[00:01]<00:01>Si<00:02>lent <00:03>night <00:05>")).lines
    assert [(word.start_ms, word.end_ms, word.text) for word in line.words] == [
        (1_000, 2_000, "Si"), (2_000, 3_000, "lent "), (3_000, 5_000, "night")
    ]  # fmt: skip


def test_remarks_are_shown_and_are_no_cues() -> None:
    found = lyrics(rows("| C | G (2x)\n"))
    assert [(chord.name, chord.remark) for chord in found.lines[0].chords] == [
        ("|", True), ("C", False), ("|", True), ("G", False), ("(2x)", True)
    ]  # fmt: skip
    chords = [cue for cue in cues_of(found) if isinstance(cue.kind, ChordCue)]
    assert [cue.kind.name for cue in chords] == ["C", "G"]
    assert chords[0].end_ms == chords[1].start_ms
    assert chords[1].end_ms == DURATION_MS


def test_parts_last_until_the_next() -> None:
    found = lyrics(cho("{sov: One}\n[C]la la\n{eov}\n{sov: Two}\nle le\n{eov}"))
    parts = [(cue.kind.name, cue.start_ms, cue.end_ms) for cue in cues_of(found) if isinstance(cue.kind, SectionCue)]
    assert parts == [("One", 0, DURATION_MS // 2), ("Two", DURATION_MS // 2, DURATION_MS)]


CONTENT = st.one_of(
    st.sampled_from([LRC, WORD_TIMES, CHORDS, OTHER_LRC, OTHER_CHORDS, PLAIN, CHORDS_ALONE, ""]),
    st.lists(
        st.sampled_from(
            ["[00:05]", "[00:07.5]", "<00:06>", "[C]", "[G7]", "C  G7", "\n", "\n\n", "Ciranda ", "{soc}", "{eoc}",
             "{chorus}", "E|--3--|", "[Refrão]", "Intro: C", "{capo: 3}", "{key: E}", "{c: x}", "la la ", "(2x)"]
        ),
        max_size=25,
    ).map("".join),
    st.text(max_size=30),
)  # fmt: skip
SOURCES = ("house", "house-chords", ".lrc", ".cho", ".txt", "embedded")
SHEETS = st.dictionaries(st.sampled_from(SOURCES), st.tuples(st.sampled_from(SheetFormat), CONTENT), max_size=4)


def song_text(found: TimedLyrics) -> str:
    return "\n".join(line.text for line in found.lines)


@settings(deadline=None, max_examples=250)
@given(SHEETS, st.integers(0, 600_000), st.integers(-11, 11), st.integers(0, 11), st.booleans())
def test_any_sheets_give_lyrics_in_order_with_cues_in_order(
    given_sheets: dict[str, tuple[SheetFormat, str]], duration_ms: int, up: int, capo: int, simple: bool
) -> None:
    sheets = [Sheet(source, kind, content) for source, (kind, content) in given_sheets.items()]
    found = lyrics(*sheets, duration_ms=duration_ms, transpose_semitones=up, capo=capo, simplified=simple)
    assert found.sheets == sheets
    assert 0 <= found.confidence <= 1
    starts = [line.start_ms for line in found.lines]
    if None in starts:
        assert set(starts) == {None}
    else:
        assert starts == sorted(starts)
        assert all(line.end_ms >= line.start_ms for line in found.lines)
    assert [line.index for line in found.lines] == list(range(len(found.lines)))
    for line in found.lines:
        assert not line.words or "".join(word.text for word in line.words) == line.text
        assert line.kind is not LineKind.TAB or not line.chords
        assert [chord.column for chord in line.chords] == sorted(chord.column for chord in line.chords)
    cues = cues_of(found)
    assert [cue.start_ms for cue in cues] == sorted(cue.start_ms for cue in cues)
    assert all(0 <= cue.start_ms <= cue.end_ms for cue in cues)
    # How chords are shown moves no word and no time.
    as_written = lyrics(*sheets, duration_ms=duration_ms)
    assert song_text(found) == song_text(as_written)
    assert [cue.start_ms for cue in cues] == [cue.start_ms for cue in cues_of(as_written)]


@pytest.mark.parametrize("steps", range(-11, 12))
def test_going_up_and_down_again_changes_nothing(steps: int) -> None:
    up = lyrics(lrc(), cho(), transpose_semitones=steps)
    content = "".join(f"{line.text}\n" for line in up.lines)
    assert content == song_text(lyrics(lrc(), cho())) + "\n"
    names = [chord.name for line in up.lines for chord in line.chords]
    back = "".join(f"[{name}]la " for name in names)
    again = lyrics(cho(f"{{key: {up.key}}}\n{back}"), transpose_semitones=-steps)
    assert [chord.name for line in again.lines for chord in line.chords] == ["C", "G7", "C"]


def test_arrangements_are_remembered_until_there_are_too_many() -> None:
    known = Known(most_characters=100)
    some = [Arrangement(arranged([plain()], n).song, Timing.NONE, Timing.NONE) for n in range(1, 4)]
    for number, arrangement in enumerate(some):
        known.keep(bytes([number]), arrangement, 40)
        known.get(b"\0")
    assert known.get(b"\0") is some[0]
    assert known.get(b"\1") is None  # the one not asked for the longest
    assert known.get(b"\2") is some[2]
    known.keep(b"\3", some[0], 101)  # larger than all there is room for
    assert known.get(b"\3") is None
    assert known.get(b"\2") is some[2]


def test_other_sheets_are_told_apart() -> None:
    digests = {
        digest_of(sheets, duration_ms)
        for sheets in (
            [],
            [plain()],
            [plain("x")],
            [plain(source=".crd")],
            [lrc(PLAIN, ".txt")],
            [plain(), plain("x")],
        )
        for duration_ms in (1, 2)
    }
    assert len(digests) == 12
    assert digest_of([plain()], 1) == digest_of([plain()], 1)
