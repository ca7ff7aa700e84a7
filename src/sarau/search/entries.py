"""What is put into the index of tracks, albums, artists and lyrics: pure thinking."""

import re
import zlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from sarau.catalog.library.schemas import ArtistRef
from sarau.foundation.search import Entry, Shelf
from sarau.search.queries.catalogue import AlbumRow, SheetRow, TrackRow
from sarau.search.schemas import Kind
from sarau.search.words import MARK, about, kept_words

# What stands in sheets beside the words: times, chords, directives.
_NOT_SUNG = re.compile(r"\[[^\]\n]*\]|<[^>\n]*>|\{[^}\n]*\}")
_MOST_SUNG = 2_000  # different words of a song


class Draft(NamedTuple):
    """An entry before it has its place."""

    kind: Kind
    entity_id: str
    library: int
    name: str
    artist: str = ""
    album: str = ""
    about: str = ""
    parents: tuple[int, ...] = ()

    @property
    def shelf(self) -> Shelf:
        """Where it is kept."""
        return Shelf.LYRICS if self.kind is Kind.LYRICS else Shelf.WORDS

    @property
    def parents_text(self) -> str:
        """The places of its parents as they are kept."""
        return " ".join(map(str, self.parents))

    def digest(self) -> int:
        """Return what changes with all that is kept."""
        kept = f"{self.library}\n{self.name}\n{self.artist}\n{self.album}\n{self.about}\n{self.parents_text}"
        return zlib.crc32(kept.encode())

    def at(self, place: int) -> Entry:
        """Return the entry for a place."""
        return Entry(place, self.entity_id, self.name, self.artist, self.album, self.about)

    def words(self) -> set[str]:
        """Return its words that may be mistyped."""
        if self.kind is Kind.LYRICS:
            return set()
        return {word for text in (self.name, self.artist, self.album) for word in text.split() if word != MARK}


@lru_cache(maxsize=4096)  # tracks of an album come together
def _text(*names: str | None) -> str:
    """Return the words of names, what they are also known by behind the mark."""
    plain: list[str] = []
    joined: list[str] = []
    for name in names:
        words = kept_words(name) if name else ()
        at = words.index(MARK) if MARK in words else len(words)
        plain += words[:at]
        joined += words[at + 1 :]
    return " ".join([*plain, MARK, *dict.fromkeys(joined)] if joined else plain)


def _credited(shown: str, artists: Sequence[ArtistRef]) -> str:
    """Return the words of the artists as shown, and of those credited under other names."""
    words = _text(shown)
    known = set(words.split())
    others = [artist.name for artist in artists if not known.issuperset(kept_words(artist.name))]
    return _text(shown, *others) if others else words


def _about(library: int, year: int, genres: Iterable[str]) -> str:
    words = about("l", [library])
    if year:
        words += [*about("y", [year]), *about("d", [year // 10])]
    words += about("g", dict.fromkeys(word for genre in genres for word in kept_words(genre) if word != MARK))
    return " ".join(words)


def of_track(row: TrackRow, library: int, parents: Iterable[int], composers: Iterable[ArtistRef] = ()) -> Draft:
    """Return the entry of a track, whose composers stand with its artists."""
    return Draft(
        Kind.TRACK,
        row.id,
        library,
        _text(row.title, row.version),
        _credited(row.artist, (*row.artists, *composers)),
        _text(row.album),
        _about(library, row.year, row.genres),
        tuple(parents),
    )


def of_album(row: AlbumRow, library: int, genres: Iterable[str]) -> Draft:
    """Return the entry of an album; its title stands in two fields, for filters."""
    title = _text(row.title)
    return Draft(
        Kind.ALBUM,
        row.id,
        library,
        title,
        _credited(row.artist, row.artists),
        title,
        _about(library, row.year, genres),
    )


def of_artist(artist_id: str, name: str, libraries: Iterable[int]) -> Draft:
    """Return the entry of an artist; the name stands in two fields, for filters."""
    words = _text(name)
    return Draft(Kind.ARTIST, artist_id, 0, words, words, "", " ".join(about("l", libraries)))


def of_lyrics(track_id: str, library: int, sheets: Iterable[SheetRow]) -> Draft | None:
    """Return the entry of the words sung in a track, each once, or None where there are none."""
    sung: dict[str, None] = {}
    for sheet in sheets:
        sung |= dict.fromkeys(kept_words_of_lines(sheet.content))
    sung.pop(MARK, None)
    if not sung:
        return None
    words = list(sung)[:_MOST_SUNG]
    return Draft(Kind.LYRICS, track_id, library, " ".join(words), about=" ".join(about("l", [library])))


def kept_words_of_lines(content: str) -> Iterable[str]:
    """Give the words of a sheet, line by line."""
    for line in _NOT_SUNG.sub(" ", content).splitlines():
        yield from kept_words(line)
