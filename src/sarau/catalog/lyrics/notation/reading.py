"""The way in: a sheet in any of the notations becomes a song."""

import re

from sarau.catalog.lyrics.notation.chordpro import KNOWN, directives_in, inline_marks, parse_chordpro
from sarau.catalog.lyrics.notation.layout import naming_in, rows_of
from sarau.catalog.lyrics.notation.lrc import parse_lrc
from sarau.catalog.lyrics.notation.over_words import parse_over_words, parse_plain
from sarau.catalog.lyrics.notation.song import Song
from sarau.catalog.lyrics.schemas import SheetFormat

_PARSERS = {
    SheetFormat.LRC: parse_lrc,
    SheetFormat.CHORDPRO: parse_chordpro,
    SheetFormat.CHORDS_OVER_WORDS: parse_over_words,
    SheetFormat.PLAIN: parse_plain,
}
_TIME = re.compile(r"\s*\[[0-9]{1,4}:[0-9]{1,2}(?:[.:,][0-9]+)*\]")

_ENOUGH = 40_000  # characters to tell how a text is written


def parse(kind: str, text: str) -> Song:
    """Return the song of a sheet, whatever text it is; raises ValueError for a format that is none of ours."""
    return _PARSERS[SheetFormat(kind)](text)


def detect(text: str) -> SheetFormat:
    """Return how a text is written: by its times, its directives and bracketed chords, its rows of chords."""
    rows = rows_of(text[:_ENOUGH])
    if any(_TIME.match(row) for row in rows):
        return SheetFormat.LRC
    if any(_has_directive(row) for row in rows):
        return SheetFormat.CHORDPRO
    others = [row.expandtabs() for row in rows if not _has_chords_inside(row)]
    if naming_in(others) is not None:
        return SheetFormat.CHORDS_OVER_WORDS
    return SheetFormat.PLAIN if len(others) == len(rows) else SheetFormat.CHORDPRO


def _has_directive(row: str) -> bool:
    return any(one.name in KNOWN for one in directives_in(row) or ())


def _has_chords_inside(row: str) -> bool:
    """Return whether chords in brackets stand between words; `[A]` in a row of its own may name a part."""
    if "[" not in row:
        return False
    words, marks = inline_marks(row)
    chords = sum(not mark.is_remark for mark in marks)
    return chords > 1 or (chords == 1 and bool(words))
