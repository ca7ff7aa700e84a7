"""The language of lyrics."""

from enum import StrEnum

import msgspec


class SheetFormat(StrEnum):
    """How a sheet is written."""

    PLAIN = "plain"
    LRC = "lrc"
    CHORDPRO = "chordpro"


class Sheet(msgspec.Struct, frozen=True):
    """Lyrics or chords of a track; the source is `embedded` or the suffix of the file beside it."""

    source: str
    format: SheetFormat
    content: str


SHEET_SUFFIXES = {
    ".lrc": SheetFormat.LRC,
    ".txt": SheetFormat.PLAIN,
    ".cho": SheetFormat.CHORDPRO,
    ".chordpro": SheetFormat.CHORDPRO,
    ".crd": SheetFormat.CHORDPRO,
    ".pro": SheetFormat.CHORDPRO,
}
MAX_SHEET_BYTES = 256 * 1024
