"""Reading what was typed: words, quoted words, and filters such as `artist:"elis regina" year:1970..1979`."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from sarau.foundation.search import Clause, Field, Term
from sarau.search.schemas import Kind
from sarau.search.words import about, asked_words

_MOST_WORDS = 12
_MOST_FILTERS = 6
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})
_PIECE = re.compile(r'(?:\b(artist|album|title|genre|year):\s*)?(?:"([^"]*)("|$)|(\S+))', re.IGNORECASE)
_BARE = re.compile(r"(?:artist|album|title|genre|year):", re.IGNORECASE)
_YEARS = re.compile(r"(\d{0,4})(\.\.)?(\d{0,4})")
_FIRST_YEAR, _LAST_YEAR = 1000, 2100
_MANY_YEARS = 400
_FIELDS = {"artist": Field.ARTIST, "album": Field.ALBUM, "title": Field.NAME}
_KINDS = {
    "artist": frozenset({Kind.ARTIST, Kind.ALBUM, Kind.TRACK}),
    "album": frozenset({Kind.ALBUM, Kind.TRACK}),
    "title": frozenset({Kind.TRACK}),
    "genre": frozenset({Kind.ALBUM, Kind.TRACK}),
    "year": frozenset({Kind.ALBUM, Kind.TRACK}),
}
_ALL_KINDS = frozenset(Kind)


class Asked(NamedTuple):
    """What is asked for: words anywhere, words in fields, words in order, years, and what kinds that leaves."""

    text: str  # the words anywhere, as they were typed
    words: tuple[Term, ...] = ()
    filters: tuple[Clause, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    kinds: frozenset[Kind] = _ALL_KINDS

    @property
    def is_plain(self) -> bool:
        """Whether there are only words."""
        return not self.filters and not self.phrases

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for."""
        return not self.words and not self.filters

    def clauses(self, field: Field | None = None) -> tuple[Clause, ...]:
        """Return what an entry must fulfil, with the words in any field or in one."""
        anywhere = tuple((word._replace(field=field),) for word in self.words)
        return (*anywhere, *self.filters)

    def with_words(self, words: Sequence[str]) -> "Asked":
        """Return the same with other words, whole ones."""
        return self._replace(text=" ".join(words), words=tuple(Term(word) for word in words))


def read(text: str) -> Asked:
    """Return what was asked for; the last word is taken for a beginning unless it is quoted."""
    reading = _Reading()
    pieces = list(_PIECE.finditer(text.translate(_QUOTES)))
    for piece in pieces:
        field, quoted, closed, bare = piece.groups()
        value, is_open = (bare, piece is pieces[-1]) if quoted is None else (quoted, not closed)
        if bare is not None and _BARE.fullmatch(bare):
            continue  # a filter that is still being typed
        reading.take(field.lower() if field else None, value, quoted=quoted is not None, is_open=is_open)
    return reading.asked()


class _Reading:
    def __init__(self) -> None:
        self.texts: list[str] = []
        self.words: list[Term] = []
        self.filters: list[Clause] = []
        self.phrases: list[tuple[str, ...]] = []
        self.kinds = _ALL_KINDS

    def take(self, field: str | None, value: str, *, quoted: bool, is_open: bool) -> None:
        if field is not None and len(self.filters) < _MOST_FILTERS and self._take_filter(field, value, is_open):
            self.kinds &= _KINDS[field]
            return
        if field == "year":
            value = f"{field} {value}"
        words = asked_words(value)
        self.words += _terms(words, is_open)
        self.texts.append(value)
        if quoted and not is_open and len(words) > 1:
            self.phrases.append(tuple(words))

    def _take_filter(self, field: str, value: str, is_open: bool) -> bool:
        words = asked_words(value)
        if field == "year":
            years = years_of(value)
            if years is None:
                return False
            self.filters.append(years)
        elif field == "genre":
            self.filters += [
                (term._replace(word=about("g", [term.word])[0], field=Field.ABOUT),)
                for term in _terms(words, is_open)
            ]
        else:
            self.filters += [(term._replace(field=_FIELDS[field]),) for term in _terms(words, is_open)]
        return True

    def asked(self) -> Asked:
        text, words = " ".join(self.texts), self.words[:_MOST_WORDS]
        return Asked(text, tuple(words), tuple(self.filters), tuple(self.phrases), self.kinds)


def _terms(words: Sequence[str], is_open: bool) -> list[Term]:
    return [Term(word, prefix=is_open and number == len(words)) for number, word in enumerate(words, 1)]


def years_of(text: str) -> Clause | None:
    """Return the clause of a year, the beginning of one, or years such as 1970..1979; None for anything else."""
    match = _YEARS.fullmatch(text)
    if match is None or text in ("", ".."):
        return None
    first, between, last = match.groups()
    low = int(first.ljust(4, "0")) if first else _FIRST_YEAR
    high = int(last.ljust(4, "9")) if last else _LAST_YEAR
    if not between:
        high = int(first.ljust(4, "9"))
    low, high = max(low, _FIRST_YEAR), min(high, _LAST_YEAR)
    return _within(low, high)


def _within(low: int, high: int) -> Clause:
    """Return any of the years between two, whole decades at once."""
    found: list[str] = []
    year = max(low, high - _MANY_YEARS)
    while year <= high:
        if year % 10 == 0 and year + 9 <= high:
            found += about("d", [year // 10])
            year += 10
        else:
            found += about("y", [year])
            year += 1
    return tuple(Term(word, field=Field.ABOUT) for word in found or about("y", ["none"]))
