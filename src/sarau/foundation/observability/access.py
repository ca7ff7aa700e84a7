"""The line that every request leaves: gathered, and written a few times a second."""

import asyncio
import atexit
import re
from datetime import UTC, datetime
from typing import Any

import msgspec

from sarau.foundation.observability.logs import HIDDEN, fast_stream, get_logger

_GATHER_S = 0.2
_MOST_LINES = 500
# Links that carry their secret in the path, as the page and as the API.
_SECRET_PATH = re.compile(r"(/(?:reset|invites?|shared|s)/)[^/]+|(/playlists/)(?![0-9a-f]{16}(?:/|$))[\w-]{20,}")
_SECRET_PARTS = ("/reset/", "/invite", "/shared/", "/playlists/")
_encode = msgspec.json.Encoder().encode


def _may_be_secret(path: str) -> bool:
    return any(part in path for part in _SECRET_PARTS) or path.startswith("/s/")


class AccessLog:
    """Writes lines about requests: one write for many of them, since each line by itself costs more than an album."""

    def __init__(self) -> None:
        self._lines: list[bytes] = []
        self._waiting = False
        self._log = get_logger("sarau.http")
        atexit.register(self.flush)

    def note(self, request_id: str, method: str, path: str, status: int | str, elapsed_ms: float) -> None:
        """Write a line about a request that was answered."""
        entry: dict[str, Any] = {
            "event": "request",
            "level": "info",
            "timestamp": datetime.now(UTC).isoformat().replace("+00:00", "Z"),
            "request_id": request_id,
            "method": method,
            "path": _SECRET_PATH.sub(rf"\1\2{HIDDEN}", path) if _may_be_secret(path) else path,
            "status": status,
            "ms": elapsed_ms,
        }
        if fast_stream() is None:
            self._log.info("request", **{name: entry[name] for name in ("method", "path", "status", "ms")})
            return
        self._lines.append(_encode(entry))
        if len(self._lines) >= _MOST_LINES:
            self.flush()
        elif not self._waiting:
            self._waiting = True
            asyncio.get_running_loop().call_later(_GATHER_S, self.flush)

    def flush(self) -> None:
        """Write what was gathered."""
        self._waiting = False
        lines, self._lines = self._lines, []
        stream = fast_stream()
        if lines and stream is not None:
            stream.write(b"\n".join([*lines, b""]).decode())
            stream.flush()
