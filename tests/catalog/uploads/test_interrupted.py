"""Uploads that break off: not a byte and not a row of them stays."""

import itertools
import os
import socket
import struct
import time
from pathlib import Path

from tests.catalog.uploads.sending import BOUNDARY, call, incoming, part, send_bytes, stored, traces
from tests.support.houses import House, Person
from tests.support.music import tune
from tests.support.server import until


def _declared(content: bytes) -> tuple[str, bytes]:
    return f"Content-Length: {len(content)}", content[: len(content) // 2]


def _chunk_cut(content: bytes) -> tuple[str, bytes]:
    return "Transfer-Encoding: chunked", b"%x\r\n" % len(content) + content[: len(content) // 2]


def _no_last_chunk(content: bytes) -> tuple[str, bytes]:
    # Every byte of the song is there, and only the word that this was all is missing.
    return "Transfer-Encoding: chunked", b"%x\r\n" % len(content) + content + b"\r\n"


def _form_cut(content: bytes) -> tuple[str, bytes]:
    whole = part(b"song.wav", content)
    header = f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\nContent-Length: {len(whole) + 16}"
    return header, whole[: len(whole) // 2]


def _form_without_end(content: bytes) -> tuple[str, bytes]:
    whole = part(b"song.wav", content)
    return f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\nContent-Length: {len(whole) + 16}", whole[:-2]


def _begin(house: House, person: Person, header: str, body: bytes) -> tuple[socket.socket, Path]:
    """Send the beginning of an upload, and return once it lies on the disk."""
    before = incoming(house)
    connection = call(house, person, "song.wav", *header.split("\r\n"))
    connection.sendall(body)
    (draft,) = until(lambda: [path for path in incoming(house) if path not in before], "the upload to begin")
    return connection, draft


def _close(connection: socket.socket) -> None:
    connection.close()


def _reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def test_an_interrupted_upload_leaves_nothing_behind(house: House, tmp_path: Path) -> None:
    person = house.newcomer()
    before = traces(house)
    content = tune(tmp_path / "song.wav", seconds=3).read_bytes()
    ways = (_declared, _chunk_cut, _no_last_chunk, _form_cut, _form_without_end)
    for way, leave in itertools.product(ways, (_close, _reset)):
        connection, draft = _begin(house, person, *way(content))
        leave(connection)
        until(lambda gone=draft: not gone.exists(), f"the beginning of the file to be deleted ({way.__name__})")
        assert traces(house) == before, way.__name__
    assert person.client.get("/me").json()["room"]["used_bytes"] == 0
    assert send_bytes(person, content, "song.wav").status_code == 201  # it can be sent again at once
    assert len(stored(house, content)) == 1


def test_who_stops_sending_and_listens_is_told(house: House, tmp_path: Path) -> None:
    person = house.some("member")
    before = traces(house)
    content = tune(tmp_path / "song.wav", seconds=3).read_bytes()
    connection, draft = _begin(house, person, *_declared(content))
    connection.shutdown(socket.SHUT_WR)
    reply = b"".join(iter(lambda: connection.recv(65_536), b""))
    connection.close()
    assert reply.startswith(b"HTTP/1.1 400")
    assert b'"code":"body_broken_off"' in reply
    assert not draft.exists()
    assert traces(house) == before


def test_chunks_that_are_none_are_refused(house: House) -> None:
    before = traces(house)
    connection = call(house, house.some("member"), "song.wav", "Transfer-Encoding: chunked")
    connection.sendall(b"5\r\nhello\r\nnonsense\r\n")
    reply = connection.recv(65_536)
    connection.close()
    assert reply.startswith(b"HTTP/1.1 400")
    assert traces(house) == before


def test_of_several_files_those_that_came_whole_stay(house: House, tmp_path: Path) -> None:
    person = house.newcomer()
    whole, cut = (tune(tmp_path / name, seconds=3).read_bytes() for name in ("whole.wav", "cut.wav"))
    body = part(b"whole.wav", whole) + part(b"cut.wav", cut)[: len(cut) // 2]
    header = f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\nContent-Length: {len(body) + len(cut)}"
    connection = call(house, person, "form", *header.split("\r\n"))
    connection.sendall(body)
    until(lambda: person.client.get("/me").json()["room"]["used_bytes"] == len(whole), "the first file to be kept")
    assert len(stored(house, whole)) == 1
    until(lambda: incoming(house), "the second file to begin")
    connection.close()
    until(lambda: not incoming(house), "the second file to be forgotten")
    assert person.client.get("/me").json()["room"]["used_bytes"] == len(whole)


def test_what_a_killed_server_left_is_swept_and_what_arrives_is_not(house: House, tmp_path: Path) -> None:
    content = tune(tmp_path / "song.wav", seconds=3).read_bytes()
    leftover = house.server.data / "uploads" / "incoming" / "leftover"
    leftover.write_bytes(content[:1000])
    header, half = _declared(content)
    connection, draft = _begin(house, house.some("member"), header, half)
    long_ago = time.time() - 7200
    for path in (leftover, draft):
        os.utime(path, (long_ago, long_ago))
    house.sql("UPDATE job_schedules SET next_at = 0 WHERE name = 'house.tidy'")
    until(lambda: not leftover.exists(), "the leftover to be swept")
    connection.sendall(content[len(half) :])
    assert connection.recv(65_536).startswith(b"HTTP/1.1 201")
    connection.close()
    assert len(stored(house, content)) == 1
