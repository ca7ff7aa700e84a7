"""Keys: read, guessed from chords, and what they make of sharps and flats."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

import msgspec

from sarau.catalog.lyrics.notation.chords import Chord, parse_chord
from sarau.catalog.lyrics.notation.notes import FLAT_NAMES, SHARP_NAMES, Naming, called
from sarau.kit.text import fold


class Accidentals(StrEnum):
    """Which of two names a black key gets."""

    SHARPS = "sharps"
    FLATS = "flats"


class Key(msgspec.Struct, frozen=True):
    """A key: its tonic as a pitch class, major or minor."""

    tonic: int
    is_minor: bool = False

    def moved(self, semitones: int) -> "Key":
        """Return the key so many semitones higher."""
        return Key((self.tonic + semitones) % 12, self.is_minor)


_WORDED_ACCIDENTAL = re.compile(r"^(\S{1,3}) (sustenid[oa]|sharp|bemol|flat)\b", re.IGNORECASE)


def parse_key(text: str) -> Key | None:
    """Return the key a text begins with: `Em`, `Bb major`, `Sol maior`, `Dó sustenido menor`."""
    found = _tonic(text)
    return Key(found[0].root, found[1]) if found else None


def tidy_key(text: str) -> str | None:
    """Return the key a text begins with as short as it gets, in the naming it is told in: `Sol maior` is `Sol`."""
    found = _tonic(text)
    return called(found[0].root_name, found[0].naming) + ("m" if found[1] else "") if found else None


def _tonic(text: str) -> tuple[Chord, bool] | None:
    """Return the chord of the tonic and whether the key is minor."""
    text = _WORDED_ACCIDENTAL.sub(lambda m: m[1] + ("#" if m[2][0] in "sS" else "b"), " ".join(text[:80].split()))
    name, _, rest = text.partition(" ")
    chord = parse_chord(name.rstrip(",;."))
    if chord is None:
        return None
    mode = fold(rest).partition(" ")[0]
    return chord, chord.is_minor or mode in ("m", "min", "minor", "menor")


def fifths(key: Key) -> int:
    """Return how many fifths a key lies above C major on the circle: its sharps, or below zero its flats."""
    steps = (key.tonic + (3 if key.is_minor else 0)) * 7 % 12
    return steps - 12 if steps > 6 or (steps == 6 and key.is_minor) else steps


def note_names(key: Key | None, accidentals: Accidentals | None = None) -> tuple[str, ...]:
    """Return the names of the twelve notes, as forced or as they are usual in a key.

    On the circle of fifths a key keeps the flats up to four steps below it, three in minor, where the leading note
    is sharpened: E7 in A minor goes over G#, not Ab.
    """
    if accidentals is not None:
        return SHARP_NAMES if accidentals is Accidentals.SHARPS else FLAT_NAMES
    edge = -4 if key is None else fifths(key) - (3 if key.is_minor else 4)
    return tuple(
        flat if flat != sharp and number * 7 % 12 - 12 >= edge else sharp
        for number, (flat, sharp) in enumerate(zip(FLAT_NAMES, SHARP_NAMES, strict=True))
    )


def key_name(key: Key, naming: Naming = Naming.LETTERS, accidentals: Accidentals | None = None) -> str:
    """Return the usual name of a key, a minor one with an m."""
    return called(note_names(key, accidentals)[key.tonic], naming) + ("m" if key.is_minor else "")


# What a chord tells of a key, by its root's distance from the tonic and whether it is minor.
_IN_MAJOR = {(0, False): 1.5, (2, True): 1, (4, True): 1, (5, False): 1, (7, False): 1.2, (9, True): 1, (11, True): 1}
_IN_MINOR = {
    (0, True): 1.5, (2, True): 1, (3, False): 1, (5, True): 1, (7, True): 1, (7, False): 1.2, (8, False): 1,
    (10, False): 1, (11, True): 0.5,
}  # fmt: skip


def fit(key: Key, chords: Sequence[Chord]) -> float:
    """Return how well chords fit a key, about 1 a chord at best; the last chord and the first count more."""
    return _fit(key, chords, _tally(chords))


def guess_key(chords: Iterable[Chord]) -> Key | None:
    """Return the key that chords fit best, or None where there are none."""
    some = list(chords)
    if not some:
        return None
    tally = _tally(some)
    keys = (Key(tonic, minor) for minor in (False, True) for tonic in range(12))
    return max(keys, key=lambda key: _fit(key, some, tally))


class _Kind(NamedTuple):
    """What counts of a chord."""

    root: int
    is_minor: bool
    is_dominant: bool


def _tally(chords: Iterable[Chord]) -> Counter[_Kind]:
    return Counter(_Kind(chord.root, chord.is_minor, chord.is_dominant) for chord in chords)


def _fit(key: Key, chords: Sequence[Chord], tally: Counter[_Kind]) -> float:
    if not chords:
        return 0.0
    total = sum(count * _weight(key, kind) for kind, count in tally.items()) / len(chords)
    return total + 0.5 * _homeliness(key, chords[-1]) + 0.3 * _homeliness(key, chords[0])


def _weight(key: Key, kind: _Kind) -> float:
    distance = (kind.root - key.tonic) % 12
    weight = (_IN_MINOR if key.is_minor else _IN_MAJOR).get((distance, kind.is_minor), -0.5)
    if kind.is_dominant:
        weight += {7: 0.5, 0: -0.4}.get(distance, 0)
    return weight


def _homeliness(key: Key, chord: Chord) -> float:
    """Return how much a chord is where a song of this key comes to rest: a dominant seventh wants to go on."""
    if chord.root != key.tonic or chord.is_minor is not key.is_minor:
        return 0.0
    return 0.3 if chord.is_dominant else 1.0
