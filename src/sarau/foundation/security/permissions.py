"""The names of what one may be allowed to do."""

from enum import StrEnum


class Permission(StrEnum):
    """A named permission; roles map to sets of them."""

    LIBRARY_LISTEN = "library.listen"
    LIBRARY_DOWNLOAD = "library.download"
    LIBRARY_UPLOAD = "library.upload"
    LIBRARY_EDIT = "library.edit"
    LIBRARY_EDIT_ANY = "library.edit_any"
    LIBRARY_MANAGE = "library.manage"
    INVITES_CREATE = "invites.create"
    INVITES_MANAGE = "invites.manage"
    SHARES_CREATE = "shares.create"
    SHARES_MANAGE = "shares.manage"
    USERS_MANAGE = "users.manage"
    USERS_MANAGE_OWNERS = "users.manage_owners"
    ACTIVITY_READ = "activity.read"
