"""Names of a large library: the same in every run."""

import random
from typing import NamedTuple

# fmt: off
_FIRST = (
    "Ana", "Bento", "Clara", "Davi", "Elza", "Flora", "Gil", "Heitor", "Inês", "João", "Kátia", "Lúcia", "Mário",
    "Nara", "Otto", "Paula", "Quim", "Rosa", "Saulo", "Tereza", "Ulisses", "Vera", "Wanda", "Xavier", "Yara",
    "Zeca",
)
_LAST = (
    "Almeida", "Barros", "Castro", "Dias", "Esteves", "Farias", "Gomes", "Holanda", "Iglésias", "Jardim", "Klein",
    "Lopes", "Moraes", "Nunes", "Oliveira", "Prado", "Queiroz", "Ramos", "Silva", "Torres", "Uchôa", "Vale",
)
_BANDS = (
    "Trio", "Quartet", "Orchestra", "Choir", "Band", "Ensemble",
)
_WORDS = (
    "Blue", "Morning", "River", "Silent", "Night", "Garden", "Rain", "Golden", "Street", "Winter", "Harbour",
    "Letter", "Distant", "Summer", "Waltz", "Paper", "Lantern", "Stone", "Velvet", "Sky", "Saudade", "Ciranda",
    "Água", "Canção", "Über", "Étude", "Dance", "Little", "Old", "Road", "Home", "Bird", "Mirror", "Salt",
)
_GENRES = (
    "Rock", "Pop", "Jazz", "Samba", "Bossa Nova", "Classical", "Folk", "Electronic", "Choro", "Blues", "Hip Hop",
    "Soul", "Metal", "Ambient", "Country", "Reggae", "Soundtrack", "MPB", "Forró", "Funk",
)
# fmt: on


class NamedAlbum(NamedTuple):
    """An album with the titles of its tracks."""

    artist: str
    title: str
    year: int
    genre: str
    tracks: list[str]
    is_compilation: bool
    track_artists: list[str]


def artists(count: int) -> list[str]:
    """Return names of people and bands, each once."""
    chance = random.Random(11)
    found: dict[str, None] = {}
    while len(found) < count:
        name = f"{chance.choice(_FIRST)} {chance.choice(_LAST)}"
        if chance.random() < 0.5:
            name = f"{name} {chance.choice(_BANDS)}"
        elif chance.random() < 0.5:
            name = f"The {chance.choice(_WORDS)} {chance.choice(_WORDS)} {chance.choice(_BANDS)}"
        found[name if name not in found else f"{name} {len(found)}"] = None
    return list(found)


def _title(chance: random.Random) -> str:
    return " ".join(chance.choice(_WORDS) for _ in range(chance.randint(1, 4)))


def albums(tracks: int) -> list[NamedAlbum]:
    """Return albums that hold so many tracks together, about eleven each, by a third as many artists."""
    chance = random.Random(12)
    people = artists(max(10, tracks // 33))
    found: list[NamedAlbum] = []
    left = tracks
    while left:
        count = min(left, chance.choice((4, 8, 10, 10, 11, 12, 12, 13, 14, 16)))
        left -= count
        mixed = chance.random() < 0.05
        artist = "Various Artists" if mixed else people[int(chance.random() ** 2 * len(people))]
        title = f"{_title(chance)} {len(found)}"
        each = [chance.choice(people) if mixed else artist for _ in range(count)]
        titles = [_title(chance) for _ in range(count)]
        found.append(
            NamedAlbum(artist, title, chance.randint(1955, 2026), chance.choice(_GENRES), titles, mixed, each)
        )
    return found
