"""What the demo library holds: records for albums, tunes and how each tune is arranged."""

from enum import StrEnum
from functools import cached_property

import msgspec

from sarau.adapters.synth.score import Score, parse

LYRICS_SUFFIX = ".lrc"


class Format(StrEnum):
    """How a track is encoded; the value is also the suffix, but for the two codecs that share one."""

    MP3 = "mp3"
    FLAC = "flac"
    VORBIS = "ogg"
    OPUS = "opus"
    AAC = "m4a"
    ALAC = "alac"
    WAV = "wav"

    @property
    def suffix(self) -> str:
        """The file name's ending, with the dot."""
        return ".m4a" if self is Format.ALAC else f".{self.value}"


class Voice(msgspec.Struct, frozen=True):
    """Who plays a line: an instrument, how loud (1 is the lead), where (-1 left, 1 right), moved by semitones."""

    instrument: str
    gain: float = 1.0
    pan: float = 0.0
    transpose: int = 0


class Arrangement(msgspec.Struct, frozen=True, kw_only=True):
    """How a tune is played.

    `pattern` and `beats` divide every bar into equal steps, separated by spaces; what happens at a step is said by
    letters: B the bass of the chord, b its fifth below the chord, c the whole chord, 1 to 4 one of its tones, and for
    drums k (low drum), s (brush), h (shaker); a dot is silence. `reverb` is how much of the room is heard, `width`
    how wide the stereo image is (0 is mono, 1 as the players are placed).
    """

    lead: Voice
    second: Voice | None = None
    chords: Voice | None = None
    bass: Voice | None = None
    pattern: str = "."
    beats: str = "."
    drums_gain: float = 0.5
    reverb: float = 0.16
    width: float = 1.0
    loudness_lufs: float = -16.0


class Sheets(msgspec.Struct, frozen=True, kw_only=True):
    """The song sheets of a sung tune: LRC beside it, with the time of every word or line; ChordPro by its suffix."""

    word_times: bool = False
    chord_suffix: str | None = None
    embedded: bool = False


class Tune(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """A track: what it is called, its music as text, and how it is played and stored."""

    title: str
    artists: tuple[str, ...]
    composers: tuple[str, ...]
    music: str
    arrangement: Arrangement
    format: Format
    genres: tuple[str, ...]
    second_music: str | None = None
    original_date: str | None = None
    language: str | None = None
    disc: int = 1
    sheets: Sheets | None = None
    cover_inside: bool = False

    @cached_property
    def score(self) -> Score:
        """The music, read."""
        return parse(self.music)

    @cached_property
    def second_score(self) -> Score | None:
        """The music of the second voice, read."""
        return parse(self.second_music) if self.second_music else None


class Album(msgspec.Struct, frozen=True, kw_only=True):
    """An album: where it lies, what it is called, which picture is drawn for it and where that is put."""

    title: str
    artists: tuple[str, ...]
    year: int
    tunes: tuple[Tune, ...]
    cover: str
    cover_file: str | None = None
    compilation: bool = False

    @property
    def folder(self) -> str:
        """The folder of the album inside the library, with slashes."""
        return f"{' & '.join(self.artists)}/{self.title} ({self.year})"

    @property
    def discs(self) -> int:
        """How many discs there are."""
        return max(tune.disc for tune in self.tunes)

    @property
    def files(self) -> tuple[str, ...]:
        """The names of all files in the folder."""
        cover = (self.cover_file,) if self.cover_file else ()
        return (*cover, *(name for tune in self.tunes for name in self.files_of(tune)))

    def files_of(self, tune: Tune) -> tuple[str, ...]:
        """Return the names of a tune's files: the track, its timed lyrics, its chord sheet."""
        suffixes = [tune.format.suffix]
        if tune.sheets is not None:
            suffixes.append(LYRICS_SUFFIX)
            suffixes += [tune.sheets.chord_suffix] if tune.sheets.chord_suffix else []
        return tuple(self.stem(tune) + suffix for suffix in suffixes)

    def position(self, tune: Tune) -> tuple[int, int]:
        """Return a tune's number on its disc, and how many the disc has."""
        disc = [other for other in self.tunes if other.disc == tune.disc]
        return disc.index(tune) + 1, len(disc)

    def stem(self, tune: Tune) -> str:
        """Return the name of a tune's files without the suffix: "01 Title", or "2-01 Title" with several discs."""
        number = f"{self.position(tune)[0]:02d}"
        disc = f"{tune.disc}-" if self.discs > 1 else ""
        return f"{disc}{number} {tune.title.translate(_UNSAFE)}"


# What some file systems or shells do not like in a name.
_UNSAFE = str.maketrans(dict.fromkeys('/\\:*?"<>|', "_"))
