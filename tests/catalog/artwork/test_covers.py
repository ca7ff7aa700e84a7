"""Covers as people see them: found, kept once, in the sizes and formats asked for, drawn where there is none."""

import io
import threading
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest
from PIL import Image
from tests.support.houses import House, Person, items, problem
from tests.support.music import album, later, tune
from tests.support.pictures import picture

SIZES = {
    1: 96,
    96: 96,
    97: 192,
    192: 192,
    300: 384,
    384: 384,
    385: 768,
    800: 1200,
    1200: 1200,
    1201: 1200,
    10_000: 1200,
}


@lru_cache
def wide(colour: str, kind: str = "PNG") -> bytes:
    """Return a picture twice as wide as high, larger than any size we show."""
    made = io.BytesIO()
    Image.new("RGB", (2600, 1300), colour).save(made, kind)
    return made.getvalue()


def opened(answer: httpx.Response) -> Image.Image:
    """Return the picture of a reply, which must be one of the type it says it is."""
    assert answer.status_code == 200, answer.text
    shown = Image.open(io.BytesIO(answer.content))
    shown.load()
    assert answer.headers["content-type"] == f"image/{(shown.format or '').lower()}"
    return shown


class Shelf(NamedTuple):
    """A library with covers of all kinds, and who may see it."""

    house: House
    library: str
    person: Person
    folder: Path

    def albums(self) -> dict[str, dict[str, str]]:
        return {a["title"]: a for a in items(self.person.client.get("/albums", params={"library_id": self.library}))}


@pytest.fixture(scope="module")
def shelf(house: House, tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    folder = tmp_path_factory.mktemp("covers")
    album(folder / "Inside", "Inside", "Painter", ["One", "Two"], cover=wide("teal", "JPEG"))
    album(folder / "Beside", "Beside", "Painter", ["Three"])
    (folder / "Beside" / "Folder.PNG").write_bytes(wide("crimson"))
    album(folder / "Same", "Same", "Painter", ["Four"])
    (folder / "Same" / "cover.png").write_bytes(wide("crimson"))
    (folder / "Same" / "front.jpg").write_bytes(picture("black"))  # cover.* comes first
    album(folder / "Bare", "Bare", "Nobody Drew", ["Five"])
    album(folder / "Tiny", "Tiny", "Painter", ["Six"], cover=picture("gold", 40))
    person = house.newcomer()
    return Shelf(house, house.library(folder, person), person, folder)


def _colour(shown: Image.Image) -> tuple[int, ...]:
    pixel = shown.convert("RGB").getpixel((shown.width // 2, shown.height // 2))
    return tuple(pixel) if isinstance(pixel, tuple) else ()


def _near(colour: tuple[int, ...], wanted: tuple[int, ...]) -> bool:
    return all(abs(a - b) < 12 for a, b in zip(colour, wanted, strict=True))


TEAL, CRIMSON, NAVY = (0, 128, 128), (220, 20, 60), (0, 0, 128)


def test_covers_are_found_inside_and_beside_and_shown_for_everything(shelf: Shelf) -> None:
    get, albums = shelf.person.client.get, shelf.albums()
    (artist,) = [a for a in items(get("/artists", params={"limit": 500})) if a["name"] == "Painter"]
    (top,) = [f for f in items(get("/folders")) if f["library_id"] == shelf.library]
    folders = {f["name"]: f for f in get(f"/folders/{top['id']}").json()["folders"]}
    for title, colour in (("Inside", TEAL), ("Beside", CRIMSON), ("Same", CRIMSON)):
        track = items(get("/tracks", params={"album_id": albums[title]["id"]}))[0]
        assert track["cover"] == albums[title]["cover"]
        for path in (
            f"/covers/{track['cover']}",
            f"/albums/{albums[title]['id']}/cover",
            f"/tracks/{track['id']}/cover",
        ):
            assert _near(_colour(opened(get(path))), colour), (title, path)
    assert _near(_colour(opened(get(f"/folders/{folders['Beside']['id']}/cover"))), CRIMSON)
    opened(get(f"/artists/{artist['id']}/cover"))
    assert albums["Bare"]["cover"] is None


def test_the_same_picture_is_kept_once(shelf: Shelf) -> None:
    albums = shelf.albums()
    assert albums["Beside"]["cover"] == albums["Same"]["cover"]
    assert len({albums[title]["cover"] for title in ("Inside", "Beside", "Tiny")}) == 3
    for content, times in ((wide("crimson"), 1), (wide("teal", "JPEG"), 1), (picture("black"), 0)):
        kept = [
            p for p in (shelf.house.server.data / "pictures").rglob("*") if p.is_file() and p.read_bytes() == content
        ]
        assert len(kept) == times


def test_sizes_are_rounded_up_to_those_we_make(shelf: Shelf) -> None:
    cover = shelf.albums()["Inside"]["cover"]
    for asked, given in SIZES.items():
        shown = opened(shelf.person.client.get(f"/covers/{cover}", params={"size": asked}))
        assert shown.size == (given, given // 2), asked
    assert opened(shelf.person.client.get(f"/covers/{cover}")).width == 384


def test_a_small_picture_is_not_blown_up(shelf: Shelf) -> None:
    cover = shelf.albums()["Tiny"]["cover"]
    assert opened(shelf.person.client.get(f"/covers/{cover}", params={"size": 1200})).size == (40, 40)


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("image/avif,image/webp,image/png,*/*;q=0.8", "WEBP"),
        ("image/webp", "WEBP"),
        ("image/*", "JPEG"),
        ("*/*", "JPEG"),
        ("image/jpeg", "JPEG"),
        ("", "JPEG"),
        ("nonsense", "JPEG"),
    ],
)
def test_the_browser_gets_the_format_it_likes(shelf: Shelf, accept: str, kind: str) -> None:
    albums = shelf.albums()
    for path in (f"/covers/{albums['Inside']['cover']}", f"/albums/{albums['Bare']['id']}/cover"):
        answer = shelf.person.client.get(path, params={"size": 96}, headers={"accept": accept})
        assert opened(answer).format == kind
        assert answer.headers["vary"] == "Accept"
        assert answer.headers["cache-control"].startswith("private, max-age=")


def test_who_has_a_cover_is_not_sent_it_again(shelf: Shelf) -> None:
    get, albums = shelf.person.client.get, shelf.albums()
    marks = set()
    for path in (
        f"/covers/{albums['Inside']['cover']}",
        f"/albums/{albums['Bare']['id']}/cover",
        f"/albums/{albums['Inside']['id']}/cover?size=96",
    ):
        for accept in ("image/webp", "image/jpeg"):
            first = get(path, headers={"accept": accept})
            mark = first.headers["etag"]
            marks.add(mark)
            for given in (mark, f"W/{mark}", f'"other", {mark}', "*"):
                again = get(path, headers={"accept": accept, "if-none-match": given})
                assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", mark), given
                assert again.headers["cache-control"] == first.headers["cache-control"]
            other = get(path, headers={"accept": accept, "if-none-match": '"other"'})
            assert (other.status_code, other.content) == (200, first.content)
    # Another picture, size or format is another thing to keep.
    assert len(marks) == 6


def test_head_tells_without_sending(shelf: Shelf) -> None:
    path = f"/covers/{shelf.albums()['Inside']['cover']}"
    whole, head = shelf.person.client.get(path), shelf.person.client.head(path)
    assert (head.status_code, head.content) == (200, b"")
    for name in ("content-length", "content-type", "etag"):
        assert head.headers[name] == whole.headers[name]


def test_a_cover_is_drawn_where_there_is_none(shelf: Shelf) -> None:
    get, bare = shelf.person.client.get, shelf.albums()["Bare"]
    (track,) = items(get("/tracks", params={"album_id": bare["id"]}))
    artist, folder = track["artists"][0]["id"], track["folder_id"]
    drawn = {
        path: get(path, params={"size": 384})
        for path in (f"/albums/{bare['id']}/cover", f"/artists/{artist}/cover", f"/tracks/{track['id']}/cover")
    }
    for path, answer in drawn.items():
        shown = opened(answer)
        assert shown.size == (384, 384)
        assert len(shown.convert("RGB").getcolors(1 << 20) or []) > 50, "it is more than one flat colour"
        assert get(path, params={"size": 384}).content == answer.content
    assert len({answer.content for answer in drawn.values()}) == 3
    # A folder is drawn by its name, here that of the album.
    assert (
        get(f"/folders/{folder}/cover", params={"size": 384}).content == drawn[f"/albums/{bare['id']}/cover"].content
    )


def test_a_cover_that_comes_later_takes_the_place_of_the_drawn_one(house: House, tmp_path: Path) -> None:
    person = house.newcomer()
    (path,) = album(tmp_path / "m", "Later", "Late Painter", ["One"])
    library = house.library(tmp_path / "m", person)
    (before,) = items(person.client.get("/albums", params={"library_id": library}))
    drawn = person.client.get(f"/albums/{before['id']}/cover")
    (tmp_path / "m" / "cover.jpg").write_bytes(wide("crimson", "JPEG"))
    later(path)
    house.scan(library)
    (after,) = items(person.client.get("/albums", params={"library_id": library}))
    assert (before["cover"], after["id"]) == (None, before["id"])
    shown = person.client.get(f"/albums/{before['id']}/cover", headers={"if-none-match": drawn.headers["etag"]})
    assert _near(_colour(opened(shown)), CRIMSON)
    # Its address may show another picture tomorrow, that of the picture itself never.
    ages = [a.headers["cache-control"] for a in (shown, person.client.get(f"/covers/{after['cover']}"))]
    assert ages == ["private, max-age=3600", "private, max-age=2592000"]


def test_the_cover_of_an_upload(house: House, tmp_path: Path) -> None:
    person = house.some("member")
    for suffix in (".mp3", ".flac", ".ogg", ".m4a", ".wma", ".ape"):
        path = tune(tmp_path / f"a{suffix}", cover=wide("navy", "JPEG"))
        sent = person.client.post("/uploads", params={"filename": path.name}, content=path.read_bytes())
        track = sent.json()["items"][0]["track"]
        assert _near(_colour(opened(person.client.get(f"/tracks/{track['id']}/cover"))), NAVY), suffix


@pytest.mark.parametrize("size", ["0", "-1", "10001", "x", "", "96.5", "9" * 40, "\0"])
def test_a_size_that_is_none_is_named(shelf: Shelf, size: str) -> None:
    albums = shelf.albums()
    for path in (f"/covers/{albums['Inside']['cover']}", f"/albums/{albums['Bare']['id']}/cover"):
        assert problem(shelf.person.client.get(path, params={"size": size}), 422, "invalid")["field"] == "size"


NOWHERE = ["0" * 32, "x", "%00", "%ff%fe", "é" * 300, "' OR 1=1 --", "0000000000000000"]


@pytest.mark.parametrize("wanted", NOWHERE)
def test_a_picture_there_is_not(shelf: Shelf, wanted: str) -> None:
    problem(shelf.person.client.get(f"/covers/{wanted}"), 404, "picture_not_found")
    for kind in ("albums", "artists", "tracks", "folders"):
        problem(shelf.person.client.get(f"/{kind}/{wanted}/cover"), 404, "picture_not_found")
    problem(shelf.person.client.get("/covers/..%2f..%2fsarau.db"), 404, "not_found")


def test_pictures_are_for_who_is_signed_in_and_may_hear_what_they_cover(shelf: Shelf) -> None:
    albums = shelf.albums()
    stranger = shelf.house.some("admin")
    for path in (f"/covers/{albums['Inside']['cover']}", f"/albums/{albums['Bare']['id']}/cover"):
        problem(shelf.house.client().get(path), 401, "unauthenticated")
        problem(stranger.client.get(path), 404, "picture_not_found")
        known = shelf.person.client.get(path).headers["etag"]
        problem(stranger.client.get(path, headers={"if-none-match": known}), 404, "picture_not_found")


def test_a_picture_that_two_libraries_share_is_for_who_hears_either(shelf: Shelf, tmp_path: Path) -> None:
    person = shelf.house.newcomer()
    album(tmp_path / "own", "Own", "Other", ["One"], cover=wide("teal", "JPEG"))
    library = shelf.house.library(tmp_path / "own", person)
    cover = shelf.albums()["Inside"]["cover"]
    assert _near(_colour(opened(person.client.get(f"/covers/{cover}"))), TEAL)
    shelf.house.owner.client.patch(f"/admin/libraries/{library}", json={"member_ids": []})
    problem(person.client.get(f"/covers/{cover}"), 404, "picture_not_found")


def test_many_at_once_get_the_same(shelf: Shelf) -> None:
    cover = shelf.albums()["Beside"]["cover"]
    answers: list[bytes] = []
    barrier = threading.Barrier(8)

    def run(client: httpx.Client) -> None:
        barrier.wait()
        answers.append(client.get(f"/covers/{cover}", params={"size": 768}, headers={"accept": "image/webp"}).content)

    threads = [threading.Thread(target=run, args=(shelf.house.bearing(shelf.person.access_token),)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(answers)) == 1
    assert len(answers) == 8
