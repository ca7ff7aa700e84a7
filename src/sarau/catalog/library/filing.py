"""What is handed in to be filed, and the rows it becomes: pure thinking."""

import random
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, NamedTuple

import msgspec

from sarau.catalog.library.edits import effective
from sarau.catalog.library.identity import UNKNOWN_ARTIST, bare_isrc, joined, place
from sarau.catalog.library.schemas import ArtistRef
from sarau.foundation.media.tags import Properties, Tags
from sarau.kit.text import sort_key

_LONGEST_WORDS = 500  # of a comment, that are looked at
NamedArtist = tuple[str, str | None]  # a name as credited, and its MusicBrainz id if tagged


class Filing(NamedTuple):
    """A sound file to be filed, as new (track_id None) or over what is known of it."""

    track_id: str | None
    folder_id: str | None
    folder_path: bytes | None
    path: bytes
    name: str
    media_type: str
    mtime_ns: int
    size_bytes: int
    properties: Properties
    tags: Tags
    fingerprint: str
    picture: str | None
    cover: str | None
    added_at: datetime
    sha256: str | None = None
    uploader_id: str | None = None
    edits: Mapping[str, Any] = MappingProxyType({})

    def effective_tags(self) -> Tags:
        """Return the tags with corrections, and with a title and an artist in any case."""
        tags = effective(self.tags, self.edits)
        if tags.title and tags.artists:
            return tags
        stem = self.name.rpartition(".")[0] or self.name
        return msgspec.structs.replace(
            tags, title=tags.title or stem, artists=tags.artists or tags.album_artists or (UNKNOWN_ARTIST,)
        )


def with_ids(names: tuple[str, ...], mbids: tuple[str, ...]) -> tuple[NamedArtist, ...]:
    """Pair names with their MusicBrainz ids, where there are as many."""
    if len(mbids) != len(names):
        return tuple((name, None) for name in names)
    return tuple(zip(names, mbids, strict=True))


def random_place() -> int:
    """Return a random 31-bit number, where chance begins to read."""
    return random.getrandbits(31)


def track_row(
    filing: Filing, tags: Tags, track_id: str, library_id: str, album_id: str | None, artists: list[ArtistRef]
) -> dict[str, Any]:
    """Return the row of a track, but for its revision; it may be heard from now on."""
    artist = tags.artist_display or joined(tags.artists)
    properties, gain = filing.properties, tags.replay_gain
    return {
        "id": track_id,
        "library_id": library_id,
        "folder_id": filing.folder_id,
        "album_id": album_id,
        "available": True,
        "title": tags.title,
        "sort": sort_key(tags.title or ""),
        "version": tags.version,
        "artist": artist,
        "artist_sort": sort_key(artist),
        "artists": artists,
        "genres": tags.genres,
        "year": tags.year or 0,
        "disc_number": tags.disc_number,
        "track_number": tags.track_number,
        "place": place(tags),
        "duration_ms": properties.duration_ms,
        "codec": properties.codec,
        "media_type": filing.media_type,
        "bitrate_kbps": properties.bitrate_kbps,
        "sample_rate_hz": properties.sample_rate_hz,
        "bit_depth": properties.bit_depth,
        "channels": properties.channels,
        "size_bytes": filing.size_bytes,
        "track_gain_db": gain.track_gain_db,
        "track_peak": gain.track_peak,
        "album_gain_db": gain.album_gain_db,
        "album_peak": gain.album_peak,
        "cover": filing.cover,
        "added_at": filing.added_at,
        "shuffle": random_place(),
    }


def file_row(filing: Filing, track_id: str, library_id: str) -> dict[str, Any]:
    """Return the row of a track's file."""
    return {
        "track_id": track_id,
        "library_id": library_id,
        "folder_id": filing.folder_id,
        "path": filing.path,
        "name": filing.name,
        "mtime_ns": filing.mtime_ns,
        "size_bytes": filing.size_bytes,
        "fingerprint": filing.fingerprint,
        "sha256": filing.sha256,
        "tags": filing.tags,
        "edits": dict(filing.edits),
        "picture": filing.picture,
        "uploader_id": filing.uploader_id,
        "missing_since": None,
        "deleted_at": None,
        "deleted_by": None,
        "isrc": bare_isrc(filing.tags.isrcs[0]) if filing.tags.isrcs else None,
        "mb_recording_id": filing.tags.mb_recording_id.lower() if filing.tags.mb_recording_id else None,
    }


def words_of(tags: Tags) -> set[tuple[str, str]]:
    """Return the moods and the comment in tags, folded, each with its kind."""
    told = [("mood", mood) for mood in tags.moods]
    if tags.comment:
        told.append(("comment", tags.comment))
    return {(kind, word) for kind, text in told if (word := sort_key(text, _LONGEST_WORDS))}
