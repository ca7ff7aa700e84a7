"""Which lines of a sheet are which timed lines of the same song, by sequence alignment.

The timed lines are the song as it is sung; the sheet may write a refrain once that is sung three times, break lines
elsewhere, leave some out or have some more. Score and cost are in thousandths, so that sums are exact.
"""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, islice, pairwise
from operator import add
from typing import NamedTuple

from sarau.kit.text import fold

MOST_PAIRS = 360_000  # of a timed line and a line of the sheet: the work is bounded by it
_JUMP = 350  # going back in the sheet, or far ahead
_SKIP = 40  # leaving out a line of the sheet
_ALIKE = 450  # the least likeness of two lines that are taken for one
_BASE = 350  # what a likeness must be above to be worth anything
_BITS = 1024
_LONGEST = 160  # characters of a line that count
_SHORT = 12  # a line with fewer different trigrams is worth less: "oh" is found everywhere
_NEVER = -(10**9)


class CannotAlign(ValueError):
    """These lines cannot be brought together, or are too many."""


class Bead(NamedTuple):
    """Timed lines and lines of the sheet that are the same words: one and one, or two of one and one of the other."""

    timed: range
    sheet: range


class _Print(NamedTuple):
    """What a line looks like: its different trigrams, each a bit, and how many they are."""

    bits: int
    size: int

    def with_next(self, other: "_Print") -> "_Print":
        bits = self.bits | other.bits
        return _Print(bits, bits.bit_count())


def match_lines(timed: Sequence[str], sheet: Sequence[str]) -> list[Bead]:
    """Return the lines that are the same, in the order of time; raises CannotAlign if they are too many."""
    if len(timed) * len(sheet) > MOST_PAIRS:
        raise CannotAlign(f"{len(timed)} timed lines and {len(sheet)} lines of a sheet are too many to align")
    if not timed or not sheet:
        return []
    return _Table(timed, sheet).path()


def bare(text: str) -> str:
    """Return what of a text counts when lines are compared: letters and digits, folded, single spaces."""
    return " ".join("".join(c if c.isalnum() else " " for c in fold(text[:_LONGEST]) if c != "'").split())


def _print_of(text: str) -> _Print:
    padded = f" {bare(text)} "
    bits = 0
    for at in range(len(padded) - 2):
        bits |= 1 << zlib.crc32(padded[at : at + 3].encode()) % _BITS
    return _Print(bits, bits.bit_count())


def _worth(one: _Print, other: _Print) -> int:
    """Return what it is worth to take two lines for one, 0 if they are too different."""
    total = one.size + other.size
    alike = 2000 * (one.bits & other.bits).bit_count() // total if total else 0
    return (alike - _BASE) * min(one.size, _SHORT) // _SHORT if alike >= _ALIKE else 0


def _singles_and_pairs(texts: Sequence[str]) -> dict[int, list[_Print]]:
    """Return what lines look like, one by one and each with the next, by how many they are."""
    prints = [_print_of(text) for text in texts]
    return {1: prints, 2: [one.with_next(other) for one, other in pairwise(prints)]}


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
        best = list(self.best[row - 1])
        common = self._common(row)
        before, self.common = self.common, common
        for high, wide in _SHAPES:
            if row < high:
                continue
            came, timed, sheet = self.arrived[row - high], self.timed[high][row - high], self.sheet[wide]
            for at in _promising(timed, common, before, high, wide):
                worth = _worth(timed, sheet[at])
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
        if score == self.best[row - 1][at]:
            return None
        for high, wide in _SHAPES:
            if row < high or at < wide:
                continue
            worth = _worth(self.timed[high][row - high], self.sheet[wide][at - wide])
            if worth and self.arrived[row - high][at - wide] + worth == score:
                return Bead(range(row - high, row), range(at - wide, at))
        raise AssertionError("every score was made in one of these ways")

    def _origin(self, row: int, at: int) -> int:
        """Return where in the sheet the reading was before it went on at a line."""
        best, arrived = self.best[row], self.arrived[row]
        while best[at] != arrived[at]:
            if at and arrived[at] == arrived[at - 1] - _SKIP:
                at -= 1
            else:
                return best.index(max(best))
        return at


def _promising(timed: _Print, common: Sequence[int], before: Sequence[int], high: int, wide: int) -> Iterator[int]:
    """Return where in the sheet a likeness is possible: two lines have no more in common than each by itself."""
    least = timed.size * _ALIKE // (2000 - _ALIKE)
    if high == wide:
        sums: Iterable[int] = common
    else:
        sums = map(add, common, before if high == 2 else islice(common, 1, None))
    return (at for at, total in enumerate(sums) if total and total >= least)


def _arrivals(best: list[int]) -> list[int]:
    jumped = max(best) - _JUMP
    return list(accumulate((max(score, jumped) for score in best), lambda before, here: max(here, before - _SKIP)))
