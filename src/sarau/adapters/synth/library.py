"""The demo library: which files belong to it, which of them are missing, and how they get there."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from sarau.adapters.synth.catalogue import Album
from sarau.adapters.synth.tunes import ALBUMS

MARKER = ".sarau-demo"
# A library of another version is made anew: count up whenever what is made changes.
VERSION = "1"
README = "README.txt"

_README_TEXT = """\
This is the demo library of Sarau.

Sarau made all of it by itself on your machine: the music is computed from scores in its source code, the covers are
drawn in code, and the lyrics (.lrc) and chord sheets (.cho, .chordpro: for any ChordPro program) are read off the
same scores.

The tunes and words are traditional or by authors whose works are in the public domain. Do with these files whatever
you like. Deleting the whole folder removes the demo; a deleted file comes back when Sarau makes the demo again.

{contents}
"""

Progress = Callable[[int, int, str], None]


def make_demo_library(folder: Path, progress: Progress | None = None) -> int:
    """Make a small library of real music in a folder and return how many tracks it has.

    A finished library is left alone, a half-made one is completed, one of another version is made anew; files that
    are not part of it stay as they are. Every file is written under another name and then renamed, so an interrupted
    run leaves no broken one. `progress` hears how many tracks are done, of how many, and the title of the last.
    Not for two processes at once on one folder. Raises OSError when the folder cannot be written.
    """
    return make_library(folder, ALBUMS, progress)


def make_library(folder: Path, albums: tuple[Album, ...], progress: Progress | None = None) -> int:
    """Make a library of some albums, as `make_demo_library` does of its own."""
    total = sum(len(album.tunes) for album in albums)
    version = _version(folder)
    done = 0
    for album in albums:
        missing = _missing(folder, album, anew=version not in (None, VERSION))
        if not missing:
            done += len(album.tunes)
            continue
        for title in _make(folder / album.folder, album, missing):
            done += 1
            if progress is not None:
                progress(done, total, title)
    for name, text in ((README, _readme(albums)), (MARKER, f"{VERSION}\n")):
        if version != VERSION or not (folder / name).is_file():
            _write(folder / name, text.encode())
    return total


def _version(folder: Path) -> str | None:
    """Return which version of the library lies finished in a folder, or None."""
    marker = folder / MARKER
    return marker.read_text("utf-8", "replace").strip() if marker.is_file() else None


def _missing(folder: Path, album: Album, *, anew: bool) -> frozenset[str]:
    here = folder / album.folder
    return frozenset(name for name in album.files if anew or not (here / name).is_file())


def _make(here: Path, album: Album, missing: frozenset[str]) -> Iterator[str]:
    """Write the missing files of an album, yielding the title of each tune when its files are there."""
    # NumPy, PyAV and Pillow are needed only now: a server whose demo is finished starts without them.
    from sarau.adapters.synth.production import cover_picture, produce

    if album.cover_file in missing:
        _write(here / album.cover_file, cover_picture(album, album.cover_file))
    for tune, files in produce(album, missing):
        for name, content in files.items():
            _write(here / name, content)
        yield tune.title


def _write(path: Path, content: bytes) -> None:
    """Write a file so that it is either whole or not there, even when the power fails."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.part")
    with unfinished.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)


def _readme(albums: tuple[Album, ...]) -> str:
    lines = []
    for album in albums:
        lines += ["", f"{', '.join(album.artists)}: {album.title}"]
        lines += [f"  {album.stem(tune)} ({', '.join(tune.composers)})" for tune in album.tunes]
    return _README_TEXT.format(contents="\n".join(lines).strip("\n"))
