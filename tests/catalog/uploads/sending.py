"""Sending files to a house the ways that programs do, and what that leaves on its disk and in its tables."""

import os
import socket
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import httpx
from tests.support.houses import House, Person

BOUNDARY = "frontier"
_TABLES = ("tracks", "track_files", "artists", "albums", "pictures", "sheets")


def send(person: Person, *paths: Path) -> httpx.Response:
    """Send files in one form."""
    return person.client.post("/uploads", files=[("file", (path.name, path.read_bytes())) for path in paths])


def send_bytes(person: Person, data: bytes | Iterator[bytes], name: str = "song.flac") -> httpx.Response:
    """Send bytes as the body; of an iterator nobody knows the length before its end."""
    return person.client.post("/uploads", params={"filename": name}, content=data)


def uploaded(person: Person, path: Path) -> dict[str, Any]:
    """Send a file that is new, and return its track."""
    answer = send(person, path)
    assert answer.status_code == 201, answer.text
    (item,) = answer.json()["items"]
    track: dict[str, Any] = item["track"]
    return track


def noise(size_bytes: int) -> bytes:
    """Return a WAV of an exact size, unlike any other."""
    head = b"WAVEfmt " + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 8000, 1, 8)
    samples = os.urandom(size_bytes - 44)
    return b"RIFF" + struct.pack("<I", size_bytes - 8) + head + b"data" + struct.pack("<I", len(samples)) + samples


def part(name: bytes, content: bytes) -> bytes:
    """Return one file of a form, its name as it is."""
    head = b'--frontier\r\nContent-Disposition: form-data; name="file"; filename="' + name + b'"\r\n\r\n'
    return head + content + b"\r\n"


def send_form(person: Person, body: bytes) -> httpx.Response:
    """Send a form put together by hand, adding its end."""
    kind = {"content-type": f"multipart/form-data; boundary={BOUNDARY}"}
    return person.client.post("/uploads", content=body + b"--frontier--\r\n", headers=kind)


def call(house: House, person: Person, name: str, *headers: str) -> socket.socket:
    """Open a connection and begin an upload on it; the body is for the caller to send."""
    address = urlsplit(house.url)
    connection = socket.create_connection((str(address.hostname), address.port or 80), timeout=30)
    lines = (
        f"POST /api/v1/uploads?filename={quote(name)} HTTP/1.1",
        f"Host: {address.netloc}",
        f"Authorization: {person.client.headers['authorization']}",
        *headers,
    )
    connection.sendall("".join(line + "\r\n" for line in (*lines, "")).encode())
    return connection


def incoming(house: House) -> list[Path]:
    """Return what is arriving at this moment."""
    return [path for path in (house.server.data / "uploads" / "incoming").iterdir() if path.is_file()]


def stored(house: House, content: bytes) -> list[Path]:
    """Return the files among the uploads that hold some bytes."""
    found = (Path(folder) / name for folder, _, names in os.walk(house.server.data / "uploads") for name in names)
    return [path for path in found if path.stat().st_size == len(content) and path.read_bytes() == content]


def traces(house: House) -> tuple[set[Path], list[Any]]:
    """Return all files and all numbers of rows that an upload could leave behind."""
    stores = (house.server.data / "uploads", house.server.data / "pictures")
    files = {path for store in stores for path in store.rglob("*") if path.is_file() and path.name != "lock"}
    counts = ", ".join(f"(SELECT count(*) FROM {table})" for table in _TABLES)
    return files, list(house.sql(f"SELECT {counts}")[0])
