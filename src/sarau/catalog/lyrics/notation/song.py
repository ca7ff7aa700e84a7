"""A song as it is sung and played: lines with their words, chords and times."""

from collections.abc import Sequence
from enum import StrEnum

import msgspec


class LineKind(StrEnum):
    """What a line is: words or chords to perform, the name of a part, a remark, tablature, or nothing."""

    LYRIC = "lyric"
    SECTION = "section"
    COMMENT = "comment"
    TAB = "tab"
    BLANK = "blank"


class Grain(StrEnum):
    """How finely the times of a song are known."""

    NONE = "none"
    LINES = "lines"
    WORDS = "words"


class ChordMark(msgspec.Struct, frozen=True):
    """What stands over a place in a line's text: a chord as written, or a remark (`|`, `(2x)`, `N.C.`).

    The offset counts characters of the text and may lie past its end: chords go on where the words stop.
    """

    offset: int
    name: str
    is_remark: bool = False
    start_ms: int | None = None


class Word(msgspec.Struct, frozen=True):
    """A word, syllable or phrase of a line's text and when it is sung."""

    offset: int
    length: int
    start_ms: int


class Line(msgspec.Struct, frozen=True):
    """A line of a sheet, and in the section the name of the part it stands in.

    A lyric line without text is played and not sung.
    """

    kind: LineKind
    text: str = ""
    start_ms: int | None = None
    end_ms: int | None = None
    words: tuple[Word, ...] = ()
    chords: tuple[ChordMark, ...] = ()
    section: str = ""

    @property
    def is_sung(self) -> bool:
        """Whether the line has words to sing."""
        return self.kind is LineKind.LYRIC and any(character.isalnum() for character in self.text)

    @property
    def is_played(self) -> bool:
        """Whether the line has chords and nothing to sing."""
        return self.kind is LineKind.LYRIC and bool(self.chords) and not self.is_sung


class Song(msgspec.Struct, frozen=True):
    """A song read from a sheet; what the sheet tells besides stands in the metadata, name by name as it came.

    The capo is the fret the chords as written are to be played at, and the tempo is in beats per minute. Estimated
    times are a guess from the length of the lines. The confidence tells how well a sheet fits the timed lines that it
    was laid along, from 0 to 1.
    """

    title: str | None = None
    artist: str | None = None
    key: str | None = None
    capo: int = 0
    tempo: float | None = None
    metadata: tuple[tuple[str, str], ...] = ()
    lines: tuple[Line, ...] = ()
    timed: Grain = Grain.NONE
    estimated: bool = False
    confidence: float = 1.0

    @property
    def is_sung(self) -> bool:
        """Whether there is anything to sing."""
        return any(line.is_sung for line in self.lines)

    @property
    def has_chords(self) -> bool:
        """Whether there is anything to play."""
        return any(not mark.is_remark for line in self.lines for mark in line.chords)


def grain_of(lines: tuple[Line, ...]) -> Grain:
    """Return how finely these lines are timed."""
    if any(line.words for line in lines):
        return Grain.WORDS
    return Grain.LINES if any(line.start_ms is not None for line in lines) else Grain.NONE


def without_blank_ends(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return lines without the blank ones before the first and after the last of the others."""
    told = [index for index, line in enumerate(lines) if line.kind is not LineKind.BLANK]
    return tuple(lines[told[0] : told[-1] + 1]) if told else ()
