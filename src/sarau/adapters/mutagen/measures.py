"""Putting together the properties of a sound."""

from sarau.foundation.media.formats import Codec
from sarau.foundation.media.tags import Properties

# No single sound lasts three weeks; a number beyond says that the header is wrong, and would not fit a column.
MAX_DURATION_MS = 21 * 24 * 3600 * 1000


def properties(
    codec: Codec,
    *,
    seconds: float,
    sound_bytes: int,
    sample_rate_hz: int,
    channels: int,
    bit_depth: int | None = None,
    bitrate_bps: float = 0,
) -> Properties:
    """Return the properties; the bitrate, if not given, is the average of the sound's bytes.

    An absurd duration becomes 0: unknown.
    """
    duration_ms = round(seconds * 1000)
    if not 0 <= duration_ms <= MAX_DURATION_MS:
        duration_ms = 0
    bits_per_ms = bitrate_bps / 1000 if bitrate_bps else sound_bytes * 8 / duration_ms if duration_ms else 0
    return Properties(
        codec=codec,
        duration_ms=duration_ms,
        bitrate_kbps=round(bits_per_ms),
        sample_rate_hz=sample_rate_hz,
        channels=channels,
        bit_depth=bit_depth,
    )
