"""MP4: the sample table of the sound, and a fragmented file made of a part of it (ISO/IEC 14496-12)."""

import struct
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from sarau.foundation.media.frames.pcm import ReadAt
from sarau.foundation.media.seeking import OPAQUE, Layout, SeekIndex, SeekPoint, index_of

_MAX_BOXES = 2_000
_MAX_TRACKS = 64
_MAX_ENTRIES = 60_000  # of stts, stsc and elst: chunks of a second, sixteen hours of them
_MAX_STSD_BYTES = 64 * 1024
_MAX_SAMPLES = 1 << 22  # a day of AAC
MAX_SAMPLE_BYTES = 4 << 20
_BLOCK = 4096  # entries of a table read at once
_INTERVAL_MS = 900


class Box(NamedTuple):
    """A box, and where its content begins and ends."""

    name: bytes
    start: int
    stop: int


class Run(NamedTuple):
    """Samples of a chunk: the first one's number, how many there are, and where the chunk begins."""

    first: int
    samples: int
    offset: int


class Table(NamedTuple):
    """The sound of a file: how it is coded, and where its tables lie."""

    description: bytes  # the content of stsd
    timescale: int
    lead: int  # units before the sound, which players leave out
    durations: tuple[tuple[int, int], ...]  # so many samples of so many units
    chunk_runs: tuple[tuple[int, int], ...]  # from this chunk on, so many samples in each
    samples: int
    sizes_at: int
    chunks: int
    chunks_at: int
    chunk_width: int

    def ms(self, units: int) -> int:
        """Return the moment of a time of the file in milliseconds."""
        return max(0, units - self.lead) * 1000 // self.timescale

    def sample_at(self, time_ms: int) -> tuple[int, int]:
        """Return the sample that sounds at a moment, and when it begins in the file's units."""
        wanted = time_ms * self.timescale // 1000 + self.lead
        sample = units = 0
        for count, duration in self.durations:
            if duration and units + count * duration > wanted:
                inside = (wanted - units) // duration
                return sample + inside, units + inside * duration
            sample, units = sample + count, units + count * duration
        return max(0, self.samples - 1), units

    def sizes(self, read_at: ReadAt, first: int) -> Iterator[int]:
        """Yield the sizes of samples from one on."""
        for start in range(first, self.samples, _BLOCK):
            block = read_at(self.sizes_at + 4 * start, 4 * min(_BLOCK, self.samples - start))
            yield from struct.unpack(f">{len(block) // 4}I", block[: len(block) & ~3])

    def lengths(self, first: int) -> Iterator[int]:
        """Yield how long samples from one on sound, in the file's units."""
        passed = 0
        for count, duration in self.durations:
            for _ in range(max(passed, first), passed + count):
                yield duration
            passed += count

    def runs(self, read_at: ReadAt, first: int) -> Iterator[Run]:
        """Yield the chunks from the one that holds a sample on."""
        sample = 0
        for number, (chunk, per_chunk) in enumerate(self.chunk_runs):
            last = self.chunk_runs[number + 1][0] if number + 1 < len(self.chunk_runs) else self.chunks
            passed = min(max(0, first - sample) // per_chunk, last - chunk) if per_chunk else last - chunk
            sample += passed * per_chunk
            for start in range(chunk + passed, last, _BLOCK):
                for offset in self._offsets(read_at, start, min(_BLOCK, last - start)):
                    yield Run(sample, per_chunk, offset)
                    sample += per_chunk

    def _offsets(self, read_at: ReadAt, start: int, count: int) -> tuple[int, ...]:
        width = self.chunk_width
        block = read_at(self.chunks_at + width * start, width * count)
        return struct.unpack(
            f">{len(block) // width}{'I' if width == 4 else 'Q'}", block[: len(block) // width * width]
        )


def boxes(read_at: ReadAt, start: int, stop: int) -> Iterator[Box]:
    """Yield the boxes that follow each other; one that does not fit ends it."""
    for _ in range(_MAX_BOXES):
        head = read_at(start, 16)
        if start + 8 > stop or len(head) < 8:
            return
        length, header = int.from_bytes(head[:4], "big"), 8
        if length == 1:
            length, header = int.from_bytes(head[8:16], "big"), 16
        elif length == 0:
            length = stop - start
        if length < header or start + length > stop:
            return
        yield Box(head[4:8], start + header, start + length)
        start += length


def _inside(read_at: ReadAt, box: Box, *path: bytes) -> Box | None:
    """Return the first box on a path of names."""
    for name in path:
        found = next((one for one in boxes(read_at, box.start, box.stop) if one.name == name), None)
        if found is None:
            return None
        box = found
    return box


def table_of(read_at: ReadAt, size_bytes: int) -> Table | None:
    """Return the table of the first track that is sound; None if there is none, or it is in fragments already."""
    movie = next((box for box in boxes(read_at, 0, size_bytes) if box.name == b"moov"), None)
    if movie is None:
        return None
    tracks = [box for box in boxes(read_at, movie.start, movie.stop) if box.name == b"trak"]
    for track in tracks[:_MAX_TRACKS]:
        handler = _inside(read_at, track, b"mdia", b"hdlr")
        if handler is not None and read_at(handler.start + 8, 4) == b"soun":
            return _table(read_at, track, _timescale(read_at, _inside(read_at, movie, b"mvhd")))
    return None


def _timescale(read_at: ReadAt, box: Box | None) -> int:
    """Return the units a second of mvhd or mdhd."""
    if box is None:
        return 0
    head = read_at(box.start, 24)
    return int.from_bytes(head[20:24] if head[:1] == b"\x01" else head[12:16], "big")


def _table(read_at: ReadAt, track: Box, movie_scale: int) -> Table | None:
    media = _inside(read_at, track, b"mdia")
    tables = _inside(read_at, media, b"minf", b"stbl") if media else None
    if media is None or tables is None:
        return None
    found = {box.name: box for box in boxes(read_at, tables.start, tables.stop)}
    places = found.get(b"stco") or found.get(b"co64")
    if places is None or not {b"stsd", b"stts", b"stsc", b"stsz"} <= found.keys():
        return None
    described = found[b"stsd"]
    timescale = _timescale(read_at, _inside(read_at, media, b"mdhd"))
    sizes = struct.unpack(">III", read_at(found[b"stsz"].start, 12).ljust(12, b"\0"))
    table = Table(
        description=read_at(described.start, min(described.stop - described.start, _MAX_STSD_BYTES + 1)),
        timescale=timescale,
        lead=_lead(read_at, _inside(read_at, track, b"edts", b"elst"), timescale, movie_scale),
        durations=tuple((count, length) for count, length in _entries(read_at, found[b"stts"], 2)),
        chunk_runs=tuple((first - 1, count) for first, count, _ in _entries(read_at, found[b"stsc"], 3)),
        samples=sizes[2],
        sizes_at=found[b"stsz"].start + 12,
        chunks=int.from_bytes(read_at(places.start + 4, 4), "big"),
        chunks_at=places.start + 8,
        chunk_width=4 if places.name == b"stco" else 8,
    )
    # Nothing that is coded has samples of one size: those would be PCM, in millions.
    return table if not sizes[1] and _is_sane(table, found[b"stsz"], places) else None


def _is_sane(table: Table, sizes: Box, places: Box) -> bool:
    """Tell whether tables fit into their boxes and into the memory."""
    chunks = [chunk for chunk, _ in table.chunk_runs]
    return (
        table.timescale > 0
        and 0 < table.samples <= _MAX_SAMPLES
        and len(table.description) <= _MAX_STSD_BYTES
        and table.sizes_at + 4 * table.samples <= sizes.stop
        and table.chunks_at + table.chunk_width * table.chunks <= places.stop
        and sum(count for count, _ in table.durations) >= table.samples
        and bool(chunks)
        and chunks[0] == 0
        and chunks == sorted(set(chunks))
        and chunks[-1] < table.chunks
    )


def _entries(read_at: ReadAt, box: Box, width: int) -> list[tuple[int, ...]]:
    """Return the entries of a table of 32-bit numbers; none if there are too many."""
    count = int.from_bytes(read_at(box.start + 4, 4), "big")
    if count > _MAX_ENTRIES or box.start + 8 + 4 * width * count > box.stop:
        return []
    return list(struct.iter_unpack(f">{width}I", read_at(box.start + 8, 4 * width * count)))


def _lead(read_at: ReadAt, box: Box | None, timescale: int, movie_scale: int) -> int:
    """Return how many units of the first edit are left out at the beginning, less the silence put before."""
    if box is None or not movie_scale:
        return 0
    version, count = read_at(box.start, 1), int.from_bytes(read_at(box.start + 4, 4), "big")
    form = struct.Struct(">Qqhh" if version == b"\x01" else ">Iihh")
    silence = 0
    for number in range(min(count, 4)):
        entry = read_at(box.start + 8 + number * form.size, form.size)
        if len(entry) < form.size:
            break
        duration, time, _, _ = form.unpack(entry)
        if time >= 0:
            return int(time) - silence
        silence += duration * timescale // movie_scale
    return 0


def mp4_index(read_at: ReadAt, size_bytes: int) -> SeekIndex:
    """Return the index of an MP4 file: where in it the samples of about each second lie."""
    table = table_of(read_at, size_bytes)
    if table is None:
        return OPAQUE
    points: list[SeekPoint] = []
    lengths, sizes = table.lengths(0), table.sizes(read_at, 0)
    units = offset = 0
    for run in table.runs(read_at, 0):
        offset = run.offset
        for size, length in zip(islice(sizes, run.samples), lengths, strict=False):
            moment = table.ms(units)
            if not points or moment - points[-1].time_ms >= _INTERVAL_MS:
                points.append(SeekPoint(moment, offset))
            units += length
            offset += size
    return index_of(Layout.MP4, 0, [*points, SeekPoint(table.ms(units), min(size_bytes, offset))])
