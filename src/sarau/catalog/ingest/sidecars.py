"""What lies beside the music and belongs to it: covers, lyrics, chord sheets."""

import hashlib
import os
from collections.abc import Sequence

from sarau.catalog.ingest.walking import PICTURE_SUFFIXES, FoundFile, join
from sarau.catalog.lyrics.reading import sheet_beside, text_of
from sarau.catalog.lyrics.schemas import MAX_SHEET_BYTES, SHEET_SUFFIXES, Sheet
from sarau.foundation.storage.inside import read_inside

MAX_PICTURE_BYTES = 30 << 20
_COVER_STEMS = (b"cover", b"folder", b"front", b"album", b"albumart")


def digest_of(sidecars: Sequence[FoundFile]) -> str:
    """Return a text that changes whenever what lies in a folder beside its music does; empty for nothing."""
    if not sidecars:
        return ""
    return hashlib.blake2b(repr(sidecars).encode(), digest_size=12).hexdigest()


def cover_file(sidecars: Sequence[FoundFile]) -> FoundFile | None:
    """Return the picture that is the folder's cover: cover.*, folder.*, front.* and their like, in this order."""
    best: tuple[int, FoundFile] | None = None
    for file in sidecars:
        stem = os.path.splitext(file.name)[0].lower()
        if file.suffix in PICTURE_SUFFIXES and stem in _COVER_STEMS and file.size_bytes <= MAX_PICTURE_BYTES:
            rank = _COVER_STEMS.index(stem)
            if best is None or rank < best[0]:
                best = (rank, file)
    return best[1] if best else None


def sheets_beside(root: bytes, folder: bytes, sound: FoundFile, sidecars: Sequence[FoundFile]) -> list[Sheet]:
    """Return the lyrics and chord sheets named like a sound file; one that cannot be read is left out."""
    stem = os.path.splitext(sound.name)[0].lower()
    sheets: dict[str, Sheet] = {}
    for file in sidecars:
        if file.suffix not in SHEET_SUFFIXES or os.path.splitext(file.name)[0].lower() != stem:
            continue
        try:
            content = text_of(read_inside(root, join(folder, file.name), MAX_SHEET_BYTES))
        except OSError:
            continue
        if content.strip():
            sheets[file.suffix] = sheet_beside(file.suffix, content)
    return list(sheets.values())
