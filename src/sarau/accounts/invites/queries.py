"""Questions about invitations."""

import msgspec
from sqlalchemy import bindparam, func, or_, select

from sarau.accounts.invites.errors import InviteNotFound, InviteNotGood
from sarau.accounts.invites.policies import code_digest, code_of, state_of, still_stands
from sarau.accounts.invites.schemas import Invite, InvitePreview
from sarau.accounts.invites.tables import invites
from sarau.accounts.users.tables import users
from sarau.foundation.database.query import Query, scalar
from sarau.foundation.database.reader import Reader
from sarau.foundation.database.types import EntityId, Instant
from sarau.foundation.security.actor import Actor
from sarau.foundation.security.permissions import Permission
from sarau.foundation.security.tokens import Signer
from sarau.kit.times import now

_invite = select(
    invites.c.id,
    invites.c.role,
    invites.c.email,
    invites.c.uses,
    invites.c.used,
    invites.c.note,
    invites.c.inviter_id,
    users.c.display_name,
    invites.c.created_at,
    invites.c.expires_at,
    invites.c.revoked_at,
).select_from(invites.outerjoin(users, users.c.id == invites.c.inviter_id))
_may_see = or_(bindparam("all_of_them"), invites.c.inviter_id == bindparam("viewer_id", type_=EntityId()))
_VISIBLE = Query(_invite.where(_may_see).order_by(invites.c.id.desc()).limit(1000), Invite)
_ONE = Query(_invite.where(_may_see, invites.c.id == bindparam("id", type_=EntityId())), Invite)
# An invitation dies with the account of who made it, and with their right to make it.
_BY_CODE = Query(
    _invite.add_columns(users.c.role).where(invites.c.digest == bindparam("digest"), users.c.disabled_at.is_(None)),
    lambda *row: (Invite(*row[:-1]), row[-1]),
)
_OPEN_COUNT = Query(
    select(func.count()).where(
        invites.c.inviter_id == bindparam("inviter_id", type_=EntityId()),
        invites.c.revoked_at.is_(None),
        invites.c.used < invites.c.uses,
        invites.c.expires_at > bindparam("at", type_=Instant()),
    ),
    scalar,
)


def _with_state(invite: Invite, signer: Signer | None = None) -> Invite:
    state = state_of(invite.used, invite.uses, invite.expires_at, invite.revoked_at, now())
    code = code_of(signer, invite.id) if signer and state == "open" else None
    return msgspec.structs.replace(invite, state=state, code=code)


def _viewer(actor: Actor) -> dict[str, str | bool | None]:
    return {"viewer_id": actor.user_id, "all_of_them": actor.may(Permission.INVITES_MANAGE)}


async def visible_invites(reader: Reader, actor: Actor, signer: Signer) -> list[Invite]:
    """Return the invitations the actor made, or all for who manages them, newest first; open ones with their code."""
    return [_with_state(invite, signer) for invite in await reader.all(_VISIBLE, **_viewer(actor))]


async def invite(reader: Reader, actor: Actor, signer: Signer, invite_id: str) -> Invite:
    """Return one invitation; raises InviteNotFound."""
    found = await reader.first(_ONE, id=invite_id, **_viewer(actor))
    if found is None:
        raise InviteNotFound
    return _with_state(found, signer)


async def good_invite(reader: Reader, code: str) -> Invite:
    """Return the open invitation that has a code; raises InviteNotGood."""
    found, inviter_role = await reader.first(_BY_CODE, digest=code_digest(code)) or (None, None)
    if found is None or not still_stands(found.role, inviter_role):
        raise InviteNotGood
    shown = _with_state(found)
    if shown.state != "open":
        raise InviteNotGood
    return shown


async def invite_preview(reader: Reader, code: str) -> InvitePreview:
    """Return what the holder of a code is shown; raises InviteNotGood."""
    found = await good_invite(reader, code)
    return InvitePreview(found.role, found.email, found.inviter_name, found.expires_at)


async def open_invites(reader: Reader, inviter_id: str) -> int:
    """Return how many open invitations somebody has made."""
    return int(await reader.one(_OPEN_COUNT, inviter_id=inviter_id, at=now()))
