"""The search as it is asked over the network: what one may hear, in which form, what is refused."""

from pathlib import Path
from typing import Any, NamedTuple

import pytest
from tests.support.houses import NOTHING_FOUND, House, Person, problem
from tests.support.music import tune
from tests.support.server import until

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
    house.found(one.client, "all of it")
    return Hall(both, one)


def _found(person: Person, words: str, kind: str, **more: Any) -> list[str]:
    answer = person.client.get("/search", params={"q": words, **more})
    assert answer.status_code == 200, answer.text
    found = [match["item"] for match in answer.json()[kind]]
    return [item.get("title") or item["name"] for item in found]


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
        ("ebe", "tracks", []),
        ("bebr", "tracks", ["Água de Beber"]),
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
        ("artist:kino", "albums", []),
        ("artist:кино", "albums", ["Группа крови"]),
        ("title:strasse", "albums", []),
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
    assert answer.json() == {"query": words, "corrected": None, **NOTHING_FOUND}


def test_what_is_found_says_what_matched(hall: Hall) -> None:
    answer = hall.one.client.get("/search", params={"q": "joao agua"}).json()
    (match,) = answer["tracks"]
    assert (match["item"]["title"], match["item"]["artist"]) == ("Aguaceiro", "João Gilberto")
    assert match["matched"] == [
        {"field": "title", "text": "Aguaceiro", "ranges": [[0, 4]]},
        {"field": "artist", "text": "João Gilberto", "ranges": [[0, 4]]},
    ]
    assert (answer["query"], answer["corrected"]) == ("joao agua", None)
    slip = hall.one.client.get("/search", params={"q": "gilbreto"}).json()
    assert slip["corrected"] == "gilberto"
    assert {match["item"]["name"] for match in slip["artists"]} == {"Astrud Gilberto", "João Gilberto"}


def test_what_is_found_by_genre_or_by_names_that_are_not_shown_says_so(house: House, tmp_path: Path) -> None:
    person = house.newcomer()
    both = ("Elizete Xandoca", "Tomé Quirim")
    more = {"album": "Encontro", "album_artists": both[:1], "genres": ("Choro", "Xaxado")}
    tune(tmp_path / "1.flac", title="Inútil", artists=both, artist_display="Xandoca & Tomé", **more)
    house.library(tmp_path, person)
    (track,) = house.found(person.client, "inutil quirim")["tracks"]
    assert track["item"]["artist"] == "Xandoca & Tomé"
    assert {one["field"]: (one["text"], one["ranges"]) for one in track["matched"]} == {
        "title": ("Inútil", [[0, 6]]),
        "credit": ("Tomé Quirim", [[5, 11]]),
    }
    answer = house.found(person.client, "genre:xaxad")
    genre = {"field": "genre", "text": "Xaxado", "ranges": [[0, 5]]}
    assert [match["matched"] for match in answer["tracks"] + answer["albums"]] == [[genre], [genre]]


def test_kinds_are_chosen(hall: Hall) -> None:
    get = hall.one.client.get
    some = get("/search", params={"q": "elis", "kinds": "albums, tracks"}).json()
    assert (some["artists"], [one["item"]["title"] for one in some["albums"]]) == ([], ["Elis & Tom"])
    refused = get("/search", params={"q": "elis", "kinds": "albums,podcasts"})
    assert problem(refused, 422, "invalid")["field"] == "kinds"


def test_playlists_are_found_by_who_may_see_them(house: House, hall: Hall) -> None:
    other = hall.both.client
    made = other.post("/playlists", json={"name": "Manhãs de água"}).json()
    words = {"q": "agua manh", "kinds": "playlists"}
    (match,) = other.get("/search", params=words).json()["playlists"]
    assert match["item"]["id"] == made["id"]
    assert match["matched"] == [{"field": "name", "text": "Manhãs de água", "ranges": [[0, 4], [10, 14]]}]
    assert hall.one.client.get("/search", params=words).json()["playlists"] == []
    other.patch(f"/playlists/{made['id']}", json={"visibility": "house"})
    assert hall.one.client.get("/search", params=words).json()["playlists"]


def test_words_of_songs_are_found(house: House, tmp_path: Path) -> None:
    person = house.newcomer()
    sheet = "[00:01.00]Quando olhei a terra ardendo\n[00:03.00]Qual fogueira de São João"
    tune(tmp_path / "a.flac", title="Asa Branca", artists="Luiz Gonzaga", lyrics=sheet)
    house.library(tmp_path, person)
    (match,) = house.found(person.client, "fogueira de sao joa")["lyrics"]
    assert (match["item"]["title"], match["line"]) == ("Asa Branca", "Qual fogueira de São João")
    assert match["start_ms"] == 3_000
    assert house.found(house.newcomer().client, "fogueira de sao joa")["lyrics"] == []


def test_who_composed_is_found_though_others_play(house: House, tmp_path: Path) -> None:
    person, stranger = house.newcomer("admin"), house.newcomer()
    composers = ("Heitor Quixava-Lobos", "Vitoria Ária")
    tune(tmp_path / "5.flac", title="Bachianas quinta", artists="Vitoria Ária", composers=composers)
    house.library(tmp_path, person)
    (match,) = house.found(person.client, "bachianas quixava")["tracks"]
    marks = {one["field"]: (one["text"], one["ranges"]) for one in match["matched"]}
    assert marks == {"title": ("Bachianas quinta", [[0, 9]]), "composer": ("Heitor Quixava-Lobos", [[7, 14]])}
    assert _found(person, "vitoria bachianas", "tracks") == ["Bachianas quinta"]
    assert _found(person, "artist:quixava", "tracks") == ["Bachianas quinta"]
    assert _found(person, "quixava", "artists") == _found(person, "heitor quix", "artists") == [composers[0]]
    assert _found(stranger, "quixava", "tracks") == _found(stranger, "heitor quix", "artists") == []
    edited = person.client.patch(f"/tracks/{match['item']['id']}", json={"composers": ["Zequinha Orvalho"]})
    assert edited.status_code == 200, edited.text
    gone = house.found(person.client, "quixava")
    assert {kind: gone[kind] for kind in NOTHING_FOUND} == NOTHING_FOUND
    assert _found(person, "zequinha orv", "tracks") == ["Bachianas quinta"]


def test_an_upload_is_found_in_no_time(house: House, tmp_path: Path) -> None:
    song = tune(tmp_path / "new.flac", title="Quixabeira nova", artists="Recém-chegada")
    client = house.some("member").client
    with song.open("rb") as file:
        assert client.post("/uploads", files={"file": file}).status_code == 201
    # By its title alone it would be found at once, in the library's own order.
    until(lambda: client.get("/search", params={"q": "recem quix"}).json()["tracks"], "it to be indexed", 5)
