"""Who acts."""

from dataclasses import dataclass, field
from typing import ClassVar

from sarau.foundation.errors import Forbidden
from sarau.foundation.security.permissions import Permission


class PermissionMissing(Forbidden):
    """The actor's role does not carry the permission."""

    code = "permission_missing"
    message = "Your role does not allow this."


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person, or the system itself, with what they may."""

    user_id: str | None
    username: str
    role: str
    permissions: frozenset[Permission] = field(repr=False)
    session_id: str | None = None
    address: str | None = None

    SYSTEM: ClassVar["Actor"]

    def may(self, permission: Permission) -> bool:
        """Tell whether the actor has a permission."""
        return permission in self.permissions

    def require(self, permission: Permission) -> None:
        """Raise PermissionMissing unless the actor has a permission."""
        if permission not in self.permissions:
            raise PermissionMissing(permission=permission.value)

    @property
    def id(self) -> str:
        """The user's id; an error for the system, which is nobody."""
        if self.user_id is None:
            raise PermissionMissing("The system itself cannot do this: it has no account.")
        return self.user_id


Actor.SYSTEM = Actor(None, "system", "system", frozenset(Permission))
