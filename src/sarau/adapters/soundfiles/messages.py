"""What is said between us and the process that reads files: a line of JSON each."""

import msgspec


class Question(msgspec.Struct, frozen=True):
    """A file below a folder, or anywhere if there is no folder."""

    root: bytes | None
    path: bytes


class Answer(msgspec.Struct, frozen=True):
    """What a file tells; or why it tells nothing, with the system's number for that if it is an OSError."""

    sha256: str = ""
    size_bytes: int = 0
    mtime_ns: int = 0
    packed: bytes = b""
    failure: str = ""
    errno: int = 0
