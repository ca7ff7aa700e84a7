"""Words that are one slip of the finger away from a word: pure thinking."""

from collections.abc import Iterator

LEAST = 4  # characters of a word that may be mistyped: shorter ones are too near to each other
MOST = 20
_ALPHABETS = (
    "abcdefghijklmnopqrstuvwxyz",
    "абвгдежзиклмнопрстуфхцчшщъыьэюяіїєґ",
    "αβγδεζηθικλμνξοπρστυφχψω",
    "אבגדהוזחטיכלמנסעפצקרשת",
)


def _alphabet(word: str) -> str:
    return next((letters for letters in _ALPHABETS if any(c in letters for c in word)), "")


def _slips(word: str, letters: str) -> Iterator[str]:
    """Give what may have been meant, the likeliest slips first: swapped, doubled or forgotten, one for another."""
    ends = range(len(word))
    for i in ends[:-1]:
        yield word[:i] + word[i + 1] + word[i] + word[i + 2 :]
    for i in ends:
        yield word[:i] + word[i + 1 :]
    for i in range(len(word) + 1):
        for letter in letters:
            yield word[:i] + letter + word[i:]
    for i in ends:
        for letter in letters:
            yield word[:i] + letter + word[i + 1 :]


def meant(word: str) -> list[str]:
    """Return words that differ from one by a single slip; none for words too short or of scripts without letters."""
    letters = _alphabet(word)
    if not letters or not LEAST <= len(word) <= MOST:
        return []
    return [other for other in dict.fromkeys(_slips(word, letters)) if other != word]
