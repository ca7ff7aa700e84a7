"""The line of a song in which words are sung: pure thinking."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from sarau.catalog.lyrics.notation.reading import parse
from sarau.foundation.search import Term
from sarau.search.queries.catalogue import SheetRow
from sarau.search.ranking import has
from sarau.search.words import MARK, kept_words


class SungLine(NamedTuple):
    """A line of a song, or two that follow each other, and when it begins, if that is known."""

    text: str
    start_ms: int | None


class _Line(NamedTuple):
    text: str
    start_ms: int | None
    words: frozenset[str]
    order: str


# The same songs are found again with every letter that is typed.
@lru_cache(maxsize=128)
def _lines(kind: str, content: str) -> tuple[_Line, ...]:
    return tuple(
        _Line(line.text, line.start_ms, frozenset(words), " ".join(words))
        for line in parse(kind, content).lines
        if line.is_sung and (words := [word for word in kept_words(line.text) if word != MARK])
    )


def best_line(sheets: Iterable[SheetRow], terms: Sequence[Term]) -> tuple[int, SungLine] | None:
    """Return the line that has all words, and how well: 0 in order, 1 in one line, 2 in two that follow each other.

    Of equal lines the first one counts, those in time before others; None where the words stand apart.
    """
    spoken = " ".join(term.word for term in terms)
    best: tuple[int, SungLine] | None = None
    for sheet in sorted(sheets, key=lambda one: one.format != "lrc"):
        for how, line in _matches(_lines(sheet.format, sheet.content), terms, spoken):
            if best is None or how < best[0]:
                best = how, line
        if best is not None:
            return best
    return None


def _matches(lines: Sequence[_Line], terms: Sequence[Term], spoken: str) -> Iterable[tuple[int, SungLine]]:
    following = (*lines[1:], None)
    for line, after in zip(lines, following, strict=True):
        if all(has(line.words, term) for term in terms):
            yield int(f" {spoken}" not in f" {line.order}"), SungLine(line.text, line.start_ms)
        elif after is not None and all(has(line.words | after.words, term) for term in terms):
            both = any(has(line.words, term) for term in terms)
            if both and not all(has(after.words, term) for term in terms):
                yield 2, SungLine(f"{line.text} / {after.text}", line.start_ms)
