"""Which encoding a listener gets: pure thinking."""

from sarau.foundation.media.transcoding import BITRATES_KBPS, DEFAULT_BITRATE_KBPS, Encoding, Target
from sarau.streaming.errors import BadEncoding


def encoding_wished(
    target: str | None, bitrate_kbps: int | None, start_ms: int, duration_ms: int, source_kbps: int
) -> Encoding | None:
    """Return the encoding for a wish, or None where the original is wished for; raises BadEncoding.

    Without a bitrate the target's usual one is taken, but never much more than the source has.
    """
    if not 0 <= start_ms <= max(0, duration_ms - 1):
        raise BadEncoding("start", f"from 0 to {max(0, duration_ms - 1)}, the end of the track in milliseconds")
    if target is None:
        if bitrate_kbps is not None or start_ms:
            raise BadEncoding("format", "bitrate and start need a format")
        return None
    try:
        wished = Target(target)
    except ValueError:
        raise BadEncoding("format", "one of " + ", ".join(sorted(Target))) from None
    if wished not in BITRATES_KBPS:
        return Encoding(wished, None, start_ms)
    low, high = BITRATES_KBPS[wished]
    if bitrate_kbps is None:
        usual = DEFAULT_BITRATE_KBPS[wished]
        bitrate_kbps = max(low, min(usual, source_kbps)) if source_kbps > 0 else usual
    if not low <= bitrate_kbps <= high:
        raise BadEncoding("bitrate", f"from {low} to {high} kbit/s for {wished}")
    return Encoding(wished, bitrate_kbps, start_ms)
