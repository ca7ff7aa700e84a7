"""The language of the search."""

from enum import IntEnum
from typing import NamedTuple

import msgspec

from sarau.catalog.library.schemas import Album, Artist, Track
from sarau.playlists.schemas import Playlist

MOST_FOUND = 500  # of a kind, however far one pages


class Kind(IntEnum):
    """What the index holds; the number is part of every place in it."""

    TRACK = 0
    ALBUM = 1
    ARTIST = 2
    LYRICS = 3


class Part(NamedTuple):
    """Which of what is found to give."""

    offset: int = 0
    limit: int = 0


class Wanted(NamedTuple):
    """How much of each kind to look for; a kind without a limit is left out."""

    artists: Part = Part()
    albums: Part = Part()
    tracks: Part = Part()
    playlists: Part = Part()
    lyrics: Part = Part()


class MatchedText(msgspec.Struct, frozen=True):
    """A text of what was found, and where the words searched for stand: from one character to before another."""

    field: str
    text: str
    ranges: list[tuple[int, int]]


class ArtistMatch(msgspec.Struct, frozen=True):
    """An artist that was found."""

    item: Artist
    matched: list[MatchedText]


class AlbumMatch(msgspec.Struct, frozen=True):
    """An album that was found."""

    item: Album
    matched: list[MatchedText]


class TrackMatch(msgspec.Struct, frozen=True):
    """A track that was found."""

    item: Track
    matched: list[MatchedText]


class PlaylistMatch(msgspec.Struct, frozen=True):
    """A playlist that was found."""

    item: Playlist
    matched: list[MatchedText]


class LyricsMatch(msgspec.Struct, frozen=True):
    """A track in which the words are sung, with the line they stand in and when it begins, if that is known."""

    item: Track
    line: str
    start_ms: int | None
    matched: list[MatchedText]


class SearchResults(msgspec.Struct, frozen=True):
    """What was found, the best first; `corrected` is what was searched for instead when nothing was found."""

    query: str
    corrected: str | None
    artists: list[ArtistMatch]
    albums: list[AlbumMatch]
    tracks: list[TrackMatch]
    playlists: list[PlaylistMatch]
    lyrics: list[LyricsMatch]


class FoundIds(msgspec.Struct, frozen=True):
    """The ids of what was found, the best first."""

    corrected: str | None
    artists: list[str]
    albums: list[str]
    tracks: list[str]
