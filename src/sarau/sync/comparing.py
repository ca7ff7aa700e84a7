"""Comparing many hashes in little memory."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable

_DIGITS = 16


class NamedHashes:
    """Hashes that somebody named, eight bytes kept of each.

    That two of a million hashes begin with the same eight bytes happens once in thirty million houses.
    """

    def __init__(self) -> None:
        self._beginnings = array("Q")
        self._sorted = True

    def __len__(self) -> int:
        return len(self._beginnings)

    def add(self, hashes: Iterable[str]) -> None:
        """Keep hashes in mind."""
        self._beginnings.extend(int(sha256[:_DIGITS], 16) for sha256 in hashes)
        self._sorted = False

    def __contains__(self, sha256: str) -> bool:
        if not self._sorted:
            self._beginnings = array("Q", sorted(self._beginnings))
            self._sorted = True
        beginning = int(sha256[:_DIGITS], 16)
        index = bisect_left(self._beginnings, beginning)
        return index < len(self._beginnings) and self._beginnings[index] == beginning
