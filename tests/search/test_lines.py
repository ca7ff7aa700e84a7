"""The line of a song that somebody remembers."""

from sarau.search.asking import read
from sarau.search.lines import best_line
from sarau.search.queries.catalogue import SheetRow

PLAIN = "O mundo é um moinho\nVai triturar teus sonhos\n\nAinda é cedo, amor\nMal começaste a conhecer a vida\n"
TIMED = "[00:05.00]O mundo é um moinho\n[00:09.50]Vai triturar teus sonhos\n[00:20.00]Ainda é cedo, amor\n"
CHORDS = "{title: Moinho}\n[Am]Ainda é [G]cedo, amor\n"


def _found(typed: str, *sheets: SheetRow) -> tuple[int, str, int | None] | None:
    best = best_line(sheets, read(typed).words)
    return None if best is None else (best[0], *best[1])


def _sheet(kind: str, content: str) -> SheetRow:
    return SheetRow("1", "house", kind, content)


def test_the_line_with_all_words_is_found() -> None:
    assert _found("cedo amor", _sheet("plain", PLAIN)) == (0, "Ainda é cedo, amor", None)
    assert _found("amor cedo", _sheet("plain", PLAIN)) == (1, "Ainda é cedo, amor", None)
    assert _found("cedo am", _sheet("plain", PLAIN)) == (0, "Ainda é cedo, amor", None)
    both = "O mundo é um moinho / Vai triturar teus sonhos"
    assert _found("moinho sonhos", _sheet("plain", PLAIN)) == (2, both, None)
    assert _found("moinho vida", _sheet("plain", PLAIN)) is None


def test_a_line_in_time_says_when_it_begins() -> None:
    assert _found("triturar", _sheet("plain", PLAIN), _sheet("lrc", TIMED)) == (0, "Vai triturar teus sonhos", 9_500)


def test_chords_are_no_words() -> None:
    assert _found("ainda e cedo", _sheet("chordpro", CHORDS)) == (0, "Ainda é cedo, amor", None)
    assert _found("am", _sheet("chordpro", CHORDS)) == (0, "Ainda é cedo, amor", None), "amor begins so"
    assert _found("title", _sheet("chordpro", CHORDS)) is None
