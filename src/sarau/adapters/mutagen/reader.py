"""The tag reader: which format it is, and what all formats have in common."""

import struct
from collections.abc import Callable
from pathlib import Path

from sarau.adapters.mutagen.ape_tag import read_ape, trailer
from sarau.adapters.mutagen.asf import read_asf
from sarau.adapters.mutagen.fields import tags_of
from sarau.adapters.mutagen.flac import read_flac
from sarau.adapters.mutagen.id3 import read_id3, read_id3v1
from sarau.adapters.mutagen.id3_frames import id3_size
from sarau.adapters.mutagen.iff import read_aiff, read_wav
from sarau.adapters.mutagen.mp4 import read_mp4
from sarau.adapters.mutagen.ogg import read_ogg
from sarau.adapters.mutagen.raw import read_aac, read_monkeys_audio, read_mp3, read_wavpack
from sarau.adapters.mutagen.source import Source
from sarau.adapters.mutagen.words import Found, Words
from sarau.foundation.media.formats import sniff
from sarau.foundation.media.tags import SoundFile, UnreadableSound

_SNIFFED_BYTES = 64
_MAX_LEADING_TAGS = 4
_FAMILIES = {".aif": ".aiff", ".aifc": ".aiff", ".oga": ".ogg", ".opus": ".ogg", ".m4b": ".m4a", ".mp4": ".m4a"}
_READERS: dict[str, Callable[[Source, int, int], Found]] = {
    ".mp3": read_mp3,
    ".flac": read_flac,
    ".wav": read_wav,
    ".aiff": read_aiff,
    ".ogg": read_ogg,
    ".m4a": read_mp4,
    ".aac": read_aac,
    ".wma": read_asf,
    ".ape": read_monkeys_audio,
    ".wv": read_wavpack,
}
# Formats whose files may end with tags that are no part of them.
_WITH_TRAILER = frozenset({".mp3", ".aac", ".ape", ".wv", ".flac"})
# Formats to which the tags at the end belong more than an ID3v2 tag at the beginning.
_WITH_APE_FIRST = frozenset({".ape", ".wv"})
# What crafted headers may bring forth in mutagen and here.
_BROKEN = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
)


class MutagenTagReader:
    """Reads tags and properties in the calling thread; holds nothing, so any thread or process may use it."""

    def read(self, path: Path, suffix: str) -> SoundFile:
        """Return what the file says; the content decides if the suffix is wrong. Raises UnreadableSound, OSError."""
        return read_sound(path, suffix)


def read_sound(path: Path | bytes, suffix: str) -> SoundFile:
    """Return what a sound file says; raises UnreadableSound, OSError."""
    with Source(path) as source:
        try:
            return _read(source, suffix)
        except MemoryError as error:
            raise UnreadableSound("reading it needs too much memory") from error
        except _BROKEN as error:
            raise UnreadableSound(f"broken headers ({type(error).__name__})") from error


def _read(source: Source, suffix: str) -> SoundFile:
    leading = Words()
    start = _read_leading_tags(source, leading)
    suffix = suffix.lower()
    family = sniff(source.at(start, _SNIFFED_BYTES)) or _FAMILIES.get(suffix, suffix)
    reader = _READERS.get(family)
    if reader is None:
        raise UnreadableSound("no format of sound that we know")
    if family in _WITH_TRAILER:
        words, found = _with_trailer(source, start, family, reader, leading)
    else:
        found = reader(source, start, source.size)
        words = found.words
        words.fill_up(leading)
    return SoundFile(found.properties, tags_of(words.texts), found.fingerprint, words.picture)


def _with_trailer(
    source: Source, start: int, family: str, reader: Callable[[Source, int, int], Found], leading: Words
) -> tuple[Words, Found]:
    """Read a format between tags; the tags it owns count most, ID3v1 with its short fields least."""
    end, ape, id3v1 = trailer(source, start)
    found = reader(source, start, end)
    trailing, oldest = Words(), Words()
    if ape:
        read_ape(ape, trailing)
    if id3v1:
        read_id3v1(id3v1, oldest)
    words = found.words
    for other in (trailing, leading, oldest) if family in _WITH_APE_FIRST else (leading, trailing, oldest):
        words.fill_up(other)
    return words, found


def _read_leading_tags(source: Source, words: Words) -> int:
    """Read the ID3v2 tags in front of the sound, of which some programs stack several; return where they end."""
    position = 0
    for _ in range(_MAX_LEADING_TAGS):
        size = id3_size(source.at(position, 10))
        if not size:
            break
        tag = Words()
        read_id3(source.at(position, size), tag)
        words.fill_up(tag)
        if position + size >= source.size:
            return position + 10  # its size is wrong: the sound must be somewhere behind its header
        position += size
    return position
