"""The ImageTool port: covers."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from sarau.foundation.errors import Invalid


class UnreadableImage(Invalid):
    """The bytes are no picture we can read, or one too large to be safe."""

    code = "unreadable_image"

    def __init__(self, reason: str) -> None:
        super().__init__("image", reason)


class ImageInfo(NamedTuple):
    """What a picture is, without its pixels decoded."""

    media_type: str
    width: int
    height: int


class ImageTool(Protocol):
    """Looks at, shrinks and draws pictures; blocking, for a thread."""

    def inspect(self, data: bytes) -> ImageInfo:
        """Return type and size of a picture in pixels; raises UnreadableImage."""
        ...

    def resize(self, data: bytes, size: int, media_type: str) -> bytes:
        """Return the picture fitted into a square of size pixels, as image/webp or image/jpeg.

        Never enlarged; turned upright by its EXIF orientation; without metadata. Raises UnreadableImage.
        """
        ...

    def mosaic(self, pictures: Sequence[bytes], size: int, media_type: str) -> bytes:
        """Return four pictures, each cut to a square, as one of size by size pixels; raises UnreadableImage."""
        ...

    def placeholder(self, text: str, seed: str, size: int, media_type: str) -> bytes:
        """Return a drawn cover with a text's initials, its colours chosen by the seed."""
        ...
