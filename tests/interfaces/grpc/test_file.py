"""Files by their hash: what comes, what is taken, and what is left when it breaks off."""

import hashlib
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import grpc
import pytest
from tests.catalog.uploads.sending import incoming, noise, traces
from tests.support.cable import Cable
from tests.support.grpc import bearing, channel, refused
from tests.support.houses import House, MakeHouse, Person, items
from tests.support.music import later, tune
from tests.support.server import until

from sarau.interfaces.grpc.stubs.file import file_pb2, file_pb2_grpc

CHUNK = 256 << 10
Code = grpc.StatusCode


def metadata(filename: str = "song.wav", **about: Any) -> file_pb2.UploadRequest:
    """Return how an upload begins."""
    return file_pb2.UploadRequest(metadata=file_pb2.FileMetadata(filename=filename, **about))


def chunks(content: bytes, size: int = CHUNK) -> list[file_pb2.UploadRequest]:
    """Return the messages with some bytes."""
    return [file_pb2.UploadRequest(chunk=content[at : at + size]) for at in range(0, len(content), size)]


def sha(content: bytes) -> str:
    """Return a hash as the contract writes it."""
    return hashlib.sha256(content).hexdigest()


def upload(house: House, person: Person, content: bytes, filename: str = "song.wav", **about: Any) -> str:
    """Upload bytes and return their hash."""
    with channel(house) as line:
        requests = [metadata(filename, **about), *chunks(content)]
        answer: str = file_pb2_grpc.FileServiceStub(line).Upload(iter(requests), metadata=bearing(person)).hash
        return answer


def download(house: House, person: Person, sha256: str) -> list[bytes]:
    """Return the chunks that come."""
    with channel(house) as line:
        answers = file_pb2_grpc.FileServiceStub(line).Download(
            file_pb2.DownloadRequest(hash=sha256), metadata=bearing(person)
        )
        return [answer.chunk for answer in answers]


def delete(house: House, person: Person, sha256: str) -> bool:
    """Delete and tell whether there was something."""
    with channel(house) as line:
        asked = file_pb2.DeleteRequest(hash=sha256)
        answer: bool = file_pb2_grpc.FileServiceStub(line).Delete(asked, metadata=bearing(person)).success
        return answer


def track_of(person: Person, title: str) -> dict[str, Any]:
    """Return the details of the newest track of a title."""
    (found,) = [one for one in items(person.client.get("/tracks?sort=added&order=desc")) if one["title"] == title]
    details: dict[str, Any] = person.client.get(f"/tracks/{found['id']}").json()
    return details


@pytest.mark.parametrize("size", [45, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK + 7])
def test_what_was_sent_comes_back_in_pieces(house: House, size: int) -> None:
    content = noise(max(size, 1000))
    person = house.newcomer()
    assert upload(house, person, content) == sha(content)
    pieces = download(house, house.some("member"), sha(content))
    assert b"".join(pieces) == content
    assert {len(piece) for piece in pieces[:-1]} <= {CHUNK}
    assert pieces[-1]


def test_one_may_download_what_one_may_hear(house: House, tmp_path: Path) -> None:
    insider = house.newcomer()
    path = tune(tmp_path / "Private" / "secret.flac")
    house.library(path.parent, insider)
    digest = sha(path.read_bytes())
    house.sql(f"UPDATE track_files SET sha256 = '{digest}' WHERE name = 'secret.flac'")  # as if measured
    assert b"".join(download(house, insider, digest)) == path.read_bytes()
    for outsider in (house.some("member"), house.newcomer()):
        with refused(Code.NOT_FOUND, "track_not_found"):
            download(house, outsider, digest)
        assert delete(house, outsider, digest) is False
    with refused(Code.PERMISSION_DENIED, "permission_missing"):
        delete(house, insider, digest)  # it is the house's
    for unknown in ("", "0" * 64, "../../etc/passwd", digest.upper(), "é"):
        with refused(Code.NOT_FOUND, "track_not_found"):
            download(house, insider, unknown)
    with refused(Code.PERMISSION_DENIED, "permission_missing"):
        download(house, house.some("guest"), digest)
    later(path)
    with refused(Code.NOT_FOUND, "sound_missing"):
        download(house, insider, digest)  # no longer the bytes of that name


def test_metadata_corrects_what_the_tags_say(house: House, tmp_path: Path) -> None:
    person = house.newcomer()
    about = {"title": "Tagged", "artists": "Tag Artist", "album": "Tag Album"}
    content = tune(tmp_path / "a.flac", **about).read_bytes()
    upload(house, person, content, "a.flac", title="Corrected", artist="Tag Artist", duration=3)
    found = track_of(person, "Corrected")
    assert (found["track"]["artist"], found["track"]["album"]) == ("Tag Artist", "Tag Album")
    assert found["edited"] == ["title"], "what the tags say already is no correction"
    assert found["uploader_id"] == person.id
    # The same bytes again are here already: nothing is corrected by them, whoever sends them.
    assert upload(house, house.newcomer(), content, "b.flac", title="Spoilt") == sha(content)
    assert track_of(person, "Corrected")["file_name"] == "a.flac"


def test_where_moments_lie_in_an_upload_is_known_soon(house: House, tmp_path: Path) -> None:
    digest = upload(house, house.newcomer(), tune(tmp_path / "a.mp3", seconds=4, title="Known").read_bytes(), "a.mp3")
    index = f"SELECT 1 FROM track_indexes i JOIN track_files f ON f.track_id = i.track_id WHERE f.sha256 = '{digest}'"
    assert until(lambda: house.sql(index), "the upload's index")


def test_two_files_of_one_name_are_two_files(house: House) -> None:
    person, first, second = house.newcomer(), noise(1000), noise(1000)
    hashes = [upload(house, person, content, "same.wav") for content in (first, second)]
    assert hashes == [sha(first), sha(second)]
    assert [b"".join(download(house, person, one)) for one in hashes] == [first, second]


def test_the_same_bytes_bring_a_deleted_track_back(house: House) -> None:
    person, content = house.newcomer(), noise(1000)
    digest = upload(house, person, content, "back.wav", title="Coming back")
    before = track_of(person, "Coming back")["track"]["id"]
    assert delete(house, person, digest) is True
    assert delete(house, person, digest) is False
    with refused(Code.NOT_FOUND, "track_not_found"):
        download(house, person, digest)
    assert upload(house, person, content, "another name.wav") == digest
    assert track_of(person, "Coming back")["track"]["id"] == before


def test_who_deletes_what(house: House) -> None:
    person = house.newcomer()
    for who, may in ((house.some("guest"), False), (house.newcomer(), False), (house.some("admin"), True)):
        digest = upload(house, person, noise(1000))
        if may:
            assert delete(house, who, digest) is True
        else:
            with refused(Code.PERMISSION_DENIED, "permission_missing"):
                delete(house, who, digest)
            assert download(house, person, digest)


GOOD = noise(2000)


@pytest.mark.parametrize(
    ("requests", "status", "code"),
    [
        ([], Code.INVALID_ARGUMENT, "garbage"),
        (chunks(GOOD), Code.INVALID_ARGUMENT, "garbage"),
        ([file_pb2.UploadRequest(), *chunks(GOOD)], Code.INVALID_ARGUMENT, "garbage"),
        ([metadata(), metadata(), *chunks(GOOD)], Code.INVALID_ARGUMENT, "garbage"),
        ([metadata(), *chunks(GOOD), metadata()], Code.INVALID_ARGUMENT, "garbage"),
        ([metadata(), *chunks(GOOD), file_pb2.UploadRequest()], Code.INVALID_ARGUMENT, "garbage"),
        ([metadata()], Code.INVALID_ARGUMENT, "empty_upload"),
        ([metadata(), file_pb2.UploadRequest(chunk=b"")], Code.INVALID_ARGUMENT, "empty_upload"),
        ([metadata(""), *chunks(GOOD)], Code.INVALID_ARGUMENT, "unsupported_format"),
        ([metadata("song.exe"), *chunks(GOOD)], Code.INVALID_ARGUMENT, "unsupported_format"),
        ([metadata("../.wav"), *chunks(GOOD)], Code.INVALID_ARGUMENT, "unsupported_format"),
        ([metadata(title="x" * 501), *chunks(GOOD)], Code.INVALID_ARGUMENT, "invalid"),
        ([metadata(artist="a\0b"), *chunks(GOOD)], Code.INVALID_ARGUMENT, "invalid"),
        ([metadata("song.mp3"), *chunks(b"no sound" * 500)], Code.INVALID_ARGUMENT, "unreadable_sound"),
    ],
)
def test_what_is_not_taken_leaves_nothing(house: House, requests: list[Any], status: Code, code: str) -> None:
    before, person = traces(house), house.some("member")
    with channel(house) as line, refused(status, code):
        file_pb2_grpc.FileServiceStub(line).Upload(iter(requests), metadata=bearing(person))
    assert traces(house) == before


def test_limits_of_what_is_taken(house: House) -> None:
    person = house.newcomer()
    house.owner.client.patch(f"/users/{person.id}", json={"quota_bytes": 3000})
    before = traces(house)
    with refused(Code.PERMISSION_DENIED, "permission_missing"):
        upload(house, house.some("guest"), noise(1000))
    with refused(Code.RESOURCE_EXHAUSTED, "quota_exceeded"):
        upload(house, person, noise(3001))
    with channel(house) as line, refused(Code.RESOURCE_EXHAUSTED):  # of one message
        huge = [metadata(), *chunks(noise(5 << 20), 5 << 20)]
        file_pb2_grpc.FileServiceStub(line).Upload(iter(huge), metadata=bearing(house.some("member")))
    assert traces(house) == before
    assert upload(house, person, content := noise(3000)) == sha(content)


def _cancelled(house: House, person: Person, begin: Callable[[grpc.Channel], Any], _cable: Cable) -> None:
    with channel(house) as line:
        call = begin(line)
        until(lambda: incoming(house), "the upload to arrive")
        call.cancel()


def _cut(house: House, person: Person, begin: Callable[[grpc.Channel], Any], cable: Cable) -> None:
    with grpc.insecure_channel(f"127.0.0.1:{cable.port}") as line:
        call = begin(line)
        until(lambda: incoming(house), "the upload to arrive")
        cable.cut()
        assert call.exception(30)


def _too_late(house: House, person: Person, begin: Callable[..., Any], _cable: Cable) -> None:
    with channel(house) as line:
        call = begin(line, timeout=0.5)
        with pytest.raises(grpc.RpcError):
            call.result(30)
        assert call.code() is Code.DEADLINE_EXCEEDED


@pytest.mark.parametrize("break_off", [_cancelled, _cut, _too_late])
@pytest.mark.parametrize("sent", [0.5, 1.0])
def test_what_breaks_off_leaves_nothing(house: House, break_off: Callable[..., None], sent: float) -> None:
    """Also when all bytes were sent, and only the word that this is all is missing."""
    person, content, over = house.some("member"), noise(600_000), threading.Event()
    before = traces(house)

    def requests() -> Iterator[file_pb2.UploadRequest]:
        yield metadata()
        yield from chunks(content[: int(len(content) * sent)])
        over.wait(60)

    def begin(line: grpc.Channel, timeout: float | None = None) -> Any:
        return file_pb2_grpc.FileServiceStub(line).Upload.future(
            requests(), metadata=bearing(person), timeout=timeout
        )

    with Cable(house.server.grpc_port) as cable:
        for _ in range(3):
            break_off(house, person, begin, cable)
            until(lambda: not incoming(house), "the half of it to be gone")
            if break_off is _cut:
                break
    over.set()
    time.sleep(0.1)
    assert traces(house) == before


def _open_files(house: House) -> int:
    place = str(house.server.data / "uploads")
    folder = Path(f"/proc/{house.server.process.pid}/fd")
    found = 0
    for link in folder.iterdir():
        try:
            target = str(link.readlink())
        except FileNotFoundError:
            continue
        found += target.startswith(place) and not target.endswith("lock")
    return found


def test_a_download_that_is_left_closes_its_file(house: House) -> None:
    person, content = house.some("member"), noise(8 << 20)
    digest = upload(house, person, content)
    before, asked = _open_files(house), file_pb2.DownloadRequest(hash=digest)
    with (
        Cable(house.server.grpc_port) as cable,
        channel(house) as line,
        grpc.insecure_channel(f"127.0.0.1:{cable.port}") as other,
    ):
        left = [file_pb2_grpc.FileServiceStub(line).Download(asked, metadata=bearing(person)) for _ in range(5)]
        broken = file_pb2_grpc.FileServiceStub(other).Download(asked, metadata=bearing(person))
        for call in (*left, broken):
            assert next(call).chunk == content[:CHUNK]
        assert _open_files(house) == before + 6
        for call in left:
            call.cancel()
        cable.cut()
        with pytest.raises(grpc.RpcError):
            list(broken)
        until(lambda: _open_files(house) == before, "the files to be closed")
        assert house.metric("sarau_streams_open") == 0


def test_a_full_disk_is_told(new_house: MakeHouse) -> None:
    house = new_house(SARAU_UPLOADS_KEEP_FREE_BYTES=str(1 << 60))
    with refused(Code.RESOURCE_EXHAUSTED, "storage_full"):
        upload(house, house.owner, noise(1000))
