"""Folders of music for tests: small real files, each with a sound of its own where that matters."""

import hashlib
import itertools
import os
import shutil
from pathlib import Path
from typing import Any

from tests.support.audio import make_sound

_tones = itertools.count()


def tune(path: Path, *, hz: float | None = None, seconds: float = 0.3, **tags: Any) -> Path:
    """Write a short tone with tags, making its folder; a tone that no other file has unless one is given.

    `title` is the file's name if left out; lists of tags may be given as one text.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    for name in ("artists", "album_artists", "composers", "genres", "mb_artist_ids", "mb_album_artist_ids"):
        if isinstance(tags.get(name), str):
            tags[name] = (tags[name],)
    tags.setdefault("title", path.stem)
    return make_sound(path, seconds=seconds, frequency=hz or 200 + next(_tones) * 7 % 4000, **tags)


def album(folder: Path, title: str, artist: str, titles: list[str], **tags: Any) -> list[Path]:
    """Write the numbered FLAC files of an album and return their paths."""
    return [
        tune(
            folder / f"{number:02} {name}.flac",
            title=name,
            album=title,
            artists=artist,
            album_artists=artist,
            track_number=number,
            **tags,
        )
        for number, name in enumerate(titles, 1)
    ]


def same_again(source: Path, target: Path) -> Path:
    """Copy a file with its times, making the folder."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(source, target)
    return target


def later(path: Path, seconds: int = 10) -> None:
    """Move a file's time of change, as an editor would."""
    status = path.stat()
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns + seconds * 10**9))


def everything_in(folder: Path) -> dict[str, tuple[Any, ...]]:
    """Return all there is to know of a folder: names, kinds, modes, times, contents."""
    found: dict[str, tuple[Any, ...]] = {}
    for path in sorted(folder.rglob("*"), key=str):
        status = path.lstat()
        content = ""
        if path.is_symlink():
            content = str(path.readlink())
        elif path.is_file():
            content = hashlib.sha256(path.read_bytes()).hexdigest()
        found[str(path.relative_to(folder))] = (status.st_mode, status.st_mtime_ns, status.st_size, content)
    return found
