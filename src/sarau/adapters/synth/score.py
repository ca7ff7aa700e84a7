"""Scores: tunes written as text, read into notes, chords and sung lines.

The text is a subset of ABC notation (the ABC music standard, version 2.1): the fields M, L, Q, K and P, notes, rests,
ties, broken rhythm, bar lines, chord symbols and aligned words (w:). A line of music is one sung line. Stricter than
the standard: a line of words must fit its notes exactly. A part played several times sings its first w: line the
first time, its second the second time; an empty or missing one is played without singing.
"""

import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import NamedTuple

from sarau.adapters.synth.harmony import NATURAL, key_signature, read_chord

MAX_NOTES = 4000
_LENGTH = r"\d{0,3}(?:/\d{1,3}|/{0,3})"
_TOKEN = re.compile(
    r"(?P<space>\s+)"
    r'|"(?P<chord>[^"]{1,12})"'
    rf"|(?P<note>(?:\^|_|=)?[A-Ga-g](?:,{{1,3}}|'{{1,3}})?{_LENGTH})"
    rf"|(?P<rest>z{_LENGTH})"
    r"|(?P<bar>\|\]|\|\||\|)"
    r"|(?P<tie>-)"
    r"|(?P<broken>[<>])",
    re.ASCII,
)
_NOTE = re.compile(r"(?P<accidental>\^|_|=)?(?P<letter>[A-Ga-g])(?P<octave>[,']*)(?P<length>.*)")
_WORD = re.compile(r"(?P<text>(?:\\-|[^\s\-_*\\])+)|(?P<hold>[_*])|(?P<hyphen>-)|\s+")
_FIELD = re.compile(r"(?P<name>[A-Za-z]):\s*(?P<value>.*)")
_SHIFT = {"^": 1, "_": -1, "=": 0}


class BadNotation(ValueError):
    """The text is not the notation we read; the message says what and where."""


class Note(NamedTuple):
    """One sounding note; times in whole notes from the beginning, pitch as a MIDI number (60 is middle C)."""

    onset: Fraction
    length: Fraction
    pitch: int


class Chord(NamedTuple):
    """A chord symbol and when it begins, in whole notes."""

    onset: Fraction
    name: str


class Syllable(NamedTuple):
    """What is sung on one note and for how long, in whole notes; the last of a word says so."""

    onset: Fraction
    end: Fraction
    text: str
    ends_word: bool


class Passage(NamedTuple):
    """One line of music as it is played: the part it belongs to, which in the order of play, what is sung."""

    part: str
    turn: int
    onset: Fraction
    end: Fraction
    syllables: tuple[Syllable, ...]


class Score(NamedTuple):
    """A tune as it is played from beginning to end; times in whole notes."""

    key: str
    meter: tuple[int, int]
    tempo: int
    beat: Fraction
    notes: tuple[Note, ...]
    chords: tuple[Chord, ...]
    bars: tuple[Fraction, ...]
    passages: tuple[Passage, ...]
    length: Fraction

    def seconds(self, time: Fraction) -> float:
        """Return a time in whole notes as seconds at the tempo of the tune."""
        return float(time / self.beat * 60 / self.tempo)


class _Line(NamedTuple):
    """A line of music as it is written, with its lines of words."""

    music: str
    words: list[str]


def parse(text: str) -> Score:
    """Return the score written in a text; raises BadNotation."""
    fields, parts = _read_lines(text)
    meter = _ratio(fields.get("M", "4/4"), "M")
    beat, _, tempo = fields.get("Q", "1/4=100").partition("=")
    if not re.fullmatch(r"\d{2,3}", tempo, re.ASCII) or not 10 <= int(tempo) <= 400:
        raise BadNotation(f"Q: {tempo!r} is no tempo between 10 and 400")
    key = fields.get("K", "C")
    try:
        signature = key_signature(key)
    except ValueError as error:
        raise BadNotation(str(error)) from error
    player = _Player(signature, Fraction(*_ratio(fields.get("L", "1/8"), "L")))
    played: dict[str, int] = {}
    for turn, part in enumerate(fields.get("P", "".join(parts))):
        if part not in parts:
            raise BadNotation(f"P: there is no part {part!r}")
        for line in parts[part]:
            player.play(line, part, turn, played.get(part, 0))
        played[part] = played.get(part, 0) + 1
    return player.finish(key, meter, int(tempo), Fraction(*_ratio(beat, "Q")))


def _read_lines(text: str) -> tuple[dict[str, str], dict[str, list[_Line]]]:
    """Split a text into its fields and the lines of its parts; after K: a P: begins a part."""
    fields: dict[str, str] = {}
    parts: dict[str, list[_Line]] = {}
    part = "A"
    for raw in text.splitlines():
        line = raw.strip()
        field = _FIELD.fullmatch(line)
        if not line:
            continue
        if field is None:
            parts.setdefault(part, []).append(_Line(line, []))
        elif field["name"] == "w":
            if not parts.get(part):
                raise BadNotation(f"words before any music: {line!r}")
            parts[part][-1].words.append(field["value"])
        elif field["name"] == "P" and "K" in fields:
            part = field["value"].strip()
            if len(part) != 1:
                raise BadNotation(f"a part is named by one letter, not {part!r}")
        elif field["name"] in "MLQKP" and not parts:
            fields[field["name"]] = field["value"].strip()
        else:
            raise BadNotation(f"a field we do not read here: {line!r}")
    if not parts:
        raise BadNotation("no music")
    return fields, parts


def _ratio(text: str, field: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{1,2})/(\d{1,2})", text.strip(), re.ASCII)
    if match is None or not int(match[1]) or not int(match[2]):
        raise BadNotation(f"{field}: {text!r} is no fraction such as 3/4")
    return int(match[1]), int(match[2])


def _length(text: str) -> Fraction:
    """Return how many units a note lasts: "3", "/2", "/", "//" or "3/2"."""
    digits, slash, rest = text.partition("/")
    numerator = int(digits or 1)
    denominator = int(rest) if rest.isdigit() else 2 ** (len(slash) + len(rest))
    if not numerator or not denominator:
        raise BadNotation(f"a note of length {text!r}")
    return Fraction(numerator, denominator)


class _Player:
    """Plays lines one after the other and remembers what sounded when."""

    def __init__(self, signature: dict[str, int], unit: Fraction) -> None:
        self._signature = signature
        self._unit = unit
        self._now = Fraction(0)
        self._notes: list[Note] = []
        self._chords: list[Chord] = []
        self._bars: list[Fraction] = []
        self._passages: list[Passage] = []
        self._accidentals: dict[tuple[str, str], int] = {}
        self._tied = False
        self._stretch = Fraction(1)
        self._last_is_note = False
        self._last_length = Fraction(0)
        self._last_written = ("", "")
        self._read: dict[str, Callable[[str], None]] = {
            "chord": self._chord,
            "note": self._note,
            "rest": self._rest,
            "bar": self._bar,
            "tie": self._tie,
            "broken": self._broken,
        }

    def play(self, line: _Line, part: str, turn: int, verse: int) -> None:
        """Play one line, singing the words of a verse."""
        onset, first = self._now, len(self._notes)
        for kind, text in _tokens(line.music):
            self._read[kind](text)
        if len(self._notes) > MAX_NOTES:
            raise BadNotation(f"more than {MAX_NOTES} notes")
        words = line.words[verse] if verse < len(line.words) else ""
        syllables = _align(words, self._notes[first:])
        self._passages.append(Passage(part, turn, onset, self._now, syllables))

    def finish(self, key: str, meter: tuple[int, int], tempo: int, beat: Fraction) -> Score:
        """Return the whole; the first bar begins at the beginning unless there is an upbeat."""
        if self._tied or self._stretch != 1:
            raise BadNotation("a tie or an arrow to nothing")
        bars = [bar for bar in self._bars if bar < self._now]
        if self._bars[:1] >= [Fraction(*meter)] or not self._bars:
            bars.insert(0, Fraction(0))
        notes, chords = tuple(self._notes), tuple(self._chords)
        return Score(key, meter, tempo, beat, notes, chords, tuple(bars), tuple(self._passages), self._now)

    def _chord(self, text: str) -> None:
        try:
            read_chord(text)
        except ValueError as error:
            raise BadNotation(str(error)) from error
        self._chords.append(Chord(self._now, text))

    def _bar(self, _text: str) -> None:
        self._accidentals.clear()
        if self._now and self._bars[-1:] != [self._now]:
            self._bars.append(self._now)

    def _tie(self, _text: str) -> None:
        if not self._last_is_note:
            raise BadNotation("a tie after no note")
        self._tied = True

    def _broken(self, text: str) -> None:
        """Lengthen one note of a pair by a half of itself and shorten the other, as the arrow points."""
        if not self._last_length:
            raise BadNotation(f"{text} after no note")
        half = self._last_length / 2 * (1 if text == ">" else -1)
        if self._last_is_note:
            last = self._notes[-1]
            self._notes[-1] = last._replace(length=last.length + half)
        self._now += half
        self._stretch = Fraction(1, 2) if text == ">" else Fraction(3, 2)

    def _rest(self, text: str) -> None:
        if self._tied:
            raise BadNotation("a tie to a rest")
        self._pass(_length(text[1:]))
        self._last_is_note = False

    def _note(self, text: str) -> None:
        match = _NOTE.fullmatch(text)
        assert match is not None  # noqa: S101 (the tokens matched a stricter form of the same)
        onset, tied = self._now, self._tied
        pitch = self._pitch(match["accidental"], match["letter"], match["octave"])
        self._pass(_length(match["length"]))
        if tied and pitch == self._notes[-1].pitch:
            last = self._notes[-1]
            self._notes[-1] = last._replace(length=self._now - last.onset)
        elif tied:
            raise BadNotation(f"a tie to another note: {text!r}")
        else:
            self._notes.append(Note(onset, self._now - onset, pitch))
        self._last_written = (match["letter"], match["octave"])
        self._tied, self._last_is_note = False, True

    def _pass(self, length: Fraction) -> None:
        self._last_length = length * self._unit * self._stretch
        self._now += self._last_length
        self._stretch = Fraction(1)

    def _pitch(self, accidental: str | None, letter: str, octave: str) -> int:
        """Return the MIDI number; an accidental holds to the end of its bar, and across a bar line along a tie."""
        natural = NATURAL[letter.upper()] + (72 if letter.islower() else 60)
        natural += 12 * (octave.count("'") - octave.count(","))
        if accidental:
            self._accidentals[letter, octave] = _SHIFT[accidental]
        elif self._tied and self._last_written == (letter, octave):
            return self._notes[-1].pitch
        return natural + self._accidentals.get((letter, octave), self._signature.get(letter.upper(), 0))


def _tokens(music: str) -> Iterator[tuple[str, str]]:
    position = 0
    while position < len(music):
        match = _TOKEN.match(music, position)
        if match is None or match.lastgroup is None:
            raise BadNotation(f"not understood: {music[position : position + 12]!r} in {music!r}")
        position = match.end()
        if match.lastgroup != "space":
            yield match.lastgroup, match[match.lastgroup]


def _align(words: str, notes: list[Note]) -> tuple[Syllable, ...]:
    """Give each note of a line its syllable; `_` and `*` hold the one before."""
    sung = _split_words(words)
    if not sung:
        return ()
    if len(sung) != len(notes):
        raise BadNotation(f"{len(sung)} syllables for {len(notes)} notes: {words!r}")
    syllables: list[Syllable] = []
    for note, syllable in zip(notes, sung, strict=True):
        end = note.onset + note.length
        if syllable is not None:
            text, ends_word = syllable
            syllables.append(Syllable(note.onset, end, text, ends_word))
        elif syllables:
            syllables[-1] = syllables[-1]._replace(end=end)
    return tuple(syllables)


def _split_words(words: str) -> list[tuple[str, bool] | None]:
    """Return the syllables of a w: line, each with whether it ends its word, and None for each note held."""
    sung: list[tuple[str, bool] | None] = []
    latest = -1
    position = 0
    while position < len(words):
        match = _WORD.match(words, position)
        if match is None:
            raise BadNotation(f"not understood: {words[position:]!r} in w: {words!r}")
        position = match.end()
        if match["text"]:
            latest = len(sung)
            sung.append((match["text"].replace("\\-", "-").replace("~", " "), True))
        elif match["hold"]:
            sung.append(None)
        elif match["hyphen"]:
            before = sung[latest] if latest >= 0 else None
            if before is None:
                raise BadNotation(f"a hyphen after no syllable in w: {words!r}")
            sung[latest] = (before[0], False)
    return sung
