"""Chord diagrams: where the fingers go on guitar, ukulele and cavaquinho, worked out from tuning and intervals."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

import msgspec

from sarau.catalog.lyrics.notation.chords import Chord
from sarau.catalog.lyrics.schemas import Instrument

# The open strings, from the one nearest the chin of the player, as MIDI note numbers.
TUNINGS = {
    Instrument.GUITAR: (40, 45, 50, 55, 59, 64),
    Instrument.UKULELE: (67, 60, 64, 69),
    Instrument.CAVAQUINHO: (62, 67, 71, 74),
}
_HIGHEST_FRET = 10  # where the hand may begin
_HIGHEST_WITH_OPEN = 4  # beyond, open strings are out of reach of what is usual
_REACH = 4  # frets under one hand
_FINGERS = 4
_BEST = 3
_FOURTH = 5  # semitones


class Barre(msgspec.Struct, frozen=True):
    """One finger across several strings, from one to another, counted from 0."""

    fret: int
    first_string: int
    last_string: int


class Fingering(msgspec.Struct, frozen=True):
    """How a chord is held: string by string the fret (0 open, None muted) and the finger (1 to 4, 0 for none)."""

    frets: tuple[int | None, ...]
    fingers: tuple[int, ...]
    barre: Barre | None = None

    @property
    def position(self) -> int:
        """The lowest fret that is held down, 0 where all strings are open."""
        return min((fret for fret in self.frets if fret), default=0)


@lru_cache(maxsize=1024)
def fingerings(chord: Chord, instrument: Instrument) -> tuple[Fingering, ...]:
    """Return up to three ways to hold a chord, the most usual first, each at another place of the neck."""
    for search in _searches(chord, instrument):
        ranked = sorted(search.found(), key=search.cost)
        best: dict[int, Fingering] = {}
        for fingering in ranked:
            best.setdefault(fingering.position, fingering)
        if best:
            return tuple(best.values())[:_BEST]
    return ()


def _searches(chord: Chord, instrument: Instrument) -> Iterator["_Search"]:
    """Return what to look for, the whole chord first, then what may be left out of it."""
    bass = chord.root if chord.bass is None else chord.bass
    for needed in _needs(chord, len(TUNINGS[instrument])):
        if instrument is Instrument.GUITAR:
            yield _Search(chord, instrument, needed, bass)
        else:
            yield _Search(chord, instrument, needed, None)
    yield _Search(chord, instrument, needed, None)


# What is left out first where strings or fingers are too few: fifth, then lower tensions, then the root.
_DISPENSABLE = (7, 14, 17, 13, 15, 0)


def _needs(chord: Chord, strings: int) -> Iterator[frozenset[int]]:
    """Return the intervals that must sound, fewer and fewer."""
    needed = set(chord.intervals)
    highest = max(needed)
    if len(needed) <= strings:
        if len(needed) > 3:
            needed.discard(7)
        yield frozenset(needed)
    for interval in _DISPENSABLE:
        if interval in needed and interval != highest and len(needed) > 2:
            needed.discard(interval)
            if len(needed) <= strings:
                yield frozenset(needed)
    if len(needed) > strings:
        yield frozenset(sorted(needed)[-strings:])


class _Search:
    """All ways to hold a chord with some intervals needed, and a note in the bass if any."""

    def __init__(self, chord: Chord, instrument: Instrument, needed: frozenset[int], bass: int | None) -> None:
        self.tuning = TUNINGS[instrument]
        self.may_mute = instrument is Instrument.GUITAR
        self.bass = bass
        self.tones = frozenset((chord.root + interval) % 12 for interval in chord.intervals)
        self.needed = frozenset((chord.root + interval) % 12 for interval in needed)
        self.least_strings = 3 if len(self.tones) < 3 else 4

    def found(self) -> Iterator[Fingering]:
        """Return every way to hold it that a hand can hold."""
        count = len(self.tuning)
        spans = [(0, count)]
        if self.may_mute:
            spans = [(a, b) for a in range(3) for b in range(count, 2, -1) if b - a >= self.least_strings]
        for low in range(1, _HIGHEST_FRET + 1):
            options = [self._options(string, low) for string in range(count)]
            for first, last in spans:
                for frets in self._frets(options, first, last, low):
                    fingering = _held(frets)
                    if fingering is not None:
                        yield fingering

    def cost(self, fingering: Fingering) -> tuple[float, int]:
        """Return how far a way to hold it is from what people play."""
        frets = fingering.frets
        held = [fret for fret in frets if fret]
        sounding = {self._pitch(string, fret) for string, fret in enumerate(frets) if fret is not None}
        cost = 0.8 * max(fingering.fingers) + 0.5 * len(self.tones - sounding) - 0.15 * frets.count(0)
        if held:
            span = max(held) - min(held)
            cost += 0.6 * span + 0.6 * (span == _REACH - 1) + 0.4 * (min(held) - 1)
            cost += 1.0 * _open_runs(frets) + 0.8 * (max(0, max(held) - 3) if 0 in frets else 0)
        if fingering.barre:
            cost += _barre_cost(frets, fingering.barre)
        if self.may_mute:
            cost += self._bass_cost(frets, fingering.barre)
        return cost, sum(held)

    def _bass_cost(self, frets: tuple[int | None, ...], barre: Barre | None) -> float:
        """Return what is unusual about the deep strings of a guitar, and about silent ones."""
        first = next(string for string, fret in enumerate(frets) if fret is not None)
        silent_above = next(count for count, fret in enumerate(reversed(frets)) if fret is not None)
        cost = 0.9 * first + (2.6 if len(self.tones) > 2 else 0.3) * silent_above
        lowest, second, third = (frets[string] or 0 for string in range(first, first + 3))
        if not second:
            above = self.tuning[first + 1] - self.tuning[first] - lowest
            cost += 1.2 * (lowest > 0) + 1.5 * (above == _FOURTH)  # a fourth above the bass sounds like the root
        for low, high in ((lowest, second), (second, third)):
            if high and low - high > 1 and (barre is None or barre.fret != high):
                cost += 1.0  # fingers reaching back
        return cost

    def _options(self, string: int, low: int) -> list[int]:
        frets = [*([0] if low <= _HIGHEST_WITH_OPEN else []), *range(low, low + _REACH)]
        notes = self.tones if self.bass is None else self.tones | {self.bass}
        return [fret for fret in frets if self._pitch(string, fret) in notes]

    def _frets(
        self, options: Sequence[Sequence[int]], first: int, last: int, low: int
    ) -> Iterator[tuple[int | None, ...]]:
        """Return the frets of each string, those outside the span muted, the lowest one held being the one told."""
        before, after = (None,) * first, (None,) * (len(options) - last)

        def go_on(string: int, chosen: tuple[int, ...]) -> Iterator[tuple[int | None, ...]]:
            if string == last:
                if self._sounds_right(first, chosen) and min((f for f in chosen if f), default=1) == low:
                    yield (*before, *chosen, *after)
                return
            for fret in options[string]:
                if self._may_sound(string, fret, is_lowest=string == first):
                    yield from go_on(string + 1, (*chosen, fret))

        return go_on(first, ())

    def _may_sound(self, string: int, fret: int, *, is_lowest: bool) -> bool:
        pitch = self._pitch(string, fret)
        if self.bass is None:
            return True
        return pitch == self.bass if is_lowest else pitch in self.tones

    def _sounds_right(self, first: int, chosen: Sequence[int]) -> bool:
        heights = [self.tuning[first + step] + fret for step, fret in enumerate(chosen)]
        has_bass = self.bass is None or heights[0] == min(heights)
        return has_bass and self.needed <= {height % 12 for height in heights}

    def _pitch(self, string: int, fret: int) -> int:
        return (self.tuning[string] + fret) % 12


def _barre_cost(frets: Sequence[int | None], barre: Barre) -> float:
    if any(fret is not None for fret in frets[barre.last_string + 1 :]):
        return 2.0  # the finger must not touch the strings beyond
    is_whole = all(fret is None for fret in frets[: barre.first_string])
    return 0.9 if is_whole else 0.7


def _open_runs(frets: Sequence[int | None]) -> int:
    """Return how often open strings lie between strings held down."""
    held = [string for string, fret in enumerate(frets) if fret]
    return sum(one + 1 < other and 0 in frets[one + 1 : other] for one, other in pairwise(held))


def _held(frets: tuple[int | None, ...]) -> Fingering | None:
    """Return how fingers hold some frets, or None where four do not suffice."""
    held = [(fret, string) for string, fret in enumerate(frets) if fret]
    if not held:
        return Fingering(frets, (0,) * len(frets))
    barre = _barre(frets)
    free = [(fret, string) for fret, string in held if barre is None or fret > barre.fret]
    if len(free) > _FINGERS - (barre is not None):
        return None
    fingers = [0] * len(frets)
    for finger, (_, string) in enumerate(sorted(free), start=1 if barre is None else 2):
        fingers[string] = finger
    for fret, string in held:
        if barre is not None and fret == barre.fret:
            fingers[string] = 1
    return Fingering(frets, tuple(fingers), barre)


def _barre(frets: tuple[int | None, ...]) -> Barre | None:
    """Return the first finger laid across the strings, where there are too many for four or it is simply easier."""
    held = [fret for fret in frets if fret]
    low = min(held)
    strings = [string for string, fret in enumerate(frets) if fret == low]
    if len(strings) < 2 or any(fret == 0 for fret in frets[strings[0] : strings[-1]]):
        return None
    is_easier = strings[-1] - strings[-2] == 1 and max(held) > low and 0 not in frets[strings[0] :]
    if len(held) > _FINGERS or (is_easier and frets[strings[-1] + 1 :].count(None) == len(frets) - strings[-1] - 1):
        return Barre(low, strings[0], strings[-1])
    return None
