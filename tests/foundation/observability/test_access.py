"""Every request leaves one line; many are written at a time, none is lost."""

import asyncio
import io
import json
from typing import Any

import pytest

from sarau.foundation.observability.access import AccessLog
from sarau.foundation.observability.logs import configure_logs


def entries(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


async def test_a_line_tells_what_was_asked_and_how_it_went(stream: io.StringIO) -> None:
    configure_logs("json", "info", stream)
    log = AccessLog()
    log.note("r-1", "GET", "/api/v1/albums/é\n", 200, 1.5)
    log.flush()
    [line] = entries(stream)

    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "request",
        "level": "info",
        "request_id": "r-1",
        "method": "GET",
        "path": "/api/v1/albums/é\n",
        "status": 200,
        "ms": 1.5,
    }


async def test_lines_come_by_themselves_in_order_and_only_once(stream: io.StringIO) -> None:
    configure_logs("json", "info", stream)
    log = AccessLog()
    for number in range(1203):
        log.note(str(number), "GET", "/", 200, 0.1)
    async with asyncio.timeout(20):
        while True:
            await asyncio.sleep(0.01)
            if len(entries(stream)) >= 1203:
                break
    log.flush()

    assert [line["request_id"] for line in entries(stream)] == [str(number) for number in range(1203)]


@pytest.mark.parametrize("style", ["json", "pretty"])
@pytest.mark.parametrize(
    "path",
    [
        "/invite/{}", "/api/v1/invites/{}", "/reset/{}", "/api/v1/reset/{}/x", "/s/{}", "/api/v1/shared/{}/open",
        "/playlists/{}", "/api/v1/playlists/{}/entries",
    ],
)  # fmt: skip
async def test_links_that_carry_a_secret_are_cut(stream: io.StringIO, style: str, path: str) -> None:
    configure_logs(style, "info", stream)  # type: ignore[arg-type]
    log = AccessLog()
    log.note("r-1", "GET", path.format("s3cr3t_s3cr3t-s3cr3t"), 200, 0.1)
    log.note("r-2", "GET", "/api/v1/playlists/0123456789abcdef", 200, 0.1)
    log.flush()

    assert "s3cr3t" not in stream.getvalue()
    assert "/playlists/0123456789abcdef" in stream.getvalue()
    assert path.partition("{")[0] in stream.getvalue()


async def test_no_line_where_requests_are_not_wanted(stream: io.StringIO) -> None:
    configure_logs("json", "warning", stream)
    log = AccessLog()
    log.note("r-1", "GET", "/", 200, 0.1)
    log.flush()

    assert stream.getvalue() == ""
