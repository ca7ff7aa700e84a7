"""What can go wrong, in seven kinds. Each protocol translates the kinds; none of them is known here."""

from collections.abc import Mapping
from typing import Any, ClassVar


class DomainError(Exception):
    """A fact gone wrong, with a stable code, a message safe to show, and data."""

    code: ClassVar[str] = "error"
    message: ClassVar[str] = "Something went wrong."

    def __init__(self, message: str | None = None, **data: Any) -> None:
        self.text = message or self.message
        self.data: Mapping[str, Any] = data
        super().__init__(self.text)


class NotFound(DomainError):
    """There is no such thing, or the viewer may not know that there is."""

    code = "not_found"
    message = "There is no such thing here."


class Forbidden(DomainError):
    """The actor is known and may not do this."""

    code = "forbidden"
    message = "You may not do this."


class Unauthenticated(DomainError):
    """Nobody is signed in, or the proof of it is no longer good."""

    code = "unauthenticated"
    message = "Please sign in."


class Invalid(DomainError):
    """Something given is outside its domain; `field` in the data names it."""

    code = "invalid"
    message = "Something given is not valid."

    def __init__(self, field: str, reason: str, **data: Any) -> None:
        super().__init__(f"{field}: {reason}", field=field, reason=reason, **data)


class Conflict(DomainError):
    """It clashes with what is already there."""

    code = "conflict"
    message = "This clashes with something that is already there."


class Limited(DomainError):
    """Too much or too often; `retry_after_s` in the data says when to come back, where waiting helps."""

    code = "limited"
    message = "Too many attempts: please wait a little."


class Unavailable(DomainError):
    """Something we depend on does not answer or is full."""

    code = "unavailable"
    message = "This is not available just now."
