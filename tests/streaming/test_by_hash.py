"""Files by the hash of their bytes: GET /api/v1/files/{hash}."""

import hashlib
from pathlib import Path

import pytest
from tests.streaming.scenery import Stage, stage
from tests.support.houses import House
from tests.support.music import later, tune
from tests.support.server import until


@pytest.fixture
def shelf(house: House, tmp_path: Path) -> Stage:
    """A library of two tracks that have been read whole."""
    tune(tmp_path / "one.flac", title="one")
    tune(tmp_path / "two.mp3", title="two")
    return stage(house, tmp_path)


def sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def found(stage: Stage, title: str, status: int = 200, **kwargs: object) -> bytes:
    address = f"/files/{sha(stage.file(title))}"

    def there() -> object:
        answer = stage.person.client.get(address, **kwargs)
        return answer if answer.status_code == status else None

    answer = until(there, f"{title} to be found by its hash")
    return bytes(answer.content)


def test_bytes_are_found_by_their_hash_whole_and_in_ranges(shelf: Stage) -> None:
    file = shelf.file("one").read_bytes()
    assert found(shelf, "one") == file
    assert found(shelf, "one", 206, headers={"range": "bytes=100-199"}) == file[100:200]
    head = shelf.person.client.head(f"/files/{sha(shelf.file('one'))}")
    assert (head.status_code, head.headers["content-length"]) == (200, str(len(file)))
    assert "one.flac" in head.headers["content-disposition"]


def test_strangers_and_wrong_hashes_find_nothing(shelf: Stage) -> None:
    found(shelf, "two")
    for digest in ("0" * 64, "nonsense", "%00"):
        assert shelf.person.client.get(f"/files/{digest}").status_code in (404, 422)
    stranger = shelf.house.newcomer()
    assert stranger.client.get(f"/files/{sha(shelf.file('two'))}").status_code == 404
    assert shelf.house.client().get(f"/files/{sha(shelf.file('two'))}").status_code == 401


def test_a_file_that_has_other_bytes_now_is_not_given_for_them(shelf: Stage) -> None:
    found(shelf, "one")
    digest, path = sha(shelf.file("one")), shelf.file("one")
    tune(path, hz=3210, title="one")
    later(path)
    answer = shelf.person.client.get(f"/files/{digest}")
    assert answer.status_code == 404
