"""The existing contract, spoken by a player that was written from its text alone, and byte for byte what it was."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from google.protobuf import descriptor_pb2
from tests.interfaces.grpc import contract_client
from tests.support.houses import House, fresh_name
from tests.support.music import tune

from sarau.interfaces.grpc.stubs.auth import auth_pb2
from sarau.interfaces.grpc.stubs.file import file_pb2
from sarau.interfaces.grpc.stubs.sync import sync_pb2

FORMATS = ("mp3", "flac", "wav", "ogg", "opus", "m4a", "aac", "wma")


def test_a_player_of_somebody_else_does_all_there_is_to_do(house: House, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    for suffix in FORMATS:
        tune(folder / f"song.{suffix}")
    code = house.owner.client.post("/invites", json={"role": "member"}).json()["code"]
    program = Path(contract_client.__file__)
    target, name = f"127.0.0.1:{house.server.grpc_port}", fresh_name("player")
    done = subprocess.run(
        [sys.executable, "-I", str(program), target, code, name, str(folder)],
        capture_output=True, text=True, timeout=120, check=False, cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["ours"] == []
    assert told["registered"]
    assert told["hashes"] == told["right"] == told["again"]
    assert sorted(told["listed"].values()) == sorted(f"song.{suffix}" for suffix in FORMATS)
    assert told["wrong"] == []
    assert told["deleted"] == [True, False]
    assert told["gone"]
    assert told["restored"]


def _shape(file: descriptor_pb2.FileDescriptorProto) -> dict[str, Any]:
    """Return what of a contract goes over the wire, and by what names it is called."""

    def message(one: descriptor_pb2.DescriptorProto) -> Any:
        fields = {
            field.number: (field.name, field.type, field.label, field.type_name, field.HasField("oneof_index"))
            for field in one.field
        }
        return fields, [oneof.name for oneof in one.oneof_decl], [message(inner) for inner in one.nested_type]

    services = {
        service.name: [
            (method.name, method.input_type, method.output_type, method.client_streaming, method.server_streaming)
            for method in service.method
        ]
        for service in file.service
    }
    return {"package": file.package, "services": services, **{one.name: message(one) for one in file.message_type}}


def test_what_we_speak_is_the_contract_itself() -> None:
    told = contract_client.pool()
    for package, ours in (("auth", auth_pb2), ("file", file_pb2), ("sync", sync_pb2)):
        contract, spoken = descriptor_pb2.FileDescriptorProto(), descriptor_pb2.FileDescriptorProto()
        told.FindFileByName(f"{package}.proto").CopyToProto(contract)
        ours.DESCRIPTOR.CopyToProto(spoken)
        assert _shape(spoken) == _shape(contract), package
