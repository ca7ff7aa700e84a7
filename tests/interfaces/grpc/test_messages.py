"""Messages put together and taken apart by hand are those of the library."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sarau.foundation.errors import Invalid
from sarau.interfaces.grpc.messages import head, only_bytes, read
from sarau.interfaces.grpc.stubs.auth import auth_pb2
from sarau.interfaces.grpc.stubs.file import file_pb2
from sarau.interfaces.grpc.stubs.sync import sync_pb2

CHUNK = file_pb2.UploadRequest.CHUNK_FIELD_NUMBER


@given(st.integers(1, 300_000), st.binary(min_size=1, max_size=1))
def test_framed_by_hand_it_is_the_same(length: int, byte: bytes) -> None:
    content = byte * length
    assert head(1, length) + content == file_pb2.DownloadResponse(chunk=content).SerializeToString()


@given(st.binary(max_size=300) | st.integers(0, 300_000).map(bytes))
def test_a_chunk_is_taken_out_as_it_was_put_in(content: bytes) -> None:
    found = only_bytes(file_pb2.UploadRequest(chunk=content).SerializeToString(), CHUNK)
    assert found is not None
    assert bytes(found) == content


@given(st.binary(max_size=60))
def test_whatever_else_comes_is_left_to_the_library(raw: bytes) -> None:
    found = only_bytes(b"\x12" + raw, CHUNK)
    if found is not None:
        message = file_pb2.UploadRequest.FromString(b"\x12" + raw)
        assert message.chunk == bytes(found)
        assert not message.HasField("metadata")


@given(st.binary(max_size=80))
def test_bytes_are_a_message_or_garbage(raw: bytes) -> None:
    try:
        found = read(file_pb2.UploadRequest.FromString, raw)
    except Invalid:  # Garbage is one, a NUL in a text another
        return
    assert found.WhichOneof("data") in (None, "metadata", "chunk")


def test_the_field_with_a_nul_is_named() -> None:
    for message, field in (
        (auth_pb2.LoginRequest(username="a\0b"), "username"),
        (sync_pb2.GetSyncResponse(files=[sync_pb2.FileInfo(hash="x"), sync_pb2.FileInfo(filename="\0")]), "filename"),
    ):
        with pytest.raises(Invalid, match=field):
            read(type(message).FromString, message.SerializeToString())
    read(file_pb2.DownloadResponse.FromString, file_pb2.DownloadResponse(chunk=b"\0").SerializeToString())
