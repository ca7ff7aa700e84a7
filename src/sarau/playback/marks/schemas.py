"""The language of marks."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta

from sarau.catalog.library.schemas import Album, Artist, Track


class Marked(StrEnum):
    """What can be starred and rated."""

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


Rating = Annotated[int, Meta(ge=0, le=5)]


class NewRating(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One to five, or 0 to take the rating back."""

    rating: Rating


class Marks(msgspec.Struct, frozen=True):
    """All that somebody left on something; plays of artists are not counted."""

    starred_at: datetime | None = None
    rating: int | None = None
    play_count: int = 0
    last_played: datetime | None = None


class MarksById(msgspec.Struct, frozen=True):
    """Marks by the id of what they are on; what bears none is left out."""

    marks: dict[str, Marks]


class NewBookmark(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A place in a track to come back to."""

    position_ms: Annotated[int, Meta(ge=0, le=7 * 86_400_000)]
    comment: Annotated[str, Meta(max_length=500)] = ""


class Bookmark(msgspec.Struct, frozen=True):
    """A place in a track that somebody wants to come back to."""

    track: Track
    position_ms: int
    comment: str
    created_at: datetime
    changed_at: datetime
