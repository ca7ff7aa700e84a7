import io
from itertools import combinations

import numpy as np
import pytest
from PIL import Image

from sarau.adapters.synth.covers import cover
from sarau.adapters.synth.tunes import ALBUMS

NAMES = [album.cover for album in ALBUMS]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_cover_is_a_square_picture_of_many_colours(name: str, kind: str) -> None:
    data = cover(name, kind)
    assert len(data) < 400_000
    with Image.open(io.BytesIO(data)) as picture:
        assert (picture.format, picture.size, picture.mode) == (kind, (800, 800), "RGB")
        pixels = np.asarray(picture, np.float64)
    assert pixels.std(axis=(0, 1)).min() > 15


def test_no_two_albums_look_alike() -> None:
    pictures = [np.asarray(Image.open(io.BytesIO(cover(name, "JPEG"))), np.float64) for name in NAMES]
    assert len(pictures) == 5
    for one, other in combinations(pictures, 2):
        assert np.abs(one - other).mean() > 25


def test_a_picture_nobody_drew_is_an_error() -> None:
    with pytest.raises(KeyError, match="sunset"):
        cover("sunset", "JPEG")
