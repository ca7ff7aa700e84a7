"""What people type, and what they mean: of these at least ninety-five in a hundred come among the first three."""

from typing import NamedTuple

import pytest
from tests.support.search import Searched, Song, names

from sarau.catalog.library.commands.libraries import ensure_uploads_library
from sarau.catalog.library.policies import View
from sarau.foundation.database.database import Database
from sarau.foundation.security.actor import Actor

_BY_ARTIST: dict[tuple[str, str, int, str], tuple[str, ...]] = {
    ("Elis Regina", "Elis", 1972, "MPB"): (
        "Águas de Março", "Casa no Campo", "Nada Será Como Antes", "Atrás da Porta"),
    ("Elis Regina", "Falso Brilhante", 1976, "MPB"): ("Como Nossos Pais", "Velha Roupa Colorida", "Fascinação"),
    ("Elis Regina & Tom Jobim", "Elis & Tom", 1974, "Bossa Nova"): (
        "Só Tinha de Ser com Você", "Corcovado", "Triste"),
    ("João Gilberto", "Chega de Saudade", 1959, "Bossa Nova"): ("Chega de Saudade", "Desafinado", "Bim Bom"),
    ("João Gilberto", "Amoroso", 1977, "Bossa Nova"): ("Wave", "Estate", "'S Wonderful"),
    ("Astrud Gilberto", "The Astrud Gilberto Album", 1965, "Bossa Nova"): ("Água de Beber", "Meditation"),
    ("Regina Spektor", "Begin to Hope", 2006, "Pop"): ("Fidelity", "Samson", "Us"),
    ("The Beatles", "Abbey Road", 1969, "Rock"): ("Come Together", "Something", "Here Comes the Sun", "The End"),
    ("The Beatles", "Help!", 1965, "Rock"): ("Help!", "Yesterday", "Ticket to Ride"),
    ("The Beatles", "Love", 2006, "Rock"): ("Because", "Love Me Do"),
    ("Beach House", "Bloom", 2012, "Dream Pop"): ("Myth", "Lazuli"),
    ("Queen", "A Night at the Opera", 1975, "Rock"): (
        "Bohemian Rhapsody", "Love of My Life", "You're My Best Friend"),
    ("Queens of the Stone Age", "Rated R", 2000, "Rock"): (
        "Feel Good Hit of the Summer", "The Lost Art of Keeping a Secret"),
    ("ABBA", "Arrival", 1976, "Pop"): ("Dancing Queen", "Money, Money, Money", "Knowing Me, Knowing You"),
    ("AC/DC", "Back in Black", 1980, "Hard Rock"): ("Back in Black", "Hells Bells", "T.N.T."),
    ("a-ha", "Hunting High and Low", 1985, "Pop"): ("Take On Me", "The Sun Always Shines on T.V."),
    ("R.E.M.", "Out of Time", 1991, "Rock"): ("Losing My Religion", "Shiny Happy People"),
    ("Björk", "Homogenic", 1997, "Electronic"): ("Jóga", "Hunter", "Bachelorette"),
    ("Sigur Rós", "Ágætis byrjun", 1999, "Post-Rock"): ("Svefn-g-englar", "Starálfur"),
    ("Motörhead", "Ace of Spades", 1980, "Metal"): ("Ace of Spades", "(We Are) The Road Crew"),
    ("Simon & Garfunkel", "Bookends", 1968, "Folk"): ("Mrs. Robinson", "America", "Old Friends"),
    ("Guns N' Roses", "Appetite for Destruction", 1987, "Hard Rock"): (
        "Welcome to the Jungle", "Sweet Child o' Mine"),
    ("Sinéad O'Connor", "I Do Not Want What I Haven't Got", 1990, "Pop"): ("Nothing Compares 2 U",),
    ("Oasis", "(What's the Story) Morning Glory?", 1995, "Britpop"): ("Wonderwall", "Don't Look Back in Anger"),
    ("Bob Dylan", "Bringing It All Back Home", 1965, "Folk"): ("Mr. Tambourine Man", "It's All Over Now, Baby Blue"),
    ("Miles Davis", "Kind of Blue", 1959, "Jazz"): ("So What", "Blue in Green", "All Blues"),
    ("Joni Mitchell", "Blue", 1971, "Folk"): ("Blue", "River", "A Case of You"),
    ("Jorge Ben Jor", "África Brasil", 1976, "Samba-Rock"): ("Taj Mahal", "Ponta de Lança Africano"),
    ("Caetano Veloso", "Transa", 1972, "MPB"): ("You Don't Know Me", "Nine Out of Ten"),
    ("Chico Buarque", "Construção", 1971, "MPB"): ("Construção", "Cotidiano", "Deus lhe Pague"),
    ("Os Mutantes", "Os Mutantes", 1968, "Tropicália"): ("Panis et Circenses", "A Minha Menina"),
    ("Cartola", "Cartola", 1976, "Samba"): ("O Mundo É um Moinho", "Preciso Me Encontrar", "As Rosas Não Falam"),
    ("Édith Piaf", "Éternelle", 1961, "Chanson"): ("Non, je ne regrette rien", "La Vie en rose", "L'Hymne à l'amour"),
    ("Die Ärzte", "Jazz ist anders", 2007, "Punk"): ("Junge", "Lasse redn"),
    ("Nena", "Nena", 1983, "Pop"): ("99 Luftballons", "Leuchtturm"),
    ("Кино", "Группа крови", 1988, "Rock"): ("Группа крови", "Спокойная ночь", "Мама, мы все тяжело больны"),
    ("Μίκης Θεοδωράκης", "Ζορμπάς", 1964, "Soundtrack"): ("Ο χορός του Ζορμπά",),
    ("多田葵", "灰色のサーカス", 2010, "J-Pop"): ("灰色のサーカス", "Brave Song"),
    ("宇多田ヒカル", "First Love", 1999, "J-Pop"): ("First Love", "Automatic"),
    ("周杰倫", "葉惠美", 2003, "Mandopop"): ("晴天", "以父之名"),
    ("방탄소년단", "화양연화", 2015, "K-Pop"): ("봄날", "I Need U"),
    ("Łona", "Koniec żartów", 2001, "Hip Hop"): ("Do Ciebie, Aniu, szłem",),
    ("!!!", "Louden Up Now", 2004, "Dance-Punk"): ("Me and Giuliani Down by the School Yard",),
    ("Sunn O)))", "Black One", 2005, "Drone"): ("It Took the Night to Believe",),
    ("Portishead", "Dummy", 1994, "Trip Hop"): ("Glory Box", "Sour Times"),
    ("Massive Attack", "Mezzanine", 1998, "Trip Hop"): ("Teardrop", "Angel"),
    ("Johann Sebastian Bach", "Goldberg Variations", 1981, "Classical"): ("Aria", "Variatio 1"),
    ("Nina Simone", "Pastel Blues", 1965, "Jazz"): ("Sinnerman", "Strange Fruit", "Be My Husband"),
    ("Beck", "Sea Change", 2002, "Folk"): ("The Golden Age", "Lost Cause"),
    ("Be", "Be", 1999, "Pop"): ("One", "Two"),
}  # fmt: skip


class Case(NamedTuple):
    """What is typed, and what should be among the first three of a kind."""

    typed: str
    kind: str
    meant: str


CASES = [
    Case(*case)
    for case in (
        ("elis", "artists", "Elis Regina"),
        ("elis regina", "artists", "Elis Regina"),
        ("elis r", "artists", "Elis Regina"),
        ("regina", "artists", "Elis Regina"),
        ("regina", "artists", "Regina Spektor"),
        ("joao", "artists", "João Gilberto"),
        ("JOÃO GIL", "artists", "João Gilberto"),
        ("gilberto joao", "artists", "João Gilberto"),
        ("bjork", "artists", "Björk"),
        ("björk", "artists", "Björk"),
        ("sigur ros", "artists", "Sigur Rós"),
        ("motorhead", "artists", "Motörhead"),
        ("beatles", "artists", "The Beatles"),
        ("the beatles", "artists", "The Beatles"),
        ("beatl", "artists", "The Beatles"),
        ("queen", "artists", "Queen"),
        ("queens", "artists", "Queens of the Stone Age"),
        ("acdc", "artists", "AC/DC"),
        ("ac/dc", "artists", "AC/DC"),
        ("ac dc", "artists", "AC/DC"),
        ("aha", "artists", "a-ha"),
        ("rem", "artists", "R.E.M."),
        ("r.e.m.", "artists", "R.E.M."),
        ("simon and garfunkel", "artists", "Simon & Garfunkel"),
        ("simon & garfunkel", "artists", "Simon & Garfunkel"),
        ("guns n roses", "artists", "Guns N' Roses"),
        ("guns and roses", "artists", "Guns N' Roses"),
        ("oconnor", "artists", "Sinéad O'Connor"),
        ("sinead o'connor", "artists", "Sinéad O'Connor"),
        ("bach", "artists", "Johann Sebastian Bach"),
        ("piaf", "artists", "Édith Piaf"),
        ("arzte", "artists", "Die Ärzte"),
        ("кино", "artists", "Кино"),
        ("θεοδωρακης", "artists", "Μίκης Θεοδωράκης"),
        ("多田", "artists", "多田葵"),
        ("多田", "artists", "宇多田ヒカル"),
        ("ヒカル", "artists", "宇多田ヒカル"),
        ("周杰", "artists", "周杰倫"),
        ("소년단", "artists", "방탄소년단"),
        ("lona", "artists", "Łona"),
        ("!!!", "artists", "!!!"),
        ("sunn", "artists", "Sunn O)))"),
        ("be", "artists", "Be"),
        ("beatels", "artists", "The Beatles"),
        ("betles", "artists", "The Beatles"),
        ("garfunkle", "artists", "Simon & Garfunkel"),
        ("nina simonne", "artists", "Nina Simone"),
        ("portished", "artists", "Portishead"),
        ("aguas de marco", "tracks", "Águas de Março"),
        ("agua", "tracks", "Água de Beber"),
        ("marco aguas", "tracks", "Águas de Março"),
        ("elis aguas", "tracks", "Águas de Março"),
        ("bohemian", "tracks", "Bohemian Rhapsody"),
        ("queen bohemian rhapsody", "tracks", "Bohemian Rhapsody"),
        ("bohemian rapsody", "tracks", "Bohemian Rhapsody"),
        ("dancing queen", "tracks", "Dancing Queen"),
        ("abba queen", "tracks", "Dancing Queen"),
        ("help", "tracks", "Help!"),
        ("dont look back", "tracks", "Don't Look Back in Anger"),
        ("don't look back", "tracks", "Don't Look Back in Anger"),
        ("youre my best", "tracks", "You're My Best Friend"),
        ("mr tambourine", "tracks", "Mr. Tambourine Man"),
        ("tnt", "tracks", "T.N.T."),
        ("99", "tracks", "99 Luftballons"),
        ("luftbal", "tracks", "99 Luftballons"),
        ("blue", "tracks", "Blue"),
        ("here comes sun", "tracks", "Here Comes the Sun"),
        ("take on me a-ha", "tracks", "Take On Me"),
        ("construcao", "tracks", "Construção"),
        ("mundo moinho", "tracks", "O Mundo É um Moinho"),
        ("lhymne", "tracks", "L'Hymne à l'amour"),
        ("hymne amour", "tracks", "L'Hymne à l'amour"),
        ("группа", "tracks", "Группа крови"),
        ("晴天", "tracks", "晴天"),
        ("봄날", "tracks", "봄날"),
        ("灰色", "tracks", "灰色のサーカス"),
        ("teardorp", "tracks", "Teardrop"),
        ("wonderwal", "tracks", "Wonderwall"),
        ("nothing compares", "tracks", "Nothing Compares 2 U"),
        ("artist:queen love", "tracks", "Love of My Life"),
        ('artist:"elis regina" year:1970..1975', "tracks", "Casa no Campo"),
        ("genre:jazz blue", "tracks", "All Blues"),
        ('"love of my life"', "tracks", "Love of My Life"),
        ("abbey", "albums", "Abbey Road"),
        ("beatles abbey", "albums", "Abbey Road"),
        ("kind blue", "albums", "Kind of Blue"),
        ("blue", "albums", "Blue"),
        ("elis tom", "albums", "Elis & Tom"),
        ("elis e tom", "albums", "Elis & Tom"),
        ("elis and tom", "albums", "Elis & Tom"),
        ("agaetis", "albums", "Ágætis byrjun"),
        ("morning glory", "albums", "(What's the Story) Morning Glory?"),
        ("opera night", "albums", "A Night at the Opera"),
        ("year:1976 genre:mpb", "albums", "Falso Brilhante"),
        ("album:transa", "albums", "Transa"),
        ("africa brazil", "albums", "África Brasil"),
        ("灰色のサー", "albums", "灰色のサーカス"),
    )
]  # fmt: skip


@pytest.fixture
async def shelf(database: Database) -> tuple[Searched, View]:
    searched = Searched(database)
    async with database.working() as work:
        library_id = await ensure_uploads_library(work)
    songs = [
        Song(title, artist, album, year, (genre,))
        for (artist, album, year, genre), titles in _BY_ARTIST.items()
        for title in titles
    ]
    await searched.file(library_id, songs)
    return searched, View((library_id,), "")


async def test_what_is_meant_comes_among_the_first_three(shelf: tuple[Searched, View]) -> None:
    searched, view = shelf
    missed = []
    for case in CASES:
        found = names(await searched.find(view, Actor.SYSTEM, case.typed), case.kind)
        if case.meant not in found[:3]:
            missed.append(f"{case.typed!r}: {case.meant} is not among the first {case.kind}, {found[:5]}")
    assert len(CASES) >= 60
    assert len(missed) <= len(CASES) * 0.05, "\n".join(missed)
