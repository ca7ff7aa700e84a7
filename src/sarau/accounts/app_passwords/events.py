"""What happened to app passwords."""

from typing import ClassVar

from sarau.foundation.events.event import Event


class AppPasswordCreated(Event, frozen=True, kw_only=True):
    """Somebody made an app password."""

    activity: ClassVar[str | None] = "app_password.created"
    app_password_id: str
    name: str


class AppPasswordRevoked(Event, frozen=True, kw_only=True):
    """Somebody revoked an app password."""

    activity: ClassVar[str | None] = "app_password.revoked"
    app_password_id: str
    name: str
