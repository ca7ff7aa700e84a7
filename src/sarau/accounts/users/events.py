"""What happened to people."""

from typing import ClassVar

from sarau.foundation.events.event import Event


class UserCreated(Event, frozen=True, kw_only=True):
    """Somebody has an account now."""

    activity: ClassVar[str | None] = "user.created"
    user_id: str
    username: str
    role: str


class RoleChanged(Event, frozen=True, kw_only=True):
    """Somebody's role changed."""

    activity: ClassVar[str | None] = "user.role_changed"
    user_id: str
    username: str
    old: str
    new: str


class UserDisabled(Event, frozen=True, kw_only=True):
    """Somebody can no longer sign in, or can again."""

    activity: ClassVar[str | None] = "user.disabled"
    user_id: str
    username: str
    disabled: bool


class PasswordChanged(Event, frozen=True, kw_only=True):
    """Somebody has a new password; all their other sessions are to end."""

    activity: ClassVar[str | None] = "user.password_changed"
    user_id: str
    username: str
    how: str


class ResetLinkMade(Event, frozen=True, kw_only=True):
    """A link to choose a new password was made for somebody."""

    activity: ClassVar[str | None] = "user.reset_link_made"
    user_id: str
    username: str
