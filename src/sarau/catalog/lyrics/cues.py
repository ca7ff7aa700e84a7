"""What comes when: lines, chords and parts of a song in the order of time. Pure thinking."""

from collections.abc import Iterator
from itertools import pairwise

from sarau.catalog.lyrics.schemas import ChordCue, Cue, LineKind, SectionCue, TimedLine, TimedLyrics

_ORDER = (SectionCue, TimedLine, ChordCue)  # of what begins at the same time


def cues_of(lyrics: TimedLyrics) -> list[Cue]:
    """Return the cues of lyrics by their beginning; what has no time, or lasts none, is no cue."""
    end_ms = max((line.end_ms or 0 for line in lyrics.lines), default=0)
    found = [*_sections(lyrics, end_ms), *_lines(lyrics), *_chords(lyrics, end_ms)]
    return sorted(found, key=lambda cue: (cue.start_ms, _ORDER.index(type(cue.kind))))


def _lines(lyrics: TimedLyrics) -> Iterator[Cue]:
    for line in lyrics.lines:
        start_ms, end_ms = line.start_ms or 0, line.end_ms or 0
        if line.kind is LineKind.LINE and end_ms > start_ms:
            yield Cue(start_ms, end_ms, line)


def _sections(lyrics: TimedLyrics, end_ms: int) -> Iterator[Cue]:
    begun = [(line.start_ms, line.section) for line in lyrics.lines if line.section and line.start_ms is not None]
    for (start_ms, name), (until_ms, _) in pairwise([*begun, (end_ms, "")]):
        yield Cue(start_ms, max(start_ms, until_ms), SectionCue(name))


def _chords(lyrics: TimedLyrics, end_ms: int) -> Iterator[Cue]:
    """Yield chords, each sounding until the next."""
    placed = [
        (chord.start_ms, ChordCue(chord.name, line.index, chord.column))
        for line in lyrics.lines
        for chord in line.chords
        if chord.start_ms is not None and not chord.remark
    ]
    placed.sort(key=lambda pair: pair[0])
    ends = [*(start_ms for start_ms, _ in placed[1:]), end_ms]
    for (start_ms, chord), until_ms in zip(placed, ends, strict=False):
        yield Cue(start_ms, max(start_ms, until_ms), chord)
