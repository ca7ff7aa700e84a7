"""Sorted, filtered lists in pages: every item exactly once, in order, however they are cut."""

import random
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from tests.support.houses import House, Person, items, problem, whole_list
from tests.support.music import tune

# In the order people expect: case, accents, punctuation in front and a leading "the" do not matter.
SORTED = [
    "1999",
    "Abend",
    "Ábend",
    "abend 2",
    "Étude",
    "Frère",
    "...Go",
    "Ñandu",
    "Øre",
    "straße",
    "The Sun",
    "The The",
    "Übung",
    "Zebra",
    "žebra 2",
    "日本",
    "音楽",
]
TITLES = sorted(SORTED)
ARTISTS = ["Ana", "ANA", "Björk", "bob", "The Cure", "Zoë"]
YEARS = [None, 1969, 1969, 1987, 2001]


class Shelf(NamedTuple):
    """A library of many tracks with equal titles, artists, years."""

    library_id: str
    person: Person
    tracks: list[dict[str, Any]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root: Path = tmp_path_factory.mktemp("shelf")
    chance = random.Random(7)
    number = 0
    for name in TITLES:
        for copy in range(3):
            number += 1
            artist, year = chance.choice(ARTISTS), chance.choice(YEARS)
            tune(
                root / f"album {number % 12}" / f"{number}.flac",
                hz=440,
                title=name,
                artists=artist,
                album=f"{TITLES[number % 12]}",
                album_artists=artist if number % 2 else "Ana",
                genres=("Fado", "Choro")[: 1 + copy % 2],
                **({"date": str(year), "year": year} if year else {}),
            )
    return root


@pytest.fixture(scope="module")
def shelf(house: House, folder: Path) -> Shelf:
    person = house.newcomer()
    library_id = house.library(folder, person)
    tracks = whole_list(person.client, "/tracks", library_id=library_id, limit=500)
    assert len(tracks) == 3 * len(TITLES)
    return Shelf(library_id, person, tracks)


@pytest.mark.parametrize("path", ["/albums", "/tracks"])
def test_every_page_size_gives_everything_once_in_the_same_order(shelf: Shelf, path: str) -> None:
    sorts = ["title", "artist", "year", "added"] + (["album"] if path == "/tracks" else [])
    for sort in sorts:
        for order in ("asc", "desc"):
            asked = {"library_id": shelf.library_id, "sort": sort, "order": order}
            whole = [x["id"] for x in whole_list(shelf.person.client, path, **asked, limit=500)]
            assert len(set(whole)) == len(whole) > 10
            for limit in (1, 7, 50) if sort == "title" else (7,):
                pages = [x["id"] for x in whole_list(shelf.person.client, path, **asked, limit=limit)]
                assert pages == whole, (sort, order, limit)
        forward = whole_list(shelf.person.client, path, **{**asked, "order": "asc"}, limit=500)
        backward = whole_list(shelf.person.client, path, **{**asked, "order": "desc"}, limit=500)
        assert forward == backward[::-1], sort


def test_titles_are_in_the_order_people_expect(shelf: Shelf) -> None:
    titles = [x["title"] for x in whole_list(shelf.person.client, "/tracks", library_id=shelf.library_id, limit=9)]
    place = {name: index for index, name in enumerate(SORTED)}
    places = [place[title] for title in titles]
    # "Abend" and "Ábend" stand together, in any order.
    same = {place["Ábend"]: place["Abend"]}
    assert [same.get(p, p) for p in places] == sorted(same.get(p, p) for p in places)


def test_years_artists_and_times_are_in_order(shelf: Shelf) -> None:
    def column(sort: str, name: str) -> list[Any]:
        found = whole_list(shelf.person.client, "/tracks", library_id=shelf.library_id, sort=sort, limit=10)
        return [x[name] for x in found]

    years = [year or 0 for year in column("year", "year")]
    assert years == sorted(years)
    artists = [
        name.lower().removeprefix("the ").replace("ö", "o").replace("ë", "e") for name in column("artist", "artist")
    ]
    assert artists == sorted(artists)
    added = column("added", "added_at")
    assert added == sorted(added)


@pytest.mark.parametrize("path", ["/albums", "/tracks"])
@pytest.mark.parametrize("name", ["artist_id", "genre_id", "year"])
def test_filters_leave_what_matches(shelf: Shelf, path: str, name: str) -> None:
    client, library = shelf.person.client, {"library_id": shelf.library_id}
    if name == "artist_id":
        artist = next(a for a in whole_list(client, "/artists") if a["name"].lower() == "ana")
        value: Any = artist["id"]
        expected = [t["id"] for t in shelf.tracks if any(a["id"] == value for a in t["artists"])]
    elif name == "genre_id":
        value = next(g["id"] for g in items(client.get("/genres")) if g["name"] == "Choro")
        expected = [t["id"] for t in shelf.tracks if "Choro" in t["genres"]]
    else:
        value = 1969
        expected = [t["id"] for t in shelf.tracks if t["year"] == 1969]
    found = whole_list(client, path, **library, **{name: value}, limit=5)
    assert found
    if path == "/tracks":
        assert sorted(x["id"] for x in found) == sorted(expected)
    by_chance = items(client.get(path, params={**library, name: value, "sort": "random", "limit": 500}))
    assert sorted(x["id"] for x in by_chance) == sorted(x["id"] for x in found)


@pytest.mark.parametrize("path", ["/albums", "/tracks"])
def test_chance_gives_nothing_twice_and_not_always_the_same(shelf: Shelf, path: str) -> None:
    client = shelf.person.client
    everything = {x["id"] for x in whole_list(client, path, limit=500)}
    orders = set()
    for limit in (1, 5, 500):
        for _ in range(4):
            found = [x["id"] for x in items(client.get(path, params={"sort": "random", "limit": limit}))]
            assert len(found) == min(limit, len(everything))
            assert len(set(found)) == len(found)
            assert set(found) <= everything
            orders.add(tuple(found))
    assert len(orders) > 4
    cursor = client.get(path, params={"limit": 1}).json()["next_cursor"]
    answer = client.get(path, params={"sort": "random", "cursor": cursor})
    assert problem(answer, 422, "invalid")["field"] == "cursor"


def test_artists_come_in_pages_too(shelf: Shelf) -> None:
    client = shelf.person.client
    for asked in ({}, {"albums_only": "true"}):
        whole = whole_list(client, "/artists", limit=500, **asked)
        assert whole_list(client, "/artists", limit=1, **asked) == whole
        names = [a["name"] for a in whole]
        assert len(set(names)) == len(names)
    assert all(a["album_count"] for a in whole)
    ana = next(a for a in whole if a["name"].lower() == "ana")
    assert ana["track_count"] == sum(t["artist"].lower() == "ana" for t in shelf.tracks)


def test_names_differ_by_more_than_case(shelf: Shelf) -> None:
    names = [a["name"].lower() for a in whole_list(shelf.person.client, "/artists")]
    assert names.count("ana") == 1


@pytest.mark.parametrize("path", ["/albums", "/tracks", "/artists", "/me/plays", "/activity"])
@pytest.mark.parametrize("cursor", ["x", "", "%", "A" * 2001, "WzFd", "bnVsbA", "W10", "Wy0xLCJ4Il0", "é"])
def test_a_cursor_of_somebody_else_is_refused(house: House, path: str, cursor: str) -> None:
    answer = house.owner.client.get(path, params={"cursor": cursor})
    if answer.status_code == 200:
        assert cursor == "", path  # no cursor at all
    else:
        assert problem(answer, 422, "invalid")["field"] == "cursor"


def test_a_cursor_of_another_order_or_list_is_no_way_in(shelf: Shelf) -> None:
    client = shelf.person.client
    for sort, other in (("title", "year"), ("year", "title"), ("added", "artist")):
        cursor = client.get("/tracks", params={"sort": sort, "limit": 1}).json()["next_cursor"]
        answer = client.get("/tracks", params={"sort": other, "limit": 1, "cursor": cursor})
        assert problem(answer, 422, "invalid")["field"] == "cursor"


@pytest.mark.parametrize(
    ("path", "parameters"),
    [
        (path, parameters)
        for path in ("/albums", "/tracks")
        for parameters in (
            {"sort": "size"},
            {"order": "up"},
            {"limit": 0},
            {"limit": 501},
            {"limit": "x"},
            {"limit": "1.5"},
            {"limit": "9" * 30},
            {"year": 0},
            {"year": 10_000},
            {"year": "x"},
            {"library_id": "x" * 17},
            {"genre_id": "\0"},
        )
    ],
)
def test_a_parameter_outside_its_domain_is_named(house: House, path: str, parameters: dict[str, Any]) -> None:
    (name,) = parameters
    answer = house.owner.client.get(path, params=parameters)
    assert problem(answer, 422, "invalid")["field"] == name


def test_a_list_that_did_not_change_is_not_sent_again(shelf: Shelf) -> None:
    client = shelf.person.client
    first = client.get("/tracks", params={"limit": 3})
    mark = first.headers["etag"]
    same = client.get("/tracks", params={"limit": 3}, headers={"if-none-match": mark})
    assert (same.status_code, same.content) == (304, b"")
    other = client.get("/tracks", params={"limit": 4}, headers={"if-none-match": mark})
    assert other.status_code == 200
    assert "no-store" not in first.headers["cache-control"]
    assert client.get("/tracks", params={"sort": "random"}).headers["cache-control"] == "no-store"
