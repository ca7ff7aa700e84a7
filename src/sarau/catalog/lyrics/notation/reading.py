"""The way in: a sheet in any of the notations becomes a song."""

import re
from enum import StrEnum

from sarau.catalog.lyrics.notation.chordpro import KNOWN, directives_in, inline_marks, parse_chordpro
from sarau.catalog.lyrics.notation.layout import naming_in, rows_of
from sarau.catalog.lyrics.notation.lrc import parse_lrc
from sarau.catalog.lyrics.notation.over_words import parse_over_words, parse_plain
from sarau.catalog.lyrics.notation.song import Song


class Notation(StrEnum):
    """How a sheet is written."""

    LRC = "lrc"
    CHORDPRO = "chordpro"
    OVER_WORDS = "over_words"
    PLAIN = "plain"


_PARSERS = {
    Notation.LRC: parse_lrc,
    Notation.CHORDPRO: parse_chordpro,
    Notation.OVER_WORDS: parse_over_words,
    Notation.PLAIN: parse_plain,
}
_TIME = re.compile(r"\s*\[[0-9]{1,4}:[0-9]{1,2}(?:[.:,][0-9]+)*\]")


def parse(notation: str, text: str) -> Song:
    """Return the song of a sheet, whatever text it is; raises ValueError for a notation that is none of ours."""
    return _PARSERS[Notation(notation)](text)


def detect(text: str) -> Notation:
    """Return how a text is written: by its times, its directives and bracketed chords, its rows of chords."""
    rows = rows_of(text)
    if any(_TIME.match(row) for row in rows):
        return Notation.LRC
    if any(_has_directive(row) for row in rows):
        return Notation.CHORDPRO
    others = [row.expandtabs() for row in rows if not _has_chords_inside(row)]
    if naming_in(others) is not None:
        return Notation.OVER_WORDS
    return Notation.PLAIN if len(others) == len(rows) else Notation.CHORDPRO


def _has_directive(row: str) -> bool:
    return any(one.name in KNOWN for one in directives_in(row) or ())


def _has_chords_inside(row: str) -> bool:
    """Return whether chords in brackets stand between words; `[A]` in a row of its own may name a part."""
    if "[" not in row:
        return False
    words, marks = inline_marks(row)
    chords = sum(not mark.is_remark for mark in marks)
    return chords > 1 or (chords == 1 and bool(words))
