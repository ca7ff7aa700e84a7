"""Replies with files: ranges, validators, and bytes straight from the disk (RFC 9110, sections 13 and 14)."""

import asyncio
import contextlib
import os
import secrets
from collections.abc import AsyncIterator, Iterator
from email.utils import formatdate, parsedate_to_datetime
from typing import Any
from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from sarau.foundation.observability.metrics import bytes_sent, streams_open
from sarau.kit.ranges import ByteRange, Unsatisfiable, parse_range
from sarau.streaming.delivery import OpenFile

_SMALL_BYTES = 2 << 20  # up to here in large pieces: the server may hold all of it for a slow reader
_LARGE_PIECE = 256 << 10
_SMALL_PIECE = 32 << 10  # beyond, in small ones: a server keeps several for each of a thousand slow readers
_PROBE = bytearray(1)


def disposition(name: str, *, attachment: bool) -> str:
    """Return the value of Content-Disposition (RFC 6266) with a name in any script."""
    plain = "".join(c if c.isascii() and c.isprintable() and c not in '"\\%' else "_" for c in name)
    kind = "attachment" if attachment else "inline"
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _resident(descriptor: int, position: int) -> bool:
    """Tell whether a byte can be had without waiting for a disk."""
    try:
        return os.preadv(descriptor, [_PROBE], position, os.RWF_NOWAIT) == 1
    except OSError:  # not in memory, or a file system that cannot say
        return False


async def read_at(descriptor: int, length: int, position: int) -> bytes:
    """Return bytes of a file; from memory at once, from a slow disk in a thread."""
    if _resident(descriptor, position) and _resident(descriptor, position + length - 1):
        return os.pread(descriptor, length, position)
    return await asyncio.to_thread(os.pread, descriptor, length, position)


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
        cache = f"private, max-age={max_age_s}" if max_age_s else "private, no-cache"
        self._headers = {
            "accept-ranges": "bytes",
            "content-type": file.media_type,
            "etag": file.etag,
            "last-modified": formatdate(file.mtime_ns // 1_000_000_000, usegmt=True),
            "cache-control": f"{cache}, no-transform",
            "content-disposition": disposition(file.name, attachment=attachment),
        }

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
        wanted = headers.get("range") if self._may_be_partial(headers) else None
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
            return tags.strip() == "*" or self._file.etag in {
                tag.strip().removeprefix("W/") for tag in tags.split(",")
            }
        since = headers.get("if-modified-since")
        if since is None or "range" in headers:
            return False
        try:
            return self._file.mtime_ns // 1_000_000_000 <= parsedate_to_datetime(since).timestamp()
        except (ValueError, TypeError, OverflowError):
            return False

    def _may_be_partial(self, headers: Headers) -> bool:
        condition = headers.get("if-range")
        return condition is None or condition in (self._file.etag, self._headers["last-modified"])

    async def _start(self, send: Send, status: int, more: dict[str, str]) -> None:
        both = self._headers | more
        raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in both.items()]
        await send({"type": "http.response.start", "status": status, "headers": raw})

    async def _whole(self, scope: Scope, receive: Receive, send: Send, status: int, about: dict[str, str]) -> None:
        """Send everything; browsers ask for `bytes=0-` first, and servers send whole files best by themselves."""
        path = str(self._file.path)
        if self._accel:
            accel = {"x-accel-redirect": self._accel + quote(path)}
            await self._start(send, 200, accel)
            await send({"type": "http.response.body", "body": b""})
            return
        await self._start(send, status, about)
        if scope["method"] == "HEAD" or not self._file.size_bytes:
            await send({"type": "http.response.body", "body": b""})
        elif "http.response.pathsend" in scope.get("extensions", {}):
            bytes_sent.labels("whole").inc(self._file.size_bytes)
            with streams_open.track_inprogress():
                await send({"type": "http.response.pathsend", "path": path})
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
                await self._send(send, ranges, heads, _LARGE_PIECE, None)
                return
            async with until_gone(receive) as gone:
                await self._send(send, ranges, heads, _SMALL_PIECE, gone)

    async def _send(
        self,
        send: Send,
        ranges: list[ByteRange],
        heads: list[bytes],
        piece: int,
        gone: "asyncio.Task[None] | None",
    ) -> None:
        counter = bytes_sent.labels("range")
        for one, head in zip(ranges, heads, strict=False):
            if head:
                await send({"type": "http.response.body", "body": head, "more_body": True})
            for position, length in _steps(one, piece):
                body = await read_at(self._file.descriptor, length, position)
                if len(body) != length or (gone is not None and gone.done()):
                    return  # the file shrank, or nobody listens any more
                last = len(heads) == 1 and position + length == one.stop
                message: dict[str, Any] = {"type": "http.response.body", "body": body, "more_body": not last}
                await send(message)
                counter.inc(length)
        if len(heads) > len(ranges):
            await send({"type": "http.response.body", "body": heads[-1], "more_body": False})


def _steps(one: ByteRange, piece: int) -> Iterator[tuple[int, int]]:
    for position in range(one.start, one.stop, piece):
        yield position, min(piece, one.stop - position)
