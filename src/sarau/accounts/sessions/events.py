"""What happened at the door."""

from typing import ClassVar

from sarau.foundation.events.event import Event


class SignedIn(Event, frozen=True, kw_only=True):
    """Somebody signed in."""

    activity: ClassVar[str | None] = "session.signed_in"
    username: str
    client: str


class SignInFailed(Event, frozen=True, kw_only=True):
    """Somebody tried a name and password that are not right.

    A name nobody has is not told: people type their password there by mistake.
    """

    activity: ClassVar[str | None] = "session.sign_in_failed"
    username: str | None
    reason: str


class SignedOut(Event, frozen=True, kw_only=True):
    """A session was ended by its person."""

    activity: ClassVar[str | None] = "session.signed_out"
    session_id: str


class TokenReused(Event, frozen=True, kw_only=True):
    """A refresh token came a second time: somebody may have copied it, and the session was ended."""

    activity: ClassVar[str | None] = "session.token_reused"
    session_id: str


class ApiKeyCreated(Event, frozen=True, kw_only=True):
    """Somebody made an API key."""

    activity: ClassVar[str | None] = "api_key.created"
    key_id: str
    name: str


class ApiKeyRevoked(Event, frozen=True, kw_only=True):
    """Somebody revoked an API key."""

    activity: ClassVar[str | None] = "api_key.revoked"
    key_id: str
    name: str
