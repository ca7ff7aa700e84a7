"""Files that change, shrink or vanish while somebody hears them."""

import os

import httpx
import pytest
from tests.catalog.uploads.sending import noise
from tests.streaming.scenery import Stage, patiently, stage
from tests.support.houses import House

SIZE = 12_000_000
WHOLE: dict[str, str] = {}
PART = {"range": "bytes=1-"}


@pytest.fixture(scope="module")
def folder(house: House, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """A library of one song."""
    path = tmp_path_factory.mktemp("changing")
    (path / "song.wav").write_bytes(noise(SIZE))
    return stage(house, path)


@pytest.fixture
def song(folder: Stage) -> Stage:
    """The song afresh: a file much larger than what lies between here and there."""
    (folder.folder / "song.wav").write_bytes(noise(SIZE))
    return folder


def _begin(song: Stage, headers: dict[str, str]) -> httpx.Response:
    client = song.person.client
    answer = client.send(client.build_request("GET", song.path("song"), headers=headers), stream=True)
    assert answer.status_code in (200, 206)
    return answer


@pytest.mark.parametrize("headers", [WHOLE, PART], ids=["whole", "part"])
def test_who_hears_a_file_hears_it_to_its_end_whatever_takes_its_place(song: Stage, headers: dict[str, str]) -> None:
    content = song.file("song").read_bytes()
    first = content[len(content) - SIZE + (1 if headers else 0) :]
    answer = _begin(song, headers)
    pieces = answer.iter_raw()
    begun = next(pieces)
    new = song.folder / "new"
    new.write_bytes(noise(SIZE))
    new.replace(song.file("song"))
    assert begun + b"".join(pieces) == first
    answer.close()
    now = song.file("song").read_bytes()
    # Whoever comes back with what they know of the old one gets the new one, never a mixture.
    tag = answer.headers["etag"]
    again = song.get("song", headers={"range": "bytes=100-199", "if-range": tag})
    assert (again.status_code, again.content == now) == (200, True)
    assert song.get("song", headers={"if-none-match": tag}).status_code == 200
    assert again.headers["etag"] != tag


@pytest.mark.parametrize("headers", [WHOLE, PART], ids=["whole", "part"])
def test_a_file_deleted_meanwhile_is_heard_to_its_end(song: Stage, headers: dict[str, str]) -> None:
    content = song.file("song").read_bytes()[1 if headers else 0 :]
    answer = _begin(song, headers)
    pieces = answer.iter_raw()
    begun = next(pieces)
    song.file("song").unlink()
    assert begun + b"".join(pieces) == content
    answer.close()
    assert song.get("song").status_code == 404


@pytest.mark.parametrize("headers", [WHOLE, PART], ids=["whole", "part"])
def test_a_file_that_shrinks_breaks_off_and_does_not_pretend(song: Stage, headers: dict[str, str]) -> None:
    answer = _begin(song, headers)
    os.truncate(song.file("song"), 1000)
    with pytest.raises(httpx.RemoteProtocolError, match="without sending complete message"):
        answer.read()
    answer.close()
    # The next one gets what is there now.
    assert song.get("song").content == song.file("song").read_bytes()
    assert song.get("song", headers={"range": "bytes=2000-"}).status_code == 416


def test_a_file_that_grew_is_sent_as_it_was_when_asked(song: Stage) -> None:
    content = song.file("song").read_bytes()
    answer = _begin(song, PART)
    with song.file("song").open("ab") as file:
        file.write(b"more" * 1000)
    assert answer.read() == content[1:]
    answer.close()
    assert len(song.get("song").content) == SIZE + 4000


def test_a_changed_file_is_encoded_anew(song: Stage) -> None:
    ask = {"format": "mp3", "bitrate": 32}
    short = noise(100_000)
    song.file("song").write_bytes(short)
    first = patiently(lambda: song.get("song", params=ask)).content
    song.file("song").write_bytes(noise(100_000))
    second = patiently(lambda: song.get("song", params=ask)).content
    assert first != second
    song.file("song").unlink()
    # What was made of it goes with it.
    assert song.get("song", params=ask).status_code == 404
