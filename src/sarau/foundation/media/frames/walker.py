"""Walking along a stream that arrives piece by piece."""

from abc import ABC, abstractmethod

from sarau.foundation.media.seeking import Layout, SeekIndex, SeekPoint, index_of

INTERVAL_MS = 900
_MOST_KEPT_BYTES = 1 << 20
_MOST_POINTS = 400_000
_MOST_MISSES = 200_000  # music has a few in a megabyte; what has so many is made to keep us busy


class Walker(ABC):
    """Counts the sound of a stream and notes about once a second where it stands.

    `feed` takes the bytes in order, in pieces of any size; the work is linear in them, the memory bounded.
    """

    layout = Layout.FRAMES

    def __init__(self) -> None:
        self.points: list[SeekPoint] = []
        self.time_ms = 0  # where what is whole so far ends, in time
        self.offset = 0  # and in bytes
        self.origin = 0
        self._kept = b""
        self._base = 0  # where in the stream the data begins that _step looks at
        self._skip = 0
        self._misses = 0

    def feed(self, piece: bytes) -> None:
        """Take the next bytes."""
        if self._misses > _MOST_MISSES:
            self._base += len(piece)
            return
        if self._skip:
            passed = min(self._skip, len(piece))
            self._skip -= passed
            self._base += passed
            piece = piece[passed:]
        data = self._kept + piece if self._kept else piece
        position = 0
        while position < len(data):
            after = self._step(data, position)
            if after == position:
                break
            position = after
        if position > len(data):
            self._skip = position - len(data)
            position = len(data)
        if len(data) - position > _MOST_KEPT_BYTES:
            position = len(data)
        self._kept = data[position:]
        self._base += position

    def finish(self) -> SeekIndex:
        """Return the index of what was fed, which was all."""
        if self.points:
            self.points.append(SeekPoint(self.time_ms, self.offset))
        return index_of(self.layout, self.origin, self.points)

    def _missed(self, position: int) -> int:
        """Count what looked like a frame and was none; return where to go on."""
        self._misses += 1
        return position

    def _note(self, time_ms: int, offset: int) -> None:
        """Note a place to begin at, unless one was a moment ago."""
        points = self.points
        if not points or (time_ms - points[-1].time_ms >= INTERVAL_MS and len(points) < _MOST_POINTS):
            points.append(SeekPoint(time_ms, offset))

    @abstractmethod
    def _step(self, data: bytes, position: int) -> int:
        """Return where to go on after what begins at a position: the same if it needs more bytes than are there."""


def id3_bytes(head: bytes) -> int:
    """Return how long the ID3v2 tag is that begins with these ten bytes, 0 if none does (ID3v2.4, section 3)."""
    if head[:3] != b"ID3" or len(head) < 10:
        return 0
    body = 0
    for byte in head[6:10]:
        body = body << 7 | byte & 0x7F
    return 10 + body + (10 if head[5] & 0x10 else 0)
