"""The language of pictures."""

from typing import NamedTuple

SIZES = (96, 192, 384, 768, 1200)
PICTURE_TYPES = ("image/webp", "image/jpeg")


def size_at_least(wanted: int) -> int:
    """Return the size we make that is next to what somebody wants, in pixels."""
    return next((size for size in SIZES if size >= wanted), SIZES[-1])


class KeptPicture(NamedTuple):
    """A picture whose bytes are stored; its id is how its digest begins."""

    id: str
    sha256: str
    media_type: str
    width: int
    height: int
    size_bytes: int
