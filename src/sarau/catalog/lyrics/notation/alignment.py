"""Chord sheets brought in time: by the timed lyrics of the same song, or spread over its duration."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import groupby

from msgspec.structs import replace

from sarau.catalog.lyrics.notation.matching import Bead, CannotAlign, match_lines
from sarau.catalog.lyrics.notation.placing import ends_of_words, place_chords, with_chord_times
from sarau.catalog.lyrics.notation.song import Line, LineKind, Song, grain_of, without_blank_ends

MOST_LINES = 2_000  # of either, whatever they hold
_LEAST_IN_COMMON = 5  # at least one line in so many of the shorter side, or it is another song
_MOST_WORK = 1_000_000  # characters and chords to be placed, each time they are sung
_CHORD_MS = 2_000  # how long a chord lasts after the last words, where nothing tells
_SLACK = 1.6
_CHORD_WIDTH = 8  # characters of words that take as long as a chord nobody sings to


def align(chords: Song, timed: Song) -> Song:
    """Return the song as its timed lyrics run, with the chords, parts and remarks of a sheet without times.

    The timed lines are taken in their order. A refrain written once stands wherever it is sung, with its chords;
    lines of the sheet that nobody sings stay where they were, without a time; played lines get the time between the
    words. Raises CannotAlign where there are no times, where there is too much of either, or where the two have too
    little in common to be one song.
    """
    heard, sung = _heard(timed), _sung(chords)
    beads = _match(chords, timed, heard, sung)
    weaving = _Weaving(chords.lines, timed.lines, sung, heard)
    if weaving.work(beads) > _MOST_WORK:
        raise CannotAlign("The lines that the chords and the timed lyrics have in common are too long to align")
    lines = tuple(_timed(weaving.woven(beads)))
    told = dict.fromkeys((*chords.metadata, *timed.metadata))
    return Song(
        title=timed.title or chords.title,
        artist=timed.artist or chords.artist,
        key=chords.key or timed.key,
        capo=chords.capo,
        tempo=chords.tempo or timed.tempo,
        metadata=tuple(told),
        lines=lines,
        timed=grain_of(lines),
        estimated=timed.estimated,
        confidence=_confidence([timed.lines[index].text for index in heard], beads),
    )


def is_same_song(one: Song, timed: Song) -> bool:
    """Return whether a sheet could be laid along timed lyrics."""
    try:
        _match(one, timed, _heard(timed), _sung(one))
    except CannotAlign:
        return False
    return True


def _heard(timed: Song) -> list[int]:
    return [index for index, line in enumerate(timed.lines) if line.is_sung and line.start_ms is not None]


def _sung(sheet: Song) -> list[int]:
    return [index for index, line in enumerate(sheet.lines) if line.is_sung]


def _match(sheet: Song, timed: Song, heard: Sequence[int], sung: Sequence[int]) -> list[Bead]:
    """Return which timed lines are which lines of a sheet; raises CannotAlign."""
    if max(len(sheet.lines), len(timed.lines)) > MOST_LINES:
        raise CannotAlign(f"A song of more than {MOST_LINES} lines is too long to align")
    if not heard:
        raise CannotAlign("These lyrics have no times")
    beads = match_lines([timed.lines[index].text for index in heard], [sheet.lines[index].text for index in sung])
    if len(beads) * _LEAST_IN_COMMON < min(len(sung), len(heard)) or not beads:
        raise CannotAlign("The chords and the timed lyrics have too few lines in common to be the same song")
    return beads


def _confidence(heard: Sequence[str], beads: Sequence[Bead]) -> float:
    """Return how well a sheet fits: how much of the timed words it has, and how much alike it writes them."""
    fitting = sum(bead.alike * len(heard[index]) for bead in beads for index in bead.timed)
    return min(1.0, fitting / (1000 * max(1, sum(map(len, heard)))))


def spread(song: Song, duration_ms: int) -> Song:
    """Return a song with its lines spread over a duration by their length, marked as estimated.

    A part that is only named, for it was written out before, stands whole. Raises ValueError for a duration that is
    none.
    """
    if duration_ms <= 0:
        raise ValueError(f"A song cannot last {duration_ms} ms")
    blocks = _blocks(_written_out(song.lines))
    total = sum(weight for weight, _ in blocks)
    lines: list[Line] = []
    passed = 0
    for weight, block in blocks:
        start_ms = duration_ms * passed // max(1, total)
        passed += weight
        end_ms = duration_ms * passed // max(1, total)
        lines += [
            with_chord_times(replace(line, start_ms=start_ms, end_ms=end_ms, words=()), end_ms) for line in block
        ]
    return replace(song, lines=tuple(lines), timed=grain_of(tuple(lines)), estimated=True, confidence=0.0)


def _written_out(lines: Sequence[Line]) -> list[Line]:
    """Return lines with those of a part wherever a heading calls it back, as long as the song stays a song."""
    recalls = _recalls(lines)
    parts: dict[str, tuple[Line, ...]] = {}
    for name, part in groupby(lines, key=lambda line: line.section):
        written = without_blank_ends([line for line in part if line.kind is not LineKind.SECTION])
        if written:
            parts.setdefault(name, written)
    result: list[Line] = []
    for index, line in enumerate(lines):
        result.append(line)
        if index in recalls and len(result) < MOST_LINES:
            result += parts.get(line.text, ())
    return result


def _blocks(lines: Sequence[Line]) -> list[tuple[int, list[Line]]]:
    """Return lines, those of a tablature together as they are played together, each with how much time it takes."""
    blocks: list[tuple[int, list[Line]]] = []
    for is_tab, group in groupby(lines, key=lambda line: line.kind is LineKind.TAB):
        some = list(group)
        if is_tab:
            blocks.append((max(len(line.text) for line in some), some))
        else:
            blocks += [(_weight(line), [line]) for line in some]
    return blocks


def _weight(line: Line) -> int:
    if line.is_sung:
        return len(line.text)
    return _CHORD_WIDTH * _chord_count(line) if line.is_played else 0


def _chord_count(line: Line) -> int:
    return max(1, sum(not mark.is_remark for mark in line.chords))


class _Weaving:
    """Timed lines, and between them what stands between the same lines on the sheet."""

    def __init__(
        self, sheet: Sequence[Line], timed: Sequence[Line], sung: Sequence[int], heard: Sequence[int]
    ) -> None:
        self.sheet = sheet
        self.timed = timed
        self.sung = sung
        self.heard = heard
        self.shown: set[int] = set()  # lines of the sheet that stand in the result
        self.at = -1  # the line of the sheet the song has come to
        self.result: list[Line] = []
        self.section = ""
        self.headings = [index for index, line in enumerate(sheet) if line.kind is LineKind.SECTION]
        self.recalls = _recalls(sheet)
        self.most = 4 * (len(sheet) + len(timed))  # lines, however often parts of the sheet are played again

    def work(self, beads: Sequence[Bead]) -> int:
        """Return how many characters and chords are to be placed."""
        sheet = (self.sheet[self.sung[index]] for bead in beads for index in bead.sheet)
        timed = (self.timed[self.heard[index]] for bead in beads for index in bead.timed)
        return sum(len(line.text) + len(line.chords) + len(line.words) for some in (sheet, timed) for line in some)

    def woven(self, beads: Sequence[Bead]) -> list[Line]:
        """Return the lines of the song in the order they are sung."""
        matched = {self.sung[index] for bead in beads for index in bead.sheet}
        pairs = {self.heard[bead.timed.start]: bead for bead in beads}
        within = {self.heard[index] for bead in beads for index in bead.timed[1:]}
        self.shown |= matched | self.recalls  # they are shown where they are sung, not where they are skipped
        for index, line in enumerate(self.timed):
            if index in pairs:
                self._take_pair(pairs[index])
            elif index not in within:
                self._take_alone(line)
        self._show(range(self.at + 1, len(self.sheet)), again=False)
        return list(without_blank_ends(self.result))

    def _take_pair(self, bead: Bead) -> None:
        lines = [self.sung[index] for index in bead.sheet]
        self._lead_to(lines[0])
        self.section = self.sheet[lines[0]].section
        placed = place_chords([self.sheet[line] for line in lines], [self.timed[self.heard[i]] for i in bead.timed])
        self.result += [replace(line, section=self.section) for line in placed]
        self._show((line for line in range(lines[0], lines[-1]) if line not in lines), again=True)
        self.at = lines[-1]

    def _take_alone(self, line: Line) -> None:
        """Take a timed line that the sheet does not have."""
        if line.kind is LineKind.BLANK or (line.kind is LineKind.SECTION and self.headings):
            return
        self.result.append(replace(line, section=self.section) if self.headings else line)

    def _lead_to(self, line: int) -> None:
        """Show what of the sheet leads to a line: all since the last one, or its heading after a jump back."""
        before = bisect_left(self.sung, line)
        lead = self.sung[before - 1] + 1 if before else 0
        if line > self.at:
            self._show(range(self.at + 1, lead), again=False)
            self._show(range(max(lead, self.at + 1), line), again=True)
            return
        heading = bisect_left(self.headings, lead)
        if line != self.at and heading < len(self.headings) and self.headings[heading] < line:
            self.result.append(Line(LineKind.BLANK))
            self._show(range(self.headings[heading], line), again=True)

    def _show(self, indexes: Iterable[int], *, again: bool) -> None:
        for index in indexes:
            is_free = again and index not in self.recalls and len(self.result) < self.most
            if is_free or index not in self.shown:
                self.shown.add(index)
                line = self.sheet[index]
                bare = tuple(replace(mark, start_ms=None) for mark in line.chords)
                self.result.append(replace(line, start_ms=None, end_ms=None, words=(), chords=bare))


def _recalls(lines: Sequence[Line]) -> set[int]:
    """Return the headings that stand for a part written out before: it is shown where it is sung."""
    recalls = set()
    known: set[str] = set()
    empty: int | None = None
    for index, line in enumerate([*lines, Line(LineKind.SECTION)]):
        if line.kind is LineKind.SECTION:
            if empty is not None and lines[empty].text in known:
                recalls.add(empty)
            empty = index
        elif empty is not None and line.kind is not LineKind.BLANK and line.section == lines[empty].text:
            known.add(line.section)
            empty = None
    return recalls


def _timed(lines: list[Line]) -> list[Line]:
    """Return lines with all their chords timed, those that are only played between the words before and after."""
    anchors = [index for index, line in enumerate(lines) if line.start_ms is not None]
    some = [lines[index] for index in anchors]
    result = list(lines)
    _fill(result, range(anchors[0]), 0, some[0].start_ms or 0)
    spans = zip(anchors, [*anchors[1:], len(lines)], strict=True)
    earliest, latest = ends_of_words(some, slack=1), ends_of_words(some, slack=_SLACK)
    for (anchor, following), free_ms, over_ms in zip(spans, earliest, latest, strict=True):
        played = sum(_chord_count(line) for line in lines[anchor + 1 : following] if line.is_played)
        if played:
            result[anchor] = with_chord_times(replace(lines[anchor], end_ms=free_ms), free_ms)
            until = lines[following].start_ms if following < len(lines) else None
            until = free_ms + played * _CHORD_MS if until is None else until
            _fill(result, range(anchor + 1, following), free_ms, until)
        else:
            result[anchor] = with_chord_times(lines[anchor], over_ms)
    return result


def _fill(lines: list[Line], indexes: Iterable[int], start_ms: int, end_ms: int) -> None:
    """Spread lines that are only played over a time, by their chords."""
    played = [index for index in indexes if lines[index].is_played]
    total = sum(_chord_count(lines[index]) for index in played)
    passed = 0
    for index in played:
        begins = start_ms + (end_ms - start_ms) * passed // total
        passed += _chord_count(lines[index])
        ends = start_ms + (end_ms - start_ms) * passed // total
        lines[index] = with_chord_times(replace(lines[index], start_ms=begins, end_ms=ends), ends)
