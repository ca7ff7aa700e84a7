"""What a scan cannot be faster than: `python -m bench.load.limits walk|mutagen FOLDER` prints files and seconds."""

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SUFFIXES = (".mp3", ".flac", ".ogg", ".opus", ".m4a")


def _files(folder: str) -> Iterator[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _files(entry.path)
            elif entry.name.endswith(SUFFIXES):
                yield entry


def walk(folder: Path) -> int:
    """Look at the time and size of every sound file, and return how many there are."""
    return sum(entry.stat().st_size > 0 for entry in _files(str(folder)))


def read_tags(folder: Path) -> int:
    """Read every sound file with mutagen, told the format by its name, and return how many there are."""
    from mutagen.flac import FLAC
    from mutagen.mp3 import MP3
    from mutagen.mp4 import MP4
    from mutagen.oggopus import OggOpus
    from mutagen.oggvorbis import OggVorbis

    readers: dict[str, Any] = dict(zip(SUFFIXES, (MP3, FLAC, OggVorbis, OggOpus, MP4), strict=True))
    return sum(bool(readers[Path(entry.name).suffix](entry.path).tags) for entry in _files(str(folder)))


if __name__ == "__main__":
    act = {"walk": walk, "mutagen": read_tags}[sys.argv[1]]
    began = time.perf_counter()
    count = act(Path(sys.argv[2]))
    print(count, time.perf_counter() - began)
