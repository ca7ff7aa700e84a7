"""Names of notes, in letters and in the syllables used in Portuguese, Spanish, Italian and French."""

import re
from enum import StrEnum


class Naming(StrEnum):
    """How notes are called: C D E, or Dó Ré Mi."""

    LETTERS = "letters"
    SYLLABLES = "syllables"


_LETTERS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_SYLLABLES = {"C": "Dó", "D": "Ré", "E": "Mi", "F": "Fá", "G": "Sol", "A": "Lá", "B": "Si"}
_LETTER_OF = {"D": "C", "R": "D", "M": "E", "F": "F", "L": "A"}  # by the first letter of the syllable
_SHIFTS = {"": 0, "#": 1, "♯": 1, "b": -1, "♭": -1}

SHARP_NAMES = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")
FLAT_NAMES = ("C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B")

# Capitals are needed: "sol", "mi" and "a" in small letters are words people sing. "Fadd9" and "Faug" begin with an F.
_NOTE = re.compile(r"(?:(D[oóOÓ]|R[eéEÉ]|Mi|MI|Fa(?!dd|ug|lt)|F[áAÁ]|Sol|SOL|L[aáAÁ]|Si|SI)|([A-G]))([#♯b♭]?)")


def note_at_start(text: str) -> tuple[str, Naming, int] | None:
    """Return the note a text begins with, in letters (`Bb`), how it is named there, and where it ends."""
    found = _NOTE.match(text)
    if found is None:
        return None
    syllable, letter, accidental = found.groups()
    sign = {"♯": "#", "♭": "b"}.get(accidental, accidental)
    if letter:
        return letter + sign, Naming.LETTERS, found.end()
    return _letter_of(syllable) + sign, Naming.SYLLABLES, found.end()


def pitch_class(note: str) -> int:
    """Return a note's place in the octave, in semitones above C, by its name in letters."""
    return (_LETTERS[note[0]] + _SHIFTS[note[1:]]) % 12


def called(note: str, naming: Naming) -> str:
    """Return the name of a note given in letters."""
    return note if naming is Naming.LETTERS else _SYLLABLES[note[0]] + note[1:]


def _letter_of(syllable: str) -> str:
    if syllable[0] == "S":
        return "G" if len(syllable) == 3 else "B"
    return _LETTER_OF[syllable[0]]
