"""Originals cut at a moment: what comes before the bytes, which bytes, and what time they cover."""

import asyncio
import os
from functools import partial
from typing import NamedTuple, Protocol

from sarau.foundation.media.frames.fragments import Fragments, opening
from sarau.foundation.media.frames.mp4 import table_of
from sarau.foundation.media.frames.pcm import ReadAt, samples_of
from sarau.foundation.media.seeking import Layout, SeekIndex, SeekPoint, index_of
from sarau.foundation.storage.reading import read_at
from sarau.streaming.delivery import OpenFile
from sarau.streaming.errors import SoundMissing
from sarau.streaming.pieces.preambles import flac_preamble, ogg_preamble


class Cut(Protocol):
    """A stream of bytes made from a file, from some moment on."""

    preamble: bytes
    start_ms: int
    size_bytes: int

    async def read(self, position: int, length: int) -> bytes:
        """Return bytes of the stream; raises SoundMissing when the file shrank."""
        ...

    def time_at(self, position: int) -> int:
        """Return the moment a place in the stream belongs to, in milliseconds."""
        ...


class Span(NamedTuple):
    """Bytes of a file, and when they begin."""

    start: int
    stop: int
    start_ms: int


class FileCut:
    """Bytes of the file as they lie there, behind a preamble."""

    def __init__(self, file: OpenFile, span: Span, index: SeekIndex, preamble: bytes = b"") -> None:
        self.preamble = preamble
        self.start_ms = span.start_ms
        self.size_bytes = max(0, span.stop - span.start)
        self._descriptor = file.descriptor
        self._start = span.start
        self._index = index

    async def read(self, position: int, length: int) -> bytes:
        """Return bytes of the stream."""
        return await _exactly(self._descriptor, min(length, self.size_bytes - position), self._start + position)

    def time_at(self, position: int) -> int:
        """Return the moment a place in the stream belongs to."""
        return max(self.start_ms, self._index.time_at(self._start + position))


class FragmentCut:
    """Samples of an MP4 in fragments of their own: its table, written for the whole, cannot be cut."""

    def __init__(self, file: OpenFile, fragments: Fragments) -> None:
        self.preamble = opening(fragments.table)
        self.start_ms = fragments.start_ms
        self.size_bytes = fragments.size_bytes
        self._descriptor = file.descriptor
        self._fragments = fragments
        self._number = -1
        self._bytes = b""

    async def read(self, position: int, length: int) -> bytes:
        """Return bytes of the stream."""
        parts = []
        stop = min(position + length, self.size_bytes)
        while position < stop:
            begins, fragment = self._fragments.at(position)
            if fragment.number != self._number:
                head = self._fragments.head(fragment, partial(_pread, self._descriptor))
                self._bytes = head + await _exactly(self._descriptor, fragment.body_bytes, fragment.offset)
                self._number = fragment.number
            part = self._bytes[position - begins : stop - begins]
            parts.append(part)
            position += len(part)
        return b"".join(parts)

    def time_at(self, position: int) -> int:
        """Return the moment a place in the stream belongs to."""
        return self._fragments.time_at(position)


def whole(file: OpenFile, index: SeekIndex, duration_ms: int) -> FileCut:
    """Return the file from its first byte to its last; without an index time passes evenly."""
    if not index.points:
        index = index_of(Layout.FRAMES, 0, [SeekPoint(0, 0), SeekPoint(max(1, duration_ms), max(1, file.size_bytes))])
    return FileCut(file, Span(0, file.size_bytes, 0), index)


async def cut(file: OpenFile, index: SeekIndex, start_ms: int, duration_ms: int) -> Cut:
    """Return the file from a moment on, or a little before; from its beginning if it cannot be cut."""
    if start_ms <= 0 or index.layout is Layout.OPAQUE:
        return whole(file, index, duration_ms)
    found = await asyncio.to_thread(_cut, file, index, start_ms)
    return found or whole(file, index, duration_ms)


def _cut(file: OpenFile, index: SeekIndex, start_ms: int) -> Cut | None:
    at = partial(_pread, file.descriptor)
    if index.layout is Layout.MP4:
        return _fragments(file, at, start_ms)
    if index.layout in (Layout.WAV, Layout.AIFF):
        return _samples(file, at, index, start_ms)
    point = index.before(start_ms)
    if point == index.points[0]:
        return None  # what comes before the first point is the file's own beginning
    preamble: bytes | None = b""
    if index.layout is Layout.FLAC:
        preamble = flac_preamble(at, index.origin)
    elif index.layout is Layout.OGG:
        return _ogg(file, at, index, start_ms)
    if preamble is None:
        return None
    return FileCut(file, Span(point.offset, file.size_bytes, point.time_ms), index, preamble)


def _ogg(file: OpenFile, at: ReadAt, index: SeekIndex, start_ms: int) -> Cut | None:
    found = ogg_preamble(at, index.origin)
    if found is None:
        return None
    preamble, left_out_ms = found
    point = index.before(start_ms - left_out_ms)
    if point == index.points[0]:
        return None
    return FileCut(file, Span(point.offset, file.size_bytes, point.time_ms + left_out_ms), index, preamble)


def _samples(file: OpenFile, at: ReadAt, index: SeekIndex, start_ms: int) -> Cut | None:
    samples = samples_of(at, index.origin, file.size_bytes)
    if samples is None or samples.stop <= samples.start:
        return None
    start = min(samples.offset_of(start_ms), samples.stop - samples.block_bytes)
    preamble = samples.header(samples.stop - start)
    return FileCut(file, Span(start, samples.stop, samples.time_ms(start)), index, preamble)


def _fragments(file: OpenFile, at: ReadAt, start_ms: int) -> Cut | None:
    table = table_of(at, file.size_bytes)
    if table is None:
        return None
    fragments = Fragments(table, at, start_ms)
    return FragmentCut(file, fragments) if len(fragments) else None


async def _exactly(descriptor: int, length: int, position: int) -> bytes:
    data = await read_at(descriptor, length, position) if length > 0 else b""
    if len(data) != max(0, length):
        raise SoundMissing
    return data


def _pread(descriptor: int, offset: int, length: int) -> bytes:
    return os.pread(descriptor, length, offset) if 0 <= offset < 1 << 62 else b""
