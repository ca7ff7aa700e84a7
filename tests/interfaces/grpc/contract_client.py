"""A player of somebody else: it knows the contract as it was told to the world, and nothing of this project.

Run as `python contract_client.py HOST:PORT CODE USERNAME FOLDER`: it comes in by an invitation, uploads the files of
the folder, asks what there is, downloads it, deletes it, and prints what happened as JSON.
"""

import hashlib
import json
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from grpc_tools import protoc

CONTRACT = """
package auth;  service AuthService { rpc Register(RegisterRequest) returns (RegisterResponse); rpc Login(LoginRequest) returns (LoginResponse); }
  RegisterRequest { string username=1; string password=2; string security_key=3; }  RegisterResponse { string token=1; }
  LoginRequest { string username=1; string password=2; }  LoginResponse { string token=1; }
package file;  service FileService { rpc Upload(stream UploadRequest) returns (UploadResponse); rpc Download(DownloadRequest) returns (stream DownloadResponse); rpc Delete(DeleteRequest) returns (DeleteResponse); }
  UploadRequest { oneof data { FileMetadata metadata=1; bytes chunk=2; } }  FileMetadata { string filename=1; string title=2; string artist=3; string album=4; int32 duration=5; }
  UploadResponse { string hash=1; }  DownloadRequest { string hash=1; }  DownloadResponse { bytes chunk=1; }  DeleteRequest { string hash=1; }  DeleteResponse { bool success=1; }
package sync;  service SyncService { rpc GetSync(google.protobuf.Empty) returns (GetSyncResponse); }
  FileInfo { string hash=1; string filename=2; }  GetSyncResponse { repeated FileInfo files=1; }
"""  # noqa: E501 - as it was told
PASSWORD = "correct horse battery staple"
CHUNK_BYTES = 10_000


def protos() -> dict[str, str]:
    """Return the contract as files: messages get their keyword, packages their syntax and what they import."""
    found = {}
    for part in re.split(r"^(?=package )", CONTRACT.strip(), flags=re.MULTILINE)[1:]:
        name = part.split(";")[0].removeprefix("package ")
        body = re.sub(r"(?<!service )\b([A-Z]\w*) \{", r"message \1 {", part)
        found[name] = f'syntax = "proto3";\nimport "google/protobuf/empty.proto";\n{body}'
    return found


def pool() -> descriptor_pool.DescriptorPool:
    """Return what the contract describes, compiled anew, in a pool of its own."""
    made = descriptor_pool.DescriptorPool()
    with tempfile.TemporaryDirectory() as folder:
        for name, text in protos().items():
            Path(folder, f"{name}.proto").write_text(text)
        out = Path(folder, "set")
        included = Path(protoc.__file__).parent / "_proto"
        names = [f"{name}.proto" for name in protos()]
        command = [
            "protoc",
            f"-I{folder}",
            f"-I{included}",
            "--include_imports",
            f"--descriptor_set_out={out}",
            *names,
        ]
        assert protoc.main(command) == 0
        for file in descriptor_pb2.FileDescriptorSet.FromString(out.read_bytes()).file:
            made.Add(file)
    return made


class Player:
    """Calls methods by what the contract says of them."""

    def __init__(self, target: str) -> None:
        self._pool = pool()
        self._channel = grpc.insecure_channel(target)
        self.token = ""

    def kind(self, name: str) -> Any:
        """Return the class of a message."""
        return message_factory.GetMessageClass(self._pool.FindMessageTypeByName(name))

    def call(self, service: str, method: str, request: Any) -> Any:
        """Call a method with a message or an iterator of messages."""
        about = self._pool.FindServiceByName(service).methods_by_name[method]
        shape = {
            (False, False): self._channel.unary_unary,
            (False, True): self._channel.unary_stream,
            (True, False): self._channel.stream_unary,
        }[about.client_streaming, about.server_streaming]
        read = message_factory.GetMessageClass(about.output_type).FromString
        called = shape(f"/{service}/{method}", lambda message: message.SerializeToString(), read)
        metadata = (("authorization", f"Bearer {self.token}"),) if self.token else ()
        return called(request, metadata=metadata, timeout=60)

    def upload(self, path: Path, **about: Any) -> str:
        """Upload a file and return its hash."""
        request = self.kind("file.UploadRequest")

        def messages() -> Iterator[Any]:
            yield request(metadata=self.kind("file.FileMetadata")(filename=path.name, **about))
            content = path.read_bytes()
            for start in range(0, len(content), CHUNK_BYTES):
                yield request(chunk=content[start : start + CHUNK_BYTES])

        answer: str = self.call("file.FileService", "Upload", messages()).hash
        return answer

    def files(self) -> dict[str, str]:
        """Return what there is: names by hash."""
        answer = self.call("sync.SyncService", "GetSync", self.kind("google.protobuf.Empty")())
        return {one.hash: one.filename for one in answer.files}

    def download(self, sha256: str) -> bytes:
        """Download a file."""
        asked = self.kind("file.DownloadRequest")(hash=sha256)
        return b"".join(one.chunk for one in self.call("file.FileService", "Download", asked))

    def delete(self, sha256: str) -> bool:
        """Delete a file."""
        answer: bool = self.call("file.FileService", "Delete", self.kind("file.DeleteRequest")(hash=sha256)).success
        return answer


def main(target: str, code: str, username: str, folder: str) -> dict[str, Any]:
    """Do all there is to do."""
    player = Player(target)
    account = player.kind("auth.RegisterRequest")(username=username, password=PASSWORD, security_key=code)
    registered = player.call("auth.AuthService", "Register", account).token
    proof = player.kind("auth.LoginRequest")(username=username, password=PASSWORD)
    player.token = player.call("auth.AuthService", "Login", proof).token
    paths = sorted(Path(folder).iterdir())
    hashes = {path.name: player.upload(path, title=f"Song {path.name}", artist="Somebody") for path in paths}
    again = {path.name: player.upload(path) for path in paths}
    listed = player.files()
    wrong = [path.name for path in paths if player.download(hashes[path.name]) != path.read_bytes()]
    first = hashes[paths[0].name]
    deleted = [player.delete(first), player.delete(first)]
    gone = first not in player.files()
    return {
        "registered": bool(registered) and registered != player.token,
        "hashes": hashes,
        "right": {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths},
        "again": again,
        "listed": {sha256: name for sha256, name in listed.items() if sha256 in hashes.values()},
        "wrong": wrong,
        "deleted": deleted,
        "gone": gone,
        "restored": player.upload(paths[0]) == first and first in player.files(),
        "ours": sorted(name for name in sys.modules if name.partition(".")[0] == "sarau"),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(*sys.argv[1:])))
