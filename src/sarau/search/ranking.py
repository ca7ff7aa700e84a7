"""Which of what was found comes first: how well it matches, then how much the house plays it. Pure thinking."""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from sarau.foundation.search import Term
from sarau.search.asking import Asked
from sarau.search.words import MARK, kept_words

EXACT, BEGINS, INSIDE, ACROSS = range(4)  # how well a name matches: all of it, its beginning, its words, or others
_THE = "the"


class Candidate(NamedTuple):
    """Something that was found: its words by field, and how much it is played (a level, 0 for not at all).

    The quality is set where it is known from how it was found.
    """

    key: str
    name: str
    artist: str = ""
    album: str = ""
    level: int = 0
    quality: int | None = None


def has(words: Collection[str], term: Term) -> bool:
    """Tell whether a word is among some, or begins one of them where only its beginning is asked for."""
    return term.word in words or (term.prefix and any(map(term.fits, words)))


def _begins(words: Sequence[str], terms: Sequence[Term]) -> bool:
    return len(words) >= len(terms) and all(term.fits(word) for word, term in zip(words, terms, strict=False))


class _Sought(NamedTuple):
    """What names are compared with."""

    terms: tuple[Term, ...]
    whole: frozenset[str]  # what a name that is exactly this looks like without spaces
    joined: str


def _sought(asked: Asked) -> _Sought:
    terms = asked.words[1:] if len(asked.words) > 1 and asked.words[0].word == _THE else asked.words
    joined = "".join(term.word for term in terms)
    kept = _without_the(_apart(" ".join(kept_words(asked.text)))[0])
    return _Sought(terms, frozenset({joined, "".join(kept)}) - {""}, joined)


def _without_the(words: list[str]) -> list[str]:
    return words[1:] if len(words) > 1 and words[0] == _THE else words


def _apart(name: str) -> tuple[list[str], list[str]]:
    """Return the words of a name in order, and what it is also known by."""
    plain, _, joined = name.partition(f" {MARK} ")
    return plain.split(), joined.split()


def _quality(plain: list[str], joined: list[str], sought: _Sought) -> int:
    words = _without_the(plain)
    if "".join(words) in sought.whole:
        return EXACT
    if _begins(words, sought.terms):
        return BEGINS
    if sought.joined and any(word.startswith(sought.joined) and word.startswith(words[0]) for word in joined):
        return BEGINS
    return INSIDE if all(has([*plain, *joined], term) for term in sought.terms) else ACROSS


def _fulfils(candidate: Candidate, phrase: tuple[str, ...]) -> bool:
    sought = f" {' '.join(phrase)} "
    return any(sought in f" {text} " for text in (candidate.name, candidate.artist, candidate.album))


def ranked(asked: Asked, candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return candidates in order, less those that lack a phrase."""
    sought = _sought(asked)

    def order(candidate: Candidate) -> tuple[int, int, int, int, str]:
        plain, joined = _apart(candidate.name)
        quality = candidate.quality if candidate.quality is not None else _quality(plain, joined, sought)
        # Then those whose words are not only begun, and that have few others.
        begun = sum(term.word not in plain for term in sought.terms)
        return quality, -candidate.level, begun, len(plain), candidate.name

    kept = (one for one in candidates if all(_fulfils(one, phrase) for phrase in asked.phrases))
    return sorted(kept, key=order)


def level_of(plays: int) -> int:
    """Return how much something is played: 0 for never, then one more with every doubling."""
    return min(plays.bit_length(), 31)
