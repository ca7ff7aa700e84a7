"""Atoms of MP4 and QuickTime files (ISO/IEC 14496-12)."""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from sarau.adapters.mutagen.source import Source

_HEADER = struct.Struct(">I4s")
_HEADER_BYTES = 8
_LONG_HEADER_BYTES = 16
_MAX_ATOMS = 20_000  # beside each other: a long film in fragments of two seconds has some thousands
_TO_THE_END, _LONG = 0, 1


class Atom(NamedTuple):
    """An atom's name, and where its content begins and ends."""

    name: bytes
    start: int
    end: int


def file_atoms(source: Source, start: int) -> Iterator[Atom]:
    """Yield the outermost atoms of a file; the last one may be cut off by the file's end."""
    position = start
    for _ in range(_MAX_ATOMS):
        head = source.at(position, _LONG_HEADER_BYTES)
        if len(head) < _HEADER_BYTES:
            return
        atom = _parsed(head, 0, position, source.size)
        if atom is None:
            return
        yield atom
        position = atom.end


def atoms(data: bytes, start: int, end: int) -> Iterator[Atom]:
    """Yield the atoms that follow each other in some data; one that does not fit ends it."""
    position = start
    for _ in range(_MAX_ATOMS):
        if position + _HEADER_BYTES > end:
            return
        length, name = _HEADER.unpack_from(data, position)
        if _HEADER_BYTES <= length <= end - position:
            atom: Atom | None = Atom(name, position + _HEADER_BYTES, position + length)
        else:
            atom = _parsed(data, position, position, end)
        if atom is None:
            return
        yield atom
        position = atom.end


def find(data: bytes, within: Atom, *path: bytes) -> Atom | None:
    """Return the first atom on a path of names, or None."""
    for name in path:
        for atom in atoms(data, within.start, within.end):
            if atom.name == name:
                within = atom
                break
        else:
            return None
    return within


def _parsed(data: bytes, at: int, offset: int, limit: int) -> Atom | None:
    """Return the atom whose header is at this place of the data, `offset` being its place in what counts."""
    length, name = _HEADER.unpack_from(data, at)
    header = _HEADER_BYTES
    if length == _LONG:
        length = int.from_bytes(data[at + _HEADER_BYTES : at + _LONG_HEADER_BYTES], "big")
        header = _LONG_HEADER_BYTES
    elif length == _TO_THE_END:
        length = limit - offset
    if length < header or offset + header > limit:
        return None
    return Atom(name, offset + header, min(offset + length, limit))
