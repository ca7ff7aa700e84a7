"""A house as apps see it that speak OpenSubsonic: its music, its people, and what they ask."""

import hashlib
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import httpx
from tests.support.houses import House, Person, fresh_name
from tests.support.music import album, tune
from tests.support.pictures import picture
from tests.support.server import until

NAMESPACE = "{http://subsonic.org/restapi}"
Json = dict[str, Any]


class App:
    """An app of somebody: asks with an API key."""

    def __init__(self, house: House, person: Person, name: str = "testing") -> None:
        self.person = person
        self.name = name
        made = person.client.post("/me/api-keys", json={"name": fresh_name("app")})
        assert made.status_code == 201, made.text
        self.key: str = made.json()["secret"]
        self._client = house.at_root()

    def raw(self, endpoint: str, /, form: str = "json", method: str = "GET", **asked: Any) -> httpx.Response:
        """Return the whole answer of an endpoint."""
        about = {"apiKey": self.key, "c": self.name, "v": "1.16.1", "f": form}
        return self._client.request(method, f"/rest/{endpoint}", params={**about, **asked})

    def post(self, endpoint: str, /, body: Any, **asked: Any) -> Json:
        """Return the reply to a JSON body."""
        about = {"apiKey": self.key, "c": self.name, "v": "1.16.1", "f": "json"}
        return reply(self._client.post(f"/rest/{endpoint}", params={**about, **asked}, json=body))

    def ask(self, endpoint: str, /, **asked: Any) -> Json:
        """Return a good reply."""
        found = reply(self.raw(endpoint, **asked))
        assert found["status"] == "ok", found
        return found

    def fail(self, endpoint: str, /, **asked: Any) -> int:
        """Return the code of an error."""
        return failed(self.raw(endpoint, **asked))

    def xml(self, endpoint: str, /, **asked: Any) -> ElementTree.Element:
        """Return the root of a reply as XML."""
        answer = self.raw(endpoint, "xml", **asked)
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"] == "text/xml; charset=utf-8"
        return ElementTree.fromstring(answer.content)


def reply(answer: httpx.Response) -> Json:
    """Return what stands in the envelope."""
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json", answer.text[:200]
    found: Json = answer.json()["subsonic-response"]
    assert found["type"] == "sarau"
    assert found["openSubsonic"] is True
    return found


def failed(answer: httpx.Response) -> int:
    """Return the code of an error, which must have a message."""
    found = reply(answer)
    assert found["status"] == "failed", found
    assert found["error"]["message"]
    code: int = found["error"]["code"]
    return code


def token_of(password: str, salt: str) -> str:
    """Return the proof that the protocol makes of a password."""
    return hashlib.md5((password + salt).encode()).hexdigest()


class Scene:
    """A library that some people hear, their apps, and an outsider who hears none of it."""

    def __init__(self, house: House, folder: Path) -> None:
        self.house = house
        self.folder = folder
        write_music(folder)
        self.admin = App(house, house.owner)
        self.member = App(house, house.newcomer())
        self.outsider = App(house, house.newcomer())
        self.library = house.library(folder, house.owner, self.member.person)

    @property
    def number(self) -> int:
        """The number of the library."""
        folders = self.member.ask("getMusicFolders")["musicFolders"]["musicFolder"]
        return next(one["id"] for one in folders if one["name"] != "Uploads")

    def album(self, name: str) -> Json:
        """Return an album with its songs."""
        listed = self.member.ask("getAlbumList2", type="alphabeticalByName", size=500)["albumList2"]["album"]
        found = next(one for one in listed if one["name"] == name)
        opened: Json = self.member.ask("getAlbum", id=found["id"])["album"]
        return opened

    def song(self, title: str) -> Json:
        """Return a song."""
        heard = self.member.ask("getRandomSongs", size=500)["randomSongs"]["song"]
        found: Json = next(one for one in heard if one["title"] == title)
        return found

    def artist(self, name: str) -> Json:
        """Return an artist as listed."""
        index = self.member.ask("getArtists")["artists"]["index"]
        found: Json = next(one for letter in index for one in letter["artist"] if one["name"] == name)
        return found

    def found(self, words: str) -> Json:
        """Return what is found, once the index knows it."""

        def anything() -> Json | None:
            result: Json = self.member.ask("search3", query=words)["searchResult3"]
            return result if any(result.values()) else None

        result: Json = until(anything, f"{words!r} to be found", 20)
        return result


def write_music(folder: Path) -> None:
    """Write some small albums: of one artist, of two, a compilation; with covers, words, and loose files."""
    album(
        folder / "Elis Regina" / "Falso Brilhante",
        "Falso Brilhante",
        "Elis Regina",
        ["Como Nossos Pais", "Velha Roupa Colorida", "Los Hermanos"],
        genres=("MPB", "Samba"),
        composers=("Belchior",),
        isrcs=("BRBMG7400001",),
        moods=("Sereno",),
        comment="No palco",
        date="1976-02-01",
        year=1976,
        cover=picture(),
        lyrics="[00:00.05]Não quero lhe falar\n[00:00.15]Meu grande amor",
    )
    album(
        folder / "Tom Jobim" / "Wave", "Wave", "Tom Jobim", ["Wave", "Batidinha"], genres="Bossa Nova", year=1967,
        date="1967",
    )  # fmt: skip
    tune(
        folder / "Elis & Tom" / "01 Águas de Março.flac", title="Águas de Março", album="Elis & Tom",
        artists=("Elis Regina", "Tom Jobim"), artist_display="Elis Regina & Tom Jobim",
        album_artists=("Elis Regina", "Tom Jobim"), album_artist_display="Elis Regina & Tom Jobim",
        track_number=1, disc_number=1, genres=("MPB", "Bossa Nova"), year=1974, date="1974-08-01",
    )  # fmt: skip
    tune(folder / "Solta.mp3", title="Solta", artists="Ninguém")
