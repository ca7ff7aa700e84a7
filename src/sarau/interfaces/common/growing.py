"""Replies with a transcode while it is being made."""

from starlette.types import Receive, Scope, Send

from sarau.foundation.media.transcoding import MEDIA_TYPE_OF, Encoding
from sarau.foundation.observability.metrics import bytes_sent, streams_open
from sarau.interfaces.common.ranged import until_gone
from sarau.streaming.transcodes import Listening

_PIECE = 64 << 10


def _growing_headers(encoding: Encoding, duration_ms: int) -> dict[str, str]:
    """Return the headers of a stream whose length nobody knows yet."""
    return {
        "content-type": MEDIA_TYPE_OF[encoding.target],
        "accept-ranges": "none",
        "cache-control": "private, no-store, no-transform",
        "x-content-duration": f"{(duration_ms - encoding.start_ms) / 1000:.3f}",
    }


class GrowingHead:
    """Answers HEAD for a stream that is not made yet, without a length, which nobody knows."""

    def __init__(self, encoding: Encoding, duration_ms: int) -> None:
        self._headers = _growing_headers(encoding, duration_ms)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - ASGI
        await _start(send, self._headers)
        await send({"type": "http.response.body", "body": b""})


class GrowingResponse:
    """Sends what is there, waits for more, until the end or until the listener leaves."""

    def __init__(self, listening: Listening, encoding: Encoding, duration_ms: int) -> None:
        self._listening = listening
        self._headers = _growing_headers(encoding, duration_ms)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - ASGI
        counter = bytes_sent.labels("transcode")
        try:
            await _start(send, self._headers)
            with streams_open.track_inprogress():
                async with until_gone(receive) as gone:
                    async for piece in self._listening.pieces(_PIECE):
                        if gone.done():
                            return
                        counter.inc(len(piece))
                        await send({"type": "http.response.body", "body": piece, "more_body": True})
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            self._listening.close()


async def _start(send: Send, headers: dict[str, str]) -> None:
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": 200, "headers": raw})
