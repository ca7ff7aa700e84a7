"""The ImageTool port on Pillow."""

from collections.abc import Sequence

from sarau.foundation.errors import Invalid
from sarau.foundation.media.images import ImageInfo

_SIZES = range(16, 4097)
_FORMATS = {"image/webp": "WEBP", "image/jpeg": "JPEG"}


class PillowImages:
    """Looks at, shrinks and draws pictures; holds nothing, so it can be called from several threads.

    Pillow takes a tenth of a second to load: the first call does it, not the start of the program.
    """

    def inspect(self, data: bytes) -> ImageInfo:
        """Return type and size of a picture as it is shown; raises UnreadableImage."""
        from sarau.adapters.pillow.pictures import inspected

        return inspected(data)

    def resize(self, data: bytes, size: int, media_type: str) -> bytes:
        """Return the picture fitted into a square of size pixels, never enlarged; raises UnreadableImage, Invalid."""
        wanted = _format(size, media_type)
        from sarau.adapters.pillow.pictures import resized

        return resized(data, size, wanted)

    def mosaic(self, pictures: Sequence[bytes], size: int, media_type: str) -> bytes:
        """Return four pictures as one of size by size pixels; raises UnreadableImage, Invalid."""
        wanted = _format(size, media_type)
        from sarau.adapters.pillow.pictures import tiled

        return tiled(pictures, size, wanted)

    def placeholder(self, text: str, seed: str, size: int, media_type: str) -> bytes:
        """Return a drawn cover of size by size pixels, the same for the same arguments; raises Invalid."""
        wanted = _format(size, media_type)
        from sarau.adapters.pillow.pictures import encoded
        from sarau.adapters.pillow.placeholders import drawn

        return encoded(drawn(text, seed, size), wanted)


def _format(size: int, media_type: str) -> str:
    """Return Pillow's name of a format that we write; raises Invalid, also for a size that is none."""
    if size not in _SIZES:
        raise Invalid("size", f"must be from {_SIZES.start} to {_SIZES.stop - 1} pixels")
    if media_type not in _FORMATS:
        raise Invalid("format", f"must be one of {', '.join(_FORMATS)}")
    return _FORMATS[media_type]
