"""SyncService over TCP: a device that knows only the contract keeps in step with its house."""

import hashlib
import zlib
from collections.abc import Iterator
from typing import Any, Self

import grpc
import pytest
from tests.catalog.uploads.sending import noise, send_bytes
from tests.support.grpc import bearing, channel, refused
from tests.support.houses import House, Person
from tests.support.music import album

from sarau.interfaces.grpc.stubs.sarau.v1 import sync_pb2, sync_pb2_grpc

Code = grpc.StatusCode


class Client:
    """A device of somebody, with a connection of its own."""

    def __init__(self, house: House, person: Person) -> None:
        self.house = house
        self.person = person
        self._line = channel(house)
        self._stub = sync_pb2_grpc.SyncServiceStub(self._line)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._line.close()

    def call(self, method: str, request: Any) -> Any:
        """Call a method as this person; a generator is a stream of requests."""
        return getattr(self._stub, method)(request, metadata=bearing(self.person), timeout=60)

    def caught_up(self, cursor: str = "", brief: bool = False) -> tuple[list[Any], Any]:
        """Return what changed since a cursor, and how it ended."""
        answers = list(self.call("Changes", sync_pb2.ChangesRequest(cursor=cursor, brief=brief)))
        assert [answer.HasField("caught") for answer in answers] == [False] * (len(answers) - 1) + [True]
        return [one for answer in answers for one in answer.tracks], answers[-1].caught

    def held(self, *hashes: bytes, device: str, anew: bool = False) -> int:
        """Tell what the device holds."""
        reports = [sync_pb2.ReportHeldRequest(device_id=device, anew=anew, added=[one]) for one in hashes]
        count: int = self.call("ReportHeld", iter(reports)).held_count
        return count

    def start(self, content: bytes, filename: str = "a.wav", **about: str) -> Any:
        """Begin an upload."""
        about_it = {"hash": sha(content), "size_bytes": len(content), "filename": filename, **about}
        return self.call("StartUpload", sync_pb2.StartUploadRequest(**about_it))


def sha(content: bytes) -> bytes:
    """Return the hash of bytes as the contract has it."""
    return hashlib.sha256(content).digest()


def parts(upload: str, content: bytes, start: int = 0, size: int = 1000) -> Iterator[sync_pb2.UploadPart]:
    """Cut bytes into parts."""
    for at in range(start, len(content), size):
        data = content[at : at + size]
        yield sync_pb2.UploadPart(upload_id=upload, offset_bytes=at, data=data, crc32=zlib.crc32(data))


@pytest.fixture
def phone(house: House) -> Iterator[Client]:
    """A device of somebody new."""
    with Client(house, house.newcomer()) as client:
        yield client


def given(phone: Client, content: bytes, name: str = "song.wav") -> dict[str, Any]:
    """Upload a file beside the device."""
    (item,) = send_bytes(phone.person, content, name).json()["items"]
    track: dict[str, Any] = item["track"]
    return track


def test_what_changed_comes_once_and_then_nothing(phone: Client) -> None:
    content = noise(5000)
    track = given(phone, content)
    told, caught = phone.caught_up()
    (mine,) = [one for one in told if one.track_id == track["id"]]
    assert (mine.kind, mine.hash, mine.filename) == (sync_pb2.CHANGE_KIND_ADDED, sha(content), "song.wav")
    assert (mine.size_bytes, mine.track.title, mine.track.hash) == (5000, track["title"], sha(content).hex())
    assert caught.everything
    phone.person.client.patch(f"/tracks/{track['id']}", json={"title": "Other"})
    told, caught = phone.caught_up(caught.cursor, brief=True)
    assert [(one.kind, one.track_id, one.HasField("track")) for one in told] == [
        (sync_pb2.CHANGE_KIND_CHANGED, track["id"], False)
    ]
    phone.person.client.delete(f"/tracks/{track['id']}")
    told, caught = phone.caught_up(caught.cursor)
    assert [(one.kind, one.track_id, one.hash) for one in told] == [(sync_pb2.CHANGE_KIND_REMOVED, track["id"], b"")]
    assert not caught.everything
    with refused(Code.INVALID_ARGUMENT, "invalid"):
        phone.caught_up("nonsense")


def test_an_unchanged_sync_is_less_than_a_kilobyte(phone: Client) -> None:
    _, caught = phone.caught_up()
    (answer,) = phone.call("Changes", sync_pb2.ChangesRequest(cursor=caught.cursor))
    assert answer.caught.cursor == caught.cursor
    # The messages themselves, the proof of who asks, and what HTTP/2 puts around them with room to spare.
    asked = sync_pb2.ChangesRequest(cursor=caught.cursor).ByteSize()
    ((_, token),) = bearing(phone.person)
    assert asked + answer.ByteSize() + len(token) < 700


def test_a_library_that_is_closed_is_gone_with_all_in_it(phone: Client, tmp_path: Any) -> None:
    album(tmp_path / "music", "Closed", "Ana", ["x", "y"])
    library = phone.house.library(tmp_path / "music", phone.person)
    told, caught = phone.caught_up()
    inside = {one.track_id for one in told if one.track.album == "Closed"}
    assert len(inside) == 2
    phone.house.owner.client.patch(f"/admin/libraries/{library}", json={"member_ids": []})
    told, caught = phone.caught_up(caught.cursor)
    assert caught.everything
    assert not inside & {one.track_id for one in told}
    phone.house.owner.client.patch(f"/admin/libraries/{library}", json={"member_ids": [phone.person.id]})
    told, caught = phone.caught_up(caught.cursor)
    assert {one.track_id for one in told} == inside
    assert {one.kind for one in told} == {sync_pb2.CHANGE_KIND_ADDED}
    assert not caught.everything


def test_a_hundred_thousand_hashes_are_compared_both_ways(phone: Client) -> None:
    here, there = noise(5000), noise(5001)
    given(phone, here)
    given(phone, there)
    strange = [hashlib.sha256(str(number).encode()).digest() for number in range(100_000)]
    named = [sha(here), *strange]
    asked = (sync_pb2.MissingRequest(hashes=named[at : at + 4096]) for at in range(0, len(named), 4096))
    unknown, absent = [], []
    for answer in phone.call("Missing", asked):
        unknown += answer.unknown_here
        absent += answer.absent_there
    assert unknown == strange or sorted(unknown) == sorted(strange)
    assert sha(there) in absent
    assert sha(here) not in absent
    with refused(Code.INVALID_ARGUMENT, "invalid"):
        list(phone.call("Missing", iter([sync_pb2.MissingRequest(hashes=[b"short"])])))
    with refused(Code.INVALID_ARGUMENT, "invalid"):
        list(phone.call("Missing", iter([sync_pb2.MissingRequest(hashes=strange[:4097])])))


def test_a_range_of_a_file_is_downloaded(phone: Client) -> None:
    content = noise(100_000)
    given(phone, content)

    def download(**about: int) -> list[Any]:
        return list(phone.call("DownloadRange", sync_pb2.DownloadRangeRequest(hash=sha(content), **about)))

    whole = download(chunk_bytes=16 << 10)
    assert b"".join(one.data for one in whole) == content
    assert [one.size_bytes for one in whole] == [100_000, *[0] * (len(whole) - 1)]
    some = download(offset_bytes=50_001, length_bytes=20_000, chunk_bytes=16 << 10)
    assert b"".join(one.data for one in some) == content[50_001:70_001]
    assert [one.offset_bytes for one in some] == [50_001, 50_001 + (16 << 10)]
    assert b"".join(one.data for one in download(offset_bytes=99_999, length_bytes=50)) == content[-1:]
    with refused(Code.OUT_OF_RANGE, "offset_beyond_end"):
        download(offset_bytes=100_000)
    for bad in ({"offset_bytes": -1}, {"length_bytes": -1}, {"chunk_bytes": 100}, {"chunk_bytes": 4 << 20}):
        with refused(Code.INVALID_ARGUMENT, "invalid"):
            download(**bad)
    with refused(Code.NOT_FOUND, "track_not_found"):
        list(phone.call("DownloadRange", sync_pb2.DownloadRangeRequest(hash=b"x" * 32)))
    with Client(phone.house, phone.house.some("guest")) as guest, refused(Code.PERMISSION_DENIED):
        list(guest.call("DownloadRange", sync_pb2.DownloadRangeRequest(hash=sha(content))))


def test_an_upload_that_breaks_off_goes_on(phone: Client) -> None:
    content = noise(20_000)
    state = phone.start(content, title="Told")
    assert (state.offset_bytes, state.kept) == (0, False)
    damaged = [*parts(state.upload_id, content[:5000])]
    damaged[3].data = b"x" * 1000
    with refused(Code.DATA_LOSS, "part_damaged"):
        phone.call("UploadParts", iter(damaged))
    assert phone.call("GetUpload", sync_pb2.GetUploadRequest(upload_id=state.upload_id)).offset_bytes == 3000
    with refused(Code.ABORTED, "wrong_offset"):
        phone.call("UploadParts", parts(state.upload_id, content, 4000))
    again = phone.start(content)
    assert (again.upload_id, again.offset_bytes) == (state.upload_id, 3000)
    done = phone.call("UploadParts", parts(state.upload_id, content, 3000))
    assert (done.kept, done.upload_id) == (True, "")
    track = phone.person.client.get(f"/tracks/{done.track_id}").json()["track"]
    assert track["title"] == "Told"
    assert phone.person.client.get(f"/tracks/{done.track_id}/download").content == content
    assert phone.start(content).kept
    with refused(Code.NOT_FOUND, "upload_not_found"):
        phone.call("GetUpload", sync_pb2.GetUploadRequest(upload_id=state.upload_id))
    other = phone.start(noise(3000)).upload_id
    phone.call("CancelUpload", sync_pb2.CancelUploadRequest(upload_id=other))
    with refused(Code.NOT_FOUND, "upload_not_found"):
        phone.call("UploadParts", parts(other, b"x"))
    with refused(Code.INVALID_ARGUMENT, "invalid"):
        phone.call("UploadParts", iter([]))


def test_bytes_that_are_not_what_was_said_are_lost(phone: Client) -> None:
    state = phone.start(noise(3000))
    with refused(Code.DATA_LOSS, "upload_damaged"):
        phone.call("UploadParts", parts(state.upload_id, noise(3000)))


def test_a_device_holds_and_fetches_what_its_rules_want(phone: Client) -> None:
    content, other = noise(5000), noise(6000)
    track, held = given(phone, content), given(phone, other)
    about = sync_pb2.ReportDeviceRequest(name="phone", type="phone", space_free_bytes=10**9, space_total_bytes=10**10)
    device = phone.call("ReportDevice", about).id
    assert phone.held(sha(other), b"s" * 32, device=device) == 2
    rules = [sync_pb2.Rule(track_id=held["id"]), sync_pb2.Rule(track_id=track["id"]), sync_pb2.Rule(starred=True)]
    rules.append(sync_pb2.Rule(recently_added=1))
    phone.call("SetRules", sync_pb2.SetRulesRequest(device_id=device, rules=rules, limit_bytes=0))
    kept = phone.call("ListRules", sync_pb2.ListRulesRequest(device_id=device))
    assert list(kept.rules) == rules
    plan = phone.call("Plan", sync_pb2.PlanRequest(device_id=device))
    found = [(one.action, one.hash, one.rule_index) for part in plan for one in part.items]
    assert found[0] == (sync_pb2.PLAN_ACTION_DROP, b"s" * 32, -1)
    assert (sync_pb2.PLAN_ACTION_KEEP, sha(other), 0) in found
    assert (sync_pb2.PLAN_ACTION_FETCH, sha(content), 1) in found
    (known,) = phone.call("ListDevices", sync_pb2.ListDevicesRequest()).devices
    assert (known.id, known.held_count, known.held_bytes, known.space_free_bytes) == (device, 2, 6000, 10**9)
    assert known.last_seen_at.seconds > 1_700_000_000
    phone.call("ForgetDevice", sync_pb2.ForgetDeviceRequest(device_id=device))
    assert not phone.call("ListDevices", sync_pb2.ListDevicesRequest()).devices
    for method, request in (
        ("Plan", sync_pb2.PlanRequest(device_id=device)),
        ("ListRules", sync_pb2.ListRulesRequest(device_id=device)),
        ("ForgetDevice", sync_pb2.ForgetDeviceRequest(device_id=device)),
    ):
        with refused(Code.NOT_FOUND, "device_not_found"):
            list(phone.call(method, request)) if method == "Plan" else phone.call(method, request)
    with refused(Code.INVALID_ARGUMENT, "invalid"):
        phone.call("SetRules", sync_pb2.SetRulesRequest(device_id=device, rules=[sync_pb2.Rule()]))


def test_nobody_is_told_anything_without_a_proof(house: House) -> None:
    with channel(house) as line:
        stub = sync_pb2_grpc.SyncServiceStub(line)
        with refused(Code.UNAUTHENTICATED):
            list(stub.Changes(sync_pb2.ChangesRequest()))
        with refused(Code.UNAUTHENTICATED):
            stub.ListDevices(sync_pb2.ListDevicesRequest())
