"""Rows of the library made into its schemas."""

from typing import Any

from sqlalchemy import func

from sarau.catalog.library.schemas import Track
from sarau.catalog.library.tables import albums, artist_counts, artists, tracks
from sarau.foundation.database.portable import total
from sarau.foundation.media.tags import ReplayGain

_NO_GAIN = ReplayGain()

ALBUM_COLUMNS = (
    albums.c.id,
    albums.c.library_id,
    albums.c.title,
    albums.c.artist,
    albums.c.artists,
    func.nullif(albums.c.year, 0),
    albums.c.compilation,
    albums.c.cover,
    albums.c.track_count,
    albums.c.disc_count,
    albums.c.duration_ms,
    albums.c.added_at,
)
TRACK_COLUMNS = (
    tracks.c.id,
    tracks.c.library_id,
    tracks.c.folder_id,
    tracks.c.album_id,
    albums.c.title,
    tracks.c.title,
    tracks.c.version,
    tracks.c.artist,
    tracks.c.artists,
    tracks.c.genres,
    func.nullif(tracks.c.year, 0),
    tracks.c.disc_number,
    tracks.c.track_number,
    tracks.c.duration_ms,
    tracks.c.codec,
    tracks.c.media_type,
    tracks.c.bitrate_kbps,
    tracks.c.sample_rate_hz,
    tracks.c.bit_depth,
    tracks.c.channels,
    tracks.c.size_bytes,
    tracks.c.track_gain_db,
    tracks.c.track_peak,
    tracks.c.album_gain_db,
    tracks.c.album_peak,
    tracks.c.cover,
    tracks.c.added_at,
)
# Of as many rows of counts as the viewer's libraries have: to be grouped by artist.
ARTIST_COLUMNS = (
    artists.c.id,
    artists.c.name,
    total(artist_counts.c.album_count),
    total(artist_counts.c.track_count),
    func.min(artist_counts.c.cover),
)
TRACKS_WITH_ALBUM = tracks.outerjoin(albums, albums.c.id == tracks.c.album_id)
_GAINS = 21
_AFTER = _GAINS + 4


def track_of(*row: Any) -> Track:
    """Return a track from TRACK_COLUMNS."""
    gains = row[_GAINS:_AFTER]
    gain = _NO_GAIN if gains == (None, None, None, None) else ReplayGain(*gains)
    fields: tuple[Any, ...] = (*row[:_GAINS], gain, *row[_AFTER:])
    return Track(*fields)
