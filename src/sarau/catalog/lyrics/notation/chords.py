"""Names of chords: what they sound like, written any way people write them."""

import re
import unicodedata
from functools import lru_cache

import msgspec

from sarau.catalog.lyrics.notation.notes import Naming, called, note_at_start, pitch_class

_LONGEST_NAME = 32


class Chord(msgspec.Struct, frozen=True):
    """A chord: its root as a pitch class (semitones above C), its intervals in semitones above the root, its bass.

    Tensions keep their octave: a suspended second is 2, an added ninth 14. The names are in letters whatever naming
    the chord was written in; the suffix is what stood between root and bass, as written.
    """

    root: int
    intervals: frozenset[int]
    bass: int | None
    root_name: str
    suffix: str
    bass_name: str | None
    naming: Naming

    @property
    def is_minor(self) -> bool:
        """Whether the third is minor."""
        return 3 in self.intervals

    @property
    def is_dominant(self) -> bool:
        """Whether it has a major third and a minor seventh."""
        return {4, 10} <= self.intervals


def parse_chord(name: str) -> Chord | None:
    """Return the chord a name means, or None where it is no chord."""
    return _parsed(name) if len(name) <= _LONGEST_NAME else None


@lru_cache(maxsize=4096)
def _parsed(name: str) -> Chord | None:
    name = unicodedata.normalize("NFC", name)
    root = note_at_start(name)
    if root is None:
        return None
    root_name, naming, end = root
    suffix, bass_name = _without_bass(name[end:])
    intervals = _Quality().read(suffix)
    if intervals is None:
        return None
    bass = None if bass_name is None else pitch_class(bass_name)
    return Chord(pitch_class(root_name), intervals, bass, root_name, suffix, bass_name, naming)


def chord_name(chord: Chord, naming: Naming | None = None) -> str:
    """Return the name of a chord, in the naming it was written in or in the one wanted."""
    naming = naming or chord.naming
    bass = "" if chord.bass_name is None else "/" + called(chord.bass_name, naming)
    return called(chord.root_name, naming) + chord.suffix + bass


_TRIADS = {frozenset({4, 7}): "", frozenset({3, 7}): "m", frozenset({3, 6}): "dim", frozenset({4, 8}): "aug"}


def simplified_chord(chord: Chord) -> Chord:
    """Return the triad or the seventh chord within a chord, without its bass."""
    if chord.intervals == {0, 7}:
        return msgspec.structs.replace(chord, bass=None, bass_name=None, suffix="5")
    third = 3 if chord.is_minor else 4
    fifth = next((one for one in (7, 6 if third == 3 else 8) if one in chord.intervals), 7)
    seventh: int | None = next((one for one in (10, 11) if one in chord.intervals), None)
    if seventh is None and fifth == 6 and 9 in chord.intervals:
        seventh = 9
    suffix = _TRIADS[frozenset({third, fifth})]
    if seventh is not None:
        suffix = _seventh_suffix(third, fifth, seventh, chord.suffix)
    kept = frozenset({0, third, fifth} | ({seventh} if seventh is not None else set()))
    return msgspec.structs.replace(chord, intervals=kept, suffix=suffix, bass=None, bass_name=None)


def _seventh_suffix(third: int, fifth: int, seventh: int, written: str) -> str:
    major = "7M" if "7M" in written else "maj7"
    if fifth == 6:
        return {9: "°", 10: "m7(b5)", 11: f"dim({major})"}[seventh]
    if fifth == 8:
        return "aug7" if seventh == 10 else f"{major}(#5)"
    if seventh == 10:
        return "m7" if third == 3 else "7"
    return f"m({major})" if third == 3 else major


def _without_bass(rest: str) -> tuple[str, str | None]:
    """Return what stands before a last `/` with a note after it, and that note; `7/9` has no bass."""
    suffix, slash, last = rest.rpartition("/")
    note = note_at_start(last) if slash else None
    if note is None or note[2] != len(last):
        return rest, None
    return suffix, note[0]


_TOKEN = re.compile(
    r"""
    (?P<number>(?P<sign>[#♯b♭+\-]?)(?P<degree>69|11|13|[245679])(?P<after>M|maj|[+\-](?![0-9]))?)
    | (?P<major>maj|Maj|MAJ|ma(?=[0-9])|M|Δ|△)
    | (?P<minor>min|mi(?![a-z])|m|-)
    | (?P<diminished>dim|°|º|o(?=7))
    | (?P<half>ø|Ø)
    | (?P<augmented>aug|\+)
    | sus(?P<sus>2sus4|24|2|4|)
    | (?P<add>add)
    | (?:no|omit)(?P<without>[35])
    | (?P<altered>alt)
    | (?P<open>\((?!\)))
    | (?P<close>\))
    | (?P<apart>(?:/|,\ ?)(?=[#♯b♭+\-]?[0-9]|add|sus|maj|Maj|M7|no|omit))
    """,
    re.VERBOSE,
)
_NATURAL = {"2": 14, "4": 17, "5": 7, "6": 9, "7": 10, "9": 14, "11": 17, "13": 21}
_SIGNS = {"#": 1, "♯": 1, "+": 1, "b": -1, "♭": -1, "-": -1}
_TENSIONS = {"9": frozenset({14}), "11": frozenset({14, 17}), "13": frozenset({14, 21})}


class _Quality:
    """The reading of a suffix, token by token; what fits nowhere makes it no chord."""

    def __init__(self) -> None:
        self.thirds = {4}
        self.fifth: int | None = 7
        self.seventh: int | None = None
        self.added: set[int] = set()
        self.seen: set[str] = set()
        self.depth = 0
        self.wants_major = False  # "maj" was read and its seventh not yet
        self.is_added = False  # "add" or a "/" was read: no seventh comes with the next number
        self.is_diminished = False

    def read(self, suffix: str) -> frozenset[int] | None:
        """Return the intervals, or None."""
        at = 0
        while at < len(suffix):
            token = _TOKEN.match(suffix, at)
            # Right after the root "-" is minor and "+" augmented, whatever number follows.
            if at == 0 and suffix[0] in "+-":
                token = _TOKEN.match(suffix[0])
            if token is None or not self._take(token, first=at == 0):
                return None
            at += len(token[0])
        if self.depth or self.is_added:
            return None
        tones = {0, *self.thirds, *self.added}
        tones |= {one for one in (self.fifth, self.seventh) if one is not None}
        return frozenset(tones)

    def _take(self, token: re.Match[str], *, first: bool) -> bool:
        kind = token.lastgroup
        if kind == "number":
            return self._number(token["sign"], token["degree"], token["after"] or "", first=first)
        if self.is_added and kind not in ("open", "close"):
            self.is_added = kind == "add"
            if kind == "apart":
                return False
        if kind in ("minor", "diminished", "half"):
            return first and self._lower(kind, token[0])
        return self._other(kind, token)

    def _lower(self, kind: str, written: str) -> bool:
        self.thirds = {3}
        if kind == "minor":
            return True
        self.fifth = 6
        self.is_diminished = kind == "diminished"
        if kind == "half":
            self.seventh = 10
        elif written in "°º":  # the sign alone is the four-note chord on Brazilian sheets, "dim" the triad
            self.seventh = 9
        return True

    def _other(self, kind: str | None, token: re.Match[str]) -> bool:
        match kind:
            case "major":
                self.wants_major = True
                if token[0] in "Δ△":
                    self.seventh = 11
            case "augmented":
                self.fifth = 8
            case "sus":
                self.thirds = {{"2": 2, "4": 5}[digit] for digit in (token["sus"] or "4").replace("sus", "")}
            case "without":
                if token["without"] == "3":
                    self.thirds = set()
                else:
                    self.fifth = None
            case "altered":
                self.fifth, self.seventh = 8, 10
                self.added |= {13, 15}
            case "open":
                self.depth += 1
            case "close":
                self.depth -= 1
            case _:
                self.is_added = True
        return self.depth >= 0

    def _number(self, sign: str, degree: str, after: str, *, first: bool) -> bool:
        added, self.is_added = self.is_added, False
        if degree in self.seen or (sign and after):
            return False
        self.seen.add(degree)
        if degree == "7":
            return self._seven(sign, after)
        if after in ("M", "maj"):
            return False
        shift = _SIGNS.get(sign or after, 0)
        if degree == "5":
            return self._five(shift, first=first)
        if degree == "69":
            self.added |= {9, 14}
            return not shift
        if degree == "4" and not shift and self.seventh is not None:  # 7/4 and 7(4) are 7sus4
            return self._plain(degree)
        if shift or added or self.depth:
            self.added.add(_NATURAL[degree] + shift)
            return True
        return self._plain(degree)

    def _plain(self, degree: str) -> bool:
        """Take a number that stands by itself: it may suspend the third or bring a seventh."""
        if degree in "24" and 3 not in self.thirds:
            self.thirds = {2 if degree == "2" else 5}
        elif degree in _TENSIONS and self.seventh is None:
            self.seventh = 11 if self.wants_major else 10
            self.added |= _TENSIONS[degree]
        else:
            self.added.add(_NATURAL[degree])
        return True

    def _seven(self, sign: str, after: str) -> bool:
        if after == "-" or sign in ("#", "♯", "+"):
            return False
        if after or self.wants_major:  # 7M, 7+ and maj7 are one chord
            self.seventh = 11
        elif self.seventh is None:
            self.seventh = 9 if self.is_diminished else 10
        return True

    def _five(self, shift: int, *, first: bool) -> bool:
        if shift:
            self.fifth = 7 + shift
        elif first:
            self.thirds = set()
        return True
