"""The port for secrets that must be read again: sealed with a key that is not beside them."""

from typing import Protocol


class Vault(Protocol):
    """Seals short texts; each is bound to a text that says what it is of."""

    def seal(self, secret: str, bound_to: str) -> bytes:
        """Return the secret, encrypted and authenticated together with what it is bound to."""
        ...

    def open(self, sealed: bytes, bound_to: str) -> str | None:
        """Return the secret, or None if it was sealed with another key, for something else, or was changed."""
        ...
