"""What can go wrong when music comes in."""

from typing import Any

from sarau.foundation.errors import Conflict, Invalid, Limited, NotFound, Unavailable


class ScanNotFound(NotFound):
    """There is no such scan."""

    code = "scan_not_found"
    message = "There is no such scan."


class ScanRunning(Conflict):
    """The library is being scanned at this moment."""

    code = "scan_running"
    message = "This library is being scanned already."


class FolderUnavailable(Unavailable):
    """The library's folder is not there, or looks as if its disk were not mounted."""

    code = "folder_unavailable"
    message = "The folder of this library is not there: is its disk mounted?"


class UnsupportedFormat(Invalid):
    """The name does not end like that of a sound file we know."""

    code = "unsupported_format"

    def __init__(self, name: str) -> None:
        super().__init__("file", f"{name!r} is not one of the sound formats that can be played here")


class FileTooLarge(Limited):
    """The file is larger than a single upload may be."""

    code = "file_too_large"

    def __init__(self, max_bytes: int) -> None:
        super().__init__(f"This file is too large: {max_bytes:,} bytes are allowed.", max_bytes=max_bytes)


class QuotaExceeded(Limited):
    """The person has uploaded as much as they may."""

    code = "quota_exceeded"

    def __init__(self, quota_bytes: int, used_bytes: int) -> None:
        super().__init__(
            f"You may upload {quota_bytes:,} bytes in all, and have used {used_bytes:,}.",
            quota_bytes=quota_bytes,
            used_bytes=used_bytes,
        )


class EmptyUpload(Invalid):
    """No bytes came."""

    code = "empty_upload"

    def __init__(self, **data: Any) -> None:
        super().__init__("file", "it is empty", **data)
