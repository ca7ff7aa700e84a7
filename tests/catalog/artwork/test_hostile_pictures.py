"""Pictures that are broken, lie or mean harm: the music is taken in without them, and a cover is drawn."""

import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from tests.adapters.pillow.test_images import png_header
from tests.support.houses import House, items
from tests.support.music import album, tune
from tests.support.pictures import picture
from tests.support.server import until

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


def _lose(house: House, cover: str) -> None:
    (place,) = [p for p in (house.server.data / "pictures").rglob(f"{cover}*") if p.is_file()]
    place.unlink()


def _leave(house: House, cover: str) -> None:
    """Leave everything as it is."""


@pytest.mark.parametrize(
    ("content", "harm"), [(truncated(), _leave), (picture("pink", 100), _lose)], ids=["truncated", "lost"]
)
def test_a_picture_that_cannot_be_shown_any_more_is_as_good_as_none(
    house: House, tmp_path: Path, content: bytes, harm: Callable[[House, str], None]
) -> None:
    person = house.newcomer()
    album(tmp_path / "m", "Broken later", "Vandal", ["One"], cover=content)
    library = house.library(tmp_path / "m", person)
    (shelf,) = items(person.client.get("/albums", params={"library_id": library}))
    harm(house, shelf["cover"])
    answer = person.client.get(f"/covers/{shelf['cover']}", params={"size": 192})
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
    drawn = person.client.get(f"/albums/{shelf['id']}/cover", params={"size": 192})
    assert Image.open(io.BytesIO(drawn.content)).size == (192, 192)


def test_no_link_and_no_pipe_is_followed_to_a_picture(house: House, tmp_path: Path) -> None:
    person = house.newcomer()
    (tmp_path / "outside.jpg").write_bytes(picture("purple", 80))
    for name in ("Link", "Pipe"):
        album(tmp_path / "m" / name, name, "Linker", ["One"])
    (tmp_path / "m" / "Link" / "cover.jpg").symlink_to(tmp_path / "outside.jpg")
    os.mkfifo(tmp_path / "m" / "Pipe" / "cover.jpg")
    library = house.library(tmp_path / "m", person)
    shelf = {a["title"]: a["cover"] for a in items(person.client.get("/albums", params={"library_id": library}))}
    assert shelf == {"Link": None, "Pipe": None}


def test_the_cache_of_covers_can_be_thrown_away(house: House, tmp_path: Path) -> None:
    person = house.newcomer()
    album(tmp_path / "m", "Cached", "Keeper", ["One"], cover=picture("salmon", 300))
    library = house.library(tmp_path / "m", person)
    (shelf,) = items(person.client.get("/albums", params={"library_id": library}))
    first = person.client.get(f"/covers/{shelf['cover']}", params={"size": 192}).content
    cache = house.server.data / "cache" / "covers"
    until(lambda: [p for p in cache.rglob("*") if p.is_file()], "the cover to be cached")
    for path in cache.rglob("*"):
        if path.is_file():
            path.unlink()
    assert person.client.get(f"/covers/{shelf['cover']}", params={"size": 192}).content == first
