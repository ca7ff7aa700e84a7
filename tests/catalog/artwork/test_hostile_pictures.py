"""Pictures that are broken, lie or mean harm: the music is taken in without them, and a cover is drawn."""

import io
import os
from pathlib import Path
from typing import NamedTuple

import pytest
from PIL import Image
from tests.adapters.pillow.test_images import png_header
from tests.support.houses import House, Person, items
from tests.support.music import album, tune
from tests.support.pictures import picture

BAD: dict[str, bytes] = {
    "empty": b"",
    "one byte": b"\x89",
    "text": b"this is no picture",
    "page": b"<html><script>alert(1)</script></html>",
    "vector": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><rect/></svg>',
    "header": picture()[:20],
    "wide": png_header(60_000, 60_000),
    "wider": png_header(2**31 - 1, 1),
    "no size": png_header(0, 0),
    "tiff": b"II*\0" + bytes(100),
    "sound": b"fLaC" + bytes(100),
}


def bomb() -> bytes:
    """Return a PNG of a few hundred KB that unfolds into more than our limit of pixels."""
    made = io.BytesIO()
    Image.new("1", (9_000, 9_000)).save(made, "PNG")
    return made.getvalue()


def truncated() -> bytes:
    """Return a JPEG whose header is fine and whose picture is not there."""
    made = io.BytesIO()
    Image.effect_noise((600, 600), 80).save(made, "JPEG")
    return made.getvalue()[:2000]


class Shelf(NamedTuple):
    """A library with pictures that are to be broken, and what its albums have as covers."""

    person: Person
    albums: dict[str, dict[str, str]]


@pytest.fixture(scope="module")
def shelf(house: House, tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "outside.jpg").write_bytes(picture("purple", 80))
    covers = {"Truncated": truncated(), "Lost": picture("pink", 100), "Cached": picture("salmon", 300)}
    for title in (*covers, "Link", "Pipe"):
        album(folder / "m" / title, title, "Vandal", ["One"], cover=covers.get(title))
    (folder / "m" / "Link" / "cover.jpg").symlink_to(folder / "outside.jpg")
    os.mkfifo(folder / "m" / "Pipe" / "cover.jpg")
    person = house.newcomer()
    library = house.library(folder / "m", person)
    return Shelf(person, {a["title"]: a for a in items(person.client.get("/albums", params={"library_id": library}))})


def test_music_with_a_bad_picture_is_taken_in_without_it(house: House, tmp_path: Path) -> None:
    person = house.newcomer()
    bad = BAD | {"bomb": bomb()}
    for number, content in enumerate(bad.values()):
        folder = tmp_path / "m" / f"Inside {number}"
        album(folder, f"Inside {number}", "Vandal", ["One"], cover=content or None)
        folder = tmp_path / "m" / f"Beside {number}"
        album(folder, f"Beside {number}", "Vandal", ["One"])
        (folder / "cover.png").write_bytes(content)
    memory = _peak_bytes(house)
    library = house.library(tmp_path / "m", person)
    albums = items(person.client.get("/albums", params={"library_id": library}))
    assert {a["title"]: a["cover"] for a in albums} == {
        f"{place} {number}": None for place in ("Inside", "Beside") for number in range(len(bad))
    }
    for one in albums:
        answer = person.client.get(f"/albums/{one['id']}/cover", params={"size": 96})
        shown = Image.open(io.BytesIO(answer.content))
        assert (answer.status_code, shown.size) == (200, (96, 96)), one["title"]
    assert _peak_bytes(house) - memory < 150_000_000


def _peak_bytes(house: House) -> int:
    status = Path(f"/proc/{house.server.process.pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


def test_nor_does_an_upload_fail_by_its_picture(house: House, tmp_path: Path) -> None:
    person = house.some("member")
    for what, content in ("wide", BAD["wide"]), ("text", BAD["text"]), ("bomb", bomb()):
        path = tune(tmp_path / "a.flac", cover=content)
        answer = person.client.post("/uploads", params={"filename": "a.flac"}, content=path.read_bytes())
        assert answer.status_code == 201, what
        track = answer.json()["items"][0]["track"]
        assert track["cover"] is None, what
        assert person.client.get(f"/tracks/{track['id']}/cover").status_code == 200, what


@pytest.mark.parametrize("title", ["Truncated", "Lost"])
def test_a_picture_that_cannot_be_shown_any_more_is_as_good_as_none(house: House, shelf: Shelf, title: str) -> None:
    client, one = shelf.person.client, shelf.albums[title]
    if title == "Lost":
        (place,) = [p for p in (house.server.data / "pictures").rglob(f"{one['cover']}*") if p.is_file()]
        place.unlink()
    answer = client.get(f"/covers/{one['cover']}", params={"size": 192})
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
    drawn = client.get(f"/albums/{one['id']}/cover", params={"size": 192})
    assert Image.open(io.BytesIO(drawn.content)).size == (192, 192)


def test_no_link_and_no_pipe_is_followed_to_a_picture(shelf: Shelf) -> None:
    assert {title: shelf.albums[title]["cover"] for title in ("Link", "Pipe")} == {"Link": None, "Pipe": None}


def test_the_cache_of_covers_can_be_thrown_away(house: House, shelf: Shelf) -> None:
    path = f"/covers/{shelf.albums['Cached']['cover']}"
    first = shelf.person.client.get(path, params={"size": 192})
    assert first.status_code == 200
    cached = [p for p in (house.server.data / "cache" / "covers").rglob("*") if p.is_file()]
    assert cached
    for file in cached:
        file.unlink()
    assert shelf.person.client.get(path, params={"size": 192}).content == first.content
