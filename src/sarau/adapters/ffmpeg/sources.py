"""Sound files opened with suspicion: only the formats and codecs we serve, and nothing but this one local file."""

import ctypes
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from fractions import Fraction
from itertools import chain
from pathlib import Path
from typing import cast

import av
import av.logging
from av import AudioFifo, AudioFrame, AudioStream, Packet
from av.container import InputContainer
from av.error import ArgumentError, FFmpegError, InvalidDataError
from av.stream import Discard

from sarau.foundation.media.formats import sniff
from sarau.foundation.media.transcoding import TranscodeFailed

DEMUXERS = {
    ".mp3": "mp3",
    ".flac": "flac",
    ".wav": "wav",
    ".aiff": "aiff",
    ".ogg": "ogg",
    ".m4a": "mov",
    ".aac": "aac",
    ".wma": "asf",
    ".ape": "ape",
    ".wv": "wv",
}
# An MP4 of 600 bytes can declare samples whose index fills the memory; 36 hours of AAC need this much.
MAX_BLOCK_BYTES = 128 * 1024 * 1024
LOSSY_DECODERS = frozenset({"mp3float", "vorbis", "opus", "aac", "wmav1", "wmav2", "wmapro"})
_PCM = {"u8", "s8", "s16le", "s16be", "s24le", "s24be", "s32le", "s32be", "f32le", "f32be", "f64le", "f64be"}
LOSSLESS_DECODERS = frozenset(
    {"flac", "alac", "ape", "wavpack", "wmalossless", "pcm_alaw", "pcm_mulaw", *(f"pcm_{kind}" for kind in _PCM)}
)

_SAMPLE_RATES_HZ = range(1_000, 768_001)
_MAX_CHANNELS = 16
# A damaged stretch is skipped; a file that goes on and on without a sound is given up.
_MAX_FRUITLESS_PACKETS = 500
# How far before the place asked for decoding begins: MP3 (bit reservoir), AAC and Opus need what came before to
# sound right, and some demuxers land late.
_PREROLLS_MS = (500, 10_000)
_HEAD_BYTES = 64
_MAX_ID3_TAGS = 4
_WAV_PROBE_BYTES = 32 * 1024
_MAX_STREAMS = 64

# PyAV offers no access to av_max_alloc; the symbol is found among the libraries its modules are linked with.
ctypes.CDLL(av.logging.__file__).av_max_alloc(ctypes.c_size_t(MAX_BLOCK_BYTES))


@contextmanager
def opened(path: Path) -> Iterator["Sound"]:
    """Open a sound file for decoding; raises TranscodeFailed when it is none that we serve."""
    with _container(path) as container:
        yield Sound(path, container)


class Sound:
    """One open sound file, read from front to back, once."""

    def __init__(self, path: Path, container: InputContainer) -> None:
        self._path = path
        self._container = container
        self._stream = _audio_stream(container)

    @property
    def lossless(self) -> bool:
        """Tell whether the coding keeps every bit, so that more than 16 bits a sample mean something."""
        return self._stream.codec_context.codec.name in LOSSLESS_DECODERS

    def frames(self, start_ms: int = 0) -> Iterator[AudioFrame]:
        """Yield the decoded sound from start_ms on.

        Raises TranscodeFailed before the first frame when nothing can be decoded; what breaks later ends the sound.
        """
        decoded = _decoded(self._container, self._stream)
        first = next(decoded, None)
        if first is None:
            raise TranscodeFailed("there is no sound in it that can be decoded")
        if start_ms > _PREROLLS_MS[0]:
            decoded.close()
            yield from self._sought(first, Fraction(start_ms, 1000))
        else:
            yield from _dropping(chain([first], decoded), start_ms * first.sample_rate // 1000)

    def _sought(self, first: AudioFrame, start: Fraction) -> Iterator[AudioFrame]:
        """Yield from start (in seconds) on, by way of the nearest place before it where the demuxer can land."""
        for preroll_ms in _PREROLLS_MS:
            landed = self._seek(first, max(start - Fraction(preroll_ms, 1000), Fraction(0)))
            if landed is not None and landed[0] <= start:
                at, frames = landed
                yield from _dropping(frames, int((start - at) * first.sample_rate))
                return
        with _container(self._path) as container:
            frames = _decoded(container, _audio_stream(container))
            yield from _dropping(frames, int(start * first.sample_rate))

    def _seek(self, first: AudioFrame, wanted: Fraction) -> tuple[Fraction, Iterator[AudioFrame]] | None:
        """Seek, and return where that led, in seconds after the first frame, and the frames from there on."""
        time_base = self._stream.time_base
        if first.pts is None or time_base is None:
            return None
        try:
            self._container.seek(first.pts + int(wanted / time_base), stream=self._stream)
        except FFmpegError:
            return None
        frames = _decoded(self._container, self._stream)
        landed = next(frames, None)
        if landed is None or landed.pts is None:
            return None
        return (landed.pts - first.pts) * time_base, chain([landed], frames)


def _container(path: Path) -> InputContainer:
    """Open a container in such a way that it cannot reach anything but the file itself."""
    options = {
        # Playlists such as HLS or concat, and references inside MP4, would read other files or the network.
        "protocol_whitelist": "file",
        "format_whitelist": ",".join(DEMUXERS.values()),
        "max_streams": str(_MAX_STREAMS),
        "codec_whitelist": ",".join(sorted(LOSSY_DECODERS | LOSSLESS_DECODERS)),
    }
    if not path.is_file():
        raise TranscodeFailed("the file is missing")
    try:
        family = _family(path)
        demuxer = DEMUXERS[family] if family else None
        if demuxer == "wav":
            # FFmpeg looks for other codings disguised as PCM in the first 5 MB, which takes 30 ms.
            options["probesize"] = str(_WAV_PROBE_BYTES)
        # Tags are not ours to read here, and many are not in UTF-8.
        return av.open("file:" + str(path.absolute()), format=demuxer, options=options, metadata_errors="replace")
    except (InvalidDataError, ArgumentError) as error:  # what FFmpeg says of a format that it may not open
        raise TranscodeFailed("it is no sound file of a format that we serve") from error
    except (FFmpegError, OSError) as error:
        raise TranscodeFailed(f"it cannot be opened ({error.strerror})") from error


def _family(path: Path) -> str | None:
    """Return the format's family by the content; None leaves it to FFmpeg to find a frame further in."""
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
        for _ in range(_MAX_ID3_TAGS):
            if head[:3] != b"ID3" or len(head) < _HEAD_BYTES:
                break
            file.seek(_id3_bytes(head) - len(head), 1)
            head = file.read(_HEAD_BYTES)
        return sniff(head)


def _id3_bytes(head: bytes) -> int:
    """Return how long an ID3v2 tag is with its header and footer (ID3v2.4, section 3.1)."""
    body = 0
    for byte in head[6:10]:
        body = body << 7 | byte & 0x7F
    return 10 + body + (10 if head[5] & 0x10 else 0)


def _audio_stream(container: InputContainer) -> AudioStream:
    """Return the first sound stream, everything else (covers, subtitles) left unread."""
    chosen = next(iter(container.streams.audio), None)
    if chosen is None:
        raise TranscodeFailed("there is no sound in it")
    codec = getattr(chosen.codec_context, "codec", None)  # there is no context for what FFmpeg cannot decode
    if codec is None or codec.name not in LOSSY_DECODERS | LOSSLESS_DECODERS:
        raise TranscodeFailed("its coding is not one that we serve")
    for stream in container.streams:
        if stream.index != chosen.index:
            stream.discard = Discard.all
    chosen.codec_context.thread_count = 1
    return chosen


def _decoded(container: InputContainer, stream: AudioStream) -> Generator[AudioFrame]:
    """Yield frames until the end, or until the file is too broken to go on."""
    fruitless = 0
    packets = container.demux(stream)
    while fruitless < _MAX_FRUITLESS_PACKETS:
        try:
            packet = next(packets, None)
        except FFmpegError:
            return
        if packet is None:
            return
        fruitless += 1
        for frame in _frames(stream, packet):
            fruitless = 0
            yield frame


def _frames(stream: AudioStream, packet: "Packet[AudioStream]") -> list[AudioFrame]:
    """Decode one packet; a broken one is silent."""
    try:
        frames = stream.decode(packet)
    except FFmpegError:
        return []
    return [frame for frame in frames if frame.samples > 0 and _is_sane(frame)]


def _is_sane(frame: AudioFrame) -> bool:
    """Tell whether a frame is one that real music has; a rate of 1 Hz would become an endless stream."""
    return frame.sample_rate in _SAMPLE_RATES_HZ and frame.layout.nb_channels <= _MAX_CHANNELS


def _dropping(frames: Iterator[AudioFrame], samples: int) -> Iterator[AudioFrame]:
    """Yield frames without the first so many samples."""
    for frame in frames:
        if samples < frame.samples:
            yield _tail(frame, samples) if samples else frame
            break
        samples -= frame.samples
    yield from frames


def _tail(frame: AudioFrame, samples: int) -> AudioFrame:
    """Return a frame without its first so many samples."""
    fifo = AudioFifo()
    frame.pts = None  # the queue insists on counting from zero
    fifo.write(frame)
    fifo.read(samples)
    return cast("AudioFrame", fifo.read())  # never empty: the samples were fewer than the frame's
