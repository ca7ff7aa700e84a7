"""The server itself: who is let in, what it tells of itself, what it says to nonsense, and how much it bears."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import grpc
import pytest
from google.protobuf.empty_pb2 import Empty
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection_pb2, reflection_pb2_grpc
from tests.catalog.uploads.sending import incoming, noise, traces
from tests.interfaces.grpc.test_file import chunks, metadata, sha, upload
from tests.support.cable import Cable
from tests.support.grpc import async_channel, bearing, channel, refused
from tests.support.houses import House, MakeHouse
from tests.support.server import PASSWORD, until

from sarau.interfaces.grpc.stubs.auth import auth_pb2, auth_pb2_grpc
from sarau.interfaces.grpc.stubs.file import file_pb2, file_pb2_grpc
from sarau.interfaces.grpc.stubs.sync import sync_pb2_grpc

Code = grpc.StatusCode
SERVING = health_pb2.HealthCheckResponse.SERVING


def _reflected(line: grpc.Channel, *asked: reflection_pb2.ServerReflectionRequest) -> list[Any]:
    return list(reflection_pb2_grpc.ServerReflectionStub(line).ServerReflectionInfo(iter(asked)))


def test_it_tells_what_it_speaks_and_that_it_is_well(house: House) -> None:
    with channel(house) as line:
        (answer,) = _reflected(line, reflection_pb2.ServerReflectionRequest(list_services=""))
        services = {one.name for one in answer.list_services_response.service}
        assert {"auth.AuthService", "file.FileService", "sync.SyncService", "grpc.health.v1.Health"} <= services
        symbol = reflection_pb2.ServerReflectionRequest(file_containing_symbol="file.FileService")
        (answer,) = _reflected(line, symbol)
        assert b"DownloadRequest" in answer.file_descriptor_response.file_descriptor_proto[0]
        stub = health_pb2_grpc.HealthStub(line)
        for service in services - {"grpc.health.v1.Health", "grpc.reflection.v1alpha.ServerReflection"}:
            assert stub.Check(health_pb2.HealthCheckRequest(service=service)).status == SERVING, service
        with refused(Code.NOT_FOUND):
            stub.Check(health_pb2.HealthCheckRequest(service="nobody.Knows"))


def test_a_proof_is_needed_for_everything_else(house: House) -> None:
    with channel(house) as line:
        (answer,) = _reflected(line, reflection_pb2.ServerReflectionRequest(list_services=""))
        tried = 0
        for service in answer.list_services_response.service:
            if service.name.startswith(("auth.", "grpc.")):
                continue
            (about,) = _reflected(line, reflection_pb2.ServerReflectionRequest(file_containing_symbol=service.name))
            for method in _methods(about, service.name):
                # Whatever the shape of the method: who calls comes before what they say.
                call = line.stream_stream(f"/{service.name}/{method}", None, None)
                with refused(Code.UNAUTHENTICATED, "unauthenticated"):
                    list(call(iter([b"\xff"])))
                with refused(Code.UNAUTHENTICATED, "session_ended"):
                    list(call(iter([b"\xff"]), metadata=bearing("wrong")))
                tried += 1
    assert tried >= 4


def _methods(answer: Any, service: str) -> list[str]:
    from google.protobuf import descriptor_pb2

    files = [
        descriptor_pb2.FileDescriptorProto.FromString(raw)
        for raw in answer.file_descriptor_response.file_descriptor_proto
    ]
    return [
        method.name
        for file in files
        for one in file.service
        if f"{file.package}.{one.name}" == service
        for method in one.method
    ]


@pytest.mark.parametrize("garbage", [b"\xff", b"\x0a\xff\xff\xff\xff\x0f", b"\x0a\x02\xc3\x28", bytes(range(256))])
def test_garbage_is_said_to_be_so(house: House, garbage: bytes) -> None:
    methods = ("/auth.AuthService/Login", "/auth.AuthService/Register", "/file.FileService/Delete",
               "/file.FileService/Download", "/file.FileService/Upload")  # fmt: skip
    with channel(house) as line:
        for method in methods:
            call = line.stream_stream(method, None, None)
            with refused(Code.INVALID_ARGUMENT, "garbage"):
                list(call(iter([garbage]), metadata=bearing(house.some("member"))))
        for method in ("/auth.AuthService/Nothing", "/no.Service/Login", "/x"):
            with refused(Code.UNIMPLEMENTED):
                line.unary_unary(method, None, None)(garbage, metadata=bearing(house.some("member")))
    assert "Traceback" not in house.server.said()


def test_a_call_leaves_a_line_and_counts(house: House) -> None:
    before = house.metric("sarau_http_requests_total")
    with channel(house) as line:
        given = (*bearing(house.some("member")), ("x-request-id", "a-very.special:id"))
        sync_pb2_grpc.SyncServiceStub(line).GetSync(Empty(), metadata=given)
    line_of = until(
        lambda: [one for one in house.server.said().splitlines() if "a-very.special:id" in one],
        "the line of the call",
    )[0]
    for part in ('"GRPC"', '"/sync.SyncService/GetSync"', '"OK"'):
        assert part in line_of
    assert house.metric("sarau_http_requests_total") >= before + 1
    assert 'method="GRPC",route="/sync.SyncService/GetSync",status="OK"' in house.at_root().get("/metrics").text


async def test_two_hundred_streams_at_once(house: House) -> None:
    person = house.some("member")
    contents = [noise(1 << 20) for _ in range(4)]
    hashes = [await asyncio.to_thread(upload, house, person, content) for content in contents]
    async with async_channel(house) as line:
        stub = file_pb2_grpc.FileServiceStub(line)

        async def fetch(number: int) -> None:
            asked = file_pb2.DownloadRequest(hash=hashes[number % 4])
            pieces = [one.chunk async for one in stub.Download(asked, metadata=bearing(person))]
            assert b"".join(pieces) == contents[number % 4], number

        async def idle() -> AsyncIterator[file_pb2.UploadRequest]:
            yield metadata()
            yield chunks(contents[0])[0]
            await over.wait()

        over = asyncio.Event()
        waiting = [stub.Upload(idle(), metadata=bearing(person)) for _ in range(100)]
        await asyncio.gather(*(fetch(number) for number in range(200)))
        assert await health_pb2_grpc.HealthStub(line).Check(health_pb2.HealthCheckRequest())
        for call in waiting:
            call.cancel()
        over.set()
    await asyncio.to_thread(until, lambda: not incoming(house), "the idle uploads to be gone")


def _memory_bytes(house: House) -> int:
    status = Path(f"/proc/{house.server.process.pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) * 1024


async def test_who_reads_slowly_is_waited_for(house: House) -> None:
    """What was asked for is not kept in memory until somebody takes it."""
    person, content = house.some("member"), noise(16 << 20)
    digest = await asyncio.to_thread(upload, house, person, content)
    async with async_channel(house) as line:
        stub, asked = file_pb2_grpc.FileServiceStub(line), file_pb2.DownloadRequest(hash=digest)
        before = _memory_bytes(house)
        calls = [stub.Download(asked, metadata=bearing(person)) for _ in range(40)]
        first = [await call.read() for call in calls]
        assert {len(one.chunk) for one in first} == {256 << 10}
        await asyncio.sleep(1)
        assert _memory_bytes(house) - before < 40 * (1 << 20)
        content = first[0].chunk
        while piece := await calls[0].read():
            content += piece.chunk
        assert sha(content) == digest
        for call in calls:
            call.cancel()


def test_a_dead_client_is_noticed(new_house: MakeHouse) -> None:
    """Nothing is said by a phone that left the house: it does not answer when asked whether it is there."""
    house = new_house(SARAU_GRPC_KEEPALIVE_S="1")
    content = noise(1 << 20)
    with Cable(house.server.grpc_port) as cable, grpc.insecure_channel(f"127.0.0.1:{cable.port}") as line:
        ended: list[bool] = []

        def requests() -> Iterator[file_pb2.UploadRequest]:
            yield metadata()
            yield chunks(content)[0]
            until(lambda: ended, "the end")

        call = file_pb2_grpc.FileServiceStub(line).Upload.future(requests(), metadata=bearing(house.owner))
        until(lambda: incoming(house), "the upload to arrive")
        cable.go_dead()
        until(lambda: not incoming(house), "the server to notice", 30)  # a minute of silence would end it anyway
        ended.append(True)
        call.cancel()


def test_a_session_that_ends_takes_its_streams_along(house: House) -> None:
    person = house.newcomer()
    digest = upload(house, house.some("member"), noise(16 << 20))
    with channel(house) as line:
        proof = auth_pb2.LoginRequest(username=person.username, password=PASSWORD)
        token = auth_pb2_grpc.AuthServiceStub(line).Login(proof).token
        asked = file_pb2.DownloadRequest(hash=digest)
        stub = file_pb2_grpc.FileServiceStub(line)
        cut, kept = (stub.Download(asked, metadata=bearing(who)) for who in (token, person))
        next(cut), next(kept)
        house.bearing(token).post("/auth/sign-out")
        with refused(Code.UNAUTHENTICATED, "session_ended"):
            for _ in cut:
                time.sleep(0.25)  # as slowly as music is heard
        assert sum(len(one.chunk) for one in kept) == (16 << 20) - (256 << 10)


def test_who_hears_nothing_is_cut_off(house: House) -> None:
    """Somebody whose session ended and who does not read does not hear of it: their call ends all the same."""
    person = house.newcomer()
    digest = upload(house, house.some("member"), noise(16 << 20))
    with channel(house) as line:
        asked = file_pb2.DownloadRequest(hash=digest)
        call = file_pb2_grpc.FileServiceStub(line).Download(asked, metadata=bearing(person))
        next(call)
        house.owner.client.patch(f"/users/{person.id}", json={"disabled": True})
        until(lambda: house.metric("sarau_streams_open") == 0, "the stream to be ended", 30)
        call.cancel()


def test_nobody_calls_too_often(new_house: MakeHouse) -> None:
    house = new_house(use_keys=True, SARAU_GRPC_CALLS_PER_MINUTE="5", SARAU_GRPC_CALLS_AT_ONCE="2")
    person = house.newcomer()
    with channel(house) as line:
        sync = sync_pb2_grpc.SyncServiceStub(line)
        for _ in range(5):
            sync.GetSync(Empty(), metadata=bearing(house.owner))
        with pytest.raises(grpc.RpcError) as told:
            sync.GetSync(Empty(), metadata=bearing(house.owner))
        assert told.value.code() is Code.RESOURCE_EXHAUSTED
        found = dict(told.value.trailing_metadata())
        assert found["sarau-code"] == "too_many_calls"
        assert 1 <= int(found["retry-after"]) <= 60
        sync.GetSync(Empty(), metadata=bearing(person))  # somebody else
        ended: list[bool] = []

        def silent() -> Iterator[file_pb2.UploadRequest]:
            yield metadata()
            until(lambda: ended, "the end")

        upload_of = file_pb2_grpc.FileServiceStub(line).Upload
        calls = [upload_of.future(silent(), metadata=bearing(person)) for _ in range(2)]
        until(lambda: len(incoming(house)) == 2, "both to be open")
        with refused(Code.RESOURCE_EXHAUSTED, "too_many_calls"):
            sync.GetSync(Empty(), metadata=bearing(person))
        ended.append(True)
        for call in calls:
            call.cancel()


def test_told_to_end_it_ends_what_is_under_way_well(new_house: MakeHouse) -> None:
    house = new_house()
    content = noise(8 << 20)
    digest = upload(house, house.owner, content)
    before = traces(house)
    with channel(house) as line:
        stub = file_pb2_grpc.FileServiceStub(line)
        call = stub.Download(file_pb2.DownloadRequest(hash=digest), metadata=bearing(house.owner))
        first = next(call).chunk
        house.server.process.terminate()
        assert sha(first + b"".join(one.chunk for one in call)) == digest
        assert house.server.process.wait(20) == 0
        with refused(Code.UNAVAILABLE):
            stub.Delete(file_pb2.DeleteRequest(hash=digest), metadata=bearing(house.owner))
    assert "Traceback" not in house.server.said()
    assert traces(house)[0] == before[0]
