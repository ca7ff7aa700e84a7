"""The simple search: names and words that begin with what was typed, of all that one may hear."""

from pathlib import Path
from typing import Any, NamedTuple

import pytest
from tests.support.houses import House, Person, problem
from tests.support.music import tune

SONGS = [  # title, artist, album
    ("Água de Beber", "Astrud Gilberto", "Só Danço Samba"),
    ("Águas de Março", "Elis Regina", "Elis & Tom"),
    ("Aguaceiro", "João Gilberto", "Éramos Seis"),
    ("Straße der Träume", "Jürgen Großmann", "Übermorgen"),
    ("The Beginning", "The Ænimals", "The End"),
    ("Łódź", "Źródło", "Kraków"),
    ("99 Luftballons", "Ωmega", "50% off_sale"),
    ("東京の夜", "東京事変", "東京コレクション"),
    ("Москва", "Кино", "Группа крови"),
]


class Hall(NamedTuple):
    """Two libraries of the same songs under different titles, and who hears one or both."""

    both: Person
    one: Person


@pytest.fixture(scope="module")
def hall(house: House, tmp_path_factory: pytest.TempPathFactory) -> Hall:
    root: Path = tmp_path_factory.mktemp("hall")
    for number, (title, artist, album) in enumerate(SONGS):
        tune(root / "open" / f"{number}.flac", hz=440, title=title, artists=artist, album=album, album_artists=artist)
    tune(root / "closed" / "1.flac", hz=440, title="Águas secretas", artists="Elis Oculta", album="Elis escondida")
    both, one = house.newcomer(), house.newcomer()
    house.library(root / "open", both, one)
    house.library(root / "closed", both)
    return Hall(both, one)


def _found(person: Person, words: str, kind: str, **more: Any) -> list[str]:
    answer = person.client.get("/search", params={"q": words, **more})
    assert answer.status_code == 200, answer.text
    return [item.get("title") or item["name"] for item in answer.json()[kind]]


@pytest.mark.parametrize(
    ("words", "kind", "found"),
    [
        ("agua", "tracks", ["Água de Beber", "Aguaceiro", "Águas de Março"]),
        ("ÁGUAS", "tracks", ["Águas de Março"]),
        ("a\u0301gua  de", "tracks", ["Água de Beber"]),
        ("strasse", "tracks", ["Straße der Träume"]),
        ("STRAẞE", "tracks", ["Straße der Träume"]),
        ("traume", "tracks", ["Straße der Träume"]),
        ("lodz", "tracks", ["Łódź"]),
        ("99", "tracks", ["99 Luftballons"]),
        ("東京", "tracks", ["東京の夜"]),
        ("МОСК", "tracks", ["Москва"]),
        ("beber", "tracks", ["Água de Beber"]),
        ("eber", "tracks", []),
        ("gilberto", "artists", ["Astrud Gilberto", "João Gilberto"]),
        ("joao g", "artists", ["João Gilberto"]),
        ("grossm", "artists", ["Jürgen Großmann"]),
        ("the aenim", "artists", ["The Ænimals"]),
        ("aenim", "artists", ["The Ænimals"]),
        ("кин", "artists", ["Кино"]),
        ("eramos", "albums", ["Éramos Seis"]),
        ("end", "albums", ["The End"]),
        ("elis tom", "albums", ["Elis & Tom"]),
        ("uber", "albums", ["Übermorgen"]),
        ("50%", "albums", ["50% off_sale"]),
        ("50 off sale", "albums", ["50% off_sale"]),
        ("東", "albums", ["東京コレクション"]),
        ("крови", "albums", ["Группа крови"]),
        ("5%0", "albums", []),
    ],
)
def test_what_begins_so_is_found_whatever_case_and_accents(
    hall: Hall, words: str, kind: str, found: list[str]
) -> None:
    assert sorted(_found(hall.one, words, kind)) == sorted(found)


def test_only_what_one_may_hear_is_found(hall: Hall) -> None:
    assert set(_found(hall.both, "elis", "artists")) == {"Elis Regina", "Elis Oculta"}
    assert set(_found(hall.one, "elis", "artists")) == {"Elis Regina"}
    assert set(_found(hall.both, "elis", "albums")) == {"Elis & Tom", "Elis escondida"}
    assert set(_found(hall.one, "elis", "albums")) == {"Elis & Tom"}
    assert set(_found(hall.both, "aguas", "tracks")) == {"Águas de Março", "Águas secretas"}
    # What is hidden takes no room among the few that are shown.
    for limit in range(1, 4):
        assert _found(hall.one, "aguas", "tracks", limit=limit) == ["Águas de Março"]


def test_names_that_begin_so_come_before_words_inside(hall: Hall) -> None:
    found = _found(hall.one, "de", "tracks")
    assert set(found) == {"Água de Beber", "Águas de Março", "Straße der Träume"}
    assert _found(hall.one, "g", "artists")[-1] in ("Astrud Gilberto", "João Gilberto", "Jürgen Großmann")
    assert _found(hall.one, "b", "tracks") == ["The Beginning", "Água de Beber"]


@pytest.mark.parametrize("words", ["", " ", "\u0301", "\u200b", "'\"; DROP", "%", "_", "\\", "a" * 200, "🎵", "\x07"])
def test_strange_words_find_nothing_and_break_nothing(hall: Hall, words: str) -> None:
    answer = hall.one.client.get("/search", params={"q": words})
    if answer.status_code == 200:
        assert answer.json() == {"artists": [], "albums": [], "tracks": []}
    else:
        assert problem(answer, 422, "invalid")["field"] == "q"
