"""LRC, read leniently: lines in time, words in time, and whatever players have added to it."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from sarau.catalog.lyrics.notation.layout import heading_of, rows_of
from sarau.catalog.lyrics.notation.song import Line, LineKind, Song, Word, grain_of

_CLOCK = r"(?:(?P<hours>[0-9]{1,3}):)?(?P<minutes>[0-9]{1,4}):(?P<seconds>[0-9]{1,2})(?:[.,](?P<fraction>[0-9]+))?"
_TIME = re.compile(rf"\s*\[\s*{_CLOCK}\s*\]")
_INSIDE = re.compile(rf"[<\[]{_CLOCK}[>\]]")
_HOURS = re.compile(r"^[ \t]*\[[0-9]{1,3}:[0-9]{1,2}:[0-9]{1,2}[.,][0-9]", re.MULTILINE)
_TAG = re.compile(r"\s*([A-Za-z#][A-Za-z0-9_#-]{0,20})\s*:(.*)", re.DOTALL)
_VOICE = re.compile(r"\s*(?:[FMD]|v[0-9]{1,2}):(?=[\s<\[]|$)\s*")  # walaoke: who sings
_OFFSET = re.compile(r"([+-]?) ?([0-9]{1,9})(?:\.[0-9]*)? ?(?:ms)?")
_NAMES = {"ti": "title", "ar": "artist", "al": "album", "au": "author", "length": "length", "by": "by"}
_BACKGROUND = "bg"

# A line may be given many times; past this many characters in all it would make far more of a sheet than came in.
_MOST_REPEATED = 100_000


class _Given(NamedTuple):
    """A line as it came: when it starts (None for text without time), its text, its words, when the last one ends."""

    start_ms: int | None
    text: str
    words: tuple[Word, ...] = ()
    end_ms: int | None = None


def parse_lrc(text: str) -> Song:
    """Return the song of an LRC file; its offset is applied to all times."""
    reading = _Reading(has_hours=_HOURS.search(text) is not None)
    for row in rows_of(text):
        reading.take(row)
    return reading.song()


class _Reading:
    """A file read row by row; order and offset are known at its end."""

    def __init__(self, *, has_hours: bool) -> None:
        self.has_hours = has_hours
        self.given: list[tuple[int, _Given]] = []
        self.told: dict[str, str] = {}
        self.metadata: list[tuple[str, str]] = []
        self.offset_ms = 0

    def take(self, row: str) -> None:
        """Take a row."""
        times, at = self._times(row)
        if times:
            self._take_timed(times, row[at:])
        elif row.strip() and not self._take_tags(row.strip()):
            self._take_untimed(row)

    def song(self) -> Song:
        """Return what was read, in the order of time."""
        ordered = [given for _, given in sorted(self.given, key=lambda pair: pair[0])]
        lines = _lines(_ended([_earlier(given, self.offset_ms) for given in ordered]))
        return Song(
            title=self.told.get("title"),
            artist=self.told.get("artist"),
            metadata=tuple(self.metadata),
            lines=lines,
            timed=grain_of(lines),
        )

    def _give(self, given: _Given) -> None:
        # Text without a time stays behind the line it followed.
        place = given.start_ms if given.start_ms is not None else (self.given[-1][0] if self.given else -1)
        self.given.append((place, given))

    def _times(self, row: str) -> tuple[list[int], int]:
        """Return the times a row begins with, and where they end."""
        times: list[int] = []
        at = 0
        while found := _TIME.match(row, at):
            times.append(self._ms(found.groups()))
            at = found.end()
        return times, at

    def _ms(self, clock: Sequence[str | None]) -> int:
        hours, minutes, seconds, fraction = clock
        if hours is not None and fraction is None and not self.has_hours:
            # [01:02:50]: an old way to write hundredths, unless the file counts hours elsewhere.
            hours, minutes, seconds, fraction = None, hours, minutes, seconds
        total = (int(hours or 0) * 60 + int(minutes or 0)) * 60 + int(seconds or 0)
        return total * 1000 + int(f"{fraction or 0:0<3}"[:3])

    def _take_timed(self, times: list[int], rest: str) -> None:
        inside = _INSIDE.search(rest)
        first = min(times)
        if inside:  # the times of the words are those of one of the times of the line
            first = max((time for time in times if time <= self._ms(inside.groups())), default=first)
        text, words, end_ms = self._worded(rest, first)
        most = max(1, _MOST_REPEATED // max(1, len(rest)))
        for time in times[:most]:
            self._give(_earlier(_Given(time, text, words, end_ms), first - time, keep_start=True))

    def _take_untimed(self, rest: str) -> None:
        inside = _INSIDE.search(rest)
        if inside and rest[: inside.start()].strip():  # "at [10:30] o'clock"
            self._give(_Given(None, rest.strip()))
            return
        text, words, end_ms = self._worded(rest, 0)
        if text:
            self._give(_Given(words[0].start_ms if words else None, text, words, end_ms))

    def _take_tags(self, row: str) -> bool:
        """Take a row that tells something of the song, and return whether it did."""
        if not (row.startswith("[") and row.endswith("]")):
            return False
        heading = heading_of(row)
        if heading is not None and heading_of(heading.name.partition(":")[0]) is not None:
            return False
        for inners in (row[1:-1].split("]["), [row[1:-1]]):
            tags = [found for inner in inners if (found := _TAG.fullmatch(inner))]
            if len(tags) == len(inners):
                for tag in tags:
                    self._tell(tag[1].lower(), tag[2].strip())
                return True
        return False

    def _tell(self, name: str, value: str) -> None:
        if name == _BACKGROUND:
            self._take_untimed(value)
            return
        if name == "offset" and (found := _OFFSET.fullmatch(value)):
            self.offset_ms = int(found[1] + found[2])
        name = _NAMES.get(name, name)
        if name in ("title", "artist") and value and name not in self.told:
            self.told[name] = value
        elif value:
            self.metadata.append((name, value))

    def _worded(self, rest: str, start_ms: int) -> tuple[str, tuple[Word, ...], int | None]:
        """Return the text of a line, its words if they have times, and the time after the last of them."""
        voice = _VOICE.match(rest)
        at = voice.end() if voice else 0
        text = _Growing()
        time: int | None = None
        for found in _INSIDE.finditer(rest, at):
            text.add(rest[at : found.start()], start_ms if time is None else time)
            time = max(start_ms if time is None else time, self._ms(found.groups()))
            at = found.end()
        text.add(rest[at:], time)
        ends = time is not None and not rest[at:].strip()
        return text.whole(), tuple(text.words), time if ends and text.words else None


class _Growing:
    """A text put together of pieces with times, one space between words at most where two pieces meet."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.words: list[Word] = []

    def add(self, piece: str, start_ms: int | None) -> None:
        """Add a piece; without a time it is no word of its own."""
        if not self.pieces or self.pieces[-1][-1].isspace():
            piece = piece.lstrip()
        if not piece:
            return
        said = piece.strip()
        if said and start_ms is not None:
            self.words.append(Word(self.length + len(piece) - len(piece.lstrip()), len(said), start_ms))
        self.pieces.append(piece)
        self.length += len(piece)

    def whole(self) -> str:
        """Return the text."""
        return "".join(self.pieces).rstrip()


def _earlier(given: _Given, by_ms: int, *, keep_start: bool = False) -> _Given:
    """Return a line that comes so much earlier, though not before the beginning."""
    if given.start_ms is None or (not by_ms and not keep_start):
        return given
    start_ms = given.start_ms if keep_start else max(0, given.start_ms - by_ms)
    words = tuple(Word(word.offset, word.length, max(0, word.start_ms - by_ms)) for word in given.words)
    end_ms = None if given.end_ms is None else max(0, given.end_ms - by_ms)
    return _Given(start_ms, given.text, words, end_ms)


def _ended(ordered: Sequence[_Given]) -> list[_Given]:
    """Return lines that end where they say or where the next one in time starts, a pause as well."""
    result: list[_Given] = []
    later: int | None = None  # the start after the one in hand
    start: int | None = None
    for given in reversed(ordered):
        if given.start_ms is None:
            result.append(given)
            continue
        if start is not None and given.start_ms < start:
            later = start
        start = given.start_ms
        result.append(given._replace(end_ms=later if given.end_ms is None else max(given.end_ms, start)))
    return result[::-1]


def _lines(ordered: Sequence[_Given]) -> tuple[Line, ...]:
    lines: list[Line] = []
    section = ""
    for start_ms, text, words, end_ms in ordered:
        part = _part_named(text)
        if part is not None:
            section = part
            lines.append(Line(LineKind.SECTION, part, start_ms, end_ms, section=section))
        else:
            kind = LineKind.LYRIC if text else LineKind.BLANK
            lines.append(Line(kind, text, start_ms, end_ms, words, section=section))
    return tuple(lines)


def _part_named(text: str) -> str | None:
    """Return the name of the part that a text announces, such as `[Chorus]` or `Refrão:`, if it is nothing else."""
    heading = heading_of(text)
    if heading is None or not heading.is_marked or heading.rest.strip():
        return None
    return heading.name if heading_of(heading.name) else None
