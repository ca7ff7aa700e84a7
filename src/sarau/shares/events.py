"""What happened to public links."""

from typing import ClassVar

from sarau.foundation.events.event import Event


class ShareCreated(Event, frozen=True, kw_only=True):
    """Somebody made a public link."""

    activity: ClassVar[str | None] = "share.created"
    share_id: str
    kind: str
    title: str
    has_password: bool


class ShareRevoked(Event, frozen=True, kw_only=True):
    """Somebody took a public link back."""

    activity: ClassVar[str | None] = "share.revoked"
    share_id: str
    title: str
