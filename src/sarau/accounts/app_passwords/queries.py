"""Questions about app passwords; a slice above people, so it joins their table."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, func, or_, select

from sarau.accounts.app_passwords.schemas import AppPassword
from sarau.accounts.app_passwords.tables import app_passwords
from sarau.accounts.users.policies import name_key
from sarau.accounts.users.tables import users
from sarau.foundation.database.query import Query, scalar
from sarau.foundation.database.reader import Reader
from sarau.foundation.database.types import EntityId
from sarau.foundation.security.actor import Actor


class SealedPassword(NamedTuple):
    """An app password as it is kept, and whose it is."""

    user_id: str
    username: str
    role: str
    id: str
    last_used_at: datetime | None
    sealed: bytes


_mine = app_passwords.c.user_id == bindparam("user_id", type_=EntityId())
_ALL = Query(
    select(
        app_passwords.c.id,
        app_passwords.c.name,
        app_passwords.c.created_at,
        app_passwords.c.last_used_at,
        app_passwords.c.last_client,
    )
    .where(_mine)
    .order_by(app_passwords.c.id),
    AppPassword,
)
_COUNT = Query(select(func.count()).where(_mine), scalar)
_OF_LOGIN = Query(
    select(
        users.c.id,
        users.c.username,
        users.c.role,
        app_passwords.c.id,
        app_passwords.c.last_used_at,
        app_passwords.c.sealed,
    )
    .join(users, users.c.id == app_passwords.c.user_id)
    .where(
        or_(users.c.username_key == bindparam("key"), users.c.email_key == bindparam("key")),
        users.c.disabled_at.is_(None),
    )
    .order_by(app_passwords.c.last_used_at.desc()),
    SealedPassword,
)


async def app_passwords_of(reader: Reader, actor: Actor) -> list[AppPassword]:
    """Return the actor's app passwords, oldest first."""
    return await reader.all(_ALL, user_id=actor.id)


async def app_password_count(reader: Reader, user_id: str) -> int:
    """Return how many app passwords somebody has."""
    return int(await reader.one(_COUNT, user_id=user_id))


async def sealed_passwords(reader: Reader, login: str) -> list[SealedPassword]:
    """Return the app passwords of a username or e-mail address, none for somebody who is disabled."""
    return await reader.all(_OF_LOGIN, key=name_key(login))
