"""Opening a stream of pieces: which form it gets, from where, by which index."""

import hashlib
import os
from collections import OrderedDict
from typing import NamedTuple

from sarau.catalog.library.schemas import FileOnDisk, KnownIndex, LibraryKind
from sarau.foundation.errors import Invalid
from sarau.foundation.media.seeking import OPAQUE, SeekIndex, SoundMeasurer, Unmeasurable, unpack
from sarau.foundation.media.transcoding import BITRATES_KBPS, Encoding, Target
from sarau.foundation.observability.logs import get_logger
from sarau.streaming.decisions import encoding_wished
from sarau.streaming.delivery import Delivery, OpenFile
from sarau.streaming.pieces.cuts import cut, whole
from sarau.streaming.pieces.pieces import OriginalPieces, Pieces, Resume, TranscodePieces

log = get_logger(__name__)

ORIGINAL = "original"
DEFAULT_PIECE_BYTES = 64 << 10
_PIECE_BYTES = (4 << 10, 2 << 20)
_MAX_START_MS = 7 * 86_400_000
_MOST_REMEMBERED = 256


class Wish(NamedTuple):
    """What somebody wants to hear of a track: a format ("original", a target, or None for what fits), and from where.

    `max_kbps` is 0 for no limit; `byte_offset` counts what was received before a break.
    """

    format: str | None = None
    max_kbps: int = 0
    start_ms: int = 0
    byte_offset: int = 0
    piece_bytes: int = 0


def encoding_of(wish: Wish, file: FileOnDisk) -> Encoding | None:
    """Return the encoding that fulfils a wish, None for the original; raises BadEncoding, Invalid."""
    if not 0 <= wish.max_kbps <= 100_000:
        raise Invalid("max_bitrate_kbps", "from 0 to 100000 kbit/s")
    if not 0 <= wish.start_ms <= min(_MAX_START_MS, max(0, file.duration_ms - 1)):
        raise Invalid("start_ms", f"from 0 to {max(0, file.duration_ms - 1)}, the end of the track in milliseconds")
    target = wish.format
    if target is None:
        target = Target.OPUS.value if 0 < wish.max_kbps < file.bitrate_kbps else ORIGINAL
    if target == ORIGINAL:
        return None
    kbps = None
    if wish.max_kbps and target in set(BITRATES_KBPS):
        usual = encoding_wished(target, None, wish.start_ms, file.duration_ms, file.bitrate_kbps)
        low, _ = BITRATES_KBPS[Target(target)]
        kbps = max(low, min(wish.max_kbps, (usual.bitrate_kbps if usual else None) or wish.max_kbps))
    return encoding_wished(target, kbps, wish.start_ms, file.duration_ms, file.bitrate_kbps)


def resume_of(wish: Wish) -> Resume:
    """Return where to go on and in which pieces; raises Invalid."""
    low, high = _PIECE_BYTES
    if wish.piece_bytes and not low <= wish.piece_bytes <= high:
        raise Invalid("chunk_bytes", f"0, or from {low} to {high}")
    if not 0 <= wish.byte_offset < 1 << 62:
        raise Invalid("byte_offset", "0 or more")
    return Resume(wish.byte_offset, wish.piece_bytes or DEFAULT_PIECE_BYTES)


class Packets:
    """Opens streams of pieces; holds what finds moments in files that nobody measured yet."""

    def __init__(self, delivery: Delivery, measurer: SoundMeasurer) -> None:
        self._delivery = delivery
        self._measurer = measurer
        self._remembered: OrderedDict[str, SeekIndex] = OrderedDict()

    async def open(self, file: FileOnDisk, known: KnownIndex | None, wish: Wish, *, hashed: bool = False) -> Pieces:
        """Open what fulfils a wish; whoever gets it closes it. `known` is the index that was kept, if one was.

        With `hashed` only as long as the file has the bytes that were hashed. Raises Invalid, BadEncoding,
        SoundMissing, TooManyTranscodes, TranscodeFailed.
        """
        encoding, resume = encoding_of(wish, file), resume_of(wish)
        if encoding is not None:
            return await self._transcode(file, encoding, resume)
        opened = self._delivery.open_hashed(file) if hashed else self._delivery.open(file)
        try:
            index = await self._index(file, opened, known, needed=wish.start_ms > 0)
            found = (
                await cut(opened, index, wish.start_ms, file.duration_ms)
                if wish.start_ms
                else whole(opened, index, file.duration_ms)
            )
            return OriginalPieces(opened, found, resume, file.bitrate_kbps, file.duration_ms)
        except BaseException:
            os.close(opened.descriptor)
            raise

    async def _transcode(self, file: FileOnDisk, encoding: Encoding, resume: Resume) -> Pieces:
        finished = self._delivery.open_finished(file, encoding)
        source = finished or await self._delivery.growing(file, encoding)
        # Of the wish, not of the file: what grows now and is finished later has the same bytes.
        key = self._delivery.key(file, encoding)
        made = TranscodePieces(
            source, encoding, resume, hashlib.sha256(key.encode()).hexdigest()[:24], file.bitrate_kbps
        )
        try:
            await made.pass_over()
        except BaseException:
            made.close()
            raise
        return made

    async def _index(
        self, file: FileOnDisk, opened: OpenFile, known: KnownIndex | None, *, needed: bool
    ) -> SeekIndex:
        """Return the index that was kept, or if somebody seeks the one that is found now."""
        if known is not None and _is_of(known, file, opened):
            return unpack(known.packed)
        if opened.etag in self._remembered:
            self._remembered.move_to_end(opened.etag)
            return self._remembered[opened.etag]
        if not needed:
            return OPAQUE
        try:
            measure = await self._measurer.measure(*self._delivery.place_of(file))
        except (Unmeasurable, OSError) as error:
            log.warning("a file cannot be measured", track_id=file.track_id, reason=str(error))
            return OPAQUE
        self._remembered[opened.etag] = measure.moments
        while len(self._remembered) > _MOST_REMEMBERED:
            self._remembered.popitem(last=False)
        return measure.moments


def _is_of(known: KnownIndex, file: FileOnDisk, opened: OpenFile) -> bool:
    """Tell whether an index is of the file as it is now; what was uploaded never changes."""
    same_time = file.kind is LibraryKind.UPLOADS or known.mtime_ns == opened.mtime_ns
    return same_time and known.size_bytes == opened.size_bytes
