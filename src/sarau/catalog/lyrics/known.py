"""Arrangements that were worked out a while ago: laying chords along words takes longer than all the rest."""

import hashlib
from collections import OrderedDict
from collections.abc import Iterable

from sarau.catalog.lyrics.arranging import Arrangement
from sarau.catalog.lyrics.schemas import Sheet

_MOST_CHARACTERS = 1_000_000  # of sheets; a song of a few thousand is the usual


class Known:
    """Remembers the arrangements asked for last, by what they were made of, until they are too many."""

    def __init__(self, most_characters: int = _MOST_CHARACTERS) -> None:
        self._most_characters = most_characters
        self._characters = 0
        self._known: OrderedDict[bytes, tuple[Arrangement, int]] = OrderedDict()

    def get(self, digest: bytes) -> Arrangement | None:
        """Return the arrangement of sheets with a digest, if it is known."""
        known = self._known.get(digest)
        if known is None:
            return None
        self._known.move_to_end(digest)
        return known[0]

    def keep(self, digest: bytes, arrangement: Arrangement, characters: int) -> None:
        """Remember an arrangement of sheets of so many characters, and forget what was not asked for the longest."""
        if digest in self._known or characters > self._most_characters:
            return
        self._known[digest] = arrangement, characters
        self._characters += characters
        while self._characters > self._most_characters:
            _, (_, gone) = self._known.popitem(last=False)
            self._characters -= gone


def digest_of(sheets: Iterable[Sheet], duration_ms: int) -> bytes:
    """Return what tells apart whatever gives another arrangement."""
    digest = hashlib.blake2b(str(duration_ms).encode(), digest_size=16)
    for sheet in sheets:
        content = sheet.content.encode()
        digest.update(f"\0{sheet.source}\0{sheet.format}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.digest()
