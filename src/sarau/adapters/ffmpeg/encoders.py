"""Encoders: frames of any shape in, a stream that can be played while it grows out."""

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple, Protocol, cast

import av
import lameenc  # type: ignore[import-not-found]
from av import AudioFrame, AudioResampler, AudioStream

from sarau.foundation.media.transcoding import DEFAULT_BITRATE_KBPS, Encoding, Target

_MP3_RATES_HZ = frozenset({32_000, 44_100, 48_000})
_AAC_RATES_HZ = frozenset({22_050, 24_000, 32_000, 44_100, 48_000})
_FLAC_MAX_RATE_HZ = 655_350
_FLAC_LAYOUTS = frozenset({"mono", "stereo", "3.0", "4.0", "quad", "5.0", "5.1", "5.1(side)", "6.1", "7.1"})
_OPUS_MAX_KBPS_PER_CHANNEL = 256
# FFmpeg's own encoder sounds better and is three times as fast with this search from here on (its documentation).
_AAC_FAST_FROM_KBPS = 96
_OGG_PAGE_US = 200_000
# LAME's own default for a constant bitrate.
_LAME_QUALITY = 3


class Shape(NamedTuple):
    """How samples lie in memory and in time."""

    sample_format: str
    layout: str
    rate_hz: int


class Encoder(Protocol):
    """Frames in, bytes out."""

    def encode(self, frame: AudioFrame) -> bytes:
        """Take a frame of any shape; return what is ready, which may be nothing."""
        ...

    def finish(self) -> bytes:
        """Return the rest; only `close` may follow."""
        ...

    def close(self) -> None:
        """Free everything at once, finished or not."""
        ...


def encoder_for(encoding: Encoding, first: AudioFrame, *, lossless: bool) -> Encoder:
    """Return the encoder for a wish and the first frame of the sound; `lossless` tells how that was coded."""
    layout = _layout(encoding.target, first)
    if encoding.target is Target.FLAC:
        deep = lossless and first.format.bits > 16
        shape = Shape("s32" if deep else "s16", layout, min(first.sample_rate, _FLAC_MAX_RATE_HZ))
        return MuxedEncoder("flac", "flac", shape, None, {}, {})
    kbps = encoding.bitrate_kbps or DEFAULT_BITRATE_KBPS[encoding.target]
    if encoding.target is Target.MP3:
        return LameEncoder(Shape("s16", layout, _rate(first.sample_rate, _MP3_RATES_HZ)), kbps)
    if encoding.target is Target.AAC:
        coder = {"aac_coder": "fast"} if kbps >= _AAC_FAST_FROM_KBPS else {}
        shape = Shape("fltp", layout, _rate(first.sample_rate, _AAC_RATES_HZ))
        return MuxedEncoder("adts", "aac", shape, kbps, coder, {})
    channels = 1 if layout == "mono" else 2
    kbps = min(kbps, channels * _OPUS_MAX_KBPS_PER_CHANNEL)
    return MuxedEncoder(
        "ogg", "libopus", Shape("flt", layout, 48_000), kbps, {}, {"page_duration": str(_OGG_PAGE_US)}
    )


def _layout(target: Target, frame: AudioFrame) -> str:
    """Return the channels to encode: the source's own where the target can, else mono or stereo."""
    if frame.layout.nb_channels == 1:
        return "mono"
    if target is Target.FLAC and frame.layout.name in _FLAC_LAYOUTS:
        return frame.layout.name
    return "stereo"


def _rate(rate_hz: int, allowed: frozenset[int]) -> int:
    """Return the source's own rate where that is allowed, else one it divides or multiplies into easily."""
    if rate_hz in allowed:
        return rate_hz
    return 44_100 if rate_hz % 11_025 == 0 else 48_000


class Conformer:
    """Brings frames into one shape, also where the source changes its own on the way."""

    def __init__(self, shape: Shape) -> None:
        self._shape = shape
        self._source: Shape | None = None
        self._resampler = self._new_resampler()

    def conform(self, frame: AudioFrame) -> Iterator[AudioFrame]:
        """Yield the same sound in the wanted shape; some of it may wait for the next frame."""
        source = Shape(frame.format.name, frame.layout.name, frame.sample_rate)
        if self._source not in (None, source):
            yield from self.rest()
            self._resampler = self._new_resampler()
        self._source = source
        frame.pts = None  # gaps in the source's own count must not become gaps in the sound
        yield from self._resampler.resample(frame)

    def rest(self) -> Iterator[AudioFrame]:
        """Yield what still waits."""
        yield from self._resampler.resample(None)

    def _new_resampler(self) -> AudioResampler:
        sample_format, layout, rate_hz = self._shape
        # Mixing 5.1 into stereo must not go beyond full scale.
        return AudioResampler(sample_format, layout, rate_hz, options={"rematrix_maxval": "1.0"})


class MuxedEncoder:
    """An encoder and a container format of FFmpeg, written to a pipe that cannot be rewound."""

    def __init__(
        self,
        container: str,
        codec: str,
        shape: Shape,
        kbps: int | None,
        codec_options: dict[str, str],
        container_options: dict[str, str],
    ) -> None:
        self._conformer = Conformer(shape)
        self._time_base = Fraction(1, shape.rate_hz)
        self._samples = 0
        self._pipe = _Pipe()
        # Without "bitexact" every stream would carry a random serial number and the library's version.
        options = container_options | {"fflags": "bitexact"}
        self._output = av.open(self._pipe, "w", format=container, container_options=options)
        stream = self._output.add_stream(codec, rate=shape.rate_hz, options=codec_options)
        self._stream = cast("AudioStream", stream)
        self._stream.codec_context.thread_count = 1
        self._stream.format = shape.sample_format
        self._stream.layout = shape.layout
        if kbps is not None:
            self._stream.bit_rate = kbps * 1000

    def encode(self, frame: AudioFrame) -> bytes:
        """Encode and mux a frame."""
        for conformed in self._conformer.conform(frame):
            self._mux(conformed)
        return self._pipe.take()

    def finish(self) -> bytes:
        """Encode what waits and end the container."""
        for conformed in self._conformer.rest():
            self._mux(conformed)
        self._output.mux(self._stream.encode(None))
        self._output.close()
        return self._pipe.take()

    def close(self) -> None:
        """Free codec and container."""
        self._output.close()

    def _mux(self, frame: AudioFrame) -> None:
        frame.pts = self._samples
        frame.time_base = self._time_base
        self._samples += frame.samples
        self._output.mux(self._stream.encode(frame))


class _Pipe:
    """The file-like end that a container writes to; without `seek` FFmpeg knows that there is no way back."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._pieces.append(data)
        return len(data)

    def take(self) -> bytes:
        """Return what was written since the last call."""
        taken = b"".join(self._pieces)
        self._pieces.clear()
        return taken


class LameEncoder:
    """LAME by its own binding: the LAME inside PyAV's packages is compiled without optimisation, 3.5 times slower."""

    def __init__(self, shape: Shape, kbps: int) -> None:
        self._conformer = Conformer(shape)
        self._frame_bytes = 2 if shape.layout == "mono" else 4
        self._lame = lameenc.Encoder()
        self._lame.silence()
        self._lame.set_in_sample_rate(shape.rate_hz)
        self._lame.set_channels(self._frame_bytes // 2)
        self._lame.set_bit_rate(kbps)
        self._lame.set_quality(_LAME_QUALITY)

    def encode(self, frame: AudioFrame) -> bytes:
        """Encode a frame."""
        return b"".join(self._lame_frames(self._conformer.conform(frame)))

    def finish(self) -> bytes:
        """Encode what waits."""
        rest = b"".join(self._lame_frames(self._conformer.rest()))
        return rest + bytes(self._lame.flush())

    def close(self) -> None:
        """Nothing is held beyond the object itself."""

    def _lame_frames(self, frames: Iterator[AudioFrame]) -> Iterator[bytes]:
        for frame in frames:
            # A plane is padded beyond its samples.
            pcm = bytes(frame.planes[0])[: frame.samples * self._frame_bytes]
            yield bytes(self._lame.encode(pcm))
