"""Chords in a row of their own over the words, as they stand on chord sites."""

import re
from collections.abc import Sequence

from sarau.catalog.lyrics.notation.keys import parse_key, tidy_key
from sarau.catalog.lyrics.notation.layout import (
    chord_marks,
    heading_of,
    is_tablature,
    may_be_sung,
    naming_in,
    rows_of,
)
from sarau.catalog.lyrics.notation.notes import Naming
from sarau.catalog.lyrics.notation.song import ChordMark, Line, LineKind, Song, without_blank_ends
from sarau.kit.text import fold

_LABELS = {
    "tom": "key", "key": "key", "tonalidade": "key", "capo": "capo", "capotraste": "capo", "title": "title",
    "titulo": "title", "musica": "title", "song": "title", "artist": "artist", "artista": "artist", "by": "artist",
    "interprete": "artist", "tuning": "tuning", "afinacao": "tuning", "bpm": "tempo", "tempo": "tempo",
    "andamento": "tempo", "time": "time", "compasso": "time", "composer": "composer", "composicao": "composer",
    "compositor": "composer", "autor": "composer", "album": "album", "ritmo": "rhythm", "year": "year", "ano": "year",
}  # fmt: skip
_TOLD = re.compile(r"\s*(?P<label>[^\W\d_]{2,12})\s?[:=](?P<value>.*)")
_CAPO = re.compile(
    r"\s*capo(?:traste|dastro)?\s*[:=]?\s*(?:n[ao]\s+|on\s+|at\s+)?(?:casa\s+|fret\s+|traste\s+)?(?P<fret>[0-9]{1,2})"
    r"\s?(?:[ªaº°]|st|nd|rd|th)?\.?\s*(?:casa|fret|traste)?\.?\s*",
    re.IGNORECASE,
)
_KEY_OF = re.compile(r"\s*key\s+of\s+(?P<value>\S{1,6}(?:\s+(?:major|minor))?)\s*", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{1,3})?")
_HIGHEST_CAPO = 11
_LONGEST_TOLD = 200


def parse_over_words(text: str) -> Song:
    """Return the song of a sheet with rows of chords over the words, in letters or in syllables."""
    return parse_rows(rows_of(text), chords=True)


def parse_plain(text: str) -> Song:
    """Return the song of words without chords; headings are told from words."""
    return parse_rows(rows_of(text), chords=False)


def parse_rows(rows: Sequence[str], *, chords: bool) -> Song:
    """Return the song that rows of a sheet make."""
    rows = [row.expandtabs() for row in rows]
    reading = _Reading(naming_in(rows) if chords else None, tells=chords)
    for row, following in zip(rows, [*rows[1:], ""], strict=True):
        reading.take(row, following)
    return reading.song()


class _Reading:
    """A sheet read row by row; a row of chords waits for the words below it."""

    def __init__(self, naming: Naming | None, *, tells: bool) -> None:
        self.naming = naming
        self.tells = tells
        self.lines: list[Line] = []
        self.section = ""
        self.is_passing = False  # the heading stood before its chords or words: a blank row ends what it names
        self.waiting: tuple[ChordMark, ...] = ()
        self.told: dict[str, str] = {}
        self.metadata: list[tuple[str, str]] = []

    def take(self, row: str, following: str) -> None:
        """Take a row; the one that follows it decides what a lonely `A` is."""
        if not row.strip():
            self._blank()
        elif self.tells and is_tablature(row):
            self._add(Line(LineKind.TAB, row.rstrip()))
        elif not (self.tells and self._tell(row)):
            self._heading_or_words(row, following)

    def song(self) -> Song:
        """Return what was read."""
        self._flush()
        told = self.told
        return Song(
            title=told.get("title"),
            artist=told.get("artist"),
            key=told.get("key"),
            capo=int(told.get("capo", "0")),
            tempo=float(told["tempo"]) if "tempo" in told else None,
            metadata=tuple(self.metadata),
            lines=without_blank_ends(self.lines),
        )

    def _blank(self) -> None:
        self._flush()
        if self.is_passing:
            self.section = ""
        self._add(Line(LineKind.BLANK))

    def _heading_or_words(self, row: str, following: str) -> None:
        heading = heading_of(row)
        if heading is None or (self.waiting and not heading.is_marked):
            self._chords_or_words(row, following)
            return
        self._flush()
        self.section = heading.name
        self._add(Line(LineKind.SECTION, heading.name))
        self.is_passing = bool(heading.rest.strip())
        if self.is_passing:
            self._chords_or_words(heading.rest, following)

    def _chords_or_words(self, row: str, following: str) -> None:
        marks = None if self.naming is None else chord_marks(row, self.naming)
        if marks is None or self._is_sung(marks, following):
            self._sing(row.rstrip())
        else:
            self._flush()
            self.waiting = marks

    def _is_sung(self, marks: tuple[ChordMark, ...], following: str) -> bool:
        """Return whether a lonely `A` or `Sol` is the words that the row of chords above waits for."""
        return bool(self.waiting) and may_be_sung(marks) and not following.strip()

    def _sing(self, words: str) -> None:
        marks, self.waiting = self.waiting, ()
        margin = len(words) - len(words.lstrip())
        if marks:
            margin = min(margin, marks[0].offset)
        self.lines.append(Line(LineKind.LYRIC, words[margin:], chords=_moved(marks, margin), section=self.section))

    def _add(self, line: Line) -> None:
        self._flush()
        self.lines.append(Line(line.kind, line.text, section=self.section))

    def _flush(self) -> None:
        """Let chords that no words came for stand alone."""
        if self.waiting:
            marks, self.waiting = self.waiting, ()
            self.lines.append(Line(LineKind.LYRIC, chords=_moved(marks, marks[0].offset), section=self.section))

    def _tell(self, row: str) -> bool:
        """Take a row that tells the key, the capo and such, and return whether it did."""
        if len(row) > _LONGEST_TOLD:
            return False
        capo = _CAPO.fullmatch(row)
        if capo:
            return self._keep("capo", row.strip(), capo["fret"])
        key = _KEY_OF.fullmatch(row)
        if key and parse_key(key["value"]):
            return self._keep("key", row.strip(), key["value"])
        told = _TOLD.match(row)
        name = _LABELS.get(fold(told["label"])) if told else None
        if told is None or name is None or not told["value"].strip():
            return False
        return self._keep(name, told["value"].strip(), told["value"].strip())

    def _keep(self, name: str, written: str, value: str) -> bool:
        self._flush()
        if name not in self.told and name in ("title", "artist", "key", "capo", "tempo"):
            meant = _meaning(name, value)
            if meant is not None:
                self.told[name] = meant
                if meant == written:
                    return True
        self.metadata.append((name, written))
        return True


def _meaning(name: str, value: str) -> str | None:
    """Return what the value of a row that tells something comes down to, None where it makes no sense."""
    if name in ("title", "artist"):
        return value
    if name == "key":
        return tidy_key(value)
    number = _NUMBER.search(value)
    if name == "tempo":
        return number[0].replace(",", ".") if number else None
    fret = int(number[0]) if number and number[0].isdigit() else 0
    return str(fret) if fret <= _HIGHEST_CAPO else None


def _moved(marks: tuple[ChordMark, ...], margin: int) -> tuple[ChordMark, ...]:
    return tuple(ChordMark(mark.offset - margin, mark.name, mark.is_remark) for mark in marks)
