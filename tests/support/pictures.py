"""Small real pictures."""

import io

from PIL import Image


def picture(colour: str = "teal", size: int = 64, kind: str = "JPEG") -> bytes:
    """Return the bytes of a square of one colour."""
    made = io.BytesIO()
    Image.new("RGB", (size, size), colour).save(made, kind)
    return made.getvalue()
