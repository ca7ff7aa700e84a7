"""LRC: times in every way they are written."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sarau.catalog.lyrics.notation.lrc import parse_lrc
from sarau.catalog.lyrics.notation.song import Grain, Line, LineKind


def sung(text: str) -> list[tuple[int | None, str]]:
    return [(line.start_ms, line.text) for line in parse_lrc(text).lines]


def words(line: Line) -> list[tuple[str, int]]:
    return [(line.text[word.offset : word.offset + word.length], word.start_ms) for word in line.words]


@pytest.mark.parametrize(
    ("time", "ms"),
    [
        ("[00:01.50]", 1_500), ("[0:1]", 1_000), ("[00:01.5]", 1_500), ("[00:01.05]", 1_050), ("[00:01.005]", 1_005),
        ("[00:01.123456789]", 1_123), ("[00:01,50]", 1_500), ("[01:02.03]", 62_030), ("[100:00.00]", 6_000_000),
        ("[00:01:50]", 1_500), ("[1:02:03.45]", 3_723_450), (" [ 00:01.50 ] ", 1_500), ("[00:75]", 75_000),
    ],
)  # fmt: skip
def test_times_are_read_however_they_are_written(time: str, ms: int) -> None:
    assert sung(f"{time}La la") == [(ms, "La la")]


def test_three_numbers_are_hours_in_a_file_that_counts_hours() -> None:
    assert sung("[0:00:01.5]one\n[01:02:03]two") == [(1_500, "one"), (3_723_000, "two")]


def test_what_the_tags_tell() -> None:
    song = parse_lrc("[ti: La: la ]\n[ar:Me][al:Us]\n[by:x]\n[ti:Other]\n[re:y]\n[length: 01:00]\n[ve:]\n[00:01]la")
    assert (song.title, song.artist) == ("La: la", "Me")
    assert song.metadata == (("album", "Us"), ("by", "x"), ("title", "Other"), ("re", "y"), ("length", "01:00"))
    assert [line.text for line in song.lines] == ["la"]
    assert song.timed is Grain.LINES


def test_a_tag_may_hold_brackets() -> None:
    assert parse_lrc("[ti:La [live]]").title == "La [live]"


def test_a_line_sung_several_times_is_given_once() -> None:
    assert sung("[00:03][00:01] [00:05.5]La\n[00:02]le") == [
        (1_000, "La"),
        (2_000, "le"),
        (3_000, "La"),
        (5_500, "La"),
    ]


@pytest.mark.parametrize(
    ("offset", "ms"),
    [("+500", 1_500), ("500", 1_500), ("-500", 2_500), ("+500 ms", 1_500), ("9000", 0), ("soon", 2_000)],
)
def test_a_positive_offset_makes_all_earlier(offset: str, ms: int) -> None:
    [line] = parse_lrc(f"[00:02.00]<00:02.00>La\n[offset:{offset}]").lines
    assert line.start_ms == ms
    assert words(line) == [("La", ms)]


def test_words_in_time() -> None:
    song = parse_lrc(
        "[00:05.00]<00:05.00>Silent <00:06.50>night, <00:08.00>holy <00:09.50>night <00:11.00>\n[00:12]All"
    )
    line = song.lines[0]
    assert line.text == "Silent night, holy night"
    assert words(line) == [("Silent", 5_000), ("night,", 6_500), ("holy", 8_000), ("night", 9_500)]
    assert (line.start_ms, line.end_ms) == (5_000, 11_000)
    assert song.timed is Grain.WORDS


def test_syllables_phrases_and_a_first_word_without_a_time() -> None:
    [line] = parse_lrc("[00:12.00]All is <00:13.00> calm [00:14.00]vir<00:15>gin").lines
    assert line.text == "All is calm virgin"
    assert words(line) == [("All is", 12_000), ("calm", 13_000), ("vir", 14_000), ("gin", 15_000)]


def test_words_of_a_line_sung_twice() -> None:
    first, second = parse_lrc("[00:10][00:50]<00:50.1>la <00:50.6>le <00:51>").lines
    assert words(first) == [("la", 10_100), ("le", 10_600)]
    assert words(second) == [("la", 50_100), ("le", 50_600)]
    assert (first.end_ms, second.end_ms) == (11_000, 51_000)


def test_words_never_go_back_in_time() -> None:
    [line] = parse_lrc("[00:10]<00:09>a <00:12>b <00:11>c").lines
    assert words(line) == [("a", 10_000), ("b", 12_000), ("c", 12_000)]


@pytest.mark.parametrize("mark", ["F:", "M: ", "D:  ", "v1: ", "v2:"])
def test_who_sings_is_left_out(mark: str) -> None:
    assert sung(f"[00:01]{mark} La") == [(1_000, "La")]
    assert words(parse_lrc(f"[00:01]{mark}<00:01>La").lines[0]) == [("La", 1_000)]


def test_background_voices_are_lines() -> None:
    assert sung("[00:01]<00:01>La\n[bg: <00:02.00>oo <00:03>aa]") == [(1_000, "La"), (2_000, "oo aa")]


def test_a_file_in_any_order_is_sorted() -> None:
    assert [start for start, _ in sung("[00:09]c\n[00:01]a\n[00:05]b")] == [1_000, 5_000, 9_000]


def test_pauses_end_the_line_before() -> None:
    song = parse_lrc("[00:01]a\n[00:03]\n[00:08]b\n[00:09]  ")
    assert [(line.kind, line.start_ms, line.end_ms) for line in song.lines] == [
        (LineKind.LYRIC, 1_000, 3_000), (LineKind.BLANK, 3_000, 8_000), (LineKind.LYRIC, 8_000, 9_000),
        (LineKind.BLANK, 9_000, None),
    ]  # fmt: skip


def test_two_lines_at_once_end_at_the_next() -> None:
    lines = parse_lrc("[00:01]a\n[00:01]translated\n[00:05]b").lines
    assert [line.end_ms for line in lines] == [5_000, 5_000, None]


def test_text_without_times_stays_where_it_was() -> None:
    assert sung("Before\n[00:05]b\nafter b\n[00:01]a\nafter a") == [
        (None, "Before"), (1_000, "a"), (None, "after a"), (5_000, "b"), (None, "after b")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "name"), [("[Chorus]", "Chorus"), ("Refrão:", "Refrão"), ("[Chorus: all]", "Chorus: all")]
)
def test_headings_name_parts(row: str, name: str) -> None:
    for text, start_ms in ((f"[00:01]{row}\n[00:02]La", 1_000), (f"{row}\n[00:02]La", None)):
        heading, line = parse_lrc(text).lines
        assert (heading.kind, heading.text, heading.start_ms) == (LineKind.SECTION, name, start_ms)
        assert line.section == name


@pytest.mark.parametrize(
    "row", ["[applause]", "(x2)", "[", "[]", "[00:xx] a", "<b>", "a [b] c", "[-00:01]a", "] [00:01]"]
)
def test_what_is_no_time_is_text(row: str) -> None:
    assert sung(row) == [(None, row)]


def test_an_enormous_number_is_no_trouble() -> None:
    assert sung(f"[00:01.{'9' * 10_000}]a") == [(1_999, "a")]
    assert sung(f"[{'9' * 10_000}:01]a") == [(None, f"[{'9' * 10_000}:01]a")]
    assert parse_lrc(f"[offset:{'9' * 10_000}]\n[00:01]a").lines[0].start_ms == 1_000


def test_a_small_file_does_not_become_an_enormous_song() -> None:
    song = parse_lrc("[00:01.00]" * 10_000 + "la " * 30_000)
    assert sum(len(line.text) for line in song.lines) < 200_000


TIMES = st.lists(st.integers(0, 3_600_000), min_size=1, max_size=12)


@settings(deadline=None)
@given(TIMES)
def test_times_written_are_times_read(times: list[int]) -> None:
    rows = [f"[{ms // 60_000:02}:{ms // 1000 % 60:02}.{ms % 1000:03}]line {ms}" for ms in times]
    song = parse_lrc("\n".join(rows))
    assert [(line.start_ms, line.text) for line in song.lines] == [(ms, f"line {ms}") for ms in sorted(times)]
    for line in song.lines:
        later = [ms for ms in times if ms > line.start_ms]
        assert line.end_ms == (min(later) if later else None)
