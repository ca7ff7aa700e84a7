"""The original with its name, whatever that is (RFC 6266, RFC 8187)."""

import os
from urllib.parse import unquote

import httpx
import pytest
from tests.streaming.scenery import Stage, stage
from tests.support.audio import encoded
from tests.support.houses import House, problem

NAMES = [
    b"plain.mp3",
    "Jörg – «Año» №1.mp3".encode(),
    "日本の歌 🎵.mp3".encode(),
    "مرحبا\u202e.mp3".encode(),
    b'quote " and \\ back.mp3',
    b"semi; filename=evil.exe; x.mp3",
    b"100% sure %41%00.mp3",
    b"line\r\nSet-Cookie: stolen=1\r\n\r\nbody.mp3",
    b"tab\tbell\x07.mp3",
    b"caf\xe9 in Latin-1.mp3",
    b"'single' (round) [square] {curly} *star?.mp3",
    "é".encode() * 120 + b".mp3",
    b"  spaces  .mp3",
]


@pytest.fixture(scope="module")
def named(house: House, tmp_path_factory: pytest.TempPathFactory) -> tuple[Stage, dict[str, bytes]]:
    """A library with a file of every name, and which title has which name."""
    folder = tmp_path_factory.mktemp("named")
    for number, name in enumerate(NAMES):
        below = folder / f"{number:02}"
        below.mkdir()
        (below / os.fsdecode(name)).write_bytes(encoded(".mp3", 0.3, 600.0 + 9 * number))
    music = stage(house, folder, house.newcomer("admin"))
    get = music.person.client.get
    names = {}
    for title, track in music.tracks.items():
        number = next(
            n
            for n, name in enumerate(NAMES)
            if name.decode(errors="replace") == get(f"/tracks/{track['id']}").json()["file_name"]
        )
        names[title] = NAMES[number]
    return music, names


def _told(answer: httpx.Response) -> tuple[str, str, str]:
    """Return kind, plain name and full name of a Content-Disposition, and see that it is all there is to it."""
    value = answer.headers["content-disposition"]
    assert value.isascii()
    assert value.isprintable()
    kind, _, rest = value.partition('; filename="')
    plain, _, full = rest.partition("\"; filename*=UTF-8''")
    assert '"' not in plain
    assert "\\" not in plain
    assert not set(full) & set(" ;\"',\\")
    return kind, plain, unquote(full, errors="strict")


def test_every_name_comes_through(named: tuple[Stage, dict[str, bytes]]) -> None:
    music, names = named
    assert len(names) == len(NAMES)
    for title, name in names.items():
        for tail, kind in (("download", "attachment"), ("stream", "inline")):
            answer = music.person.client.get(music.path(title, tail))
            assert answer.status_code == 200
            assert "set-cookie" not in answer.headers
            told = _told(answer)
            assert (told[0], told[2]) == (kind, name.decode(errors="replace"))
            assert told[1].endswith(".mp3")
            assert answer.content == encoded(".mp3", 0.3, 600.0 + 9 * NAMES.index(name))


def test_the_name_is_that_of_the_file_whatever_the_track_is_called(named: tuple[Stage, dict[str, bytes]]) -> None:
    music, _ = named
    path = music.path("plain", "download")
    assert music.person.client.patch(path.removesuffix("/download"), json={"title": "Another"}).status_code == 200
    assert 'filename="plain.mp3"' in music.person.client.get(path).headers["content-disposition"]


def test_downloads_are_for_members_and_go_on_where_they_broke_off(
    house: House, named: tuple[Stage, dict[str, bytes]]
) -> None:
    music, _ = named
    content = encoded(".mp3", 0.3, 600.0)
    guest, member = house.newcomer("guest"), house.newcomer()
    members = [guest.id, member.id, music.person.id]
    house.owner.client.patch(f"/admin/libraries/{music.library}", json={"member_ids": members})
    path = music.path("plain", "download")
    problem(guest.client.get(path), 403, "permission_missing")
    assert guest.client.head(path).status_code == 403
    assert guest.client.get(music.path("plain")).content == content
    first = member.client.get(path, headers={"range": "bytes=0-999"})
    rest = member.client.get(path, headers={"range": "bytes=1000-", "if-range": first.headers["etag"]})
    assert (first.status_code, rest.status_code) == (206, 206)
    assert first.content + rest.content == content
    # It takes no wishes: the original is the original.
    assert member.client.get(path, params={"format": "opus"}).content == content
