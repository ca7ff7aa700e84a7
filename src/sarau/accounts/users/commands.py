"""Changes to people."""

from datetime import timedelta

import msgspec
from sqlalchemy import bindparam, delete, func, insert, select, update

from sarau.accounts.roles.policies import Role, require_rank
from sarau.accounts.users import queries
from sarau.accounts.users.errors import AlreadySetUp, LastOwner, LinkExpired, NameTaken
from sarau.accounts.users.events import PasswordChanged, ResetLinkMade, RoleChanged, UserCreated, UserDisabled
from sarau.accounts.users.policies import name_key
from sarau.accounts.users.schemas import NewUser, ProfileChange, User, UserChange
from sarau.accounts.users.tables import one_time_links, users
from sarau.foundation.database.errors import Clash
from sarau.foundation.database.query import Change, Query, scalar
from sarau.foundation.database.types import EntityId, Instant
from sarau.foundation.database.work import Work
from sarau.foundation.errors import Invalid
from sarau.foundation.security.actor import Actor
from sarau.foundation.security.permissions import Permission
from sarau.kit.ids import new_id
from sarau.kit.text import clean
from sarau.kit.times import now
from sarau.kit.tokens import digest, new_token

RESET_LINK_TTL = timedelta(hours=24)
SETUP_LINK_TTL = timedelta(days=7)

_the_user = users.c.id == bindparam("the_id", type_=EntityId())
_INSERT = Change(insert(users))
_SET_PASSWORD = Change(update(users).where(_the_user).values(password_hash=bindparam("hash")))
_SET_ROLE = Change(update(users).where(_the_user).values(role=bindparam("role")))
_SET_DISABLED = Change(update(users).where(_the_user).values(disabled_at=bindparam("at", type_=Instant())))
_SET_QUOTA = Change(update(users).where(_the_user).values(quota_bytes=bindparam("quota")))
_SET_PROFILE = Change(
    update(users)
    .where(_the_user)
    .values(email=bindparam("email"), email_key=bindparam("key"), display_name=bindparam("name"))
)
_OTHER_OWNERS = Query(
    select(func.count()).where(users.c.role == Role.OWNER.value, users.c.disabled_at.is_(None), ~_the_user), scalar
)
# Locks the owners on PostgreSQL, so that two of them cannot each take the other's role at the same moment.
_LOCK_OWNERS = Query(select(users.c.id).where(users.c.role == Role.OWNER.value).with_for_update(), scalar)
_NEW_LINK = Change(insert(one_time_links))
_DROP_LINKS = Change(
    delete(one_time_links).where(
        one_time_links.c.purpose == bindparam("purpose"),
        one_time_links.c.user_id.is_not_distinct_from(bindparam("user_id", type_=EntityId())),
    )
)
_USE_LINK = Query(
    delete(one_time_links)
    .where(
        one_time_links.c.digest == bindparam("digest"),
        one_time_links.c.purpose == bindparam("purpose"),
        one_time_links.c.expires_at > bindparam("at", type_=Instant()),
    )
    .returning(one_time_links.c.user_id),
    scalar,
)


async def create_user(work: Work, actor: Actor | None, new: NewUser, password_hash: str, role: Role) -> User:
    """Make an account; raises NameTaken, Invalid, and RoleTooHigh where an actor gives more than they are."""
    if actor is not None:
        actor.require(Permission.USERS_MANAGE)
        require_rank(actor, role)
    user_id, username = new_id(), clean(new.username)
    if not new.username.strip().isprintable() or not name_key(username):
        raise Invalid("username", "it has characters that cannot be seen, or nothing but accents")
    try:
        await work.run(
            _INSERT,
            id=user_id,
            username=username,
            username_key=name_key(username),
            email=new.email,
            email_key=new.email and name_key(new.email),
            display_name=clean(new.display_name or "") or username,
            password_hash=password_hash,
            role=role.value,
            quota_bytes=None,
            created_at=now(),
            disabled_at=None,
        )
    except Clash as error:
        raise NameTaken from error
    await work.publish(
        UserCreated(actor_id=actor.user_id if actor else user_id, user_id=user_id, username=username, role=role.value)
    )
    return await queries.user(work, user_id)


async def set_up(work: Work, token: str, new: NewUser, password_hash: str) -> User:
    """Make the owner's account by the start-up link; raises LinkExpired, AlreadySetUp."""
    if await queries.anybody_here(work):
        raise AlreadySetUp
    if not await work.all(_USE_LINK, digest=digest(token), purpose="setup", at=now()):
        raise LinkExpired
    return await create_user(work, None, new, password_hash, Role.OWNER)


async def make_setup_token(work: Work) -> str:
    """Return the token of a new start-up link; older ones end. Raises AlreadySetUp."""
    if await queries.anybody_here(work):
        raise AlreadySetUp
    return await _make_link(work, "setup", None, SETUP_LINK_TTL)


async def _make_link(work: Work, purpose: str, user_id: str | None, ttl: timedelta) -> str:
    token = new_token()
    await work.run(_DROP_LINKS, purpose=purpose, user_id=user_id)
    await work.run(_NEW_LINK, digest=digest(token), purpose=purpose, user_id=user_id, expires_at=now() + ttl)
    return token


async def make_reset_token(work: Work, actor: Actor, user_id: str) -> str:
    """Return the token of a link by which somebody chooses a new password; older ones end."""
    actor.require(Permission.USERS_MANAGE)
    person = await queries.user(work, user_id)
    require_rank(actor, Role(person.role))
    token = await _make_link(work, "reset", user_id, RESET_LINK_TTL)
    await work.publish(ResetLinkMade(actor_id=actor.user_id, user_id=user_id, username=person.username))
    return token


async def reset_password(work: Work, token: str, password_hash: str) -> User:
    """Set a new password by a reset link, which ends with it; raises LinkExpired."""
    used = await work.all(_USE_LINK, digest=digest(token), purpose="reset", at=now())
    if not used or used[0] is None:
        raise LinkExpired
    return await set_password(work, used[0], password_hash, actor_id=used[0], how="reset link")


async def set_password(work: Work, user_id: str, password_hash: str, *, actor_id: str | None, how: str) -> User:
    """Give somebody a new password, and end the links that could give another."""
    person = await queries.user(work, user_id)
    await work.run(_SET_PASSWORD, the_id=user_id, hash=password_hash)
    await work.run(_DROP_LINKS, purpose="reset", user_id=user_id)
    await work.publish(PasswordChanged(actor_id=actor_id, user_id=user_id, username=person.username, how=how))
    return person


async def upgrade_hash(work: Work, user_id: str, password_hash: str) -> None:
    """Keep the same password under today's parameters."""
    await work.run(_SET_PASSWORD, the_id=user_id, hash=password_hash)


async def change_user(work: Work, actor: Actor, user_id: str, change: UserChange) -> User:
    """Change role, quota or whether somebody may sign in; raises LastOwner, RoleTooHigh."""
    actor.require(Permission.USERS_MANAGE)
    await work.all(_LOCK_OWNERS)
    person = await queries.user(work, user_id)
    require_rank(actor, Role(person.role))
    if change.role is not msgspec.UNSET and change.role != person.role:
        require_rank(actor, change.role)
        await _keep_an_owner(work, person)
        await work.run(_SET_ROLE, the_id=user_id, role=change.role.value)
        await work.publish(
            RoleChanged(
                actor_id=actor.user_id, user_id=user_id, username=person.username, old=person.role, new=change.role
            )
        )
    if change.disabled is not msgspec.UNSET and change.disabled != (person.disabled_at is not None):
        if change.disabled:
            await _keep_an_owner(work, person)
        await work.run(_SET_DISABLED, the_id=user_id, at=now() if change.disabled else None)
        await work.publish(
            UserDisabled(actor_id=actor.user_id, user_id=user_id, username=person.username, disabled=change.disabled)
        )
    if change.quota_bytes is not msgspec.UNSET:
        await work.run(_SET_QUOTA, the_id=user_id, quota=change.quota_bytes)
    return await queries.user(work, user_id)


async def _keep_an_owner(work: Work, leaving: User) -> None:
    if leaving.role == Role.OWNER and not await work.one(_OTHER_OWNERS, the_id=leaving.id):
        raise LastOwner


async def change_profile(work: Work, actor: Actor, change: ProfileChange) -> User:
    """Change one's own name or address; raises NameTaken."""
    me = await queries.user(work, actor.id)
    email = me.email if change.email is msgspec.UNSET else change.email
    name = me.display_name if change.display_name is msgspec.UNSET else clean(change.display_name) or me.username
    try:
        await work.run(_SET_PROFILE, the_id=me.id, email=email, key=email and name_key(email), name=name)
    except Clash as error:
        raise NameTaken from error
    return await queries.user(work, me.id)
