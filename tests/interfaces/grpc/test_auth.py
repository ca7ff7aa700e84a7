"""Coming in by gRPC."""

import itertools

import grpc
import pytest
from google.protobuf.empty_pb2 import Empty
from tests.support.grpc import bearing, channel, refused
from tests.support.houses import House, MakeHouse, fresh_name
from tests.support.server import PASSWORD, until

from sarau.interfaces.grpc.stubs.auth import auth_pb2, auth_pb2_grpc
from sarau.interfaces.grpc.stubs.sync import sync_pb2_grpc

_numbers = itertools.count(1)


def _code(house: House) -> str:
    code: str = house.owner.client.post("/invites", json={"role": "member"}).json()["code"]
    return code


def test_by_an_invitation_and_again_by_the_password(house: House) -> None:
    name = fresh_name("player")
    with channel(house) as line:
        auth = auth_pb2_grpc.AuthServiceStub(line)
        account = auth_pb2.RegisterRequest(username=name, password=PASSWORD, security_key=_code(house))
        first = auth.Register(account).token
        second = auth.Login(auth_pb2.LoginRequest(username=name, password=PASSWORD)).token
        for token in (first, second):
            sync_pb2_grpc.SyncServiceStub(line).GetSync(Empty(), metadata=bearing(token))
            assert house.bearing(token).get("/me").json()["user"]["username"] == name


def test_why_nobody_comes_in(house: House) -> None:
    name, code = fresh_name("player"), _code(house)
    good = {"username": name, "password": PASSWORD, "security_key": code}
    taken = house.newcomer().username
    refusals = (
        ({"security_key": "wrong"}, grpc.StatusCode.PERMISSION_DENIED, "invite_not_good"),
        ({"username": taken}, grpc.StatusCode.ALREADY_EXISTS, "name_taken"),
        ({"username": taken.upper()}, grpc.StatusCode.ALREADY_EXISTS, "name_taken"),
        ({"password": "short"}, grpc.StatusCode.INVALID_ARGUMENT, "invalid"),
        ({"password": "password12"}, grpc.StatusCode.INVALID_ARGUMENT, "weak_password"),
        ({"username": ""}, grpc.StatusCode.INVALID_ARGUMENT, "invalid"),
        ({"username": "a b"}, grpc.StatusCode.INVALID_ARGUMENT, "invalid"),
        ({"username": "a\0b"}, grpc.StatusCode.INVALID_ARGUMENT, "invalid"),
    )
    with channel(house) as line:
        auth = auth_pb2_grpc.AuthServiceStub(line)
        for wrong, status, reason in refusals:
            with refused(status, reason):
                auth.Register(auth_pb2.RegisterRequest(**good | wrong))
        auth.Register(auth_pb2.RegisterRequest(**good))  # nothing of this used the invitation up
        for given in ({"username": name, "password": "wrong"}, {"username": "nobody", "password": PASSWORD}):
            with refused(grpc.StatusCode.UNAUTHENTICATED, "wrong_credentials"):
                auth.Login(auth_pb2.LoginRequest(**given))
        with refused(grpc.StatusCode.INVALID_ARGUMENT, "invalid"):
            auth.Login(auth_pb2.LoginRequest(username=name))


def test_who_guesses_is_made_to_wait(proxied_house: House) -> None:
    person = proxied_house.newcomer()
    address = (("x-forwarded-for", f"203.0.113.{next(_numbers)}"),)
    with channel(proxied_house) as line:
        auth = auth_pb2_grpc.AuthServiceStub(line)
        for _ in range(10):
            with refused(grpc.StatusCode.UNAUTHENTICATED, "wrong_credentials"):
                auth.Login(auth_pb2.LoginRequest(username=person.username, password="wrong"), metadata=address)
        with pytest.raises(grpc.RpcError) as told:
            auth.Login(auth_pb2.LoginRequest(username=person.username, password=PASSWORD), metadata=address)
        assert told.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
        found = dict(told.value.trailing_metadata())
        assert found["sarau-code"] == "too_many_attempts"
        assert 1 <= int(found["retry-after"]) <= 300


def test_the_address_is_the_one_that_a_trusted_proxy_tells(house: House, proxied_house: House) -> None:
    for visited, seen in ((house, "127.0.0.1"), (proxied_house, "203.0.113.77")):
        person = visited.newcomer()
        with channel(visited) as line:
            proof = auth_pb2.LoginRequest(username=person.username, password=PASSWORD)
            token = (
                auth_pb2_grpc.AuthServiceStub(line)
                .Login(proof, metadata=(("x-forwarded-for", "203.0.113.77"),))
                .token
            )
        listed = visited.bearing(token).get("/me/sessions").json()["items"]
        (mine,) = [one for one in listed if "grpc-python" in one["client"]]
        assert mine["address"] == seen


def test_a_token_lasts_as_long_as_its_session(house: House) -> None:
    person = house.newcomer()
    with channel(house) as line:
        sync = sync_pb2_grpc.SyncServiceStub(line)
        proof = auth_pb2.LoginRequest(username=person.username, password=PASSWORD)
        tokens = [auth_pb2_grpc.AuthServiceStub(line).Login(proof).token for _ in range(2)]
        house.bearing(tokens[0]).post("/auth/sign-out")
        with refused(grpc.StatusCode.UNAUTHENTICATED, "session_ended"):
            sync.GetSync(Empty(), metadata=bearing(tokens[0]))
        sync.GetSync(Empty(), metadata=bearing(tokens[1]))
        house.owner.client.patch(f"/users/{person.id}", json={"disabled": True})
        with refused(grpc.StatusCode.UNAUTHENTICATED, "session_ended"):
            sync.GetSync(Empty(), metadata=bearing(tokens[1]))


def test_other_proofs(house: House) -> None:
    person = house.newcomer()
    access = person.access_token
    with channel(house) as line:
        sync = sync_pb2_grpc.SyncServiceStub(line)
        sync.GetSync(Empty(), metadata=bearing(access))
        sync.GetSync(Empty(), metadata=bearing(person.use_api_key()))
        for proof in (access, "Basic abc", "Bearer", "bearer  ", "Bearer " + "x" * 4000):
            with refused(grpc.StatusCode.UNAUTHENTICATED):
                sync.GetSync(Empty(), metadata=(("authorization", proof),))


def test_an_expired_token_is_refused(new_house: MakeHouse) -> None:
    house = new_house(use_keys=True, SARAU_SECURITY_SESSION_TTL_S="4")
    code = house.owner.client.post("/invites", json={"role": "member"})
    assert code.status_code == 201, code.text
    with channel(house) as line:
        account = auth_pb2.RegisterRequest(username="anna", password=PASSWORD, security_key=code.json()["code"])
        token = auth_pb2_grpc.AuthServiceStub(line).Register(account).token
        sync = sync_pb2_grpc.SyncServiceStub(line)

        def is_over() -> bool:
            try:
                sync.GetSync(Empty(), metadata=bearing(token))
            except grpc.RpcError as error:
                return error.code() is grpc.StatusCode.UNAUTHENTICATED
            return False

        until(is_over, "the token to expire")
