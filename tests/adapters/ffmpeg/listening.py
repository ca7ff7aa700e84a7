"""Ears for the tests: what a stream sounds like, and sounds whose every moment can be told from the others."""

import io
import struct
from pathlib import Path
from typing import NamedTuple

import av
import numpy as np
from numpy.typing import NDArray

from sarau.adapters.ffmpeg.transcoder import AvTranscoder
from sarau.foundation.media.transcoding import Encoding, Target

SWEEP_RATE_HZ = 44_100
_DEMUXERS = {"opus": "ogg", "mp3": "mp3", "aac": "aac", "flac": "flac"}


class Heard(NamedTuple):
    """A decoded stream: samples as fractions of full scale, one row a channel."""

    samples: NDArray[np.float64]
    rate_hz: int
    sample_format: str
    first_ms: float
    streams: int
    metadata: dict[str, str]

    @property
    def seconds(self) -> float:
        return self.samples.shape[1] / self.rate_hz

    @property
    def channels(self) -> int:
        return self.samples.shape[0]

    def loudness(self) -> float:
        """Return the root mean square of the middle of the sound."""
        wave = self.samples[0]
        return float(np.sqrt(np.mean(wave[len(wave) // 4 : 3 * len(wave) // 4] ** 2)))

    def loudest_hz(self) -> float:
        """Return the strongest frequency, by the middle of the sound."""
        wave = self.samples[0]
        middle = wave[len(wave) // 4 : 3 * len(wave) // 4]
        spectrum = np.abs(np.fft.rfft(middle * np.hanning(len(middle))))
        return float(np.argmax(spectrum) * self.rate_hz / len(middle))


def transcoded(source: Path, target: Target, kbps: int | None = None, start_ms: int = 0) -> bytes:
    """Return the whole stream that a wish gives."""
    return b"".join(AvTranscoder().transcode(source, Encoding(target, kbps, start_ms)))


def heard(sound: bytes | Path, target: str | None = None) -> Heard:
    """Decode a whole stream as a player would."""
    source = io.BytesIO(sound) if isinstance(sound, bytes) else str(sound)
    with av.open(source, format=_DEMUXERS[target] if target else None) as container:
        stream = container.streams.audio[0]
        frames = [frame for frame in container.decode(stream) if frame.samples]
        sample_format = frames[0].format.name
        first_ms = float((frames[0].pts or 0) * frames[0].time_base * 1000)
        to_floats = av.AudioResampler("dblp")
        planes = [piece.to_ndarray() for frame in frames for piece in to_floats.resample(_without_time(frame))]
        metadata = {**container.metadata, **stream.metadata}
        return Heard(
            np.concatenate(planes, axis=1),
            stream.rate,
            sample_format,
            first_ms,
            len(container.streams),
            metadata,
        )


def _without_time(frame: av.AudioFrame) -> av.AudioFrame:
    frame.pts = None
    return frame


def sweep(seconds: float) -> NDArray[np.int16]:
    """Return a rising tone: no two moments of it sound alike."""
    times = np.arange(round(seconds * SWEEP_RATE_HZ)) / SWEEP_RATE_HZ
    return np.asarray(np.sin(2 * np.pi * (200 * times + 60 * times**2)) * 16_000, np.int16)


def place_ms(piece: NDArray[np.float64], whole: NDArray[np.int16], near_ms: float) -> float:
    """Return where in the whole a piece of it begins, looking up to a second around a place."""
    skipped = 4096  # how a codec starts up is not the question
    piece = piece[skipped : skipped + 8192]
    around = SWEEP_RATE_HZ
    at = round(near_ms * SWEEP_RATE_HZ / 1000) + skipped
    low = max(at - around, 0)
    window = whole[low : at + around + len(piece)].astype(np.float64)
    likeness = np.correlate(window, piece, "valid") if len(window) < 20_000 else _correlate(window, piece)
    return (low + int(np.argmax(likeness)) - skipped) * 1000 / SWEEP_RATE_HZ


def _correlate(window: NDArray[np.float64], piece: NDArray[np.float64]) -> NDArray[np.float64]:
    size = 1 << (len(window) + len(piece)).bit_length()
    product = np.fft.rfft(window, size) * np.conj(np.fft.rfft(piece, size))
    return np.fft.irfft(product, size)[: len(window) - len(piece) + 1]


def write_samples(path: Path, samples: NDArray[np.int16], codec: str, container: str, **options: str) -> Path:
    """Encode a mono wave as stereo with any encoder of FFmpeg."""
    with av.open(str(path), "w", format=container, container_options=options) as output:
        stream = output.add_stream(codec, rate=SWEEP_RATE_HZ, options={"strict": "experimental"})
        stream.layout, stream.bit_rate = "stereo", 128_000
        frame = av.AudioFrame.from_ndarray(samples.repeat(2).reshape(1, -1), format="s16", layout="stereo")
        frame.sample_rate, frame.pts = SWEEP_RATE_HZ, 0
        output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    return path


def write_wav(
    path: Path, samples: NDArray[np.int32], rate_hz: int, *, bits: int = 16, mask: int | None = None
) -> Path:
    """Write PCM by hand, one row a channel, so that any rate, depth and number of channels can be had."""
    channels, width = samples.shape[0], bits // 8
    little = samples.T.astype("<i4").tobytes()
    pcm = b"".join(little[at : at + width] for at in range(0, len(little), 4))
    head = (1, channels, rate_hz, rate_hz * channels * width, channels * width, bits)
    if mask is None:
        form = struct.pack("<HHIIHH", *head)
    else:
        pcm_guid = b"\1\0\0\0\0\0\x10\0\x80\0\0\xaa\0\x38\x9b\x71"
        form = struct.pack("<HHIIHHHHI", 0xFFFE, *head[1:], 22, bits, mask) + pcm_guid
    chunks = b"WAVEfmt " + struct.pack("<I", len(form)) + form + b"data" + struct.pack("<I", len(pcm)) + pcm
    path.write_bytes(b"RIFF" + struct.pack("<I", len(chunks)) + chunks)
    return path


def tones(rate_hz: int, seconds: float, channels: int, bits: int = 16) -> NDArray[np.int32]:
    """Return one row of noisy tone a channel that uses every bit of the depth, each row unlike the others."""
    times = np.arange(round(rate_hz * seconds)) / rate_hz
    noise = np.random.default_rng(7)
    rows = [
        0.4 * np.sin(2 * np.pi * 300 * (1 + channel) * times) + 0.01 * noise.standard_normal(len(times))
        for channel in range(channels)
    ]
    return np.asarray(np.array(rows) * (1 << (bits - 1)), np.int32)
