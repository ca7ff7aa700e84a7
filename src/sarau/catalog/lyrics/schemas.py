"""The language of lyrics."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta


class SheetFormat(StrEnum):
    """How a sheet is written."""

    PLAIN = "plain"
    LRC = "lrc"
    CHORDPRO = "chordpro"
    CHORDS_OVER_WORDS = "chords_over_words"


HOUSE, HOUSE_CHORDS = "house", "house-chords"
EMBEDDED = "embedded"


class Sheet(msgspec.Struct, frozen=True):
    """Lyrics or chords of a track, as they came.

    The source is `embedded`, the suffix of the file beside it, or `house` and `house-chords` for words and chords
    that somebody put here, with who that was and when.
    """

    source: str
    format: SheetFormat
    content: str
    put_by: str | None = None
    put_at: datetime | None = None


class NewFormat(StrEnum):
    """How a new sheet is written; `auto`: find out."""

    AUTO = "auto"
    PLAIN = "plain"
    LRC = "lrc"
    CHORDPRO = "chordpro"
    CHORDS_OVER_WORDS = "chords_over_words"


MAX_SHEET_BYTES = 256 * 1024
# Files beside the music. Some suffixes are used for anything: None, to be found out.
SHEET_SUFFIXES: dict[str, SheetFormat | None] = {
    ".lrc": SheetFormat.LRC,
    ".txt": None,
    ".cho": SheetFormat.CHORDPRO,
    ".chordpro": SheetFormat.CHORDPRO,
    ".crd": None,
    ".pro": SheetFormat.CHORDPRO,
}


class NewSheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sheet to be kept; an empty one removes what was kept before."""

    content: Annotated[str, Meta(max_length=MAX_SHEET_BYTES)]
    format: NewFormat = NewFormat.AUTO


class ChordOptions(msgspec.Struct, frozen=True):
    """How chords are to be shown: semitones higher, as shapes behind a capo, as triads and sevenths alone."""

    transpose_semitones: int = 0
    capo: int = 0
    simplified: bool = False


class Timing(StrEnum):
    """Where times come from: the sheet itself, timed lyrics it was laid along, or a guess from the song's length."""

    NONE = "none"
    SHEET = "sheet"
    ALIGNED = "aligned"
    ESTIMATED = "estimated"


class LineKind(StrEnum):
    """What a line is: something to sing or play, a remark, or a block of tablature."""

    LINE = "line"
    COMMENT = "comment"
    TAB = "tab"


class TimedWord(msgspec.Struct, frozen=True):
    """A word with a time of its own, with the space after it if there is one."""

    start_ms: int
    end_ms: int
    text: str


class PlacedChord(msgspec.Struct, frozen=True):
    """A chord over a line; the column counts characters of the text before it, and may lie past its end.

    A remark is no chord: a bar line, `(2x)`, `N.C.`.
    """

    name: str
    column: int
    start_ms: int | None
    remark: bool = False


class TimedLine(msgspec.Struct, frozen=True):
    """A line of a song: without words it is played, and without chords either it is a pause.

    The section is set on the first line of a part, the gap where a blank row stood before. What nobody sings or plays
    begins and ends where the next line begins.
    """

    index: int
    kind: LineKind
    section: str | None
    gap: bool
    start_ms: int | None
    end_ms: int | None
    text: str
    words: list[TimedWord]
    chords: list[PlacedChord]


class TimedLyrics(msgspec.Struct, frozen=True):
    """The best words and chords of a track, in time, and every sheet there is.

    The key is the one that sounds; the capo is what the sheet of the chords asks for. The confidence is 1 where the
    sheets tell all times, 0 where all is a guess, and between them how well chords and timed words fit together.
    """

    track_id: str
    key: str | None
    capo: int
    words_timing: Timing
    chords_timing: Timing
    confidence: float
    lines: list[TimedLine]
    sheets: list[Sheet]


class ChordCue(msgspec.Struct, frozen=True):
    """A chord begins to sound, over a line."""

    name: str
    line_index: int
    column: int


class SectionCue(msgspec.Struct, frozen=True):
    """A part of the song begins."""

    name: str


class Cue(msgspec.Struct, frozen=True):
    """Something at a time of the song, in milliseconds from its beginning."""

    start_ms: int
    end_ms: int
    kind: TimedLine | ChordCue | SectionCue


class Instrument(StrEnum):
    """An instrument with frets."""

    GUITAR = "guitar"
    UKULELE = "ukulele"
    CAVAQUINHO = "cavaquinho"


class ChordDiagram(msgspec.Struct, frozen=True):
    """A way to hold a chord, string by string from the one nearest the player's chin.

    Frets are counted from the nut, 0 for an open string and -1 for a silent one; fingers are 1 to 4, 0 for none. The
    drawing begins with the base fret, the barre is the fret that the first finger lies across.
    """

    frets: list[int]
    base_fret: int
    fingers: list[int]
    barre: int | None


class ChordDiagrams(msgspec.Struct, frozen=True):
    """Ways to hold a chord on an instrument, whose open strings are named."""

    name: str
    instrument: Instrument
    strings: list[str]
    diagrams: list[ChordDiagram]
