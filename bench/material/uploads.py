"""Tracks of libraries of uploads whose files are not there: what is measured on them is the database."""

import hashlib
from datetime import datetime

from sarau.catalog.library.filing import Filing
from sarau.foundation.media.formats import Codec
from sarau.foundation.media.tags import Properties, Tags


def upload(number: int, tags: Tags, added_at: datetime) -> Filing:
    """Return a track of some minutes by its number, which decides what it is besides its tags."""
    sha256 = hashlib.sha256(str(number).encode()).hexdigest()
    duration_ms = 120_000 + number * 7919 % 240_000
    return Filing(
        track_id=None,
        folder_id=None,
        folder_path=None,
        path=sha256.encode(),
        name=f"{tags.track_number:02} {tags.title}.flac",
        media_type="audio/flac",
        mtime_ns=0,
        size_bytes=duration_ms * 110,
        properties=Properties(Codec.FLAC, duration_ms, 880, 44_100, 2, 16),
        tags=tags,
        fingerprint=sha256[:32],
        picture=None,
        cover=None,
        added_at=added_at,
        sha256=sha256,
    )
