"""Sheets in whatever bytes they come."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sarau.catalog.lyrics.reading import embedded_sheet, sheet_beside, text_of
from sarau.catalog.lyrics.schemas import MAX_SHEET_BYTES, Sheet, SheetFormat

# Characters of any script; what is no character, and what lines are told by, have examples of their own.
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1).filter(lambda text: text[0] != "\ufeff")


@given(WORDS, st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_unicode_is_read_whatever_way_it_is_written(text: str, encoding: str) -> None:
    assert text_of(text.encode(encoding)) == text


@given(WORDS)
def test_utf_16_is_read_from_either_end(text: str) -> None:
    assert text_of(b"\xff\xfe" + text.encode("utf-16-le")) == text
    assert text_of(b"\xfe\xff" + text.encode("utf-16-be")) == text


def test_what_is_no_utf_8_is_windows_1252() -> None:
    assert text_of("Não – “é”".encode("cp1252")) == "Não – “é”"


@pytest.mark.parametrize("text", ["a\nb", "\n\na\n \n", "a\r\nb\r\n", "a\rb\r", "\ta \n"])
def test_a_text_stays_as_it_came(text: str) -> None:
    assert text_of(text.encode()) == text


@given(
    st.one_of(st.binary(), st.binary().map(lambda raw: b"\xff\xfe" + raw), st.binary().map(lambda r: b"\xfe\xff" + r))
)
@example(b"\xff\xfe\x00")
@example(b"\xff\xfe\x00\xd8")
@example(b"\xef\xbb\xbf")
@example(b"a\x81\x8d\x8f\x90\x9d")
def test_any_bytes_become_a_text_that_can_be_stored(raw: bytes) -> None:
    text = text_of(raw)
    text.encode()  # no halves of characters
    assert "\0" not in text


@given(st.sampled_from(["a", "é", "日", "🎵"]), st.integers(0, 4), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_a_long_sheet_is_cut_between_two_characters(character: str, before: int, encoding: str) -> None:
    text = "x" * before + character * MAX_SHEET_BYTES
    found = text_of(text.encode(encoding))
    assert text.startswith(found)
    assert MAX_SHEET_BYTES - 8 <= len(found.encode(encoding)) <= MAX_SHEET_BYTES


def test_timed_lines_make_it_lrc_wherever_they_stand() -> None:
    for timed in ("[00:01.00]La", "[ti:Title]\n[by:me]\n[00:01]La", "words\n  [1:02.5] la", "[100:00:50]La"):
        assert embedded_sheet(timed).format is SheetFormat.LRC, timed
    for plain in ("La la la", "[Chorus]\nLa", "at [00:01.00] o'clock", "[00:aa]"):
        assert embedded_sheet(plain).format is SheetFormat.PLAIN, plain
    assert embedded_sheet("[C]La [G]la").format is SheetFormat.CHORDPRO
    assert embedded_sheet("La").source == "embedded"


def test_a_suffix_tells_how_a_file_is_written_unless_it_is_used_for_anything() -> None:
    chords = "C    G7\nla la la\n"
    assert sheet_beside(".txt", chords).format is SheetFormat.CHORDS_OVER_WORDS
    assert sheet_beside(".crd", chords).format is SheetFormat.CHORDS_OVER_WORDS
    assert sheet_beside(".crd", "{t: La}\n[C]la").format is SheetFormat.CHORDPRO
    assert sheet_beside(".txt", "la la la").format is SheetFormat.PLAIN
    assert sheet_beside(".cho", "la la la").format is SheetFormat.CHORDPRO
    assert sheet_beside(".lrc", chords) == Sheet(".lrc", SheetFormat.LRC, chords)
