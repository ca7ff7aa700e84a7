"""Our errors as problem details (RFC 9457); the one place where they meet HTTP."""

import math
from typing import Any

import msgspec
from starlette.responses import Response

from sarau.foundation.errors import (
    Conflict,
    DomainError,
    Forbidden,
    Invalid,
    Limited,
    NotFound,
    Unauthenticated,
    Unavailable,
)

_BY_KIND: dict[type[DomainError], tuple[int, str]] = {
    NotFound: (404, "Not found"),
    Forbidden: (403, "Forbidden"),
    Unauthenticated: (401, "Not signed in"),
    Invalid: (422, "Not valid"),
    Conflict: (409, "Conflict"),
    Limited: (429, "Too many requests"),
    Unavailable: (503, "Not available"),
}
# Where HTTP has a better word than the kind's.
_BY_CODE = {
    "unsupported_format": (415, "Unsupported format"),
    "unsupported_media_type": (415, "Unsupported media type"),
    "file_too_large": (413, "Too large"),
    "quota_exceeded": (413, "Quota exceeded"),
    "body_too_large": (413, "Too large"),
    "storage_full": (507, "Storage full"),
    "too_many_keys": (409, "Too many"),
    "too_many_invites": (409, "Too many"),
}


class ProblemDetails(msgspec.Struct, frozen=True):
    """What went wrong; further members depend on the code, `field` and `reason` for what is not valid."""

    type: str
    title: str
    status: int
    detail: str
    code: str


def problem(status: int, title: str, detail: str, code: str, **more: Any) -> Response:
    """Return a reply of type application/problem+json."""
    members = {
        **more, "type": f"urn:sarau:problem:{code}", "title": title, "status": status, "detail": detail, "code": code
    }  # fmt: skip
    headers = {"cache-control": "no-store"}
    retry_after = more.get("retry_after_s")
    if retry_after is not None:
        headers["retry-after"] = str(max(1, math.ceil(retry_after)))
    if status == 401:
        headers["www-authenticate"] = 'Bearer realm="sarau"'
    return Response(msgspec.json.encode(members), status, headers, "application/problem+json")


def status_of(error: DomainError) -> tuple[int, str]:
    """Return the status and title of an error."""
    if error.code in _BY_CODE:
        return _BY_CODE[error.code]
    return next(translated for kind, translated in _BY_KIND.items() if isinstance(error, kind))


def problem_of(error: DomainError) -> Response:
    """Return the reply to an error."""
    status, title = status_of(error)
    return problem(status, title, error.text, error.code, **error.data)
