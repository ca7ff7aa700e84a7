"""The built page as it is served: what is kept, what is asked again, and nothing from anywhere else."""

import gzip
import re
import socket
from urllib.parse import urlsplit

import httpx
import pytest
from tests.support.houses import House

from sarau.interfaces.web.pages import STATIC

_PAGE = '<div id="root">'


@pytest.fixture(scope="module")
def client(house: House) -> httpx.Client:
    return house.at_root()


def _assets() -> list[str]:
    found = [
        f"assets/{path.name}" for path in (STATIC / "assets").iterdir() if path.suffix in (".js", ".css", ".woff2")
    ]
    assert found, "the page is built"
    return sorted(found)


@pytest.mark.parametrize(
    "path",
    ["/", "/albums", "/albums/0653cd48ba7335f8", "/invite/ABCD-EFGH", "/setup?token=x", "/admin/users", "/a/b/c.d/é"],
)
def test_an_address_of_the_page_is_the_page(client: httpx.Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"
    assert _PAGE in answer.text


def test_all_that_the_page_asks_for_is_there(client: httpx.Client) -> None:
    page = client.get("/").text
    asked = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert any(path.endswith(".js") for path in asked)
    assert any(path.endswith(".css") for path in asked)
    for path in asked:
        assert path.startswith("/"), path
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert _PAGE not in answer.text, path
    assert not re.search(r"<script(?![^>]*\ssrc=)[^>]*>", page), "the policy forbids inline scripts"
    assert not re.search(r"\sstyle=|<style", page)


def test_assets_are_kept_for_ever_and_have_their_types(client: httpx.Client) -> None:
    types = {".js": "javascript", ".css": "text/css", ".woff2": "font/woff2"}
    for path in _assets():
        answer = client.head(f"/{path}")
        assert answer.status_code == 200, path
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable", path
        assert types[path[path.rindex(".") :]] in answer.headers["content-type"], path


def test_what_may_change_is_asked_again_and_known_by_its_validator(client: httpx.Client) -> None:
    for path in ("/", "/manifest.webmanifest", "/theme.js", "/icon.svg"):
        answer = client.get(path)
        assert answer.headers["cache-control"] == "no-cache", path
        again = client.get(path, headers={"if-none-match": answer.headers["etag"]})
        assert again.status_code in (200, 304), path
    assert client.get("/manifest.webmanifest").headers["content-type"].startswith("application/manifest+json")
    assert client.get("/icon.svg").headers["content-type"].startswith("image/svg+xml")


@pytest.mark.parametrize("path", ["/assets/nope.js", "/assets/", "/assets", "/vendor/nope.js", "/assets/../nope.css"])
def test_an_asset_that_is_gone_is_not_the_page(client: httpx.Client, path: str) -> None:
    answer = client.get(path)
    if path in ("/assets", "/assets/../nope.css"):
        assert _PAGE in answer.text  # no address of an asset
        return
    assert answer.status_code == 404
    assert _PAGE not in answer.text


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip", "gzip"),
        ("br", "br"),
        ("gzip, deflate, br, zstd", "br"),
        ("deflate, gzip;q=0.5", "gzip"),
        ("zstd", None),
    ],
)
def test_large_files_come_compressed_to_who_can_read_that(
    client: httpx.Client, accepted: str, coding: str | None
) -> None:
    suffix = {"gzip": ".gz", "br": ".br"}.get(coding or "", "")
    packed = [path for path in _assets() if (STATIC / f"{path}.gz").is_file()]
    assert packed
    for path in packed[:5]:
        with client.stream("GET", f"/{path}", headers={"accept-encoding": accepted}) as answer:
            sent = b"".join(answer.iter_raw())
        assert answer.headers.get("content-encoding") == coding, path
        assert answer.headers["content-length"] == str(len(sent))
        assert "accept-encoding" in answer.headers["vary"].lower()
        assert sent == (STATIC / f"{path}{suffix}").read_bytes()
        if coding == "gzip":
            assert gzip.decompress(sent) == (STATIC / path).read_bytes()


def test_nothing_outside_of_the_page_is_served(house: House) -> None:
    """Sent as it stands: httpx would tidy the path up."""
    place = urlsplit(house.url)
    for path in (
        "/../../../../../../../../etc/passwd",
        "/assets/../../../../../../../../../etc/passwd",
        "/assets/..%2f..%2f..%2f..%2f..%2f..%2f..%2f..%2f..%2fetc%2fpasswd",
        "/%2e%2e/%2e%2e/pages.py",
        "/..%2fpages.py",
        "/assets/%2e%2e/%2e%2e/pages.py",
        "//etc/passwd",
        "/%2fetc/passwd",
        "/assets//etc/passwd",
        "/assets/%00",
        "/index.html%00.js",
        "/..%5c..%5cpages.py",
        "/.digest/../../pages.py",
    ):
        with socket.create_connection((place.hostname or "", place.port or 0), timeout=20) as connection:
            connection.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
            received = b""
            while piece := connection.recv(65536):
                received += piece
        assert received.startswith((b"HTTP/1.1 200", b"HTTP/1.1 404")), path
        assert b"root:" not in received, path
        assert b"import mimetypes" not in received, path
