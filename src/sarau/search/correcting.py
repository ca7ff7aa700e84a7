"""What may have been meant when nothing was found."""

from collections.abc import Sequence
from typing import NamedTuple

from sarau.foundation.database.reader import Reader
from sarau.foundation.search import Ask, Clause, Hit, Shelf, Term, WordIndex
from sarau.search.asking import Asked
from sarau.search.looking import Looking
from sarau.search.places import first_of, last_of
from sarau.search.queries import docs
from sarau.search.schemas import Kind
from sarau.search.typos import meant
from sarau.search.words import is_unspaced

_SMALL = frozenset(
    [
        "a",
        "and",
        "da",
        "das",
        "de",
        "der",
        "des",
        "di",
        "die",
        "do",
        "dos",
        "e",
        "el",
        "et",
        "feat",
        "featuring",
        "ft",
        "la",
        "las",
        "le",
        "les",
        "los",
        "o",
        "of",
        "os",
        "the",
        "und",
        "y",
    ]
)
_MOST_MEANT = 8
_MOST_CORRECTED = 6
_ENOUGH = 5


class _Guess(NamedTuple):
    changed: int
    kind: int
    words: list[str]


def without_small_words(asked: Asked) -> Asked | None:
    """Return the same without articles and the like, or None where there are none or nothing else."""
    kept = [term.word for term in asked.words if term.word not in _SMALL]
    if not kept or len(kept) == len(asked.words) or asked.phrases:
        return None
    return asked.with_words(kept)


async def corrected(words: WordIndex, looking: Looking, asked: Asked) -> Asked | None:
    """Return the same with words mended that may have been mistyped, by what is there; None where nothing is."""
    terms = asked.words[:_MOST_CORRECTED]
    if asked.phrases or len(terms) < len(asked.words) or any(is_unspaced(term.word) for term in terms):
        return None
    clauses = await _alternatives(looking.reader, terms)
    if clauses is None:
        return None
    wanted = (*clauses, *asked.filters, *looking.visible)
    kinds = [kind for kind in looking.needs if kind in asked.kinds and kind is not Kind.LYRICS]
    asks = [Ask(Shelf.WORDS, wanted, first_of(kind), last_of(kind), _ENOUGH) for kind in kinds]
    hits = await words.find(looking.reader, asks, slow=True)
    guesses = [_guess(hit, clauses) for hit in hits]
    return asked.with_words(min(guesses).words) if guesses else None


async def _alternatives(reader: Reader, terms: Sequence[Term]) -> list[Clause] | None:
    """Return for each word what it may stand for; only words nobody knows are mended, or else all of them."""
    slips = [meant(term.word) for term in terms]
    known = await docs.known_words(reader, [word for some in slips for word in some] + [t.word for t in terms])
    openings = [word for term, some in zip(terms, slips, strict=True) if term.prefix for word in (*some, term.word)]
    begun = await docs.begun_words(reader, openings) if openings else set()
    strange = [term.word not in known and not (term.prefix and term.word in begun) for term in terms]
    clauses: list[Clause] = []
    for term, some, is_strange in zip(terms, slips, strange, strict=True):
        others = [Term(word) for word in some if word in known][:_MOST_MEANT]
        if term.prefix:
            others += [Term(word, prefix=True) for word in some if word in begun and word not in known][:_MOST_MEANT]
        if is_strange and not others:
            return None
        clauses.append(tuple(others) if is_strange else (term, *(() if any(strange) else others)))
    return clauses if any(len(c) > 1 for c in clauses) or any(strange) else None


def _guess(hit: Hit, clauses: Sequence[Clause]) -> _Guess:
    """Return which of the alternatives an entry holds, in whole words."""
    held = f"{hit.name} {hit.artist} {hit.album}".split()
    chosen: list[str] = []
    changed = 0
    for clause in clauses:
        place, word = next((number, word) for number, term in enumerate(clause) for word in held if term.fits(word))
        changed += place
        chosen.append(word)
    return _Guess(changed, -(hit.place >> 32), chosen)
