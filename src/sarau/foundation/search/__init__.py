"""The WordIndex port: which entries hold words, found in bounded time however many there are.

Entries are words already folded and divided by spaces: letters and digits of any script, or characters beyond ASCII.
What they mean, and how good a match is, the index does not know.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple, Protocol

from sarau.foundation.database.reader import Reader
from sarau.foundation.database.work import Work


class Shelf(StrEnum):
    """One of the indexes side by side: everything by its names, the same for what is played most, words of songs."""

    WORDS = "search_words"
    HOT = "search_hot"
    LYRICS = "search_lyrics"


class Field(StrEnum):
    """Where in an entry a word stands."""

    NAME = "name"
    ARTIST = "artist"
    ALBUM = "album"
    ABOUT = "about"


class Term(NamedTuple):
    """A word, or the beginning of one, anywhere in an entry or in one field of it."""

    word: str
    prefix: bool = False
    field: Field | None = None

    def fits(self, word: str) -> bool:
        """Tell whether a word is this one, or begins so where only its beginning is asked for."""
        return word.startswith(self.word) if self.prefix else word == self.word


Clause = tuple[Term, ...]  # any of them


class Entry(NamedTuple):
    """What is kept at a place: whose it is, and its words by field."""

    place: int
    key: str
    name: str
    artist: str = ""
    album: str = ""
    about: str = ""


class Ask(NamedTuple):
    """Which entries of a shelf are wanted: those between two places that fulfil every clause, by their places."""

    shelf: Shelf
    clauses: tuple[Clause, ...]
    low: int
    high: int
    limit: int


class Hit(NamedTuple):
    """An entry that was found, and by which of the questions."""

    ask: int
    place: int
    key: str
    name: str
    artist: str
    album: str


class WordIndex(Protocol):
    """Keeps entries and finds them; it lives in the database of the Work, and changes with it."""

    async def put(self, work: Work, shelf: Shelf, entries: Sequence[Entry]) -> None:
        """Keep entries, each in place of what was kept there."""
        ...

    async def copy(self, work: Work, source: Shelf, target: Shelf, places: Sequence[tuple[int, int]]) -> None:
        """Keep on one shelf what another has, each from one place to another."""
        ...

    async def remove(self, work: Work, shelf: Shelf, places: Sequence[int]) -> None:
        """Let go what is kept at places; those with nothing are no error."""
        ...

    async def find(self, reader: Reader, asks: Sequence[Ask], *, slow: bool) -> list[Hit]:
        """Answer some questions at once; `slow` where they may take more than a few milliseconds."""
        ...

    async def tidy(self, work: Work, *, begin: bool) -> bool:
        """Begin the housekeeping that makes finding faster, or do more of it; tells whether there is still more."""
        ...
