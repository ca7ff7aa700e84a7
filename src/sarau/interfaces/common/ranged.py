"""Replies with files: ranges, validators, and bytes straight from the disk (RFC 9110, sections 13 and 14)."""

import asyncio
import contextlib
import os
import secrets
import time
from collections.abc import AsyncIterator
from email.utils import formatdate, parsedate_to_datetime
from functools import lru_cache
from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from sarau.foundation.observability.metrics import bytes_sent, streams_open
from sarau.foundation.storage.reading import read_at
from sarau.kit.ranges import ByteRange, Unsatisfiable, parse_range
from sarau.streaming.delivery import OpenFile

_SMALL_BYTES = 2 << 20  # up to here in the largest pieces: the server may hold all of it for a slow reader
_LARGEST_PIECE = 1 << 20
_SMALLEST_PIECE = 16 << 10
_AHEAD_S = 0.05
_LAST_SECOND = 253_402_300_799  # of the year 9999; the times of damaged file systems may lie anywhere
_sent = bytes_sent.labels("original")


def disposition(name: str, *, attachment: bool) -> str:
    """Return the value of Content-Disposition (RFC 6266) with a name in any script."""
    plain = "".join(c if c.isascii() and c.isprintable() and c not in '"\\%' else "_" for c in name)
    kind = "attachment" if attachment else "inline"
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def names(tags: str, etag: str) -> bool:
    """Tell whether If-None-Match names a validator, weakly compared (RFC 9110, section 13.1.2)."""
    return tags.strip() == "*" or etag in {tag.strip().removeprefix("W/") for tag in tags.split(",")}


def _raw(headers: dict[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]


@lru_cache(1024)
def _http_date(seconds: int) -> str:
    return formatdate(max(0, min(seconds, _LAST_SECOND)), usegmt=True)


@lru_cache(1024)
def _headers_of(
    media_type: str, etag: str, modified: str, name: str, attachment: bool, max_age_s: int
) -> list[tuple[bytes, bytes]]:
    """Return what every reply with a file says of it, kept for the next range of it."""
    cache = f"private, max-age={max_age_s}" if max_age_s else "private, no-cache"
    return _raw(
        {
            "accept-ranges": "bytes",
            "content-type": media_type,
            "etag": etag,
            "last-modified": modified,
            "cache-control": f"{cache}, no-transform",
            "content-disposition": disposition(name, attachment=attachment),
        }
    )


@contextlib.asynccontextmanager
async def until_gone(receive: Receive) -> AsyncIterator[asyncio.Task[None]]:
    """Give a task that ends when the client goes away: servers do not tell in any other way."""

    async def wait() -> None:
        while (await receive())["type"] != "http.disconnect":
            pass

    task = asyncio.create_task(wait())
    try:
        yield task
    finally:
        task.cancel()


class FileResponse:
    """Sends an open file, whole or in ranges, and closes it."""

    def __init__(self, file: OpenFile, *, attachment: bool = False, accel: str = "", max_age_s: int = 0) -> None:
        self._file = file
        self._accel = accel
        self._modified = _http_date(file.mtime_ns // 1_000_000_000)
        self._headers = _headers_of(file.media_type, file.etag, self._modified, file.name, attachment, max_age_s)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._answer(scope, receive, send)
        finally:
            os.close(self._file.descriptor)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        size = self._file.size_bytes
        if self._not_modified(headers):
            await self._start(send, 304, {})
            await send({"type": "http.response.body", "body": b""})
            return
        # Ranges are defined for GET alone (RFC 9110, section 14.2).
        wanted = headers.get("range") if scope["method"] == "GET" and self._may_be_partial(headers) else None
        try:
            ranges = parse_range(wanted, size)
        except Unsatisfiable:
            await self._start(send, 416, {"content-range": f"bytes */{size}", "content-length": "0"})
            await send({"type": "http.response.body", "body": b""})
            return
        if ranges is None:
            await self._whole(scope, receive, send, 200, {"content-length": str(size)})
        elif ranges == [ByteRange(0, size)]:
            about = {"content-length": str(size), "content-range": ranges[0].content_range(size)}
            await self._whole(scope, receive, send, 206, about)
        elif len(ranges) == 1:
            about = {"content-length": str(ranges[0].length), "content-range": ranges[0].content_range(size)}
            await self._start(send, 206, about)
            await self._pieces(scope, receive, send, ranges, [b""])
        else:
            await self._parts(scope, receive, send, ranges)

    def _not_modified(self, headers: Headers) -> bool:
        if (tags := headers.get("if-none-match")) is not None:
            return names(tags, self._file.etag)
        since = headers.get("if-modified-since")
        if since is None or "range" in headers:
            return False
        try:
            return self._file.mtime_ns // 1_000_000_000 <= parsedate_to_datetime(since).timestamp()
        except (ValueError, TypeError, OverflowError):
            return False

    def _may_be_partial(self, headers: Headers) -> bool:
        condition = headers.get("if-range")
        return condition is None or condition in (self._file.etag, self._modified)

    async def _start(self, send: Send, status: int, more: dict[str, str]) -> None:
        own = self._headers
        if "content-type" in more:
            own = [header for header in own if header[0] != b"content-type"]
        await send({"type": "http.response.start", "status": status, "headers": [*own, *_raw(more)]})

    async def _whole(self, scope: Scope, receive: Receive, send: Send, status: int, about: dict[str, str]) -> None:
        """Send everything, or have the proxy before us do it; browsers ask for `bytes=0-` first."""
        if self._accel:
            accel = {"x-accel-redirect": self._accel + quote(os.fsencode(self._file.find()))}
            await self._start(send, 200, accel)
            await send({"type": "http.response.body", "body": b""})
            return
        await self._start(send, status, about)
        if scope["method"] == "HEAD" or not self._file.size_bytes:
            await send({"type": "http.response.body", "body": b""})
        else:
            await self._pieces(scope, receive, send, [ByteRange(0, self._file.size_bytes)], [b""])

    async def _parts(self, scope: Scope, receive: Receive, send: Send, ranges: list[ByteRange]) -> None:
        """Send several ranges as multipart/byteranges (RFC 9110, section 14.6)."""
        boundary = secrets.token_hex(16)
        heads = [
            (
                f"\r\n--{boundary}\r\ncontent-type: {self._file.media_type}\r\n"
                f"content-range: {one.content_range(self._file.size_bytes)}\r\n\r\n"
            ).encode("latin-1")
            for one in ranges
        ]
        tail = f"\r\n--{boundary}--\r\n".encode()
        length = sum(map(len, heads)) + sum(one.length for one in ranges) + len(tail)
        about = {"content-type": f"multipart/byteranges; boundary={boundary}", "content-length": str(length)}
        await self._start(send, 206, about)
        await self._pieces(scope, receive, send, ranges, [*heads, tail])

    async def _pieces(
        self, scope: Scope, receive: Receive, send: Send, ranges: list[ByteRange], heads: list[bytes]
    ) -> None:
        """Send ranges in pieces, each after its head; one head more than ranges is the tail."""
        if scope["method"] == "HEAD":
            await send({"type": "http.response.body", "body": b""})
            return
        total = sum(one.length for one in ranges)
        with streams_open.track_inprogress():
            if total <= _SMALL_BYTES:
                await self._send(send, ranges, heads, _Pace(_LARGEST_PIECE), None)
                return
            async with until_gone(receive) as gone:
                await self._send(send, ranges, heads, _Pace(_SMALLEST_PIECE), gone)

    async def _send(
        self,
        send: Send,
        ranges: list[ByteRange],
        heads: list[bytes],
        pace: "_Pace",
        gone: "asyncio.Task[None] | None",
    ) -> None:
        for one, head in zip(ranges, heads, strict=False):
            if head:
                await send({"type": "http.response.body", "body": head, "more_body": True})
            position = one.start
            while position < one.stop:
                length = min(pace.piece, one.stop - position)
                body = await read_at(self._file.descriptor, length, position)
                if len(body) != length or (gone is not None and gone.done()):
                    return  # the file shrank, or nobody listens any more
                position += length
                last = len(heads) == 1 and position == one.stop
                began = time.perf_counter()
                await send({"type": "http.response.body", "body": body, "more_body": not last})
                pace.note(length, time.perf_counter() - began)
                _sent.inc(length)
        if len(heads) > len(ranges):
            await send({"type": "http.response.body", "body": heads[-1], "more_body": False})


class _Pace:
    """How much is sent at once: little to who takes it slowly, for a server keeps several pieces of each of many."""

    def __init__(self, piece: int) -> None:
        self.piece = piece
        self._sent = 0

    def note(self, length: int, waited_s: float) -> None:
        """Learn from how long the last piece took to be accepted."""
        self._sent += length
        taken = length * _AHEAD_S / max(waited_s, _AHEAD_S / 1000)
        # What the kernel keeps for the network is taken at once from anybody: first they must take much.
        fitting = min(int(taken), self._sent // 64, _LARGEST_PIECE)
        self.piece = max(_SMALLEST_PIECE, fitting & -_SMALLEST_PIECE)
