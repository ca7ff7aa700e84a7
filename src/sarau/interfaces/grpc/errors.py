"""Our errors as gRPC statuses; the one place where they meet gRPC."""

import math

from grpc import StatusCode

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

CODE_KEY = "sarau-code"
_BY_KIND: dict[type[DomainError], StatusCode] = {
    NotFound: StatusCode.NOT_FOUND,
    Forbidden: StatusCode.PERMISSION_DENIED,
    Unauthenticated: StatusCode.UNAUTHENTICATED,
    Invalid: StatusCode.INVALID_ARGUMENT,
    Conflict: StatusCode.FAILED_PRECONDITION,
    Limited: StatusCode.RESOURCE_EXHAUSTED,
    Unavailable: StatusCode.UNAVAILABLE,
}
# Where gRPC, or the contract of players that exist, has a better word than the kind's.
_BY_CODE = {
    "name_taken": StatusCode.ALREADY_EXISTS,
    "invite_not_good": StatusCode.PERMISSION_DENIED,
    "clash": StatusCode.ABORTED,
    "storage_full": StatusCode.RESOURCE_EXHAUSTED,
    "database_full": StatusCode.RESOURCE_EXHAUSTED,
    "wrong_offset": StatusCode.ABORTED,
    "parts_busy": StatusCode.ABORTED,
    "part_damaged": StatusCode.DATA_LOSS,
    "upload_damaged": StatusCode.DATA_LOSS,
    "offset_beyond_end": StatusCode.OUT_OF_RANGE,
}


class Garbage(Invalid):
    """A message that is not what the method takes."""

    code = "garbage"


class BrokenOff(Unavailable):
    """The other side went away, or fell silent, in the middle of what it had to say."""

    code = "broken_off"
    message = "The call broke off before its end."


class GoingDown(Unavailable):
    """The server is told to end."""

    code = "going_down"
    message = "The server is going down: please come back in a moment."


def status_of(error: DomainError) -> StatusCode:
    """Return the status of an error."""
    if error.code in _BY_CODE:
        return _BY_CODE[error.code]
    return next(status for kind, status in _BY_KIND.items() if isinstance(error, kind))


def trailing(error: DomainError) -> tuple[tuple[str, str], ...]:
    """Return what the trailing metadata tells of an error: its code, the field, when to come back."""
    told = [(CODE_KEY, error.code)]
    field = error.data.get("field")
    if isinstance(field, str) and field.isascii() and field.isprintable():
        told.append(("sarau-field", field))
    retry_after_s = error.data.get("retry_after_s")
    if retry_after_s is not None:
        told.append(("retry-after", str(max(1, math.ceil(retry_after_s)))))
    return tuple(told)
