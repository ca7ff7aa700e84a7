"""An arrangement as listeners get it: their key, their capo, every line with its time. Pure thinking."""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from sarau.catalog.lyrics.arranging import Arrangement
from sarau.catalog.lyrics.notation import song as written
from sarau.catalog.lyrics.notation.keys import key_name
from sarau.catalog.lyrics.notation.notes import Naming
from sarau.catalog.lyrics.notation.song import ChordMark, Line, Song
from sarau.catalog.lyrics.notation.transposing import chords_in, key_of, simplified, transposed, with_capo
from sarau.catalog.lyrics.schemas import (
    ChordOptions,
    LineKind,
    PlacedChord,
    Sheet,
    TimedLine,
    TimedLyrics,
    TimedWord,
)

_CHARACTER_MS = 100  # that the last line takes, where nothing tells when it is over
_SHORTEST_MS = 1_000


def shown(track_id: str, sheets: Sequence[Sheet], found: Arrangement, options: ChordOptions) -> TimedLyrics:
    """Return lyrics with chords as they are wanted; raises ValueError for options beyond what there is."""
    sounding = transposed(found.song, options.transpose_semitones)
    chords = with_capo(sounding, options.capo)
    chords = simplified(chords) if options.simplified else chords
    return TimedLyrics(
        track_id=track_id,
        key=_key_text(sounding),
        capo=found.capo,
        words_timing=found.words_timing,
        chords_timing=found.chords_timing,
        confidence=round(found.song.confidence, 3),
        lines=_page(_all_timed(chords.lines)),
        sheets=list(sheets),
    )


def _key_text(song: Song) -> str | None:
    """Return the key a song tells, else the one its chords suggest, in the naming of its chords."""
    if song.key is not None:
        return song.key
    key = key_of(song)
    naming = next((chord.naming for chord in chords_in(song)), Naming.LETTERS)
    return None if key is None else key_name(key, naming)


def _all_timed(lines: Sequence[Line]) -> list[Line]:
    """Return lines that all have times, if any has: what nobody sings takes none of it."""
    result: list[Line] = []
    following: int | None = None
    for line in reversed(lines):
        if line.start_ms is None:
            line = replace(line, start_ms=following, end_ms=following)  # noqa: PLW2901 - the same line, timed
        elif line.end_ms is None:
            lasts_ms = max(_SHORTEST_MS, _CHARACTER_MS * len(line.text))
            line = replace(line, end_ms=line.start_ms + lasts_ms)  # noqa: PLW2901 - the same line, timed
        following = line.start_ms
        result.append(line)
    end_ms = next((line.end_ms for line in result if line.end_ms is not None), None)
    return [
        line if line.start_ms is not None else replace(line, start_ms=end_ms, end_ms=end_ms)
        for line in reversed(result)
    ]


class _Page:
    """Lines put down one after the other, with the names of parts and the gaps that stand before them."""

    def __init__(self) -> None:
        self.lines: list[TimedLine] = []
        self._section: Line | None = None
        self._gap = False
        self._goes_on = False  # the line before was tablature: another row of it belongs to the same block

    def take(self, line: Line) -> None:
        """Put down a line."""
        if line.kind is written.LineKind.SECTION:
            self.finish()
            self._section = line
        elif line.kind is written.LineKind.TAB:
            self._put_row(line)
            return
        elif line.kind is written.LineKind.BLANK and (line.start_ms or 0) >= (line.end_ms or 0):
            self._gap = bool(self.lines)
        else:
            self._put(LineKind.COMMENT if line.kind is written.LineKind.COMMENT else LineKind.LINE, line)
        self._goes_on = False

    def finish(self) -> None:
        """Put down the name of a part that no line came for."""
        if self._section is not None:
            self._put(LineKind.COMMENT, replace(self._section, text=""))

    def _put(self, kind: LineKind, line: Line) -> None:
        section, self._section = self._section, None
        gap, self._gap = self._gap, False
        self.lines.append(
            TimedLine(
                index=len(self.lines),
                kind=kind,
                section=section.text if section else None,
                gap=gap,
                start_ms=line.start_ms,
                end_ms=line.end_ms,
                text=line.text,
                words=_words(line),
                chords=[_placed(mark) for mark in line.chords],
            )
        )

    def _put_row(self, line: Line) -> None:
        """Put down a row of tablature, below the one before it."""
        if self._goes_on:
            above = self.lines[-1]
            self.lines[-1] = replace(above, end_ms=line.end_ms, text=f"{above.text}\n{line.text}")
        else:
            self._put(LineKind.TAB, line)
        self._goes_on = True


def _page(lines: Iterable[Line]) -> list[TimedLine]:
    page = _Page()
    for line in lines:
        page.take(line)
    page.finish()
    return page.lines


def _placed(mark: ChordMark) -> PlacedChord:
    return PlacedChord(mark.name, mark.offset, mark.start_ms, mark.is_remark)


def _words(line: Line) -> list[TimedWord]:
    """Return the words that have times; together they are the text."""
    bounds = [0, *(word.offset for word in line.words[1:]), len(line.text)]
    ends = [*(word.start_ms for word in line.words[1:]), line.end_ms or 0]
    return [
        TimedWord(word.start_ms, max(word.start_ms, end_ms), line.text[begin:end])
        for word, begin, end, end_ms in zip(line.words, bounds, bounds[1:], ends, strict=False)
    ]
