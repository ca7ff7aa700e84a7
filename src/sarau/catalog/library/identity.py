"""Which tracks make one album, and which names are one artist: pure thinking on tags."""

import re

from sarau.foundation.media.tags import Tags
from sarau.kit.text import fold

VARIOUS_ARTISTS = "Various Artists"
VARIOUS_ARTISTS_MBID = "89ad4ac3-39f7-470e-963a-56509c546377"
UNKNOWN_ARTIST = "Unknown Artist"

_DISC_FOLDER = re.compile(rb"(?:cd|disc|disk|disco|vol|volume|side|lado)[ ._-]*[0-9a-d]{1,3}\b.*", re.IGNORECASE)


def album_key(tags: Tags, folder: bytes | None) -> str | None:
    """Return what tracks of one album have in common, or None for a track without an album.

    The MusicBrainz release where it is tagged; else album artists and title; else, without album artists, the title
    within a folder, where folders of single discs count as the one above.
    """
    if tags.mb_album_id:
        return f"mb:{tags.mb_album_id}"
    if not tags.album:
        return None
    title = fold(tags.album)
    if tags.album_artists:
        return "aa:" + "\x1f".join(map(fold, tags.album_artists)) + "\x1e" + title
    if folder is not None:
        return "in:" + _without_disc(folder).hex() + "\x1e" + title
    if tags.compilation:
        return "va:" + title
    return "aa:" + "\x1f".join(map(fold, tags.artists)) + "\x1e" + title


def _without_disc(folder: bytes) -> bytes:
    parent, _, name = folder.rpartition(b"/")
    return parent if parent and _DISC_FOLDER.fullmatch(name) else folder


def place(tags: Tags) -> int:
    """Return where a track stands in its album, as one number that sorts; tracks without a number come last."""
    disc = tags.disc_number or 1
    number = tags.track_number if tags.track_number is not None else 99_999
    return min(disc, 99_999) * 100_000 + min(number, 99_999)


def joined(names: tuple[str, ...]) -> str:
    """Return the text to show for several artists where the file does not give one."""
    return ", ".join(names)


def bare_isrc(isrc: str) -> str | None:
    """Return an International Standard Recording Code (ISO 3901) without what people write between its parts."""
    return "".join(c for c in isrc.upper() if c.isascii() and c.isalnum()) or None
