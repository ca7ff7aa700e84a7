"""Keys, chords and pitches: the little theory the accompaniment needs."""

import re
from typing import NamedTuple

NATURAL = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_SHARPS_IN_ORDER = "FCGDAEB"
_MAJOR_KEYS = {
    "Cb": -7, "Gb": -6, "Db": -5, "Ab": -4, "Eb": -3, "Bb": -2, "F": -1,
    "C": 0, "G": 1, "D": 2, "A": 3, "E": 4, "B": 5, "F#": 6, "C#": 7,
}  # fmt: skip
_MINOR_KEYS = {
    "Abm": -7, "Ebm": -6, "Bbm": -5, "Fm": -4, "Cm": -3, "Gm": -2, "Dm": -1,
    "Am": 0, "Em": 1, "Bm": 2, "F#m": 3, "C#m": 4, "G#m": 5, "D#m": 6, "A#m": 7,
}  # fmt: skip
_QUALITIES = {
    "": (0, 4, 7),
    "m": (0, 3, 7),
    "5": (0, 7),
    "7": (0, 4, 7, 10),
    "m7": (0, 3, 7, 10),
    "maj7": (0, 4, 7, 11),
    "6": (0, 4, 7, 9),
    "sus4": (0, 5, 7),
    "dim": (0, 3, 6),
}
_CHORD = re.compile(r"(?P<root>[A-G][#b]?)(?P<quality>[a-z0-9]*)(?:/(?P<bass>[A-G][#b]?))?")


class ChordTones(NamedTuple):
    """A chord as pitch classes (0 is C): its lowest note, and its tones from the root upwards."""

    bass: int
    tones: tuple[int, ...]


def key_signature(key: str) -> dict[str, int]:
    """Return by how many semitones the key alters each letter; raises ValueError."""
    sharps = _MAJOR_KEYS.get(key, _MINOR_KEYS.get(key))
    if sharps is None:
        raise ValueError(f"{key!r} is no key such as C, F# or Bbm")
    if sharps >= 0:
        return dict.fromkeys(_SHARPS_IN_ORDER[:sharps], 1)
    return dict.fromkeys(_SHARPS_IN_ORDER[sharps:], -1)


def read_chord(name: str) -> ChordTones:
    """Return the tones of a chord such as "F#m7/E"; raises ValueError."""
    match = _CHORD.fullmatch(name)
    if match is None or match["quality"] not in _QUALITIES:
        raise ValueError(f"{name!r} is no chord we know")
    root = _pitch_class(match["root"])
    bass = _pitch_class(match["bass"]) if match["bass"] else root
    return ChordTones(bass, tuple((root + step) % 12 for step in _QUALITIES[match["quality"]]))


def frequency_hz(pitch: int) -> float:
    """Return the frequency of a MIDI number in equal temperament, A4 (69) at 440 Hz (ISO 16)."""
    return float(440 * 2 ** ((pitch - 69) / 12))


def at_or_above(pitch_class: int, lowest: int) -> int:
    """Return the first MIDI number of a pitch class from the lowest allowed one upwards."""
    return lowest + (pitch_class - lowest) % 12


def _pitch_class(name: str) -> int:
    return (NATURAL[name[0]] + {"#": 1, "b": -1}.get(name[1:], 0)) % 12
