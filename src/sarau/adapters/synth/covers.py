"""Covers drawn in code: a picture of plain shapes for each album, twice as large as needed and then shrunk."""

import io
import math
from collections.abc import Callable
from functools import lru_cache
from random import Random

from PIL import Image, ImageDraw, ImageFilter

SIDE = 800
_S = 2 * SIDE
_Colour = tuple[int, int, int]


@lru_cache(maxsize=4)
def cover(name: str, kind: str) -> bytes:
    """Return the cover of a name as JPEG or PNG; equal names give equal bytes. Raises KeyError for unknown names."""
    # Not for secrets: a fixed seed scatters stars and confetti alike on every run.
    canvas = _PICTURES[name](Random(name))  # noqa: S311
    small = canvas.resize((SIDE, SIDE), Image.Resampling.LANCZOS)
    file = io.BytesIO()
    if kind == "PNG":
        small.save(file, "PNG", optimize=True)
    else:
        small.save(file, "JPEG", quality=88, subsampling=0, optimize=True)
    return file.getvalue()


def _ring(random: Random) -> Image.Image:
    """Draw children hand in hand in a ring, seen from above, on a yard at dusk under a string of flags."""
    canvas = _gradient((250, 205, 130), (226, 120, 84))
    draw = ImageDraw.Draw(canvas)
    centre = (_S * 0.5, _S * 0.59)
    for step, radius in enumerate((0.43, 0.36, 0.29, 0.2, 0.1)):
        _disc(draw, centre, _S * radius, _mix((238, 150, 96), (252, 226, 170), step / 4))
    palette = ((32, 84, 110), (214, 62, 70), (248, 244, 230), (30, 130, 118), (244, 180, 60), (112, 56, 110))
    children = 12
    places = [_around(centre, _S * 0.305, turn / children) for turn in range(children)]
    for here, there in zip(places, places[1:] + places[:1], strict=True):
        draw.line((here, there), fill=(92, 48, 44), width=22)
    for index, place in enumerate(places):
        skirt = palette[index % len(palette)]
        for petal in range(9):
            _disc(draw, _around(place, 62, petal / 9), 40, skirt)
        _disc(draw, place, 76, skirt)
        _disc(draw, place, 52, _mix(skirt, (255, 255, 255), 0.25))
        _disc(draw, place, 34, random.choice(((96, 58, 40), (60, 36, 28), (150, 96, 60))))
    _flags(draw, palette, 0.07, 0.05)
    _flags(draw, palette[::-1], 0.02, 0.035)
    return canvas


def _moon(random: Random) -> Image.Image:
    """Draw a moon over hills at night, and below them the teeth of a music box's comb."""
    canvas = _gradient((18, 22, 62), (92, 72, 140))
    draw = ImageDraw.Draw(canvas)
    for _ in range(150):
        place = (random.uniform(0, _S), random.uniform(0, _S * 0.6))
        _disc(draw, place, random.choice((2, 3, 3, 4, 6)), (250, 244, 214))
    glow = Image.new("RGB", canvas.size)
    _disc(ImageDraw.Draw(glow), (_S * 0.62, _S * 0.33), _S * 0.2, (120, 110, 90))
    canvas = Image.composite(_plain((255, 240, 200)), canvas, glow.filter(ImageFilter.GaussianBlur(110)).convert("L"))
    draw = ImageDraw.Draw(canvas)
    _disc(draw, (_S * 0.62, _S * 0.33), _S * 0.17, (252, 236, 190))
    for across, down, size in ((0.56, 0.27, 0.035), (0.67, 0.39, 0.05), (0.69, 0.25, 0.02), (0.57, 0.4, 0.018)):
        _disc(draw, (_S * across, _S * down), _S * size, (240, 218, 164))
    for step in range(4):
        colour = _mix((84, 74, 150), (24, 22, 58), step / 3)
        _hills(draw, 0.6 + 0.075 * step, 0.045, 1.1 + 0.7 * step, step * 2.1, colour)
    teeth = 25
    width = _S / (teeth * 1.6)
    for index in range(teeth):
        left = _S * 0.04 + index * (_S * 0.92) / teeth
        top = _S * (0.955 - 0.12 * (1 - index / teeth) - 0.02 * math.sin(index))
        draw.rounded_rectangle((left, top, left + width, _S * 1.1), width / 2, fill=(226, 190, 110))
        if random.random() < 0.4:
            _disc(draw, (left + width / 2, top - _S * random.uniform(0.03, 0.2)), width * 0.42, (250, 226, 150))
    return canvas


def _keys(_random: Random) -> Image.Image:
    """Draw a wall of blue and white tiles over the keys of a piano."""
    canvas = _plain((246, 243, 234))
    draw = ImageDraw.Draw(canvas)
    blues = ((24, 62, 130), (58, 108, 178), (120, 164, 212))
    tile = _S // 6
    for row in range(5):
        for column in range(6):
            _tile(draw, column * tile, row * tile, tile, blues, turned=(row + column) % 2 == 0)
    top, white = int(_S * 0.69), _S / 7
    draw.rectangle((0, top - 26, _S, top), fill=(176, 52, 52))
    draw.rectangle((0, top, _S, _S), fill=(252, 250, 245))
    for index in range(1, 7):
        draw.line((index * white, top, index * white, _S), fill=(150, 146, 140), width=6)
    for index in (1, 2, 4, 5, 6):
        left = index * white - white * 0.29
        box = (left, top, left + white * 0.58, top + _S * 0.19)
        draw.rounded_rectangle(box, 14, fill=(28, 28, 34), corners=(False, False, True, True))
        draw.rectangle((left + 18, top, left + white * 0.58 - 18, top + _S * 0.17), fill=(52, 52, 62))
    return canvas


def _fire(random: Random) -> Image.Image:
    """Draw a fire under a starry sky, its flames one inside the other, sparks rising."""
    canvas = _gradient((22, 20, 40), (74, 28, 44))
    draw = ImageDraw.Draw(canvas)
    for radius in range(9, 0, -1):
        _disc(draw, (_S * 0.5, _S * 0.74), _S * 0.075 * radius, _mix((196, 84, 44), (44, 24, 42), radius / 9))
    flames = ((196, 44, 40), (228, 88, 40), (246, 142, 50), (252, 196, 84), (255, 238, 178))
    for step, colour in enumerate(flames):
        size = 1 - step * 0.185
        for across, tall in ((-0.17, 0.66), (0.17, 0.74), (0.0, 1.0)):
            _flame(draw, (_S * (0.5 + across * size), _S * 0.83), _S * 0.17 * size, _S * 0.66 * tall * size, colour)
    for turn in (-1, 1):
        box = [(-0.3, -0.036), (0.3, -0.036), (0.3, 0.036), (-0.3, 0.036)]
        log = [_turned((_S * 0.5, _S * 0.86), x * _S, y * _S, turn * 0.2) for x, y in box]
        draw.polygon(log, fill=(84, 50, 38))
        _disc(draw, _turned((_S * 0.5, _S * 0.86), 0.3 * _S, 0, turn * 0.2), _S * 0.036, (150, 100, 66))
        _disc(draw, _turned((_S * 0.5, _S * 0.86), -0.3 * _S, 0, turn * 0.2), _S * 0.036, (66, 40, 32))
    for _ in range(70):
        height = random.uniform(0.03, 0.6)
        across = 0.5 + random.gauss(0, 0.07 + 0.22 * (0.62 - height))
        _disc(draw, (_S * across, _S * height), random.choice((4, 5, 7, 10)), random.choice(flames[1:]))
    return canvas


def _bandstand(random: Random) -> Image.Image:
    """Draw a bandstand in the rays of the sun, with confetti and flags."""
    canvas = _plain((250, 214, 84))
    draw = ImageDraw.Draw(canvas)
    centre = (_S * 0.5, _S * 0.6)
    for ray in range(0, 24, 2):
        draw.polygon(
            (centre, _around(centre, 2 * _S, ray / 24), _around(centre, 2 * _S, (ray + 1) / 24)), (244, 178, 58)
        )
    _disc(draw, centre, _S * 0.36, (252, 236, 176))
    colours = ((212, 58, 64), (30, 130, 84), (36, 88, 150), (250, 246, 236), (122, 60, 126))
    for _ in range(170):
        place = (random.uniform(0, _S), random.uniform(0, _S * 0.86))
        _disc(draw, place, random.choice((9, 12, 16, 20)), random.choice(colours))
    draw.rectangle((0, _S * 0.86, _S, _S), fill=(30, 120, 84))
    green, white = (22, 84, 74), (250, 246, 236)
    for wide, top in ((0.34, 0.8), (0.37, 0.825), (0.4, 0.85)):
        draw.rectangle(
            (_S * (0.5 - wide), _S * top, _S * (0.5 + wide), _S * (top + 0.03)), fill=_mix(white, green, wide)
        )
    for index in range(6):
        left = _S * (0.21 + index * 0.11)
        draw.rectangle((left, _S * 0.46, left + _S * 0.03, _S * 0.8), fill=white)
    draw.rectangle((_S * 0.2, _S * 0.7, _S * 0.8, _S * 0.72), fill=white)
    for index in range(25):
        left = _S * (0.205 + index * 0.0242)
        draw.rectangle((left, _S * 0.72, left + 10, _S * 0.8), fill=white)
    for index in range(8):
        left, right = 0.16 + 0.085 * index, 0.16 + 0.085 * (index + 1)
        colour = colours[0] if index % 2 else white
        draw.polygon([(_S * left, _S * 0.46), (_S * right, _S * 0.46), (_S * 0.5, _S * 0.25)], fill=colour)
        draw.pieslice((_S * left, _S * 0.43, _S * right, _S * 0.49), 0, 180, fill=colour)
    draw.line((_S * 0.5, _S * 0.16, _S * 0.5, _S * 0.26), fill=green, width=14)
    draw.polygon([(_S * 0.5, _S * 0.16), (_S * 0.58, _S * 0.18), (_S * 0.5, _S * 0.2)], fill=colours[1])
    return canvas


_PICTURES: dict[str, Callable[[Random], Image.Image]] = {
    "ring": _ring,
    "moon": _moon,
    "keys": _keys,
    "fire": _fire,
    "bandstand": _bandstand,
}


def _plain(colour: _Colour) -> Image.Image:
    return Image.new("RGB", (_S, _S), colour)


def _gradient(top: _Colour, bottom: _Colour) -> Image.Image:
    mask = Image.linear_gradient("L").resize((_S, _S))
    return Image.composite(_plain(bottom), _plain(top), mask)


def _mix(first: _Colour, second: _Colour, share: float) -> _Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue


def _disc(draw: ImageDraw.ImageDraw, centre: tuple[float, float], radius: float, colour: _Colour) -> None:
    x, y = centre
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)


def _around(centre: tuple[float, float], radius: float, turn: float) -> tuple[float, float]:
    return centre[0] + radius * math.cos(math.tau * turn), centre[1] + radius * math.sin(math.tau * turn)


def _turned(centre: tuple[float, float], x: float, y: float, angle: float) -> tuple[float, float]:
    cos, sin = math.cos(angle), math.sin(angle)
    return centre[0] + x * cos - y * sin, centre[1] + x * sin + y * cos


def _flags(draw: ImageDraw.ImageDraw, palette: tuple[_Colour, ...], height: float, sag: float) -> None:
    """Hang a string of paper flags, as at a festa junina, sagging in the middle."""

    def hang(across: float) -> float:
        return _S * (height + sag * math.sin(math.pi * across))

    count, half = 15, _S * 0.02
    for index in range(count):
        x = _S * (index + 0.5) / count
        y = hang((index + 0.5) / count)
        flag = [(x - half, y), (x + half, y), (x + half, y + 96), (x, y + 64), (x - half, y + 96)]
        draw.polygon(flag, fill=palette[index % len(palette)])
    points = [(_S * step / 60, hang(step / 60)) for step in range(61)]
    draw.line(points, fill=(92, 48, 44), width=7)


def _hills(
    draw: ImageDraw.ImageDraw, height: float, swing: float, waves: float, phase: float, colour: _Colour
) -> None:
    edge = [(_S * x / 100, _S * (height + swing * math.sin(phase + waves * math.tau * x / 100))) for x in range(101)]
    draw.polygon([*edge, (_S, _S), (0, _S)], fill=colour)


def _tile(
    draw: ImageDraw.ImageDraw, left: int, top: int, side: int, blues: tuple[_Colour, ...], *, turned: bool
) -> None:
    """Draw one tile: quarter circles from two opposite corners and a flower in the middle."""
    corners = [(left, top), (left + side, top + side)] if turned else [(left + side, top), (left, top + side)]
    draw.rectangle((left, top, left + side, top + side), fill=(246, 243, 234))
    for corner_x, corner_y in corners:
        for share, colour in ((0.56, blues[0]), (0.47, (246, 243, 234)), (0.38, blues[1]), (0.2, blues[2])):
            radius = side * share
            box = (corner_x - radius, corner_y - radius, corner_x + radius, corner_y + radius)
            start = {(False, False): 0, (True, False): 90, (True, True): 180, (False, True): 270}[
                (corner_x > left, corner_y > top)
            ]
            draw.pieslice(box, start, start + 90, fill=colour)
    centre = (left + side / 2, top + side / 2)
    for petal in range(4):
        _disc(draw, _around(centre, side * 0.075, petal / 4 + 0.125), side * 0.06, blues[0])
    _disc(draw, centre, side * 0.045, (244, 190, 70))
    draw.rectangle((left, top, left + side, top + side), outline=(206, 208, 210), width=4)


def _flame(draw: ImageDraw.ImageDraw, base: tuple[float, float], half: float, height: float, colour: _Colour) -> None:
    """Draw a drop with its tip upwards, bent a little."""
    left, right = [], []
    for step in range(61):
        lift = step / 60
        width = half * 2.6 * math.sqrt(lift) * (1 - lift) ** 1.15
        middle = base[0] + half * 0.5 * lift**2 * math.sin(7 * lift)
        left.append((middle - width, base[1] - height * lift))
        right.append((middle + width, base[1] - height * lift))
    draw.polygon(left + right[::-1], fill=colour)
