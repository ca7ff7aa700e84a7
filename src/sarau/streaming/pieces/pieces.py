"""Streams of pieces: an original or a transcode, opened for one listener and closed by whoever opened it."""

import os
from collections.abc import AsyncIterator
from typing import NamedTuple, Protocol

from sarau.foundation.errors import Invalid
from sarau.foundation.media.frames.flac import FlacWalker
from sarau.foundation.media.frames.mpeg import AdtsWalker, MpegWalker
from sarau.foundation.media.frames.ogg import OggWalker
from sarau.foundation.media.frames.walker import Walker
from sarau.foundation.media.transcoding import MEDIA_TYPE_OF, Encoding, Target
from sarau.foundation.storage.reading import read_at
from sarau.streaming.delivery import OpenFile
from sarau.streaming.pieces.cuts import Cut
from sarau.streaming.transcodes import Listening

_WALKERS: dict[Target, type[Walker]] = {
    Target.OPUS: OggWalker,
    Target.MP3: MpegWalker,
    Target.AAC: AdtsWalker,
    Target.FLAC: FlacWalker,
}
_EXACT_TYPES = {Target.OPUS: "audio/ogg; codecs=opus"}


class Piece(NamedTuple):
    """Some bytes of a stream, and the time of the track that they cover."""

    data: bytes
    start_ms: int
    end_ms: int
    byte_offset: int


class Resume(NamedTuple):
    """Bytes that were received before a break, 0 for none, and how large pieces are to be."""

    byte_offset: int
    piece_bytes: int


class Opening(NamedTuple):
    """What is known of a stream before its first piece."""

    media_type: str
    size_bytes: int | None
    bitrate_kbps: int
    start_ms: int
    preamble: bytes
    etag: str


class Pieces(Protocol):
    """One stream, from somewhere in it on; read from front to back, once."""

    opening: Opening
    kind: str

    def pieces(self) -> AsyncIterator[Piece]:
        """Yield the pieces in order; the next is read when the one before was taken.

        Raises SoundMissing or TranscodeFailed when the rest cannot be had.
        """
        ...

    def close(self) -> None:
        """Give back everything."""
        ...


class OriginalPieces:
    """The file itself, or its sound from a moment on."""

    kind = "original"

    def __init__(self, file: OpenFile, cut: Cut, resume: Resume, bitrate_kbps: int, duration_ms: int) -> None:
        _require_inside(resume.byte_offset, cut.size_bytes)
        self._file = file
        self._cut = cut
        self._resume = resume
        self._duration_ms = duration_ms
        self.opening = Opening(
            media_type=file.media_type,
            size_bytes=cut.size_bytes - resume.byte_offset,
            bitrate_kbps=bitrate_kbps,
            start_ms=self._time_at(resume.byte_offset),
            preamble=cut.preamble,
            etag=f"{file.etag.strip(chr(34))}-{cut.start_ms:x}",
        )

    async def pieces(self) -> AsyncIterator[Piece]:
        """Yield the pieces in order."""
        position, begins = self._resume.byte_offset, self.opening.start_ms
        while position < self._cut.size_bytes:
            data = await self._cut.read(position, self._resume.piece_bytes)
            ends = self._time_at(position + len(data))
            yield Piece(data, begins, ends, position)
            position, begins = position + len(data), ends

    def close(self) -> None:
        """Close the file."""
        os.close(self._file.descriptor)

    def _time_at(self, position: int) -> int:
        """Return a moment, none of which is behind the end that the track is said to have."""
        moment = self._cut.time_at(position)
        return min(moment, self._duration_ms) if self._duration_ms else moment


class TranscodePieces:
    """A transcode, finished or growing: its own frames tell what time they cover."""

    kind = "transcode"

    def __init__(
        self, source: Listening | OpenFile, encoding: Encoding, resume: Resume, etag: str, kbps: int
    ) -> None:
        self._source = source
        self._encoding = encoding
        self._resume = resume
        self._walker = _WALKERS[encoding.target]()
        self._raw = self._read(source, resume.piece_bytes)
        self._rest = b""
        size_bytes = source.size_bytes - resume.byte_offset if isinstance(source, OpenFile) else None
        self.opening = Opening(
            media_type=_EXACT_TYPES.get(encoding.target, MEDIA_TYPE_OF[encoding.target]),
            size_bytes=size_bytes,
            bitrate_kbps=encoding.bitrate_kbps or kbps,
            start_ms=encoding.start_ms,
            preamble=b"",
            etag=etag,
        )

    async def pass_over(self) -> None:
        """Go over what was received before a break, for its frames must be counted; raises Invalid."""
        passed = 0
        while passed < self._resume.byte_offset:
            data = await anext(self._raw, b"")
            if not data:
                raise _beyond(passed)
            taken = data[: self._resume.byte_offset - passed]
            self._walker.feed(taken)
            passed, self._rest = passed + len(taken), data[len(taken) :]
        self.opening = self.opening._replace(start_ms=self._now())

    async def pieces(self) -> AsyncIterator[Piece]:
        """Yield the pieces in order."""
        position, begins = self._resume.byte_offset, self.opening.start_ms
        data = self._rest or await anext(self._raw, b"")
        self._rest = b""
        while data:
            self._walker.feed(data)
            ends = self._now()
            yield Piece(data, begins, ends, position)
            position, begins = position + len(data), ends
            data = await anext(self._raw, b"")

    def close(self) -> None:
        """Leave the transcode, or close its file."""
        if isinstance(self._source, Listening):
            self._source.close()
        else:
            os.close(self._source.descriptor)

    def _now(self) -> int:
        return self._encoding.start_ms + self._walker.time_ms

    async def _read(self, source: Listening | OpenFile, piece_bytes: int) -> AsyncIterator[bytes]:
        if isinstance(source, Listening):
            async for data in source.pieces(piece_bytes):
                yield data
            return
        for position in range(0, source.size_bytes, piece_bytes):
            yield await read_at(source.descriptor, min(piece_bytes, source.size_bytes - position), position)


def _require_inside(byte_offset: int, size_bytes: int) -> None:
    if byte_offset > size_bytes:
        raise _beyond(size_bytes)


def _beyond(size_bytes: int) -> Invalid:
    return Invalid("byte_offset", f"from 0 to {size_bytes}, the length of this stream")
