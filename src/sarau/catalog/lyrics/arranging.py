"""The best words and chords that a track's sheets give together: pure thinking."""

from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from sarau.catalog.lyrics.notation.alignment import align, is_same_song, spread
from sarau.catalog.lyrics.notation.matching import CannotAlign
from sarau.catalog.lyrics.notation.reading import parse
from sarau.catalog.lyrics.notation.song import Grain, Line, Song
from sarau.catalog.lyrics.notation.transposing import sounding
from sarau.catalog.lyrics.schemas import EMBEDDED, HOUSE, HOUSE_CHORDS, Sheet, Timing

_MOST_CHARACTERS = 60_000  # of a sheet; the longest songs have a third of that


class Arrangement(NamedTuple):
    """A song in time with the chords that sound, where its times come from, and which capo its chords ask for."""

    song: Song
    words_timing: Timing
    chords_timing: Timing
    capo: int = 0


class _Reading(NamedTuple):
    rank: int  # what people put here goes before files, and files before what is inside of the sound
    song: Song


NOTHING = Arrangement(Song(), Timing.NONE, Timing.NONE)


def arranged(sheets: Sequence[Sheet], duration_ms: int) -> Arrangement:
    """Return the best that some sheets of a track of a length give together.

    The sheet that comes first decides what song it is. Timed lyrics of the same song give the times; chords without
    times are laid along them. Where there are none, all is spread over the length of the track.
    """
    readings = sorted((_read(sheet) for sheet in sheets), key=lambda reading: reading.rank)
    worded = [reading for reading in readings if reading.song.is_sung]
    chorded = [reading for reading in readings if reading.song.has_chords]
    chords = _fitting(chorded, worded[0] if worded else None)
    timed = _timed(worded)
    if timed is None:
        return _guessed(worded[0].song if worded else None, chords, duration_ms)
    if chords is None:
        return Arrangement(timed, Timing.SHEET, Timing.NONE)
    return _together(timed, chords, duration_ms)


def _read(sheet: Sheet) -> _Reading:
    rank = 0 if sheet.source in (HOUSE, HOUSE_CHORDS) else (2 if sheet.source == EMBEDDED else 1)
    return _Reading(rank, parse(sheet.format, sheet.content[:_MOST_CHARACTERS]))


def _fitting(chorded: Sequence[_Reading], first: _Reading | None) -> Song | None:
    """Return the first sheet with chords, unless a sheet before it has the words of another song."""
    if not chorded:
        return None
    best = chorded[0]
    if first is not None and first.rank < best.rank and best.song.is_sung and not _are_same(best.song, first.song):
        return None
    return best.song


def _timed(worded: Sequence[_Reading]) -> Song | None:
    """Return the best timed lyrics of the song that the first sheet with words is of, words in time before lines."""
    timed = [reading for reading in worded if reading.song.timed is not Grain.NONE]
    for reading in sorted(timed, key=lambda one: (one.rank, one.song.timed is not Grain.WORDS)):
        if reading.rank == worded[0].rank or is_same_song(worded[0].song, reading.song):
            return reading.song
    return None


def _are_same(sheet: Song, other: Song) -> bool:
    # Whichever is timed is the song as it is sung; without times, any order will do to compare words.
    timed = other if other.timed is not Grain.NONE else spread(other, 1_000_000)
    return is_same_song(sheet, timed)


def _together(timed: Song, chords: Song, duration_ms: int) -> Arrangement:
    """Return timed words with chords laid along them; chords of another song are left out."""
    if not chords.is_sung:
        return _side_by_side(timed, Timing.SHEET, chords, duration_ms)
    try:
        song = align(chords, timed)
    except CannotAlign:
        return Arrangement(timed, Timing.SHEET, Timing.NONE)
    return Arrangement(sounding(song), Timing.SHEET, Timing.ALIGNED, chords.capo)


def _guessed(words: Song | None, chords: Song | None, duration_ms: int) -> Arrangement:
    """Return words and chords spread over the length of the track."""
    if words is None and chords is None:
        return NOTHING
    timing = Timing.ESTIMATED if duration_ms > 0 else Timing.NONE
    if chords is None:
        return Arrangement(_spread(words or Song(), duration_ms), timing, Timing.NONE)
    if words is None or chords.is_sung:
        words_timing = timing if chords.is_sung else Timing.NONE
        return Arrangement(_spread(sounding(chords), duration_ms), words_timing, timing, chords.capo)
    return _side_by_side(_spread(words, duration_ms), timing, chords, duration_ms)


def _side_by_side(words: Song, timing: Timing, chords: Song, duration_ms: int) -> Arrangement:
    """Return words with the lines of a sheet between them that has none, spread over the length of the track."""
    last_ms = max((line.start_ms or 0 for line in words.lines), default=0)
    played = _spread(sounding(chords), duration_ms or last_ms)
    lines = _merged(words, played)
    song = replace(
        words, lines=lines, key=played.key or words.key, tempo=played.tempo, estimated=True, confidence=0.0
    )
    return Arrangement(song, timing, Timing.ESTIMATED if duration_ms or last_ms else Timing.NONE, chords.capo)


def _merged(words: Song, played: Song) -> tuple[Line, ...]:
    """Return the lines of both in the order of time; a line without time stays before the one it leads to."""
    placed: list[tuple[int, Line]] = []
    for song in (words, played):
        now_ms = max((line.start_ms or 0 for line in song.lines), default=0)
        some: list[tuple[int, Line]] = []
        for line in reversed(song.lines):
            now_ms = now_ms if line.start_ms is None else line.start_ms
            some.append((now_ms, line))
        placed += reversed(some)
    return tuple(line for _, line in sorted(placed, key=lambda pair: pair[0]))


def _spread(song: Song, duration_ms: int) -> Song:
    return spread(song, duration_ms) if duration_ms > 0 else song
