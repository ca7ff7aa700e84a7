"""Where the chords of a sheet's line fall in the same line as it is timed: over which letter, and when."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from re import finditer

from msgspec.structs import replace

from sarau.catalog.lyrics.notation.matching import bare
from sarau.catalog.lyrics.notation.song import ChordMark, Line

_MOST_WORDS = 40  # in a line; beyond, chords are placed by proportion alone
_USUAL_MS = 100  # for a character
_SLOWEST_MS = 250


class Scale:
    """A mapping along straight pieces between known points; before the first and after the last it runs parallel."""

    def __init__(self, points: Iterable[tuple[int, int]]) -> None:
        self.points: list[tuple[int, int]] = []
        for here, there in sorted(points):
            if not self.points:
                self.points.append((here, there))
            elif here > self.points[-1][0]:
                self.points.append((here, max(there, self.points[-1][1])))

    def at(self, here: int) -> int:
        """Return where a place lies on the other side."""
        index = bisect_right(self.points, here, key=lambda point: point[0])
        if index == 0 or index == len(self.points):
            known, there = self.points[max(0, index - 1)]
            return there + here - known
        (left, low), (right, high) = self.points[index - 1], self.points[index]
        return low + round((here - left) * (high - low) / (right - left))


def place_chords(sheet: Sequence[Line], timed: Sequence[Line]) -> list[Line]:
    """Return timed lines with the chords of the lines of a sheet that are the same words, not yet timed."""
    sheet_text, sheet_starts = _joined(sheet)
    timed_text, timed_starts = _joined(timed)
    scale = Scale(_common_points(sheet_text, timed_text))
    result: list[list[ChordMark]] = [[] for _ in timed]
    for line, start in zip(sheet, sheet_starts, strict=True):
        for mark in line.chords:
            offset = max(0, scale.at(start + mark.offset))
            index = bisect_right(timed_starts[1:], offset + 1)  # over the space before a line is over its first word
            result[index].append(replace(mark, offset=max(0, offset - timed_starts[index]), start_ms=None))
    return [replace(line, chords=tuple(marks)) for line, marks in zip(timed, result, strict=True)]


def with_chord_times(line: Line, end_ms: int) -> Line:
    """Return a timed line with the times of its chords: those of its words, else spread until they are over."""
    if line.start_ms is None or not line.chords:
        return line
    length = max(len(line.text), line.chords[-1].offset + 1)
    if line.words:
        points = [(word.offset, word.start_ms) for word in line.words]
        points.append((length, max(end_ms, line.words[-1].start_ms)))
    else:
        points = [(0, line.start_ms), (length, end_ms)]
    scale = Scale(points)
    latest = line.start_ms
    marks = []
    for mark in line.chords:
        latest = min(max(latest, scale.at(mark.offset)), max(end_ms, latest))
        marks.append(replace(mark, start_ms=latest))
    return replace(line, chords=tuple(marks))


def _joined(lines: Sequence[Line]) -> tuple[str, list[int]]:
    """Return the text of lines one after the other, chords past the end of one included, and where each starts."""
    text = ""
    starts = []
    for line in lines:
        starts.append(len(text))
        reach = max((mark.offset + 1 for mark in line.chords), default=0)
        text += line.text.ljust(reach) + " "
    return text, starts


def _common_points(sheet: str, timed: str) -> list[tuple[int, int]]:
    """Return which places in two texts are the same: the beginnings and ends of the words they share."""
    ends = (len(sheet.rstrip()), len(timed.rstrip()))
    ours, theirs = _word_spans(sheet), _word_spans(timed)
    if max(len(ours), len(theirs)) > _MOST_WORDS:
        return [(0, 0), ends]
    matcher = SequenceMatcher(None, [word for word, _, _ in ours], [word for word, _, _ in theirs], autojunk=False)
    points = []
    for block in matcher.get_matching_blocks():
        for step in range(block.size):
            _, start, end = ours[block.a + step]
            _, other_start, other_end = theirs[block.b + step]
            points += [(start, other_start), (end, other_end)]
    if not points or points[0][0] > 0:
        points.append((0, 0))
    if max(points)[0] < ends[0]:
        points.append(ends)
    return points


def _word_spans(text: str) -> list[tuple[str, int, int]]:
    return [(bare(found[0]) or found[0], found.start(), found.end()) for found in finditer(r"\S+", text)]


def ends_of_words(lines: Sequence[Line], *, slack: float) -> list[int]:
    """Return when the words of some timed lines are over.

    That is when they say, or when the next begins, unless it begins so much later, by the pace of the song, that
    there must be a gap. The slack is how many times the usual length a line may take before that.
    """
    pace = _pace(lines)
    over = []
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        last = line.words[-1] if line.words else None
        start_ms, length = (last.start_ms, last.length) if last else (line.start_ms or 0, len(line.text))
        until = None if following is None else following.start_ms
        usual_ms = pace * max(1, length)
        if line.end_ms is not None and (until is None or line.end_ms < until):
            over.append(line.end_ms)  # a pause is marked, or the end of the last word
        elif until is not None and until <= start_ms + usual_ms * slack:
            over.append(until)
        else:
            over.append(start_ms + usual_ms)
    return over


def _pace(lines: Sequence[Line]) -> int:
    """Return how many milliseconds a character is sung for: the median, so that few long pauses do not count."""
    paces = sorted(
        (following.start_ms - line.start_ms) // len(line.text)
        for line, following in pairwise(lines)
        if line.text and line.start_ms is not None and following.start_ms is not None
    )
    return min(paces[(len(paces) - 1) // 2], _SLOWEST_MS) if paces else _USUAL_MS
