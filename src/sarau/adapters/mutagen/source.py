"""Reading a sound file at any place, with limits."""

import os
import stat
from pathlib import Path
from types import TracebackType
from typing import Self

from sarau.foundation.media.tags import UnreadableSound

HEAD_BYTES = 32 * 1024  # holds the tags of most files without a cover: one read instead of many
MAX_PIECE_BYTES = 64 * 1024 * 1024  # no tag is honestly larger: a cover of 30 MB is 40 MB in base64


class Source:
    """An open sound file; every read is bounded and reading beyond the end gives less, never an error.

    Raises UnreadableSound if the file is empty or no regular file, OSError if it cannot be opened.
    """

    __slots__ = ("_fd", "head", "size")

    def __init__(self, path: Path | bytes) -> None:
        # A named pipe would keep a blocking open waiting for ever.
        self._fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
        try:
            self.size = _size(os.fstat(self._fd))
            self.head = os.pread(self._fd, HEAD_BYTES, 0)
        except BaseException:
            os.close(self._fd)
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._fd)

    def at(self, offset: int, length: int) -> bytes:
        """Return up to `length` bytes from `offset` on; fewer at the end of the file or beyond 64 MiB."""
        end = offset + length
        if end <= len(self.head):
            return self.head[offset:end]
        length = min(length, self.size - offset, MAX_PIECE_BYTES)
        return os.pread(self._fd, length, offset) if length > 0 else b""


def _size(status: os.stat_result) -> int:
    """Return the length of an open file in bytes; raises UnreadableSound."""
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableSound("not a regular file")
    if not status.st_size:
        raise UnreadableSound("empty file")
    return status.st_size
