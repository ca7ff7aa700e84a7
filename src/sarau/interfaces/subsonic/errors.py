"""Our errors as OpenSubsonic's codes; the one place where they meet."""

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
from sarau.interfaces.subsonic.writing import Failure

GENERIC, MISSING = 0, 10
CLIENT_TOO_OLD, SERVER_TOO_OLD = 20, 30
WRONG_PASSWORD, NO_TOKENS, NOT_SUPPORTED, CONFLICTING, BAD_KEY = 40, 41, 42, 43, 44
NOT_ALLOWED, NOT_FOUND = 50, 70

_BY_KIND: dict[type[DomainError], int] = {
    NotFound: NOT_FOUND,
    Forbidden: NOT_ALLOWED,
    Unauthenticated: WRONG_PASSWORD,
    Invalid: GENERIC,
    Conflict: GENERIC,
    Limited: GENERIC,
    Unavailable: GENERIC,
}


class Refused(Exception):
    """A request that the protocol has a code of its own for."""

    def __init__(self, code: int, message: str, help_url: str | None = None) -> None:
        super().__init__(message)
        self.failure = Failure(code, message, help_url)


class Missing(Refused):
    """A parameter that is needed, or that cannot be understood."""

    def __init__(self, name: str, why: str = "it is required") -> None:
        super().__init__(MISSING, f"Parameter {name!r}: {why}.")


def failure_of(error: DomainError) -> Failure:
    """Return what is told of an error."""
    code = next(code for kind, code in _BY_KIND.items() if isinstance(error, kind))
    return Failure(code, error.text)
