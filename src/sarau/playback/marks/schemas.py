"""The language of marks."""

from datetime import datetime
from enum import StrEnum

import msgspec

from sarau.catalog.library.schemas import Album, Artist, Track


class Marked(StrEnum):
    """What can be starred."""

    TRACK = "track"
    ALBUM = "album"
    ARTIST = "artist"


class Star(msgspec.Struct, frozen=True):
    """Something starred, with what it is: one of the three, as `kind` tells."""

    kind: Marked
    id: str
    starred_at: datetime
    track: Track | None = None
    album: Album | None = None
    artist: Artist | None = None


class StarredIds(msgspec.Struct, frozen=True):
    """The ids of everything one has starred, last starred first."""

    tracks: list[str]
    albums: list[str]
    artists: list[str]
