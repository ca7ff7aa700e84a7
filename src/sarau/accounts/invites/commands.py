"""Changes to invitations."""

from datetime import timedelta

from sqlalchemy import bindparam, insert, update

from sarau.accounts.invites import queries
from sarau.accounts.invites.errors import InviteNotGood, InviteOver, TooManyInvites, WrongAddress
from sarau.accounts.invites.events import InviteAccepted, InviteCreated, InviteRevoked
from sarau.accounts.invites.policies import code_digest, code_of
from sarau.accounts.invites.schemas import Invite, NewInvite
from sarau.accounts.invites.tables import invites
from sarau.accounts.roles.policies import Role, require_rank
from sarau.accounts.users.commands import create_user
from sarau.accounts.users.policies import name_key
from sarau.accounts.users.schemas import NewUser, User
from sarau.foundation.database.query import Change
from sarau.foundation.database.types import EntityId, Instant
from sarau.foundation.database.work import Work
from sarau.foundation.security.actor import Actor
from sarau.foundation.security.permissions import Permission
from sarau.foundation.security.tokens import Signer
from sarau.kit.ids import new_id
from sarau.kit.text import clean
from sarau.kit.times import now

_MAX_OPEN = 100
_the_invite = invites.c.id == bindparam("the_id", type_=EntityId())
_INSERT = Change(insert(invites))
_REVOKE = Change(update(invites).where(_the_invite).values(revoked_at=bindparam("at", type_=Instant())))
# The condition decides, not what was read before: two people with one last use cannot both come in.
_USE = Change(
    update(invites)
    .where(_the_invite, invites.c.used < invites.c.uses, invites.c.revoked_at.is_(None))
    .values(used=invites.c.used + 1)
)


async def create_invite(work: Work, actor: Actor, signer: Signer, new: NewInvite) -> Invite:
    """Make an invitation, to a role no higher than the actor's own; raises TooManyInvites."""
    actor.require(Permission.INVITES_CREATE)
    require_rank(actor, new.role)
    if actor.user_id and await queries.open_invites(work, actor.user_id) >= _MAX_OPEN:
        raise TooManyInvites
    invite_id, moment = new_id(), now()
    await work.run(
        _INSERT,
        id=invite_id,
        digest=code_digest(code_of(signer, invite_id)),
        role=new.role.value,
        email=new.email,
        uses=new.uses,
        used=0,
        note=clean(new.note),
        inviter_id=actor.user_id,
        created_at=moment,
        expires_at=moment + timedelta(days=new.days),
        revoked_at=None,
    )
    await work.publish(
        InviteCreated(
            actor_id=actor.user_id, address=actor.address, invite_id=invite_id, role=new.role.value, uses=new.uses
        )
    )
    return await queries.invite(work, actor, signer, invite_id)


async def revoke_invite(work: Work, actor: Actor, signer: Signer, invite_id: str) -> None:
    """Take an invitation back; raises InviteNotFound, InviteOver."""
    found = await queries.invite(work, actor, signer, invite_id)
    if found.state != "open":
        raise InviteOver
    await work.run(_REVOKE, the_id=invite_id, at=now())
    await work.publish(InviteRevoked(actor_id=actor.user_id, address=actor.address, invite_id=invite_id))


async def accept_invite(work: Work, code: str, new: NewUser, password_hash: str) -> User:
    """Make the account an invitation promises; raises InviteNotGood, WrongAddress, NameTaken."""
    found = await queries.good_invite(work, code)
    if found.email is not None and (new.email is None or name_key(new.email) != name_key(found.email)):
        raise WrongAddress
    if not await work.run(_USE, the_id=found.id):
        raise InviteNotGood
    user = await create_user(work, None, new, password_hash, Role(found.role))
    await work.publish(InviteAccepted(actor_id=user.id, invite_id=found.id, user_id=user.id, username=user.username))
    return user
