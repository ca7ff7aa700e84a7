"""The outline of a list leads to every page of it, in any order."""

from pathlib import Path
from typing import Any

import pytest
from tests.support.houses import House, Person, items, problem, whole_list
from tests.support.music import tune

LENGTH = 47
PAGE = 20
SORTS = {"/albums": ["title", "artist", "year", "added"], "/tracks": ["title", "artist", "year", "added", "album"]}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root: Path = tmp_path_factory.mktemp("outlined")
    for number in range(LENGTH):
        # Every name stands three times, so that pages end among equals.
        name = f"{number // 3:02}"
        tune(
            root / f"{number:02}.flac",
            hz=300 + number,
            title=f"Title {name}",
            artists=f"Artist {number:02}",
            album=f"Album {name}",
            album_artists=f"Artist {number:02}",
            genres="Odd" if number % 2 else "Even",
            track_number=number % 5 + 1,
            date=str(1990 + number // 9),
        )
    return root


@pytest.fixture(scope="module")
def listener(house: House, folder: Path) -> Person:
    person = house.newcomer()
    house.library(folder, person)
    return person


def outlined(person: Person, path: str, **asked: Any) -> list[str]:
    """Return the ids of a list by its outline, the pages fetched from the last to the first."""
    answer = person.client.get(f"{path}/outline", params={**asked, "limit": PAGE})
    assert answer.status_code == 200, answer.text
    outline = answer.json()
    pages = []
    for cursor in [*reversed(outline["cursors"]), None]:
        place = {"cursor": cursor} if cursor else {}
        page = items(person.client.get(path, params={**asked, **place, "limit": PAGE}))
        pages.insert(0, [item["id"] for item in page])
    assert all(len(page) == PAGE for page in pages[:-1])
    assert pages[-1]
    assert outline["total"] == sum(map(len, pages))
    return [item for page in pages for item in page]


@pytest.mark.parametrize("path", ["/albums", "/tracks"])
def test_pages_by_the_outline_are_the_list(listener: Person, path: str) -> None:
    for sort in SORTS[path]:
        for order in ("asc", "desc"):
            asked = {"sort": sort, "order": order}
            whole = [item["id"] for item in whole_list(listener.client, path, **asked, limit=500)]
            assert outlined(listener, path, **asked) == whole, asked


def test_artists_too(listener: Person) -> None:
    for albums_only in (False, True):
        whole = [item["id"] for item in whole_list(listener.client, "/artists", albums_only=albums_only, limit=500)]
        assert outlined(listener, "/artists", albums_only=albums_only) == whole


@pytest.mark.parametrize("path", ["/albums", "/tracks"])
def test_filters_shorten_it(listener: Person, path: str) -> None:
    odd = next(genre["id"] for genre in items(listener.client.get("/genres")) if genre["name"] == "Odd")
    whole = [item["id"] for item in whole_list(listener.client, path, genre_id=odd, limit=500)]
    assert PAGE < len(whole) < LENGTH
    assert outlined(listener, path, genre_id=odd) == whole
    nothing = listener.client.get(f"{path}/outline", params={"year": 1234}).json()
    assert nothing == {"total": 0, "cursors": []}


def test_it_counts_only_what_may_be_heard(house: House, listener: Person) -> None:
    stranger = house.newcomer()
    for path in ("/albums", "/tracks", "/artists"):
        theirs, others = (person.client.get(f"{path}/outline").json()["total"] for person in (listener, stranger))
        assert theirs == others + LENGTH, path


def test_lists_that_have_no_outline(listener: Person) -> None:
    for path in ("/albums", "/tracks"):
        assert problem(listener.client.get(f"{path}/outline?sort=random"), 422, "invalid")["field"] == "sort"
        assert problem(listener.client.get(f"{path}/outline?limit=1"), 422, "invalid")["field"] == "limit"
    assert problem(listener.client.get("/artists/outline?limit=1"), 422, "invalid")["field"] == "limit"
