"""A fragmented MP4 made of the samples of another file from one on (ISO/IEC 14496-12, section 8.8)."""

import struct
from array import array
from bisect import bisect_right
from itertools import islice
from typing import NamedTuple

from sarau.foundation.media.frames.mp4 import MAX_SAMPLE_BYTES, Table
from sarau.foundation.media.frames.pcm import ReadAt

_MAX_BYTES = 256 * 1024
_MAX_SAMPLES = 2048
_HEAD_BYTES = 100  # moof with no samples, and the header of mdat
_TRACK = 1
_UNITY = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
_DEFAULT_BASE_IS_MOOF, _DEFAULT_DURATION = 0x020000, 0x08
_DATA_OFFSET, _SAMPLE_SIZE = 0x01, 0x200


def _box(name: bytes, *content: bytes) -> bytes:
    body = b"".join(content)
    return struct.pack(">I4s", 8 + len(body), name) + body


def _full(name: bytes, *content: bytes, version: int = 0, flags: int = 0) -> bytes:
    return _box(name, struct.pack(">I", version << 24 | flags), *content)


def opening(table: Table) -> bytes:
    """Return what comes before all fragments: the file type, and a movie without samples."""
    empty = struct.pack(">I", 0)
    tables = _box(
        b"stbl",
        _box(b"stsd", table.description),
        _full(b"stts", empty),
        _full(b"stsc", empty),
        _full(b"stsz", empty, empty),
        _full(b"stco", empty),
    )
    here = _full(b"dref", struct.pack(">I", 1), _full(b"url ", flags=1))
    media = _box(
        b"mdia",
        _full(b"mdhd", struct.pack(">IIIIHH", 0, 0, table.timescale, 0, 0x55C4, 0)),
        _full(b"hdlr", struct.pack(">I4s12s", 0, b"soun", b""), b"sound\0"),
        _box(b"minf", _full(b"smhd", struct.pack(">HH", 0, 0)), _box(b"dinf", here), tables),
    )
    header = struct.pack(">IIIII8xHHHH", 0, 0, _TRACK, 0, 0, 0, 0, 0x100, 0) + _UNITY + struct.pack(">II", 0, 0)
    movie = struct.pack(">IIIIIH10x", 0, 0, table.timescale, 0, 0x10000, 0x100) + _UNITY + bytes(24)
    return _box(b"ftyp", b"iso5", struct.pack(">I", 0), b"iso5iso6mp41") + _box(
        b"moov",
        _full(b"mvhd", movie, struct.pack(">I", _TRACK + 1)),
        _box(b"trak", _full(b"tkhd", header, flags=3), media),
        _box(b"mvex", _full(b"trex", struct.pack(">IIIII", _TRACK, 1, 0, 0, 0))),
    )


class Fragment(NamedTuple):
    """Samples of one length that lie behind each other in the file."""

    number: int
    sample: int
    samples: int
    units: int
    duration: int
    offset: int
    body_bytes: int


class Fragments:
    """Where in the stream of fragments which samples are; none lasts much longer than half a second."""

    def __init__(self, table: Table, read_at: ReadAt, time_ms: int) -> None:
        self.table = table
        self._columns = tuple(array("Q") for _ in range(6))
        self._positions = array("Q")
        self.size_bytes = 0
        sample, units = table.sample_at(time_ms)
        # What a frame decodes to leans on the frame before it.
        first, self._units = (sample - 1, units - next(table.lengths(sample - 1), 0)) if sample else (0, 0)
        self.start_ms = table.ms(self._units)
        self._plan(read_at, first)

    def __len__(self) -> int:
        return len(self._positions)

    def at(self, position: int) -> tuple[int, Fragment]:
        """Return the fragment that a byte of the stream lies in, and where it begins there."""
        number = bisect_right(self._positions, position) - 1
        return self._positions[number], Fragment(number, *(column[number] for column in self._columns))

    def time_at(self, position: int) -> int:
        """Return the moment of a place in the stream, in milliseconds."""
        if not len(self) or position >= self.size_bytes:
            return self.table.ms(self._units)
        begins, fragment = self.at(position)
        length = _HEAD_BYTES + 4 * fragment.samples + fragment.body_bytes
        passed = fragment.samples * fragment.duration * (position - begins) // length
        return self.table.ms(fragment.units + passed)

    def head(self, fragment: Fragment, read_at: ReadAt) -> bytes:
        """Return what comes before the samples of a fragment."""
        sizes = list(islice(self.table.sizes(read_at, fragment.sample), fragment.samples))
        begins = max(0, fragment.units - self.table.lead)
        size = _HEAD_BYTES + 4 * fragment.samples
        run = struct.pack(f">II{len(sizes)}I", len(sizes), size, *sizes)
        flags = _DEFAULT_BASE_IS_MOOF | _DEFAULT_DURATION
        return _box(
            b"moof",
            _full(b"mfhd", struct.pack(">I", fragment.number + 1)),
            _box(
                b"traf",
                _full(b"tfhd", struct.pack(">II", _TRACK, fragment.duration), flags=flags),
                _full(b"tfdt", struct.pack(">Q", begins), version=1),
                _full(b"trun", run, flags=_DATA_OFFSET | _SAMPLE_SIZE),
            ),
        ) + struct.pack(">I4s", 8 + fragment.body_bytes, b"mdat")

    def _plan(self, read_at: ReadAt, first: int) -> None:
        """Gather samples into fragments from one on."""
        table = self.table
        gathered = _Gathered(self, table.timescale // 2)
        sizes = lengths = None
        for run in table.runs(read_at, first):
            if sizes is None or lengths is None:
                sizes, lengths = table.sizes(read_at, run.first), table.lengths(first)
            offset = run.offset
            for sample, size in enumerate(islice(sizes, run.samples), run.first):
                if size > MAX_SAMPLE_BYTES:
                    break
                if sample >= first:
                    gathered.take(sample, next(lengths, 0), offset, size)
                offset += size
        gathered.close()

    def _add(self, fragment: tuple[int, int, int, int, int, int]) -> None:
        for column, value in zip(self._columns, fragment, strict=True):
            column.append(value)
        self._positions.append(self.size_bytes)
        self.size_bytes += _HEAD_BYTES + 4 * fragment[1] + fragment[5]


class _Gathered:
    """Samples on their way into the next fragment."""

    def __init__(self, fragments: Fragments, most_units: int) -> None:
        self._fragments = fragments
        self._most_units = most_units
        self._sample = self._count = self._duration = self._offset = self._bytes = 0

    def take(self, sample: int, duration: int, offset: int, size: int) -> None:
        """Take a sample; what it does not fit to is closed before."""
        fits = (
            duration == self._duration
            and offset == self._offset + self._bytes
            and self._bytes + size <= _MAX_BYTES
            and self._count < _MAX_SAMPLES
            and (self._count + 1) * duration <= self._most_units
        )
        if not fits or not self._count:
            self.close()
            self._sample, self._duration, self._offset = sample, duration, offset
        self._count += 1
        self._bytes += size

    def close(self) -> None:
        """Make a fragment of what there is."""
        if self._count:
            units = self._fragments._units  # noqa: SLF001 - a part of the same machine
            self._fragments._add(  # noqa: SLF001
                (self._sample, self._count, units, self._duration, self._offset, self._bytes)
            )
            self._fragments._units = units + self._count * self._duration  # noqa: SLF001
        self._count = self._bytes = 0
