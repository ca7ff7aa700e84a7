"""Where in a text the words searched for stand: pure thinking."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from sarau.foundation.search import Term
from sarau.kit.text import fold
from sarau.search.schemas import MatchedText
from sarau.search.words import asked_words, compounds, is_unspaced, parts, spoken

Range = tuple[int, int]


class _Span(NamedTuple):
    """A word of a text: where it stands, and how it is searched for."""

    begin: int
    end: int
    word: str


class _Text(NamedTuple):
    """The words of a text, and all of them in one, which tells quickly what is not among them."""

    spans: tuple[_Span, ...]
    words: str


@lru_cache(maxsize=2_048)
def _read(text: str) -> _Text:
    found: list[_Span] = []
    for compound in compounds(text.replace("_", " ")):
        at, written = compound.start(), compound.group()
        runs = {(run.start(), run.end()) for run in (*parts(written), *spoken(written))} | {(0, len(written))}
        found += [_Span(at + begin, at + end, _joined(written[begin:end])) for begin, end in sorted(runs)]
    if not found and text:
        found.append(_Span(0, len(text), " ".join(asked_words(text))))
    return _Text(tuple(found), " ".join(span.word for span in found))


def _joined(written: str) -> str:
    return "".join(fold(part.group()) for part in parts(written))


def _reach(text: str, span: _Span, length: int) -> int:
    """Return where the first so many folded characters of a word end in the text."""
    if len(span.word) == span.end - span.begin:
        return span.begin + length
    for end in range(span.begin + 1, span.end):
        if len(fold(text[span.begin : end])) >= length:
            return end
    return span.end


def _within(text: str, span: _Span, term: Term) -> Range | None:
    if span.word == term.word:
        return span.begin, span.end
    if term.prefix and span.word.startswith(term.word):
        return span.begin, _reach(text, span, len(term.word))
    if is_unspaced(term.word) and (at := span.word.find(term.word)) >= 0:
        if len(span.word) == span.end - span.begin:
            return span.begin + at, span.begin + at + len(term.word)
        return span.begin, span.end
    return None


def ranges_of(text: str, terms: Iterable[Term]) -> list[Range]:
    """Return where words, or beginnings of words, stand in a text, in order and without overlaps."""
    spans, words = _read(text)
    present = [term for term in terms if term.word in words]
    if not present:
        return []
    found = sorted({r for term in present for span in spans if (r := _within(text, span, term)) is not None})
    merged: list[Range] = []
    for begin, end in found:
        if merged and begin <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((begin, end))
    return merged


def marked(texts: Iterable[tuple[str, str | None]], terms: Sequence[Term]) -> list[MatchedText]:
    """Return those of some named texts in which any of the words stands."""
    return [MatchedText(field, text, found) for field, text in texts if text and (found := ranges_of(text, terms))]
