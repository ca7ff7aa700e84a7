"""What happened to invitations."""

from typing import ClassVar

from sarau.foundation.events.event import Event


class InviteCreated(Event, frozen=True, kw_only=True):
    """Somebody may bring others in."""

    activity: ClassVar[str | None] = "invite.created"
    invite_id: str
    role: str
    uses: int


class InviteAccepted(Event, frozen=True, kw_only=True):
    """Somebody came in by an invitation."""

    activity: ClassVar[str | None] = "invite.accepted"
    invite_id: str
    user_id: str
    username: str


class InviteRevoked(Event, frozen=True, kw_only=True):
    """An invitation was taken back."""

    activity: ClassVar[str | None] = "invite.revoked"
    invite_id: str
