"""Words of no language, drawn as those of any are: a few very often, most hardly ever (Zipf)."""

import random

import numpy as np

# fmt: off
_ONSETS = (
    "b", "c", "d", "f", "g", "j", "k", "l", "m", "n", "p", "r", "s",
    "t", "v", "x", "z", "br", "tr", "ch", "lh", "nh", "st", "pr",
)
_RIMES = ("a", "e", "i", "o", "u", "a", "e", "o", "ao", "ei", "ou", "ã", "é", "í", "ô")
# fmt: on
_CODAS = ("", "", "", "s", "r", "n", "m", "l")
VOCABULARY = 120_000


def vocabulary(count: int = VOCABULARY) -> list[str]:
    """Return so many words, the most frequent first; those are short, as they are in languages."""
    chance = random.Random(5)
    found: dict[str, None] = {}
    while len(found) < count:
        syllables = chance.choice((1, 2, 2, 2, 3, 3, 3, 4))
        word = "".join(chance.choice(_ONSETS) + chance.choice(_RIMES) for _ in range(syllables))
        found[word + chance.choice(_CODAS)] = None
    words = list(found)
    return [*sorted(words[:300], key=len), *words[300:]]


class Names:
    """Draws names of some words."""

    def __init__(self, seed: int) -> None:
        self._chance = np.random.default_rng(seed)
        self._words = vocabulary()
        shares = 1 / np.arange(1, len(self._words) + 1)
        self._bounds = np.cumsum(shares / shares.sum())

    def draw(self, count: int, lengths: tuple[int, ...]) -> list[str]:
        """Return so many names, each of a number of words that is one of these."""
        sizes = self._chance.choice(lengths, count)
        drawn = np.searchsorted(self._bounds, self._chance.random(int(sizes.sum())))
        found, at = [], 0
        for size in sizes:
            found.append(" ".join(self._words[i] for i in drawn[at : at + size]).capitalize())
            at += size
        return found
