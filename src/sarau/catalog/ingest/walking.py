"""Walking through a folder of music: names and sizes only, nothing is opened."""

import os
import stat
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sarau.catalog.ingest.commands import FoundProblem
from sarau.catalog.library.schemas import MAX_PATH_BYTES
from sarau.catalog.lyrics.schemas import SHEET_SUFFIXES
from sarau.foundation.media.formats import AUDIO_SUFFIXES

PICTURE_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".gif"})
_IGNORED_FOLDERS = frozenset({b"@eadir", b"lost+found", b"$recycle.bin", b"system volume information"})
_IGNORE_MARKS = frozenset({b".nomedia", b".ndignore"})
_MAX_NS = 2**63 - 1  # the times of damaged file systems may lie anywhere


class FoundFile(NamedTuple):
    """A file in a folder; the suffix is in lower case, with its dot."""

    name: bytes
    suffix: str
    mtime_ns: int
    size_bytes: int


class FoundFolder(NamedTuple):
    """A folder below a library, its path relative to it: sound files, and what may belong to them."""

    path: bytes
    sounds: list[FoundFile]
    sidecars: list[FoundFile]
    problems: list[FoundProblem]


def join(folder: bytes, name: bytes) -> bytes:
    """Return the path of a name in a folder below a library."""
    return folder + b"/" + name if folder else name


def is_below(path: bytes, above: bytes) -> bool:
    """Tell whether a folder is another or lies inside it."""
    return not above or path == above or path.startswith(above + b"/")


def outermost(starts: Iterable[bytes]) -> list[bytes]:
    """Return folders in one spelling, without those inside others of them."""
    spelled = {tuple(part for part in start.split(b"/") if part not in (b"", b".")) for start in starts}
    kept: list[bytes] = []
    for start in map(b"/".join, sorted(spelled)):
        if not kept or not is_below(start, kept[-1]):
            kept.append(start)
    return kept


def is_walked(root: bytes, start: bytes) -> bool:
    """Tell whether a walk through everything comes to a folder: not by links, nor to what it passes over."""
    here = root
    for part in start.split(b"/") if start else ():
        if _ignored(part) or any(os.path.lexists(os.path.join(here, mark)) for mark in _IGNORE_MARKS):
            return False
        here = os.path.join(here, part)
        try:
            if not stat.S_ISDIR(os.lstat(here).st_mode):
                return False
        except OSError:
            return False
    return True


def walk(root: bytes, start: bytes = b"") -> Iterator[FoundFolder]:
    """Yield a folder and all below it, each before those inside it, in the order of their names.

    Links are not followed: what they point to inside the library is found where it is, and what lies outside of it
    is nobody's business. Raises OSError when the first folder cannot be read.
    """
    waiting = [start]
    first = True
    while waiting:
        path = waiting.pop()
        try:
            entries = sorted(os.scandir(os.path.join(root, path)), key=lambda entry: entry.name)
        except OSError as error:
            if first:
                raise
            yield FoundFolder(path, [], [], [FoundProblem(path, "unreadable_folder", error.strerror or str(error))])
            continue
        first = False
        if any(entry.name in _IGNORE_MARKS for entry in entries):
            continue
        below = [join(path, e.name) for e in entries if e.is_dir(follow_symlinks=False) and not _ignored(e.name)]
        found = _folder(root, path, entries)
        found.problems.extend(_too_long(inside) for inside in below if len(inside) > MAX_PATH_BYTES)
        yield found
        waiting.extend(inside for inside in reversed(below) if len(inside) <= MAX_PATH_BYTES)


def _too_long(path: bytes) -> FoundProblem:
    return FoundProblem(path, "path_too_long", f"its path is longer than {MAX_PATH_BYTES:,} bytes")


def _ignored(name: bytes) -> bool:
    return name.startswith(b".") or name.lower() in _IGNORED_FOLDERS


def _folder(root: bytes, path: bytes, entries: list[os.DirEntry[bytes]]) -> FoundFolder:
    sounds: list[FoundFile] = []
    sidecars: list[FoundFile] = []
    problems: list[FoundProblem] = []
    for entry in entries:
        suffix = os.path.splitext(entry.name)[1].lower().decode("ascii", errors="replace")
        is_sound = suffix in AUDIO_SUFFIXES
        if entry.name.startswith(b".") or not (is_sound or suffix in PICTURE_SUFFIXES or suffix in SHEET_SUFFIXES):
            if entry.is_symlink():
                problems += _outside(root, path, entry)
            continue
        if entry.is_symlink():
            problems += _outside(root, path, entry)
            continue
        try:
            status = entry.stat(follow_symlinks=False)
        except OSError as error:
            problems.append(FoundProblem(join(path, entry.name), "unreadable_file", error.strerror or str(error)))
            continue
        if not stat.S_ISREG(status.st_mode):
            continue
        found = FoundFile(entry.name, suffix, max(-_MAX_NS, min(status.st_mtime_ns, _MAX_NS)), status.st_size)
        if not is_sound:
            sidecars.append(found)
        elif len(join(path, entry.name)) > MAX_PATH_BYTES:
            problems.append(_too_long(join(path, entry.name)))
        else:
            sounds.append(found)
    return FoundFolder(path, sounds, sidecars, problems)


def _outside(root: bytes, path: bytes, entry: os.DirEntry[bytes]) -> list[FoundProblem]:
    """Return a problem for a link that leads out of the library, or nowhere."""
    place = join(path, entry.name)
    try:
        target = os.path.realpath(entry.path, strict=True)
    except OSError:
        return [FoundProblem(place, "broken_link", "this link leads nowhere")]
    if os.path.commonpath([os.path.realpath(root), target]) == os.path.realpath(root):
        return []
    return [FoundProblem(place, "link_outside", "this link leads out of the library, and is not followed")]


def count_sounds(root: bytes) -> int:
    """Return how many sound files lie below a folder."""
    return sum(len(folder.sounds) for folder in walk(root))
