"""Questions about sessions; a slice above people, so it joins their table."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, func, select

from sarau.accounts.roles.policies import permissions_of
from sarau.accounts.sessions.schemas import ApiKey, Session
from sarau.accounts.sessions.tables import api_keys, sessions
from sarau.accounts.users.tables import users
from sarau.foundation.database.query import Query, scalar
from sarau.foundation.database.reader import Reader
from sarau.foundation.database.types import EntityId, Instant
from sarau.foundation.security.actor import Actor
from sarau.kit.times import now
from sarau.kit.tokens import digest

_at = bindparam("at", type_=Instant())


class Holder(NamedTuple):
    """Who holds a session or a key, and when it was last noted as used."""

    user_id: str
    username: str
    role: str
    key_id: str
    last_used_at: datetime | None

    def actor(self, session_id: str | None, address: str | None) -> Actor:
        """Return the person as an actor."""
        return Actor(self.user_id, self.username, self.role, permissions_of(self.role), session_id, address)


_who = (users.c.id, users.c.username, users.c.role)
_SESSION_HOLDER = Query(
    select(*_who, sessions.c.id, sessions.c.last_used_at)
    .join(users, users.c.id == sessions.c.user_id)
    .where(
        sessions.c.id == bindparam("id", type_=EntityId()),
        sessions.c.expires_at > _at,
        users.c.disabled_at.is_(None),
    ),
    Holder,
)
_KEY_HOLDER = Query(
    select(*_who, api_keys.c.id, api_keys.c.last_used_at)
    .join(users, users.c.id == api_keys.c.user_id)
    .where(api_keys.c.digest == bindparam("digest"), users.c.disabled_at.is_(None)),
    Holder,
)
_USER_HOLDER = Query(
    select(*_who, users.c.id, users.c.disabled_at).where(
        users.c.id == bindparam("id", type_=EntityId()), users.c.disabled_at.is_(None)
    ),
    Holder,
)
_SESSIONS = Query(
    select(
        sessions.c.id,
        sessions.c.client,
        sessions.c.address,
        sessions.c.created_at,
        sessions.c.last_used_at,
        sessions.c.expires_at,
    )
    .where(sessions.c.user_id == bindparam("user_id", type_=EntityId()), sessions.c.expires_at > _at)
    .order_by(sessions.c.last_used_at.desc()),
    Session,
)
_KEYS = Query(
    select(api_keys.c.id, api_keys.c.name, api_keys.c.hint, api_keys.c.created_at, api_keys.c.last_used_at)
    .where(api_keys.c.user_id == bindparam("user_id", type_=EntityId()))
    .order_by(api_keys.c.id),
    ApiKey,
)
_KEY_COUNT = Query(select(func.count()).where(api_keys.c.user_id == bindparam("user_id", type_=EntityId())), scalar)


async def session_holder(reader: Reader, session_id: str) -> Holder | None:
    """Return who holds a session that is open, unless they are disabled."""
    return await reader.first(_SESSION_HOLDER, id=session_id, at=now())


async def key_holder(reader: Reader, secret: str) -> Holder | None:
    """Return who holds an API key, unless they are disabled."""
    return await reader.first(_KEY_HOLDER, digest=digest(secret))


async def person(reader: Reader, user_id: str) -> Holder | None:
    """Return a person whose proof lies elsewhere (a signed address), unless they are disabled."""
    return await reader.first(_USER_HOLDER, id=user_id)


async def sessions_of(reader: Reader, actor: Actor) -> list[Session]:
    """Return where the actor is signed in, last used first."""
    return await reader.all(_SESSIONS, user_id=actor.id, at=now())


async def api_keys_of(reader: Reader, actor: Actor) -> list[ApiKey]:
    """Return the actor's API keys, oldest first."""
    return await reader.all(_KEYS, user_id=actor.id)


async def api_key_count(reader: Reader, user_id: str) -> int:
    """Return how many API keys somebody has."""
    return int(await reader.one(_KEY_COUNT, user_id=user_id))
