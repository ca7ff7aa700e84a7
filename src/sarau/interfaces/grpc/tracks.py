"""Tracks as messages of sarau.v1."""

from sarau.catalog.library.schemas import Track
from sarau.interfaces.grpc.stubs.sarau.v1 import common_pb2
from sarau.kit.times import to_ms


def track_message(track: Track, sha256: str | None) -> common_pb2.Track:
    """Return a track as gRPC tells it; the hash is not known until its file has been read whole."""
    gain = track.replay_gain
    message = common_pb2.Track(
        id=track.id,
        hash=sha256 or "",
        title=track.title,
        artist=track.artist,
        artists=[common_pb2.Artist(id=one.id, name=one.name) for one in track.artists],
        album_id=track.album_id or "",
        album=track.album or "",
        year=track.year or 0,
        disc_number=track.disc_number or 0,
        track_number=track.track_number or 0,
        genres=track.genres,
        duration_ms=track.duration_ms,
        media_type=track.media_type,
        size_bytes=track.size_bytes,
        bitrate_kbps=track.bitrate_kbps,
        cover_id=track.cover or "",
        replay_gain=common_pb2.ReplayGain(
            track_gain_db=gain.track_gain_db,
            track_peak=gain.track_peak,
            album_gain_db=gain.album_gain_db,
            album_peak=gain.album_peak,
        ),
    )
    message.added_at.FromMilliseconds(to_ms(track.added_at))
    return message
