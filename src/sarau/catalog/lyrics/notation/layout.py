"""What a line of a sheet is by the look of it: a heading, tablature, a row of chords."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sarau.catalog.lyrics.notation.chords import parse_chord
from sarau.catalog.lyrics.notation.notes import Naming
from sarau.catalog.lyrics.notation.song import ChordMark

_LINE_ENDS = re.compile(r"\r\n?|\n")


def rows_of(text: str) -> list[str]:
    """Return the rows of a text, letters and their accents in one character, without the mark at the front."""
    return _LINE_ENDS.split(unicodedata.normalize("NFC", text.removeprefix("\ufeff")))


class Heading(NamedTuple):
    """The name of a part, what else stands in the row, and whether the row says by its form that it is a heading."""

    name: str
    rest: str
    is_marked: bool


_PARTS = r"""
    intro(?:du[cç][aã]o|duction)?|verse|verso|estrofe|stanza|chorus|refr[aã]o|refrain|coro|estribilho|bridge|ponte|
    pr[eé][-\ ]?(?:chorus|refr[aã]o|coro)|p[oó]s[-\ ]?(?:chorus|refr[aã]o)|post[-\ ]?chorus|solo|interlude|
    interl[uú]dio|instrumental|outro|final|ending|coda|hook|riff|passagem|dedilhado|part|parte|vamp|tag
"""
_ORDINALS = r"""
    primeir[ao]|segund[ao]|terceir[ao]|quart[ao]|[uú]ltim[ao]|first|second|third|fourth|last|final|[0-9]{1,2}\ ?[ªaº°]
"""
_TIMES = r"\(?(?:[0-9]{1,2}\s?[x×]|[x×]\s?[0-9]{1,2}|bis)\)?"
_HEADING = re.compile(
    rf"""
    (?P<name>
        (?:
            (?:verse|verso|estrofe|parte?)\s+[a-d](?!\w)
            | (?:(?:{_ORDINALS})\s+)?(?:{_PARTS})(?:\s*[0-9]{{1,2}}(?![0-9x×])|\s+(?-i:[IVX]{{1,4}})(?!\w))?
        )
        (?:\s*{_TIMES})?
    )
    (?P<end>\s*[:：]|(?=\s)|$)\s*(?P<rest>.*)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_CLOCK = re.compile(r"[0-9]+:")
_BRACKETED = re.compile(r"\[(?P<name>[^\[\]*][^\[\]]{0,60})\](?P<end>\s*[:：])?\s*(?P<rest>.*)")
_DECORATION = "-=_*~#<>() \t"


def heading_of(row: str) -> Heading | None:
    """Return the heading a row is or begins with: `Intro:`, `[Refrão]`, `Verse 1`, `(Chorus 2x)`, `Intro: C G`."""
    row = row.strip()
    bracketed = _BRACKETED.match(row)
    if bracketed:
        return _bracketed(bracketed)
    found = _HEADING.match(row)
    if found:
        return _worded(found)
    bare = row.strip(_DECORATION) if len(row) < 80 else ""
    found = _HEADING.fullmatch(bare)
    return Heading(bare, "", True) if found and not found["rest"] else None


def _bracketed(found: re.Match[str]) -> Heading | None:
    """Return a heading in brackets; before words only the usual names are, `[laughs]` is not."""
    name, rest = found["name"].strip(), found["rest"]
    if parse_chord(name) is not None or _CLOCK.match(name) or not any(c.isalpha() for c in name):
        return None
    if rest and not found["end"] and not _HEADING.match(name) and not _is_chords(rest):
        return None
    return Heading(name, rest, True)


def _worded(found: re.Match[str]) -> Heading | None:
    """Return a heading without brackets, where what follows it leaves it one."""
    name, rest = found["name"].strip(), found["rest"]
    if found["end"].strip():
        return Heading(name, rest, True)
    if not rest:
        return Heading(name, rest, any(c.isdigit() for c in name))
    return Heading(name, rest, True) if _is_chords(rest) else None


def _is_chords(row: str) -> bool:
    return any(chord_marks(row, naming) for naming in Naming)


_STRING = re.compile(r"\s*(?P<name>[A-Ga-g][#b♯♭]?)?\s{0,2}[|:‖]")
_DASHES = re.compile(r"--|-[0-9]|[0-9]-")
_ON_STRINGS = frozenset("-—–0123456789|:hpbrstx/\\~^()*=<>vXHPBRTS. ‖")


def is_tablature(row: str) -> bool:
    """Return whether a row is a string of tablature: `E|---3---0-|`."""
    string = _STRING.match(row)
    if string is None or not _DASHES.search(row):
        return False
    rest = row[string.end() :]
    if string["name"] is None and chord_marks(row, Naming.LETTERS):
        return False  # | C -- | G -- |
    return sum(character in _ON_STRINGS for character in rest) >= 0.8 * len(rest)


class _Piece(NamedTuple):
    offset: int
    text: str
    is_chord: bool
    is_strange: bool = False  # words that have no business among chords
    is_aside: bool = False  # words in brackets


# A bracketed remark as a whole, bars, or whatever stands between spaces and bars.
_PIECE = re.compile(r"(?P<aside>(?<!\S)\([^()]*\)(?!\S))|:?\|+:?|[^\s|]+")
_FILLING = re.compile(
    rf"[|:‖%.,;~*/\\\-–—=>()\[\]{{}}]+|{_TIMES}|N\.?C\.?|n\.c\.|[0-9]{{1,2}}\s?(?:vezes|times)", re.IGNORECASE
)
_NO_CHORD = ("N.C.", "NC", "N.C", "n.c.", "(N.C.)")
_MOST_STRANGE = 8


def chord_marks(row: str, naming: Naming) -> tuple[ChordMark, ...] | None:
    """Return the chords and remarks of a row of chords, or None where it is not nearly all chords."""
    pieces: list[_Piece] = []
    chords = strange = 0
    for piece in _pieces(row, naming):
        pieces.append(piece)
        chords += piece.is_chord or piece.text in _NO_CHORD
        strange += piece.is_strange
        if strange > _MOST_STRANGE and strange > chords:
            return None
    asides = any(piece.is_aside for piece in pieces)
    if not chords or strange > chords // 5 or (asides and chords < 2):
        return None
    return tuple(ChordMark(piece.offset, piece.text, is_remark=not piece.is_chord) for piece in pieces)


def naming_in(rows: Sequence[str]) -> Naming | None:
    """Return how the rows of chords of a sheet name them, None where it has none."""
    counts = {naming: _certainty(rows, naming) for naming in Naming}
    best = max(Naming, key=lambda naming: counts[naming])
    return best if counts[best] else None


def may_be_sung(marks: tuple[ChordMark, ...]) -> bool:
    """Return whether a row of chords may be words after all: a single `A`, `Em`, `Sol` or `Sim`."""
    return len(marks) == 1 and len(marks[0].name) <= 4 and marks[0].name.isalpha()


def _certainty(rows: Sequence[str], naming: Naming) -> int:
    """Return how many chords of a sheet are surely named so.

    One row of a single letter or of a word such as "Sol" may be sung; rows of several different ones are not.
    """
    certain = 0
    single = set()
    for row in rows:
        marks = chord_marks(row, naming) or ()
        if may_be_sung(marks):
            single.add(marks[0].name)
        else:
            certain += sum(not mark.is_remark for mark in marks)
    return certain or (len(single) if len(single) > (1 if naming is Naming.LETTERS else 2) else 0)


def _pieces(row: str, naming: Naming) -> Iterator[_Piece]:
    for found in _PIECE.finditer(row):
        if found["aside"] and not _FILLING.fullmatch(found[0]):
            yield from _group(found.start(), found[0], naming)
        else:
            yield from _split(found.start(), found[0], naming)


def _group(offset: int, text: str, naming: Naming) -> Iterator[_Piece]:
    """Return the pieces of what stands in brackets: chords played now and then, or a remark."""
    inner = text[1:-1]
    marks = chord_marks(inner, naming)
    if marks is None:
        yield _Piece(offset, text, is_chord=False, is_aside=True)
        return
    yield _Piece(offset, "(", is_chord=False)
    for mark in marks:
        yield _Piece(offset + 1 + mark.offset, mark.name, not mark.is_remark)
    yield _Piece(offset + len(text) - 1, ")", is_chord=False)


def _split(offset: int, text: str, naming: Naming) -> Iterator[_Piece]:
    """Return the pieces of what stands between spaces: a chord with signs around it, chords joined by dashes."""
    if _FILLING.fullmatch(text):
        yield _Piece(offset, text, is_chord=False)
        return
    core, lead = _without_signs(text, naming)
    if lead:
        yield _Piece(offset, text[:lead], is_chord=False)
    if _is_chord(core, naming):
        yield _Piece(offset + lead, core, is_chord=True)
    else:
        yield from _joined(offset + lead, core, naming)
    if lead + len(core) < len(text):
        yield _Piece(offset + lead + len(core), text[lead + len(core) :], is_chord=False)


def _without_signs(text: str, naming: Naming) -> tuple[str, int]:
    """Return a text without brackets and commas around it if that leaves a chord, and how many were in front."""
    core = text.lstrip("([{") if not _is_chord(text, naming) else text
    lead = len(text) - len(core)
    for _ in range(4):
        if _is_chord(core, naming) or not core or core[-1] not in ")]},;:.":
            break
        core = core[:-1]
    return (core, lead) if _is_chord(core, naming) else (text, 0)


_LINKS = re.compile(r"[-–—]>?|→")


def _joined(offset: int, text: str, naming: Naming) -> Iterator[_Piece]:
    parts = _LINKS.split(text) if len(text) < 80 else [text]
    if len(parts) == 1 or not all(_is_chord(part, naming) for part in parts):
        yield _Piece(offset, text, is_chord=False, is_strange=True)
        return
    at = 0
    for part in parts:
        start = text.index(part, at)
        if start > at:
            yield _Piece(offset + at, text[at:start], is_chord=False)
        yield _Piece(offset + start, part, is_chord=True)
        at = start + len(part)


def _is_chord(text: str, naming: Naming) -> bool:
    chord = parse_chord(text)
    return chord is not None and chord.naming is naming
