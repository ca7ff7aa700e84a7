"""ChordPro 6: words with chords in square brackets and directives in braces."""

import re
from typing import NamedTuple

from sarau.catalog.lyrics.notation.chords import parse_chord
from sarau.catalog.lyrics.notation.keys import tidy_key
from sarau.catalog.lyrics.notation.layout import chord_marks, heading_of, is_tablature, rows_of
from sarau.catalog.lyrics.notation.notes import Naming
from sarau.catalog.lyrics.notation.song import ChordMark, Line, LineKind, Song, without_blank_ends

_SHORT = {
    "t": "title", "st": "subtitle", "c": "comment", "ci": "comment_italic", "cb": "comment_box",
    "highlight": "comment", "soc": "start_of_chorus", "eoc": "end_of_chorus", "sov": "start_of_verse",
    "eov": "end_of_verse", "sob": "start_of_bridge", "eob": "end_of_bridge", "sot": "start_of_tab",
    "eot": "end_of_tab", "sog": "start_of_grid", "eog": "end_of_grid", "ns": "new_song", "np": "new_page",
    "npp": "new_physical_page", "col": "columns", "colb": "column_break", "g": "diagrams",
}  # fmt: skip
_COMMENTS = ("comment", "comment_italic", "comment_box")
# Directives that any sheet in this notation is told by; the others are too ordinary as words in braces.
KNOWN = frozenset(
    {*_SHORT.values(), *_COMMENTS, "artist", "composer", "lyricist", "copyright", "album", "year", "key", "time"}
    | {"tempo", "duration", "capo", "meta", "define", "chord", "chorus", "transpose", "start_of_abc", "start_of_ly"}
)
# Environments whose rows are no words: kept as they stand.
_VERBATIM = ("tab", "abc", "ly", "svg", "textblock")

_DIRECTIVES = re.compile(r"\s*(?:\{[^{}]*\}\s*)+")
_DIRECTIVE = re.compile(r"\{([^{}]*)\}")
_NAME = re.compile(r"\s*([A-Za-z_][A-Za-z0-9_]*)(-!?[A-Za-z0-9_!-]+)?(?=[\s:]|$)")
_LABEL = re.compile(r"\s*label\s*=\s*([\"'])(.*?)\1\s*")
_ESCAPED = re.compile(r"\\([\[\]{}\\#])")
_INLINE = re.compile(r"\\([\[\]{}\\#])|\[([^\[\]]*)\]")
_NUMBER = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3})?")
_HIGHEST_CAPO = 11


class Directive(NamedTuple):
    """A directive by its long name, without a selector, and what it says."""

    name: str
    value: str


def parse_chordpro(text: str) -> Song:
    """Return the song of a sheet in ChordPro."""
    reading = _Reading()
    for row in _continued(rows_of(text)):
        reading.take(row)
    return reading.song()


def directives_in(row: str) -> list[Directive] | None:
    """Return the directives of a row that is nothing else, None for any other row."""
    if "{" not in row or not _DIRECTIVES.fullmatch(row):
        return None
    found = [directive(inner[1]) for inner in _DIRECTIVE.finditer(row)]
    return None if None in found else [one for one in found if one is not None]


def directive(inner: str) -> Directive | None:
    """Return the directive that stands between two braces, or None where no name stands there."""
    name = _NAME.match(inner)
    if name is None:
        return None
    rest = inner[name.end() :].lstrip()
    long_name = name[1].lower()
    long_name = _SHORT.get(long_name, long_name)
    if long_name not in KNOWN:  # what it is for is not known either
        long_name += (name[2] or "").lower()
    return Directive(long_name, rest.removeprefix(":").strip())


def inline_marks(row: str) -> tuple[str, tuple[ChordMark, ...]]:
    """Return the words of a row, and the chords and annotations that stood in brackets between them."""
    parts: list[str] = []
    marks: list[ChordMark] = []
    length = at = 0
    for found in _INLINE.finditer(row):
        parts.append(row[at : found.start()] + (found[1] or ""))
        length += len(parts[-1])
        at = found.end()
        if found[2] is not None and found[2].strip():
            marks.append(_mark(length, found[2].strip()))
    words = ("".join(parts) + row[at:]).rstrip()
    if not words.strip():
        return "", _side_by_side(marks)
    return words, tuple(marks)


def _mark(offset: int, name: str) -> ChordMark:
    if name.startswith("*"):
        return ChordMark(offset, name[1:].strip() or name, is_remark=True)
    return ChordMark(offset, name, is_remark=parse_chord(name) is None)


def _side_by_side(marks: list[ChordMark]) -> tuple[ChordMark, ...]:
    """Return chords without words, one after the other with a space between."""
    placed: list[ChordMark] = []
    at = 0
    for mark in marks:
        placed.append(ChordMark(at, mark.name, mark.is_remark))
        at += len(mark.name) + 1
    return tuple(placed)


def _continued(rows: list[str]) -> list[str]:
    """Return rows with those joined that end in a backslash and go on in the next."""
    result: list[str] = []
    pieces: list[str] = []
    for row in rows:
        piece = row.lstrip() if pieces else row
        if row.endswith("\\") and not row.endswith("\\\\"):
            pieces.append(piece[:-1])
        else:
            result.append("".join([*pieces, piece]))
            pieces = []
    return [*result, "".join(pieces)] if pieces else result


class _Reading:
    """A sheet read row by row, and the part of the song it is in."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.section = ""
        self.environment = ""
        self.told: dict[str, str] = {}
        self.metadata: list[tuple[str, str]] = []

    def take(self, row: str) -> None:
        """Take a row."""
        found = directives_in(row)
        if found is not None:
            for one in found:
                self._direct(one)
        elif row.startswith("#"):
            self._remember("#", row[1:])
        elif not row.strip():
            self._add(LineKind.BLANK)
        elif self.environment in _VERBATIM or is_tablature(row):
            self._add(LineKind.TAB, row.expandtabs().rstrip())
        else:
            self._sing(row.expandtabs())

    def song(self) -> Song:
        """Return what was read."""
        return Song(
            title=self.told.get("title"),
            artist=self.told.get("artist"),
            key=self.told.get("key"),
            capo=int(self.told.get("capo", "0")),
            tempo=float(self.told["tempo"]) if "tempo" in self.told else None,
            metadata=tuple(self.metadata),
            lines=without_blank_ends(self.lines),
        )

    def _sing(self, row: str) -> None:
        heading = heading_of(row) if row.lstrip().startswith("[") else None
        if heading and not heading.rest.strip():
            self._head(heading.name)
            return
        words, marks = inline_marks(row)
        if self.environment == "grid" and not marks:
            marks = chord_marks(row, Naming.LETTERS) or chord_marks(row, Naming.SYLLABLES) or ()
            if not marks:
                self._add(LineKind.TAB, row.rstrip())
                return
            words = ""
        self.lines.append(Line(LineKind.LYRIC, words, chords=marks, section=self.section))

    def _direct(self, found: Directive) -> None:
        name, value = found
        if name in _COMMENTS:
            self._add(LineKind.COMMENT, _ESCAPED.sub(r"\1", value))
        elif name.startswith("start_of_"):
            self.environment = name.removeprefix("start_of_")
            self._head(_label(value) or _spoken(self.environment))
        elif name.startswith("end_of_") and not value:
            self.environment = self.section = ""
        elif name == "chorus":  # sung again here; written once
            self._add(LineKind.SECTION, _label(value) or "Chorus", section=_label(value) or "Chorus")
        else:
            self._tell(name, value)

    def _tell(self, name: str, value: str) -> None:
        if name == "meta":
            name, _, value = value.partition(" ")
            name, value = name.lower(), value.strip()
        if name in ("title", "artist", "key", "capo", "tempo") and name not in self.told:
            meant = _meaning(name, value)
            if meant is not None:
                self.told[name] = meant
                if meant == value:
                    return
        self._remember(name, value)

    def _head(self, name: str) -> None:
        self.section = name
        self._add(LineKind.SECTION, name)

    def _add(self, kind: LineKind, text: str = "", section: str | None = None) -> None:
        self.lines.append(Line(kind, text, section=self.section if section is None else section))

    def _remember(self, name: str, value: str) -> None:
        if value.strip() or name not in KNOWN:
            self.metadata.append((name, value.strip()))


def _label(value: str) -> str:
    found = _LABEL.fullmatch(value)
    return found[2] if found else value


def _spoken(environment: str) -> str:
    return environment.replace("_", " ").capitalize()


def _meaning(name: str, value: str) -> str | None:
    if name in ("title", "artist"):
        return value or None
    if name == "key":
        return tidy_key(value)
    number = _NUMBER.match(value)
    if number is None:
        return None
    if name == "tempo":
        return number[0]
    return number[0] if number[0].isdigit() and int(number[0]) <= _HIGHEST_CAPO else None
