"""Which lines of a sheet are which timed lines of the same song, by sequence alignment.

The timed lines are the song as it is sung; the sheet may write a refrain once that is sung three times, break lines
elsewhere, leave some out or have some more. Score and cost are in thousandths, so that sums are exact.
"""

import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, islice, pairwise
from operator import add
from typing import NamedTuple

from sarau.kit.text import fold

MOST_PAIRS = 120_000  # of a timed line and a line of the sheet: the work is bounded by it
_JUMP = 350  # going back in the sheet, or far ahead
_SKIP = 40  # leaving out a line of the sheet
_ALONE = 60  # leaving out a timed line
_PAIRED = 40  # taking two lines for one
_ALIKE = 450  # the least likeness of two lines that are taken for one
_BASE = 350  # what a likeness must be above to be worth anything
_BITS = 1024
_LONGEST = 160  # characters of a line that count
_SHORT = 12  # a line with fewer different trigrams is worth less: "oh" is found everywhere
_SEAM = 4  # trigrams
_NEVER = -(10**9)


class CannotAlign(ValueError):
    """These lines cannot be brought together, or are too many."""


class Bead(NamedTuple):
    """Timed lines and lines of the sheet that are the same words: one and one, or two of one and one of the other."""

    timed: range
    sheet: range
    alike: int  # thousandths


class _Print(NamedTuple):
    """What a line looks like: its trigrams, each a bit, and another one when it comes again; and how many bits."""

    bits: int
    size: int


def match_lines(timed: Sequence[str], sheet: Sequence[str]) -> list[Bead]:
    """Return the lines that are the same, in the order of time; raises CannotAlign if they are too many."""
    if len(timed) * len(sheet) > MOST_PAIRS:
        raise CannotAlign(f"{len(timed)} timed lines and {len(sheet)} lines of a sheet are too many to align")
    if not timed or not sheet:
        return []
    return _Table(timed, sheet).path()


def bare(text: str) -> str:
    """Return what of a text counts when lines are compared: letters and digits, folded, single spaces."""
    return " ".join("".join(c if c.isalnum() else " " for c in fold(text[:_LONGEST])).split())


def _print_of(words: str) -> _Print:
    padded = f" {words} "
    seen: Counter[str] = Counter()
    bits = 0
    for at in range(len(padded) - 2):
        trigram = padded[at : at + 3]
        seen[trigram] += 1
        bits |= 1 << zlib.crc32(f"{trigram}{seen[trigram]}".encode()) % _BITS
    return _Print(bits, bits.bit_count())


def _alike(one: _Print, other: _Print) -> int:
    """Return how much two lines have in common, in thousandths: the Dice coefficient of their trigrams."""
    total = one.size + other.size
    return 2000 * (one.bits & other.bits).bit_count() // total if total else 0


def _worth(one: _Print, other: _Print, shape: tuple[int, int]) -> int:
    """Return what it is worth to take lines for the same, 0 if they are too different."""
    alike = _alike(one, other)
    if alike < _ALIKE:
        return 0
    worth = (alike - _BASE) * min(one.size, _SHORT) // _SHORT
    return max(0, worth - _PAIRED) if shape != (1, 1) else worth


def _singles_and_pairs(texts: Sequence[str]) -> dict[int, list[_Print]]:
    """Return what lines look like, one by one and each with the next, by how many they are."""
    words = [bare(text) for text in texts]
    return {
        1: [_print_of(some) for some in words],
        2: [_print_of(f"{some} {more}") for some, more in pairwise(words)],
    }


# How many timed lines are how many lines of the sheet.
_SHAPES = ((1, 1), (1, 2), (2, 1))


class _Table:
    """Best scores: `best[i][j]` after i timed lines with the sheet read up to line j.

    `arrived[i][j]` is the best score of going on reading at line j, whether from there, after skipping, or by a jump.
    """

    def __init__(self, timed: Sequence[str], sheet: Sequence[str]) -> None:
        self.timed = _singles_and_pairs(timed)
        self.sheet = _singles_and_pairs(sheet)
        self.common: list[int] = []
        self.best = [[0, *[_NEVER] * len(sheet)]]
        self.arrived = [_arrivals(self.best[0])]
        for row in range(1, len(timed) + 1):
            self._add_row(row)

    def _add_row(self, row: int) -> None:
        best = [score - _ALONE for score in self.best[row - 1]]
        common = self._common(row)
        before, self.common = self.common, common
        for shape in _SHAPES:
            high, wide = shape
            if row < high:
                continue
            came, timed, sheet = self.arrived[row - high], self.timed[high][row - high], self.sheet[wide]
            for at in _promising(timed, common, before, high, wide):
                worth = _worth(timed, sheet[at], shape)
                if worth and came[at] + worth > best[at + wide]:
                    best[at + wide] = came[at] + worth
        self.best.append(best)
        self.arrived.append(_arrivals(best))

    def _common(self, row: int) -> list[int]:
        """Return how many trigrams a timed line has in common with each line of the sheet."""
        bits = self.timed[1][row - 1].bits
        return [(bits & other.bits).bit_count() for other in self.sheet[1]]

    def path(self) -> list[Bead]:
        """Return the pairs on the best way through."""
        row = len(self.best) - 1
        at = self.best[row].index(max(self.best[row]))
        beads: list[Bead] = []
        while row:
            bead = self._bead_ending(row, at)
            if bead is None:
                row -= 1
                continue
            beads.append(bead)
            row, at = bead.timed.start, self._origin(bead.timed.start, bead.sheet.start)
        return beads[::-1]

    def _bead_ending(self, row: int, at: int) -> Bead | None:
        """Return the pair that the best score here was made with, None if the timed line is in no pair."""
        score = self.best[row][at]
        if score == self.best[row - 1][at] - _ALONE:
            return None
        for shape in _SHAPES:
            high, wide = shape
            if row < high or at < wide:
                continue
            timed, sheet = self.timed[high][row - high], self.sheet[wide][at - wide]
            worth = _worth(timed, sheet, shape)
            if worth and self.arrived[row - high][at - wide] + worth == score:
                return Bead(range(row - high, row), range(at - wide, at), _alike(timed, sheet))
        raise AssertionError("every score was made in one of these ways")

    def _origin(self, row: int, at: int) -> int:
        """Return where in the sheet the reading was before it went on at a line."""
        best, arrived = self.best[row], self.arrived[row]
        while best[at] != arrived[at]:
            if at == 0 or arrived[at] != arrived[at - 1] - _SKIP:
                return best.index(max(best))
            at -= 1
        return at


def _promising(timed: _Print, common: Sequence[int], before: Sequence[int], high: int, wide: int) -> Iterator[int]:
    """Return where in the sheet a likeness is possible.

    Two lines have no more in common with a third than each by itself, and what comes about where they meet.
    """
    least = timed.size * _ALIKE // (2000 - _ALIKE) - (0 if high == wide else _SEAM)
    if high == wide:
        sums: Iterable[int] = common
    else:
        sums = map(add, common, before if high == 2 else islice(common, 1, None))
    return (at for at, total in enumerate(sums) if total and total >= least)


def _arrivals(best: list[int]) -> list[int]:
    jumped = max(best) - _JUMP
    reached = (max(score, jumped) for score in best)
    return list(accumulate(reached, lambda before, here: max(here, before - _SKIP)))
