"""Reading one sound file from its first byte to its last."""

import hashlib
import os
from functools import partial

from sarau.foundation.media.formats import sniff
from sarau.foundation.media.frames.flac import FlacWalker
from sarau.foundation.media.frames.mp4 import mp4_index
from sarau.foundation.media.frames.mpeg import AdtsWalker, MpegWalker
from sarau.foundation.media.frames.ogg import OggWalker
from sarau.foundation.media.frames.pcm import pcm_index
from sarau.foundation.media.frames.walker import Walker, id3_bytes
from sarau.foundation.media.frames.wavpack import WavpackWalker
from sarau.foundation.media.seeking import OPAQUE, Measure, SeekIndex, Unmeasurable

_PIECE_BYTES = 1 << 20
_HEAD_BYTES = 64
_MAX_TAGS = 4
_WALKERS: dict[str, type[Walker]] = {
    ".mp3": MpegWalker,
    ".aac": AdtsWalker,
    ".flac": FlacWalker,
    ".ogg": OggWalker,
    ".wv": WavpackWalker,
}


def measure(descriptor: int) -> Measure:
    """Return the hash and the index of an open file; raises Unmeasurable if it changes meanwhile, OSError."""
    before = os.fstat(descriptor)
    read_at = partial(_read_at, descriptor)
    was_at_hand = _is_at_hand(descriptor)
    os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_SEQUENTIAL)
    origin, family = _family(descriptor)
    walker = _WALKERS[family]() if family in _WALKERS else None
    sha256 = _walk(descriptor, walker, keep=was_at_hand)
    index = OPAQUE
    if walker is not None:
        index = walker.finish()
    elif family in (".wav", ".aiff"):
        index = pcm_index(read_at, origin, before.st_size)
    elif family == ".m4a":
        index = mp4_index(read_at, before.st_size)
    after = os.fstat(descriptor)
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise Unmeasurable("it changed while it was read")
    return Measure(sha256, after.st_size, after.st_mtime_ns, _within(index, after.st_size))


def _walk(descriptor: int, walker: Walker | None, *, keep: bool) -> str:
    """Read everything once; what was not in memory before does not push others out of it."""
    digest = hashlib.sha256()
    position = 0
    while piece := os.pread(descriptor, _PIECE_BYTES, position):
        digest.update(piece)
        if walker is not None:
            walker.feed(piece)
        if not keep:
            os.posix_fadvise(descriptor, position, len(piece), os.POSIX_FADV_DONTNEED)
        position += len(piece)
    return digest.hexdigest()


def _family(descriptor: int) -> tuple[int, str | None]:
    """Return where the format itself begins, behind tags, and its family by a suffix."""
    origin = 0
    for _ in range(_MAX_TAGS):
        head = os.pread(descriptor, _HEAD_BYTES, origin)
        tag = id3_bytes(head)
        if not tag:
            break
        origin += tag
    # What begins with something foreign may still be MPEG audio further in.
    return origin, sniff(head) or ".mp3"


def _within(index: SeekIndex, size_bytes: int) -> SeekIndex:
    """Return an index, unless its end lies behind the end of the file, as that of a file that was cut off may."""
    return index if not index.points or index.points[-1].offset <= size_bytes else _cut(index, size_bytes)


def _cut(index: SeekIndex, size_bytes: int) -> SeekIndex:
    points = tuple(point for point in index.points if point.offset <= size_bytes)
    return index._replace(points=points) if len(points) >= 2 else OPAQUE


def _is_at_hand(descriptor: int) -> bool:
    """Tell whether a file begins in memory: then somebody listens to it, perhaps."""
    try:
        return os.preadv(descriptor, [bytearray(1)], 0, os.RWF_NOWAIT) == 1
    except OSError:  # not in memory, or a file system that cannot say
        return False


def _read_at(descriptor: int, offset: int, length: int) -> bytes:
    return os.pread(descriptor, length, offset) if 0 <= offset < 1 << 62 else b""
