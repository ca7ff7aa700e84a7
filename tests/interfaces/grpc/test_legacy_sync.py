"""The existing contract's list of all that may be held."""

import hashlib
from pathlib import Path

from google.protobuf.empty_pb2 import Empty
from tests.interfaces.grpc.test_file import delete, noise, sha, upload
from tests.support.grpc import bearing, channel
from tests.support.houses import House, Person
from tests.support.music import same_again, tune

from sarau.interfaces.grpc.stubs.sync import sync_pb2_grpc

FORMATS = ("mp3", "flac", "wav", "ogg", "opus", "m4a", "aac", "wma")


def listed(house: House, person: Person) -> dict[str, str]:
    """Return what a person may hold: names by hash, each once."""
    with channel(house) as line:
        files = sync_pb2_grpc.SyncServiceStub(line).GetSync(Empty(), metadata=bearing(person)).files
    found = {one.hash: one.filename for one in files}
    assert len(found) == len(files)
    return found


def test_all_eight_formats_are_listed_by_their_hash(house: House, tmp_path: Path) -> None:
    paths = [tune(tmp_path / f"ação.{suffix}") for suffix in FORMATS]
    person = house.newcomer()
    for path in paths:
        upload(house, person, path.read_bytes(), path.name)
    found = listed(house, house.some("guest"))
    for path in paths:
        assert found[hashlib.sha256(path.read_bytes()).hexdigest()] == path.name


def test_one_sees_what_one_may_hear(house: House, tmp_path: Path) -> None:
    insider, outsider = house.newcomer(), house.newcomer()
    path = tune(tmp_path / "Private" / "kept.flac")
    same_again(path, tmp_path / "Private" / "copy" / "copy.flac")
    house.library(path.parent, insider)
    digest = sha(path.read_bytes())
    house.sql(
        f"UPDATE track_files SET sha256 = '{digest}' WHERE name IN ('kept.flac', 'copy.flac')"
    )  # as if measured
    assert listed(house, insider)[digest] == "copy.flac"
    assert digest not in listed(house, outsider)


def test_what_is_deleted_is_listed_no_more(house: House) -> None:
    person = house.newcomer()
    digest = upload(house, person, noise(1000))
    assert digest in listed(house, person)
    delete(house, person, digest)
    assert digest not in listed(house, person)
