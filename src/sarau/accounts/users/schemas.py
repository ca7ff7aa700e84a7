"""The language of people."""

from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from sarau.accounts.roles.policies import Role

# `$` alone would let a line end through.
Username = Annotated[str, Meta(min_length=2, max_length=40, pattern=r"^[^\s@/\\\x00-\x1f\x7f]+(?!\n)$")]
Email = Annotated[str, Meta(max_length=254, pattern=r"^[^@\s\x00-\x1f]+@[^@\s\x00-\x1f]+\.[^@\s\x00-\x1f]+(?!\n)$")]
Password = Annotated[str, Meta(min_length=10, max_length=1000)]
DisplayName = Annotated[str, Meta(max_length=80)]
QuotaBytes = Annotated[int, Meta(ge=0, le=2**60)]


class User(msgspec.Struct, frozen=True):
    """A person, as administrators and the person see it."""

    id: str
    username: str
    email: str | None
    display_name: str
    role: str
    quota_bytes: int | None
    created_at: datetime
    disabled_at: datetime | None


class NewUser(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An account to be made."""

    username: Username
    password: Password
    email: Email | None = None
    display_name: DisplayName | None = None


class UserChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an administrator changes; what is left out stays."""

    role: Role | msgspec.UnsetType = msgspec.UNSET
    disabled: bool | msgspec.UnsetType = msgspec.UNSET
    quota_bytes: QuotaBytes | msgspec.UnsetType | None = msgspec.UNSET


class ProfileChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What people change of themselves; what is left out stays."""

    email: Email | msgspec.UnsetType | None = msgspec.UNSET
    display_name: DisplayName | msgspec.UnsetType = msgspec.UNSET


class PasswordChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A new password in place of the present one."""

    current: Annotated[str, Meta(max_length=1000)]
    new: Password


class Credentials(msgspec.Struct, frozen=True):
    """What is needed to check a password; never leaves the server."""

    id: str
    username: str
    password_hash: str
    role: str
    disabled: bool
