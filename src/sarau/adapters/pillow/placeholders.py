"""Drawn covers: a gradient, a pattern and initials, all chosen by a seed."""

import colorsys
import hashlib
import math
from collections.abc import Callable
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

from sarau.kit.text import fold

_OVERSIZE = 2  # shapes are drawn large and shrunk, for Pillow draws without smooth edges
_MAX_INITIALS = 2
_MAX_TEXT = 200
_LETTERS = (250, 250, 250)
_Colour = tuple[int, int, int]


class _Palette(NamedTuple):
    """Three colours that go together."""

    top: _Colour
    bottom: _Colour
    accent: _Colour


def drawn(text: str, seed: str, size: int) -> Image.Image:
    """Return a square cover, the same for the same arguments."""
    digest = hashlib.sha256(seed.encode("utf-8", "surrogatepass")).digest()
    palette = _palette(digest[0], digest[1])
    cover = _gradient(palette, size)
    side = size * _OVERSIZE
    shapes = Image.new("L", (side, side), 0)
    _PATTERNS[digest[2] % len(_PATTERNS)](ImageDraw.Draw(shapes), side, digest[3:])
    cover.paste(palette.accent, (0, 0, size, size), shapes.reduce(_OVERSIZE))
    _write_initials(cover, _initials(text))
    return cover


def _palette(hue: int, distance: int) -> _Palette:
    """Return deep colours, on which white letters can be read, and a light one for shapes."""
    base = hue / 256
    other = base + 0.08 + distance / 256 * 0.14
    return _Palette(_colour(base, 0.42, 0.60), _colour(other, 0.22, 0.70), _colour(other, 0.72, 0.75))


def _colour(hue: float, lightness: float, saturation: float) -> _Colour:
    red, green, blue = colorsys.hls_to_rgb(hue % 1, lightness, saturation)
    return round(red * 255), round(green * 255), round(blue * 255)


def _gradient(palette: _Palette, size: int) -> Image.Image:
    """Return a canvas that goes from the top left colour to the bottom right one."""
    down = Image.linear_gradient("L")
    diagonal = Image.blend(down, down.transpose(Image.Transpose.ROTATE_90), 0.5)
    mask = diagonal.resize((size, size), Image.Resampling.BILINEAR)
    canvas = Image.new("RGB", (size, size), palette.top)
    canvas.paste(palette.bottom, (0, 0, size, size), mask)
    return canvas


def _rings(draw: ImageDraw.ImageDraw, side: int, digest: bytes) -> None:
    """Draw the grooves of a record that lies half outside."""
    x, y = side * (digest[0] % 2), side * (0.2 + digest[1] / 256 * 0.6)
    for ring in range(14, 1, -1):
        radius = ring * side / 14
        box = (x - radius, y - radius, x + radius, y + radius)
        draw.ellipse(box, outline=34 + digest[ring] % 60, width=round(side * (0.008 + digest[ring] % 22 / 1000)))


def _bars(draw: ImageDraw.ImageDraw, side: int, digest: bytes) -> None:
    """Draw the bars of an equaliser."""
    count = 9
    step = side / count
    for bar in range(count):
        height = (0.15 + digest[bar] / 256 * 0.6) * side
        left, top = bar * step + step * 0.16, side - height
        box = (left, top, left + step * 0.68, side + step)
        draw.rounded_rectangle(box, radius=step * 0.34, fill=60 + digest[bar] % 40)


def _waves(draw: ImageDraw.ImageDraw, side: int, digest: bytes) -> None:
    """Draw waves, the nearer ones brighter."""
    for wave in range(5):
        level = side * (0.38 + 0.13 * wave)
        height = side * (0.03 + digest[wave] / 256 * 0.07)
        turns, phase = 1 + digest[wave + 5] % 3, digest[wave + 10] / 256 * math.tau
        line = [(x, level + height * math.sin(phase + turns * math.tau * x / side)) for x in range(0, side + 4, 4)]
        draw.polygon([*line, (side, side), (0, side)], fill=30 + 16 * wave)


def _petals(draw: ImageDraw.ImageDraw, side: int, digest: bytes) -> None:
    """Draw overlapping quarter circles in a grid, as on Portuguese tiles."""
    count = 4
    step = side / count
    for cell in range(count * count):
        left, top = cell % count * step, cell // count * step
        corner = digest[cell] % 4
        x, y = left + step * (corner % 2), top + step * (corner // 2)
        radius = step * (0.55 + digest[cell] / 256 * 0.4)
        start = (0, 90, 270, 180)[corner]
        box = (x - radius, y - radius, x + radius, y + radius)
        draw.pieslice(box, start, start + 90, fill=35 + digest[cell] % 60)


_PATTERNS: tuple[Callable[[ImageDraw.ImageDraw, int, bytes], None], ...] = (_rings, _bars, _waves, _petals)


def _initials(text: str) -> str:
    """Return the first letters of the first words, as far as the font that is everywhere can write them.

    Pillow's own font has no accents and no other scripts: accents are left off, and without any letter left the
    pattern stands alone.
    """
    words = [
        [letter for letter in word if letter.isascii() and letter.isalnum()]
        for word in fold(text[:_MAX_TEXT]).split()
    ]
    return "".join(letters[0] for letters in words if letters)[:_MAX_INITIALS].upper()


def _write_initials(cover: Image.Image, initials: str) -> None:
    """Write the letters in the middle."""
    if initials:
        font = ImageFont.load_default(cover.width * (0.42 if len(initials) > 1 else 0.5))
        middle = (cover.width / 2, cover.width / 2)
        ImageDraw.Draw(cover).text(middle, initials, _LETTERS, font, anchor="mm")
