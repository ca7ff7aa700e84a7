"""The TagReader port: what a sound file says of itself."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol, TypeVar

import msgspec

from sarau.foundation.errors import Invalid
from sarau.foundation.media.formats import Codec

K = TypeVar("K")


class UnreadableSound(Invalid):
    """The file is not the sound file its name promises; the reason says why."""

    code = "unreadable_sound"

    def __init__(self, reason: str) -> None:
        super().__init__("file", reason)
        self.reason = reason


class ReplayGain(msgspec.Struct, frozen=True, omit_defaults=True):
    """Loudness to make up for (ReplayGain 2.0): gains in dB, peaks as a fraction of full scale."""

    track_gain_db: float | None = None
    track_peak: float | None = None
    album_gain_db: float | None = None
    album_peak: float | None = None


class Properties(msgspec.Struct, frozen=True, omit_defaults=True):
    """How the sound is stored."""

    codec: Codec
    duration_ms: int
    bitrate_kbps: int
    sample_rate_hz: int
    channels: int
    bit_depth: int | None = None


class Tags(msgspec.Struct, frozen=True, omit_defaults=True):
    """The words of a file's tags: real multi-values are lists, nothing is split by guess.

    Texts are clean (no control characters) and not empty; what is absent is None or an empty tuple. The MusicBrainz
    ids of artists are given in the order of the artists, and only when there are as many.
    """

    title: str | None = None
    version: str | None = None
    artists: tuple[str, ...] = ()
    artist_display: str | None = None
    album: str | None = None
    album_artists: tuple[str, ...] = ()
    album_artist_display: str | None = None
    composers: tuple[str, ...] = ()
    genres: tuple[str, ...] = ()
    date: str | None = None
    original_date: str | None = None
    year: int | None = None
    disc_number: int | None = None
    disc_total: int | None = None
    track_number: int | None = None
    track_total: int | None = None
    compilation: bool = False
    comment: str | None = None
    isrcs: tuple[str, ...] = ()
    moods: tuple[str, ...] = ()
    mb_recording_id: str | None = None
    mb_track_id: str | None = None
    mb_album_id: str | None = None
    mb_release_group_id: str | None = None
    mb_artist_ids: tuple[str, ...] = ()
    mb_album_artist_ids: tuple[str, ...] = ()
    replay_gain: ReplayGain = ReplayGain()
    lyrics: str | None = None


class Picture(msgspec.Struct, frozen=True):
    """A picture inside a sound file, still encoded; `front` if it is marked as the front cover."""

    data: bytes
    front: bool = True


class SoundFile(msgspec.Struct, frozen=True):
    """All that is read of a sound file.

    `fingerprint` is a digest of samples of the coded sound without its tags: it stays when a file is renamed, moved
    or retagged, and tells recordings apart.
    """

    properties: Properties
    tags: Tags
    fingerprint: str
    picture: Picture | None = None


class TagReader(Protocol):
    """Reads sound files; safe to call from several threads or processes."""

    def read(self, path: Path, suffix: str) -> SoundFile:
        """Return what the file says; `suffix` tells the format. Raises UnreadableSound, OSError."""
        ...


Outcome = SoundFile | UnreadableSound | OSError


class BulkTagReader(Protocol):
    """Reads many sound files with all cores."""

    def read_many(self, items: Iterable[tuple[K, Path, str]]) -> Iterator[tuple[K, Outcome]]:
        """Yield what each file says, in any order, under the key it was given with; blocking."""
        ...
