"""The language of invitations."""

from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from sarau.accounts.roles.policies import Role
from sarau.accounts.users.schemas import Email


class NewInvite(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An invitation to be made."""

    role: Role = Role.MEMBER
    email: Email | None = None
    uses: Annotated[int, Meta(ge=1, le=1000)] = 1
    days: Annotated[int, Meta(ge=1, le=365)] = 14
    note: Annotated[str, Meta(max_length=200)] = ""


class Invite(msgspec.Struct, frozen=True):
    """An invitation as its inviter and administrators see it; state is open, used_up, expired or revoked."""

    id: str
    role: str
    email: str | None
    uses: int
    used: int
    note: str
    inviter_id: str | None
    inviter_name: str | None
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    state: str = "open"
    code: str | None = None


class InvitePreview(msgspec.Struct, frozen=True):
    """What somebody who holds the code is shown before accepting."""

    role: str
    email: str | None
    inviter_name: str | None
    expires_at: datetime
