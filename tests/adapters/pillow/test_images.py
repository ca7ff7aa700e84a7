"""Pictures of every kind that people have as covers, and of the kinds that people send to do harm."""

import io
import struct
import subprocess
import sys
import threading
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from sarau.adapters.pillow.images import PillowImages
from sarau.foundation.errors import Invalid
from sarau.foundation.media.images import ImageInfo, UnreadableImage

IMAGES = PillowImages()
MEDIA_TYPES = ["image/webp", "image/jpeg"]
FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif", "BMP": "image/bmp"}
RED, GREEN, BLUE, WHITE = (220, 30, 30), (30, 200, 30), (30, 30, 220), (255, 255, 255)
ORIENTATION = 0x0112


def quarters(width: int = 400, height: int = 200) -> Image.Image:
    """Return red and green above blue and white, so that every way of turning it can be told."""
    picture = Image.new("RGB", (width, height), WHITE)
    picture.paste(RED, (0, 0, width // 2, height // 2))
    picture.paste(GREEN, (width // 2, 0, width, height // 2))
    picture.paste(BLUE, (0, height // 2, width // 2, height))
    return picture


def saved(picture: Image.Image, format_name: str, **options: object) -> bytes:
    file = io.BytesIO()
    picture.save(file, format_name, **options)
    return file.getvalue()


def opened(data: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


def corners(data: bytes) -> list[str]:
    """Return the names of the colours in the corners, row by row."""
    picture = opened(data).convert("RGB")
    width, height = picture.size
    points = [(x * width // 4, y * height // 4) for y in (1, 3) for x in (1, 3)]
    names = {"red": RED, "green": GREEN, "blue": BLUE, "white": WHITE}
    seen = [picture.getpixel(point) for point in points]
    return [
        min(names, key=lambda name: sum(abs(a - b) for a, b in zip(names[name], colour, strict=True)))
        for colour in seen
    ]


def png_header(width: int, height: int) -> bytes:
    """Return a PNG of a few bytes that claims a size."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.parametrize(("format_name", "media_type"), FORMATS.items())
def test_inspect_tells_type_and_size(format_name: str, media_type: str) -> None:
    assert IMAGES.inspect(saved(quarters(), format_name)) == ImageInfo(media_type, 400, 200)


@pytest.mark.parametrize("format_name", ["JPEG", "WEBP"])
def test_inspect_tells_the_size_as_shown(format_name: str) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6

    info = IMAGES.inspect(saved(quarters(), format_name, exif=exif))

    assert (info.width, info.height) == (200, 400)


@pytest.mark.parametrize("media_type", MEDIA_TYPES)
@pytest.mark.parametrize("format_name", FORMATS)
def test_resize_fits_every_format_into_the_square(format_name: str, media_type: str) -> None:
    small = IMAGES.resize(saved(quarters(1500, 750), format_name), 300, media_type)

    assert opened(small).size == (300, 150)
    assert Image.MIME[opened(small).format or ""] == media_type
    assert corners(small) == ["red", "green", "blue", "white"]


@pytest.mark.parametrize("media_type", MEDIA_TYPES)
def test_resize_never_enlarges(media_type: str) -> None:
    small = IMAGES.resize(saved(quarters(40, 20), "PNG"), 300, media_type)

    assert opened(small).size == (40, 20)


@pytest.mark.parametrize(("width", "height", "expected"), [(3000, 3, (300, 1)), (2, 2000, (1, 300))])
def test_resize_keeps_at_least_a_pixel(width: int, height: int, expected: tuple[int, int]) -> None:
    assert opened(IMAGES.resize(saved(quarters(width, height), "PNG"), 300, "image/webp")).size == expected


@pytest.mark.parametrize("orientation", range(1, 9))
def test_resize_turns_the_picture_upright(orientation: int) -> None:
    turn_back = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    stored = quarters(1200, 600)
    if orientation in turn_back:
        stored = stored.transpose(turn_back[orientation])
    exif = Image.Exif()
    exif[ORIENTATION] = orientation

    small = IMAGES.resize(saved(stored, "JPEG", exif=exif), 200, "image/jpeg")

    assert opened(small).size == (200, 100)
    assert corners(small) == ["red", "green", "blue", "white"]


def test_transparency_stays_in_webp_and_becomes_paper_in_jpeg() -> None:
    clear = quarters().convert("RGBA")
    clear.putalpha(Image.new("L", clear.size, 0))

    assert opened(IMAGES.resize(saved(clear, "PNG"), 100, "image/webp")).convert("RGBA").getpixel((5, 5))[3] == 0
    assert opened(IMAGES.resize(saved(clear, "PNG"), 100, "image/jpeg")).getpixel((5, 5)) == WHITE


def test_a_transparent_colour_of_a_palette_counts() -> None:
    palette = quarters().quantize(8)
    red = palette.getpixel((10, 10))

    small = IMAGES.resize(saved(palette, "GIF", transparency=red), 100, "image/jpeg")

    assert corners(small) == ["white", "green", "blue", "white"]


def test_print_colours_become_screen_colours() -> None:
    assert corners(IMAGES.resize(saved(quarters().convert("CMYK"), "JPEG"), 100, "image/webp")) == [
        "red",
        "green",
        "blue",
        "white",
    ]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16"])
@pytest.mark.parametrize("media_type", MEDIA_TYPES)
def test_grey_and_few_colours(mode: str, media_type: str) -> None:
    middle_grey = Image.new("L", (200, 200), 128)
    picture = Image.new("I;16", (200, 200), 128 * 256) if mode == "I;16" else middle_grey.convert(mode)

    small = opened(IMAGES.resize(saved(picture, "PNG"), 100, media_type)).convert("L")

    shades = list(small.get_flattened_data())
    assert sum(shades) / len(shades) == pytest.approx(128, abs=8)


@pytest.mark.parametrize("format_name", ["GIF", "WEBP", "PNG"])
def test_only_the_first_frame_is_taken(format_name: str) -> None:
    frames = [Image.new("RGB", (200, 200), colour) for colour in (RED, BLUE)]

    small = opened(
        IMAGES.resize(
            saved(frames[0], format_name, save_all=True, append_images=frames[1:], duration=100), 100, "image/webp"
        )
    )

    assert getattr(small, "n_frames", 1) == 1
    assert corners(saved(small, "PNG")) == ["red"] * 4


def test_several_pictures_in_one_jpeg_show_the_first() -> None:
    camera = saved(quarters(), "MPO", save_all=True, append_images=[Image.new("RGB", (400, 200), BLUE)])

    assert IMAGES.inspect(camera) == ImageInfo("image/jpeg", 400, 200)
    assert corners(IMAGES.resize(camera, 100, "image/webp")) == ["red", "green", "blue", "white"]


@pytest.mark.parametrize("media_type", MEDIA_TYPES)
def test_nothing_but_the_picture_is_kept(media_type: str) -> None:
    exif = Image.Exif()
    exif[0x013B] = "A private artist"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>private</x:xmpmeta>"
    picture = saved(quarters(), "JPEG", exif=exif, icc_profile=profile, comment=b"a private comment", xmp=xmp)
    assert picture.count(b"private") == 3

    small = IMAGES.resize(picture, 100, media_type)

    assert b"private" not in small
    assert b"sRGB" not in small
    assert not opened(small).getexif()


def test_colours_of_another_profile_are_converted() -> None:
    swapped = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = swapped.replace(b"rXYZ", b"tmp!").replace(b"gXYZ", b"rXYZ").replace(b"tmp!", b"gXYZ")
    swapped = swapped.replace("sRGB".encode("utf-16-be"), "Swap".encode("utf-16-be"))

    small = IMAGES.resize(saved(quarters(), "PNG", icc_profile=swapped), 100, "image/webp")

    assert corners(small) == ["green", "red", "blue", "white"]


@pytest.mark.parametrize("broken", [b"not a profile", b"\0" * 200])
def test_a_broken_profile_is_left_aside(broken: bytes) -> None:
    small = IMAGES.resize(saved(quarters(), "JPEG", icc_profile=broken), 100, "image/webp")

    assert corners(small) == ["red", "green", "blue", "white"]


@pytest.mark.parametrize("broken", [b"Exif\0\0MM\0\x2a\0\0\0\x08\xff\xff" + b"\x01" * 40, b"Exif\0\0nonsense"])
def test_broken_exif_neither_warns_nor_hurts(broken: bytes) -> None:
    picture = saved(quarters(), "JPEG", exif=broken)

    assert IMAGES.inspect(picture).width == 400
    assert corners(IMAGES.resize(picture, 100, "image/webp")) == ["red", "green", "blue", "white"]


def test_a_large_cover_shrinks_well() -> None:
    stripes = Image.new("L", (1600, 1600), 0)
    for x in range(0, 1600, 2):
        stripes.paste(255, (x, 0, x + 1, 1600))

    small = opened(IMAGES.resize(saved(stripes.convert("RGB"), "JPEG", quality=95), 200, "image/jpeg")).convert("L")

    low, high = small.getextrema()
    assert 100 < low <= high < 155  # fine stripes become grey, not other stripes


def bombs() -> dict[str, bytes]:
    gif = b"GIF89a" + struct.pack("<HHBBB", 65_535, 65_535, 0x80, 0, 0) + b"\0" * 6
    gif += b"\x2c" + struct.pack("<HHHHB", 0, 0, 65_535, 65_535, 0) + b"\x02\x02\x44\x01\0;"
    bmp = (
        b"BM"
        + struct.pack("<IHHI", 1000, 0, 0, 54)
        + struct.pack("<IiiHHIIiiII", 40, 30_000, 30_000, 1, 24, *[0] * 6)
    )
    return {
        "png just too large": png_header(8_000, 8_001),
        "png of a terabyte": png_header(1_000_000, 1_000_000),
        "png beyond all": png_header(2**31 - 1, 2**31 - 1),
        "gif": gif,
        "bmp": bmp,
        "30 MB": saved(quarters(), "PNG") + b"\0" * (30 * 1024 * 1024),
    }


@pytest.mark.parametrize("name", list(bombs()))
def test_what_would_fill_the_memory_is_refused(name: str) -> None:
    bomb = bombs()[name]

    with pytest.raises(UnreadableImage, match=r"more than 64 megapixels|larger than 30 MB"):
        IMAGES.inspect(bomb)
    with pytest.raises(UnreadableImage):
        IMAGES.resize(bomb, 100, "image/webp")


def refused() -> dict[str, bytes]:
    jpeg = saved(quarters(), "JPEG")
    return {
        "nothing": b"",
        "text": b"no picture at all",
        "svg": b"<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'/>",
        "postscript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n%%EndComments\n",
        "tiff": saved(quarters(), "TIFF"),
        "icon": saved(quarters(), "ICO"),
        "portable pixmap": saved(quarters(), "PPM"),
        "only the magic": jpeg[:4],
        "half a jpeg": jpeg[: len(jpeg) // 2],
        "half a png": saved(quarters(), "PNG")[:200],
        "no pixels": png_header(0, 10),
        "too few pixels": png_header(100, 100),
    }


@pytest.mark.parametrize("name", list(refused()))
def test_what_is_no_picture_or_broken_is_refused(name: str) -> None:
    with pytest.raises(UnreadableImage) as error:
        IMAGES.resize(refused()[name], 100, "image/webp")
    assert error.value.data["field"] == "image"


@pytest.mark.parametrize("name", ["nothing", "text", "svg", "postscript", "tiff", "icon", "half a png"])
def test_inspect_refuses_what_its_headers_give_away(name: str) -> None:
    with pytest.raises(UnreadableImage):
        IMAGES.inspect(refused()[name])


@pytest.mark.parametrize(
    ("size", "media_type", "field"),
    [
        (0, "image/webp", "size"),
        (15, "image/webp", "size"),
        (5000, "image/webp", "size"),
        (100, "image/gif", "format"),
    ],
)
def test_wishes_nobody_can_fulfil_name_their_field(size: int, media_type: str, field: str) -> None:
    with pytest.raises(Invalid) as error:
        IMAGES.resize(saved(quarters(), "PNG"), size, media_type)
    assert error.value.data["field"] == field
    with pytest.raises(Invalid):
        IMAGES.placeholder("x", "x", size, media_type)


def test_threads_do_not_disturb_each_other() -> None:
    pictures = [saved(quarters(600 + 10 * number, 300), "JPEG") for number in range(8)]
    expected = [IMAGES.resize(picture, 100, "image/webp") for picture in pictures]
    got: dict[int, bytes] = {}

    def shrink(number: int) -> None:
        got[number] = IMAGES.resize(pictures[number], 100, "image/webp")

    threads = [threading.Thread(target=shrink, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [got[number] for number in range(8)] == expected


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    format_name=st.sampled_from(list(FORMATS)),
    changes=st.lists(st.tuples(st.integers(0, 900), st.binary(min_size=1, max_size=6)), min_size=1, max_size=12),
)
def test_damage_anywhere_is_shown_or_refused_but_never_worse(
    format_name: str, changes: list[tuple[int, bytes]]
) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 3
    options = {} if format_name in ("GIF", "BMP") else {"exif": exif}
    damaged = bytearray(saved(quarters(60, 40), format_name, **options))
    for at, new in changes:
        damaged[at : at + len(new)] = new

    for look in (IMAGES.inspect, lambda data: IMAGES.resize(data, 20, "image/jpeg")):
        try:
            look(bytes(damaged))
        except UnreadableImage:
            continue


@pytest.mark.parametrize("media_type", MEDIA_TYPES)
@pytest.mark.parametrize("size", [16, 300])
def test_a_placeholder_is_a_picture_of_the_size(media_type: str, size: int) -> None:
    cover = opened(IMAGES.placeholder("Águas de Março", "7", size, media_type))

    assert cover.size == (size, size)
    assert len(cover.convert("RGB").getcolors(maxcolors=size * size) or []) > 50


def test_the_same_seed_gives_the_same_cover_and_others_others() -> None:
    covers = {seed: IMAGES.placeholder("Sarau", seed, 96, "image/webp") for seed in map(str, range(30))}

    assert len(set(covers.values())) == 30
    assert all(IMAGES.placeholder("Sarau", seed, 96, "image/webp") == cover for seed, cover in covers.items())


@pytest.mark.parametrize(
    ("text", "same_as"),
    [
        ("águas", "Agora"),
        ("The Beatles", "T. B."),
        ("Łódź", "l"),
        ("Björk", "b"),
        ("Kairon; IRSE!", "k i j k"),
        ("!!!", ""),
        ("東京事変", ""),
        ("\ud800\0", ""),
        ("", ""),
    ],
)
def test_initials(text: str, same_as: str) -> None:
    assert IMAGES.placeholder(text, "1", 96, "image/webp") == IMAGES.placeholder(same_as, "1", 96, "image/webp")


def test_letters_are_drawn() -> None:
    assert IMAGES.placeholder("A", "1", 96, "image/webp") != IMAGES.placeholder("B", "1", 96, "image/webp")


def test_starting_up_does_not_load_pillow() -> None:
    code = "import sys, sarau.adapters.pillow.images; sys.exit('PIL' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
