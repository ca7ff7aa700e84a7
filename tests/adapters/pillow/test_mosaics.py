"""Four pictures as one."""

import io

import pytest
from PIL import Image

from sarau.adapters.pillow.images import PillowImages
from sarau.foundation.media.images import UnreadableImage

IMAGES = PillowImages()
RED, GREEN, BLUE, WHITE = (220, 30, 30), (30, 200, 30), (30, 30, 220), (255, 255, 255)
TURNED = Image.Exif()
TURNED[0x0112] = 6  # lies on its left side


def _saved(picture: Image.Image, format_name: str, **options: object) -> bytes:
    file = io.BytesIO()
    picture.save(file, format_name, **options)
    return file.getvalue()


def _pictures() -> list[bytes]:
    """Return one wide, one tall, one square, and one to be turned: blue below red it is blue beside red."""
    wide, tall = Image.new("RGB", (900, 300), WHITE), Image.new("RGB", (30, 90), WHITE)
    wide.paste(RED, (300, 0, 600, 300))
    tall.paste(GREEN, (0, 30, 30, 60))
    lying = Image.new("RGB", (400, 400), RED)
    lying.paste(BLUE, (0, 200, 400, 400))
    square = _saved(Image.new("RGB", (600, 600), BLUE), "WEBP")
    return [_saved(wide, "JPEG"), _saved(tall, "PNG"), square, _saved(lying, "JPEG", exif=TURNED)]


@pytest.mark.parametrize("size", [101, 192])
def test_a_mosaic_has_the_middles_of_four_pictures(size: int) -> None:
    mosaic = Image.open(io.BytesIO(IMAGES.mosaic(_pictures(), size, "image/jpeg")))
    assert mosaic.size == (size, size)
    places = {(1, 1): RED, (3, 1): RED, (5, 1): GREEN, (7, 1): GREEN, (1, 5): BLUE, (5, 6): BLUE, (7, 6): RED}
    for (x, y), colour in places.items():
        seen = mosaic.getpixel((x * size // 8, y * size // 8))
        assert all(abs(a - b) < 30 for a, b in zip(seen, colour, strict=True)), (x, y)


def test_a_mosaic_with_what_is_no_picture_is_refused() -> None:
    with pytest.raises(UnreadableImage):
        IMAGES.mosaic([*_pictures()[:3], b"no picture"], 192, "image/webp")
