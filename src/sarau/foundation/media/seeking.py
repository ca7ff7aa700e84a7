"""Where in a file which moment of its sound lies, and the port of what finds that out."""

from bisect import bisect_right
from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple, Protocol

from sarau.foundation.errors import Invalid

_VERSION = 1
_MAX_POINTS = 200_000
_MOST_BITS = 63


class Unmeasurable(Invalid):
    """A file cannot be read to its end, or changed while it was."""

    code = "unmeasurable"

    def __init__(self, reason: str) -> None:
        super().__init__("file", reason)


class Layout(IntEnum):
    """How the bytes of a file are to be treated when it is sent from the middle; the numbers are stored."""

    OPAQUE = 0  # sent from its first byte on, or not at all
    FRAMES = 1  # frames that stand for themselves: MPEG audio, ADTS, WavPack
    FLAC = 2
    OGG = 3
    WAV = 4
    AIFF = 5
    MP4 = 6


class SeekPoint(NamedTuple):
    """A moment of the sound, and where in the file what is heard from then on begins."""

    time_ms: int
    offset: int


class SeekIndex(NamedTuple):
    """Points about a second apart, ascending in time and place; the last is the end of the sound.

    `origin` is where the format itself begins, behind a tag for instance.
    """

    layout: Layout
    origin: int
    points: tuple[SeekPoint, ...]

    def before(self, time_ms: int) -> SeekPoint:
        """Return the last point that is not after a moment, or the first; the end is none to begin at."""
        at = bisect_right(self.points, time_ms, 0, max(1, len(self.points) - 1), key=lambda point: point.time_ms)
        return self.points[max(0, at - 1)]

    def time_at(self, offset: int) -> int:
        """Return the moment of a place of the file in milliseconds, between two points by their share."""
        at = bisect_right(self.points, offset, key=lambda point: point.offset)
        if at == 0:
            return self.points[0].time_ms if self.points else 0
        if at == len(self.points):
            return self.points[-1].time_ms
        low, high = self.points[at - 1], self.points[at]
        return low.time_ms + (high.time_ms - low.time_ms) * (offset - low.offset) // (high.offset - low.offset)


OPAQUE = SeekIndex(Layout.OPAQUE, 0, ())


def index_of(layout: Layout, origin: int, found: Sequence[SeekPoint]) -> SeekIndex:
    """Return an index of points, less those that do not ascend; OPAQUE if fewer than two are left."""
    points = [point for point in found[:1] if point.time_ms >= 0 and point.offset >= 0]
    for point in found[1:]:
        if points and point.time_ms > points[-1].time_ms and point.offset > points[-1].offset:
            points.append(point)
    if len(points) < 2:
        return OPAQUE
    if len(points) > _MAX_POINTS:
        step = len(points) // _MAX_POINTS + 1
        points = [*points[:-1:step], points[-1]]
    return SeekIndex(layout, origin, tuple(points))


def pack(index: SeekIndex) -> bytes:
    """Return an index in few bytes: differences from point to point in seven bits a byte, lowest first."""
    numbers = [index.layout, index.origin, len(index.points)]
    time_ms = offset = 0
    for point in index.points:
        numbers += (point.time_ms - time_ms, point.offset - offset)
        time_ms, offset = point
    packed = bytearray([_VERSION])
    for number in numbers:
        rest = int(number)
        while rest > 0x7F:
            packed.append(rest & 0x7F | 0x80)
            rest >>= 7
        packed.append(rest)
    return bytes(packed)


def unpack(packed: bytes) -> SeekIndex:
    """Return the index that was packed; OPAQUE if it is of another version. Raises ValueError for anything else."""
    if packed[:1] != bytes([_VERSION]):
        return OPAQUE
    numbers = _numbers(packed[1:])
    if len(numbers) < 3 or len(numbers) != 3 + 2 * numbers[2]:
        raise ValueError("this is no index")
    points = []
    time_ms = offset = 0
    for later, further in zip(numbers[3::2], numbers[4::2], strict=True):
        time_ms, offset = time_ms + later, offset + further
        points.append(SeekPoint(time_ms, offset))
    return SeekIndex(Layout(numbers[0]), numbers[1], tuple(points))


def _numbers(packed: bytes) -> list[int]:
    numbers = []
    number = shift = 0
    for byte in packed:
        number |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            numbers.append(number)
            number = shift = 0
        elif shift > _MOST_BITS:
            raise ValueError("a number of this index has no end")
    if shift:
        raise ValueError("this index is cut off")
    return numbers


class Measure(NamedTuple):
    """What reading a file whole tells: its hash, the state it had, and where its moments lie."""

    sha256: str
    size_bytes: int
    mtime_ns: int
    moments: SeekIndex


class SoundMeasurer(Protocol):
    """Reads files of strangers whole, in a process that they may crash."""

    async def measure(self, root: bytes | None, path: bytes) -> Measure:
        """Return what a file below a folder, or anywhere, says; raises Unmeasurable, OSError."""
        ...
