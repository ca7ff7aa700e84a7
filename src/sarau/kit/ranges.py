"""Byte ranges of RFC 9110, section 14."""

import re
from itertools import pairwise
from typing import NamedTuple

MAX_RANGES = 16  # more are refused as abuse (RFC 9110, section 17.15)
_SPEC = re.compile(r"(\d*)-(\d*)", re.ASCII)


class ByteRange(NamedTuple):
    """Bytes from start to stop, stop not included."""

    start: int
    stop: int

    @property
    def length(self) -> int:
        """The number of bytes."""
        return self.stop - self.start

    def content_range(self, size_bytes: int) -> str:
        """Return the value of Content-Range for this part of a whole."""
        return f"bytes {self.start}-{self.stop - 1}/{size_bytes}"


class Unsatisfiable(ValueError):
    """No range asked for lies inside the content: 416."""


def parse_range(header: str | None, size_bytes: int) -> list[ByteRange] | None:
    """Return the ranges asked for, clipped, in the order asked; None when the header is to be ignored.

    A malformed header or an unknown unit is ignored, as RFC 9110 asks. Ranges that overlap are joined. Raises
    Unsatisfiable when the header is well formed and nothing of it can be served, or when it asks for more than
    MAX_RANGES parts.
    """
    if header is None:
        return None
    unit, equals, specs = header.partition("=")
    if not equals or unit.strip().lower() != "bytes" or len(header) > 2000:
        return None
    wanted: list[ByteRange] = []
    count = 0
    for spec in specs.split(","):
        if not (spec := spec.strip(" \t")):
            continue
        count += 1
        match = _SPEC.fullmatch(spec)
        if match is None or spec == "-":
            return None
        first, last = match.groups()
        if first and last and int(last) < int(first):
            return None
        one = _clip(first, last, size_bytes)
        if one is not None:
            wanted.append(one)
    if count == 0:
        return None
    if not wanted or count > MAX_RANGES:
        raise Unsatisfiable(header)
    return _joined(wanted)


def _clip(first: str, last: str, size_bytes: int) -> ByteRange | None:
    if first:
        start, stop = int(first), min(int(last) + 1 if last else size_bytes, size_bytes)
    else:
        start, stop = max(0, size_bytes - int(last)), size_bytes
    return ByteRange(start, stop) if start < stop else None


def _joined(ranges: list[ByteRange]) -> list[ByteRange]:
    """Join ranges that overlap, so that nobody makes us send the same bytes twice."""
    by_start = sorted(ranges)
    if all(a.stop <= b.start for a, b in pairwise(by_start)):
        return ranges
    joined = [by_start[0]]
    for one in by_start[1:]:
        if one.start < joined[-1].stop:
            joined[-1] = ByteRange(joined[-1].start, max(joined[-1].stop, one.stop))
        else:
            joined.append(one)
    return joined
