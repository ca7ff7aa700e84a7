"""The older contract, as its clients speak it."""

from pathlib import Path
from typing import Any

import pytest
from tests.support.audio import make_sound
from tests.support.houses import House, Person, fresh_name
from tests.support.server import PASSWORD

Json = dict[str, Any]


class Client:
    """A client of the contract, of somebody or of nobody."""

    def __init__(self, house: House, token: str = "") -> None:
        headers = {"authorization": f"Bearer {token}"} if token else {}
        self._client = house.at_root(headers=headers)

    def get(self, path: str, status: int = 200, **asked: Any) -> Any:
        answer = self._client.get(f"/duradora{path}", params=asked)
        assert answer.status_code == status, answer.text
        return answer if path == "/stream" else answer.json()

    def post(self, path: str, status: int = 200, *, asked: Any = None, **body: Any) -> Any:
        answer = self._client.post(f"/duradora{path}", params=asked, **body)
        assert answer.status_code == status, answer.text
        found = answer.json()
        if status >= 400:
            assert found["error"]
        return found


def _client(house: House, person: Person) -> Client:
    login = Client(house).post("/login", data={"login": person.username, "password": PASSWORD})
    return Client(house, login["token"])


@pytest.fixture(scope="module")
def ana(house: House) -> Client:
    """A member of the house."""
    return _client(house, house.newcomer())


@pytest.fixture(scope="module")
def song(ana: Client, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, bytes]:
    """A song that Ana sent, and its bytes."""
    path = make_sound(tmp_path_factory.mktemp("sent") / "sem nome.flac", seconds=0.2, frequency=521.7)
    data = {"title": "Trem das Onze", "artist": "Demônios da Garoa", "genre": "Samba", "year": "1964"}
    sent = ana.post("/track", 201, files={"file": (path.name, path.read_bytes())}, data=data)
    return sent["id"], path.read_bytes()


def test_a_track_is_sent_with_its_metadata_and_heard(ana: Client, song: tuple[str, bytes]) -> None:
    track = ana.get("/track", id=song[0])
    assert (track["title"], track["artist"], track["genres"], track["year"]) == (
        "Trem das Onze", "Demônios da Garoa", ["Samba"], 1964,
    )  # fmt: skip
    heard = ana.get("/stream", id=song[0])
    assert (heard.content, heard.headers["content-type"]) == (song[1], "audio/flac")


def test_its_metadata_is_changed_by_json_or_by_a_form(ana: Client, song: tuple[str, bytes]) -> None:
    asked = {"id": song[0]}
    assert ana.post("/track", asked=asked, json={"album": "Sambas", "track": 11})["id"] == song[0]
    ana.post("/track", asked=asked, data={"composer": "Adoniran Barbosa", "genre": "Samba"})
    track = ana.get("/track", id=song[0])
    assert (track["title"], track["album"], track["track_number"]) == ("Trem das Onze", "Sambas", 11)


def test_what_cannot_be_a_track(ana: Client, song: tuple[str, bytes]) -> None:
    assert "sound" in ana.post("/track", 422, json={"title": "Nada"})["error"]
    assert "colour" in ana.post("/track", 422, asked={"id": song[0]}, json={"colour": "blue"})["error"]
    ana.post("/track", 422, asked={"id": song[0]}, files={"file": ("x.flac", song[1])})
    ana.post("/track", 415, files={"file": ("x.txt", b"words")})
    ana.post("/track", 404, asked={"id": "0" * 16}, json={"title": "x"})
    ana.get("/track", 404, id="0" * 16)
    ana.get("/track", 422)


def test_coming_in_needs_an_invitation_and_the_right_password(house: House) -> None:
    nobody, name = Client(house), fresh_name("nora")
    account = {"login": name, "password": PASSWORD}
    nobody.post("/register", 422, json=account)
    nobody.post("/register", 404, json={**account, "invite": "nope-nope"})
    code = house.owner.client.post("/invites", json={"role": "member"}).json()["code"]
    made = nobody.post("/register", 201, json={**account, "invite": code})
    assert Client(house, made["token"]).get("/user/playlists", username=name) == []
    assert nobody.post("/login", data=account)["token"]
    nobody.post("/login", 401, data={**account, "password": "wrong"})
    nobody.get("/track", 401, id="0" * 16)


def test_rights_are_given_by_who_manages_people(house: House, ana: Client) -> None:
    owner, person = _client(house, house.owner), house.newcomer("guest")
    given = {"username": person.username, "rights": "member"}
    assert owner.post("/set_rights", data=given) == given
    assert person.client.get("/me").json()["user"]["role"] == "member"
    ana.post("/set_rights", 403, json={**given, "rights": "owner"})
    owner.post("/set_rights", 422, json={**given, "rights": "king"})
    owner.post("/set_rights", 404, json={**given, "username": "nobody-here"})


def test_a_playlist_and_its_songs(house: House, ana: Client, song: tuple[str, bytes]) -> None:
    name = fresh_name("roda")
    params = {"access": "private", "description": "De domingo"}
    playlist = ana.post("/playlist", 201, json={"name": name, "params": params})["id"]
    for _ in range(2):
        ana.post("/playlist/add_song", asked={"id": playlist}, json={"song_id": song[0]})
    found = ana.get("/playlist", id=playlist)
    assert (found["name"], found["description"], found["access"]) == (name, "De domingo", "private")
    assert [one["title"] for one in found["songs"]] == ["Trem das Onze"] * 2
    ana.post("/playlist/remove_song", asked={"id": playlist}, data={"song_id": song[0]})
    assert ana.get("/playlist", id=playlist)["songs"] == []
    ana.post("/playlist/remove_song", 422, asked={"id": playlist}, data={"song_id": song[0]})
    ana.post("/playlist/add_song", 404, asked={"id": playlist}, data={"song_id": "0" * 16})
    ana.post("/playlist", 422, json={"params": params})
    for access in ("secret", ["public"], {}):
        ana.post("/playlist", 422, json={"name": name, "params": {"access": access}})


def test_who_sees_a_playlist(house: House, ana: Client, song: tuple[str, bytes]) -> None:
    bia = _client(house, house.newcomer())
    owner = ana.get("/playlist", id=ana.post("/playlist", 201, json={"name": "x"})["id"])["owner"]
    word = fresh_name("palavra").replace("-", "")
    made = {
        access: ana.post("/playlist", 201, data={"name": f"Roda de {word} {access}", "access": access})["id"]
        for access in ("public", "link", "private")
    }
    assert bia.get("/playlist", id=made["public"])["access"] == "public"
    link = ana.get("/playlist", id=made["link"])["link"]
    bia.get("/playlist", 404, id=made["private"])
    bia.get("/playlist", 404, id=made["link"])
    assert bia.get("/playlist", id=link)["name"] == f"Roda de {word} link"
    assert made["public"] in [one["id"] for one in bia.get("/user/playlists", username=owner)]
    assert made["private"] not in [one["id"] for one in bia.get("/user/playlists", username=owner)]
    assert [one["id"] for one in bia.get("/playlist/search", search_string=word.upper())] == [made["public"]]
    assert len(ana.get("/playlist/search", search_string=f"roda {word}")) == 3
    bia.post("/playlist/add_song", 403, asked={"id": made["public"]}, json={"song_id": song[0]})


def test_addresses_and_methods_that_are_none(house: House, tmp_path: Path) -> None:
    client = house.at_root()
    assert client.get("/duradora/nothing").status_code == 404
    answer = client.delete("/duradora/track")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, POST")


def test_forms_of_strangers_have_an_end(house: House) -> None:
    client, address = house.at_root(), "/duradora/login"
    form = {"content-type": "application/x-www-form-urlencoded"}
    assert client.post(address, content=b"login=" + b"a" * 100_000, headers=form).status_code == 413
    assert client.post(address, content=b"&".join(b"a%d=" % n for n in range(200)), headers=form).status_code == 422
    parts = {"content-type": "multipart/form-data; boundary=x"}
    for header in (b"content-disposition: form-data; name=" + b"a" * 100_000, b"a" * 100_000 + b": b"):
        body = b"--x\r\n" + header + b"\r\n\r\nb\r\n--x--\r\n"
        answer = client.post(address, content=body, headers=parts)
        assert (answer.status_code, "header size" in answer.json()["error"]) == (422, True)
    answer = client.post(address, content="login=é&password=wrong".encode(), headers=form)
    assert answer.status_code == 401
