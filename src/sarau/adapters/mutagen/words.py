"""The texts and the picture of one sound file, under the same names for every format."""

from collections.abc import Iterable
from typing import NamedTuple

from sarau.foundation.media.tags import Picture, Properties

MAX_PICTURE_BYTES = 30 * 1024 * 1024
MAX_VALUES = 100  # of one name; no honest file has more
FRONT_COVER = 3  # the picture type of ID3v2, taken over by every format that tells them apart

# The names are those of Vorbis comments as MusicBrainz Picard writes them.
NAMES = frozenset(
    {
        "title", "subtitle", "version", "artist", "artists", "album", "albumartist", "albumartists", "composer",
        "genre", "date", "originaldate", "tracknumber", "tracktotal", "discnumber", "disctotal", "compilation",
        "comment", "description", "isrc", "mood", "lyrics", "syncedlyrics", "musicbrainz_trackid",
        "musicbrainz_releasetrackid", "musicbrainz_albumid", "musicbrainz_releasegroupid",
        "musicbrainz_artistid", "musicbrainz_albumartistid", "replaygain_track_gain", "replaygain_track_peak",
        "replaygain_album_gain", "replaygain_album_peak", "r128_track_gain", "r128_album_gain",
    }
)  # fmt: skip
_ALIASES = {
    "album artist": "albumartist",
    "album_artist": "albumartist",
    "album artists": "albumartists",
    "album_artists": "albumartists",
    "year": "date",
    "originalyear": "originaldate",
    "original date": "originaldate",
    "original year": "originaldate",
    "track": "tracknumber",
    "totaltracks": "tracktotal",
    "disc": "discnumber",
    "totaldiscs": "disctotal",
    "unsyncedlyrics": "lyrics",
    "unsynced lyrics": "lyrics",
    "synced lyrics": "syncedlyrics",
    "musicbrainz track id": "musicbrainz_trackid",
    "musicbrainz release track id": "musicbrainz_releasetrackid",
    "musicbrainz album id": "musicbrainz_albumid",
    "musicbrainz release group id": "musicbrainz_releasegroupid",
    "musicbrainz artist id": "musicbrainz_artistid",
    "musicbrainz album artist id": "musicbrainz_albumartistid",
}


def name_of(key: str) -> str | None:
    """Return the common name of a freely chosen key of a tag, or None if it is of no use to us."""
    key = key.lower()
    if key in NAMES:
        return key
    return _ALIASES.get(key.replace("/", " "))


class Words:
    """Texts by name, in the order found, and the best picture so far."""

    __slots__ = ("picture", "texts")

    def __init__(self) -> None:
        self.texts: dict[str, list[str]] = {}
        self.picture: Picture | None = None

    def add(self, name: str, values: Iterable[str]) -> None:
        """Add the values of one name to those already found."""
        found = self.texts.get(name)
        if found is None:
            self.texts[name] = list(values)
        elif len(found) < MAX_VALUES:
            found.extend(values)

    def add_free(self, key: str, values: Iterable[str]) -> None:
        """Add values under a freely chosen key, if it is one we know."""
        name = name_of(key)
        if name is not None:
            self.add(name, values)

    def wants(self, kind: int) -> bool:
        """Tell whether a picture of this kind would be better than what is there."""
        return self.picture is None or (kind == FRONT_COVER and not self.picture.front)

    def add_picture(self, kind: int, data: bytes) -> None:
        """Keep a picture if it is the front cover, or the first."""
        if 0 < len(data) <= MAX_PICTURE_BYTES and self.wants(kind):
            self.picture = Picture(data, kind == FRONT_COVER)

    def fill_up(self, other: "Words") -> None:
        """Take over from a less trusted tag what is missing here."""
        for name, values in other.texts.items():
            self.texts.setdefault(name, values)
        if self.picture is None:
            self.picture = other.picture


class Found(NamedTuple):
    """What the reader of a format returns."""

    properties: Properties
    words: Words
    fingerprint: str
