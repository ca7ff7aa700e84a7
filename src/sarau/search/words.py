"""Words as the index holds them: pure thinking.

Texts are folded and divided where no letter or digit stands. Scripts that write no spaces are divided into pairs of
characters, so that any two that stand together are found.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from sarau.kit.text import fold

MARK = "¶"  # begins the words that nobody types: libraries, years, genres
MOST_CHARACTERS = 64  # of a word
_MOST_WORDS = 400  # of a text
# Vowel signs of Indic and Burmese scripts are part of words, although they are no letters.
_LETTER = r"\w\u0900-\u0dff\u0e30-\u0eff\u102b-\u103e\u17b4-\u17d3"
_COMPOUND = re.compile(rf"[{_LETTER}]+(?:[^{_LETTER}\s]{{1,2}}[{_LETTER}]+)*")
_PART = re.compile(rf"[{_LETTER}]+")
_APOSTROPHES = "'’‘ʼ`´"
_SPOKEN = re.compile(rf"[{_LETTER}]+(?:[{_APOSTROPHES}][{_LETTER}]+)*")  # "don't", spoken as one word
# Han, kana, Hangul; Thai, Lao, Myanmar, Khmer: written without spaces, or joined to what follows.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3040-\u30ff\u3130-\u318f"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
_RUN = re.compile(f"[{_UNSPACED}]+|[^{_UNSPACED}]+")
_IS_UNSPACED = re.compile(f"[{_UNSPACED}]")
_FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
_APOSTROPHE = "'"
_MOST_JOINED = 24


def is_unspaced(text: str) -> bool:
    """Tell whether a text begins with a character of a script without spaces."""
    return _IS_UNSPACED.match(text) is not None


def _signs(folded: str) -> list[str]:
    """Return names without any letter, such as "!!!", as words of characters that divide nothing."""
    return [word.translate(_FULL_WIDTH)[:MOST_CHARACTERS] for word in folded.replace(MARK, "").split()]


def _pairs(run: str) -> list[str]:
    """Return all pairs of neighbours, and the last character by itself, to be found by it alone."""
    return [*(run[i : i + 2] for i in range(len(run) - 1)), run[-1]]


@lru_cache(maxsize=8_192)
def kept_words(text: str) -> tuple[str, ...]:
    """Return the words under which a name is kept, in order, and behind a mark those that it is also known by.

    "AC/DC" is ac, dc, and also acdc; "Don't Go" is don, t, go, and also dont.
    """
    folded = fold(text).replace("_", " ")
    if folded.isascii() and folded.isalnum():
        return (folded[:MOST_CHARACTERS],)
    found: list[str] = []
    joined: list[str] = []
    for compound in _COMPOUND.findall(folded):
        inner = _PART.findall(compound)
        for part in inner:
            found += _divided(part)
        if len(inner) > 1:
            joined += _joined(compound, inner)
    if joined:
        return (*found[:_MOST_WORDS], MARK, *joined[:_MOST_WORDS])
    return tuple(found[:_MOST_WORDS] or _signs(folded))


def _joined(compound: str, inner: list[str]) -> list[str]:
    """Return the words that parts are also known by when they are written together."""
    some = [run.replace(_APOSTROPHE, "") for run in _SPOKEN.findall(compound) if _APOSTROPHE in run]
    if sum(map(len, inner)) <= _MOST_JOINED:
        some.append("".join(inner))
    return [word[:MOST_CHARACTERS] for word in dict.fromkeys(some) if not is_unspaced(word)]


def _divided(part: str) -> list[str]:
    if part.isascii():
        return [part[:MOST_CHARACTERS]]
    found: list[str] = []
    for run in _RUN.findall(part):
        found += _pairs(run) if is_unspaced(run) else [run[:MOST_CHARACTERS]]
    return found


def asked_words(text: str) -> list[str]:
    """Return the words that a name must have to be meant; "don't" as dont, "AC/DC" as ac and dc."""
    folded = fold(text).replace("_", " ")
    found: list[str] = []
    for compound in _COMPOUND.findall(folded):
        for part in _PART.findall(_without_apostrophes(compound)):
            for run in _RUN.findall(part):
                # A single character may begin a pair: it is asked for as a beginning.
                found += _pairs(run)[:-1] or [run] if is_unspaced(run) else [run[:MOST_CHARACTERS]]
    return found or _signs(folded)


def _without_apostrophes(compound: str) -> str:
    return compound.replace(_APOSTROPHE, "") if _APOSTROPHE in compound else compound


def compounds(text: str) -> Iterator[re.Match[str]]:
    """Give what stands between spaces and lone signs in a text as it is written."""
    return _COMPOUND.finditer(text)


def parts(text: str) -> Iterator[re.Match[str]]:
    """Give the runs of letters and digits in a text as it is written."""
    return _PART.finditer(text)


def spoken(text: str) -> Iterator[re.Match[str]]:
    """Give the same, joined where they are by apostrophes."""
    return _SPOKEN.finditer(text)


def about(mark: str, values: Iterable[object]) -> list[str]:
    """Return words of a kind that nobody types, one for each value."""
    return [f"{MARK}{mark}{value}" for value in values]
