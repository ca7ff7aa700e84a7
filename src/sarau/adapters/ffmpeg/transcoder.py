"""The Transcoder port on FFmpeg's libraries, inside this process: they let other threads run while they work."""

from collections.abc import Generator, Iterator
from contextlib import closing
from pathlib import Path

from sarau.foundation.errors import Invalid
from sarau.foundation.media.transcoding import BITRATES_KBPS, Encoding, TranscodeFailed

_MAX_DURATION_S = 24 * 3600
_PIECE_BYTES = 64 * 1024


class AvTranscoder:
    """Transcodes with PyAV; one iterator keeps one core busy. What sounds longer than the limit is cut off there."""

    def __init__(self, max_duration_s: int = _MAX_DURATION_S) -> None:
        self._max_duration_s = max_duration_s

    def transcode(self, source: Path, encoding: Encoding) -> Iterator[bytes]:
        """Yield the encoded stream in pieces: the first as soon as it is there, later ones larger.

        Raises TranscodeFailed when the source cannot be decoded, Invalid when the wish cannot be met.
        """
        _check(encoding)
        return _gathered(_transcoded(source, encoding, self._max_duration_s))


def _check(encoding: Encoding) -> None:
    """Raise Invalid for a wish outside what the targets can do."""
    if not 0 <= encoding.start_ms <= _MAX_DURATION_S * 1000:
        raise Invalid("start", f"must be from 0 to {_MAX_DURATION_S * 1000} ms")
    low, high = BITRATES_KBPS.get(encoding.target, (0, 0))
    if encoding.bitrate_kbps is not None and high and not low <= encoding.bitrate_kbps <= high:
        raise Invalid("bitrate", f"must be from {low} to {high} kbit/s for {encoding.target}")


def _transcoded(source: Path, encoding: Encoding, max_duration_s: int) -> Generator[bytes]:
    """Yield encoded bytes as they come, some of them empty."""
    # Here, because FFmpeg's libraries take a tenth of a second to load: only who transcodes waits for them.
    from av.error import FFmpegError

    from sarau.adapters.ffmpeg.encoders import encoder_for
    from sarau.adapters.ffmpeg.sources import opened

    try:
        with opened(source) as sound:
            frames = sound.frames(encoding.start_ms)
            first = next(frames, None)
            if first is None:
                raise TranscodeFailed("the sound ends before the place asked for")
            encoder = encoder_for(encoding, first, lossless=sound.lossless)
            try:
                yield encoder.encode(first)
                seconds = first.samples / first.sample_rate
                for frame in frames:
                    yield encoder.encode(frame)
                    # A small file can unfold into silence without end.
                    seconds += frame.samples / frame.sample_rate
                    if seconds >= max_duration_s:
                        break
                yield encoder.finish()
            finally:
                encoder.close()
    except FFmpegError as error:
        raise TranscodeFailed(f"it cannot be encoded ({error.strerror})") from error


def _gathered(pieces: Generator[bytes]) -> Iterator[bytes]:
    """Yield pieces joined: each at least as large as all before it, up to a limit."""
    waiting: list[bytes] = []
    waiting_bytes, wanted_bytes = 0, 1
    with closing(pieces):
        for piece in pieces:
            waiting.append(piece)
            waiting_bytes += len(piece)
            if waiting_bytes >= wanted_bytes:
                yield b"".join(waiting)
                wanted_bytes = min(wanted_bytes + waiting_bytes, _PIECE_BYTES)
                waiting.clear()
                waiting_bytes = 0
    if waiting_bytes:
        yield b"".join(waiting)
