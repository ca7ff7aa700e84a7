"""Roles and their permissions."""

from enum import StrEnum

from sarau.foundation.errors import Forbidden
from sarau.foundation.security.actor import Actor
from sarau.foundation.security.permissions import Permission


class Role(StrEnum):
    """What somebody is in this house, from the least to the most."""

    GUEST = "guest"
    MEMBER = "member"
    ADMIN = "admin"
    OWNER = "owner"

    @property
    def rank(self) -> int:
        """The place in the order of roles."""
        return list(Role).index(self)


class RoleTooHigh(Forbidden):
    """Nobody gives, takes or touches a role above their own."""

    code = "role_too_high"
    message = "This role is above your own."


_GUEST = frozenset({Permission.LIBRARY_LISTEN})
_MEMBER = _GUEST | {
    Permission.LIBRARY_DOWNLOAD,
    Permission.LIBRARY_UPLOAD,
    Permission.LIBRARY_EDIT,
    Permission.INVITES_CREATE,
    Permission.SHARES_CREATE,
}
_ADMIN = _MEMBER | {
    Permission.LIBRARY_EDIT_ANY,
    Permission.LIBRARY_MANAGE,
    Permission.INVITES_MANAGE,
    Permission.SHARES_MANAGE,
    Permission.USERS_MANAGE,
    Permission.ACTIVITY_READ,
}
_OWNER = _ADMIN | {Permission.USERS_MANAGE_OWNERS}

_PERMISSIONS = {Role.GUEST: _GUEST, Role.MEMBER: _MEMBER, Role.ADMIN: _ADMIN, Role.OWNER: _OWNER}


def permissions_of(role: str) -> frozenset[Permission]:
    """Return what a role may do; nothing for a role that is unknown."""
    return _PERMISSIONS[Role(role)] if role in _PERMISSIONS else frozenset()


def require_rank(actor: Actor, role: Role) -> None:
    """Raise RoleTooHigh unless the actor may hand out or touch a role: not above their own; owners by owners."""
    if actor.user_id is None:
        return  # the system itself, from the command line
    own = Role(actor.role)
    if role.rank > own.rank or (role is Role.OWNER and not actor.may(Permission.USERS_MANAGE_OWNERS)):
        raise RoleTooHigh(role=role.value)
