"""Changes to sessions and API keys."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import bindparam, delete, func, insert, select, update

from sarau.accounts.sessions import queries
from sarau.accounts.sessions.errors import ApiKeyNotFound, SessionNotFound, TooManyKeys
from sarau.accounts.sessions.events import ApiKeyCreated, ApiKeyRevoked, SignedIn, SignedOut, TokenReused
from sarau.accounts.sessions.schemas import ApiKey, ApiKeyOnce, Client, NewApiKey, OpenSession
from sarau.accounts.sessions.tables import api_keys, refresh_tokens, sessions
from sarau.accounts.users.commands import set_password
from sarau.accounts.users.schemas import User
from sarau.foundation.database.query import Change, Query, scalar
from sarau.foundation.database.types import EntityId, Instant
from sarau.foundation.database.work import Work
from sarau.foundation.security.actor import Actor
from sarau.kit.ids import new_id
from sarau.kit.text import clean
from sarau.kit.times import now
from sarau.kit.tokens import digest, new_token

KEY_PREFIX = "sarau_"
_MAX_KEYS = 50
# How long a client may ask again whose answer was lost on its way, by a reload or a bad network.
_GRACE = timedelta(seconds=30)
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class Touched(NamedTuple):
    """A session of which somebody holds a refresh token, good or not."""

    session_id: str
    user_id: str


_at = bindparam("at", type_=Instant())
_the_session = sessions.c.id == bindparam("session_id", type_=EntityId())
_the_user = bindparam("user_id", type_=EntityId())

_OPEN = Change(insert(sessions))
_session_of = (
    select(refresh_tokens.c.session_id).where(refresh_tokens.c.digest == bindparam("digest")).scalar_subquery()
)
# Comes first: of several who refresh one session at once each waits for the one before.
_TOUCH = Query(
    update(sessions)
    .where(sessions.c.id == _session_of, sessions.c.expires_at >= _at)
    .values(last_used_at=_at, address=bindparam("address"), expires_at=bindparam("until", type_=Instant()))
    .returning(sessions.c.id, sessions.c.user_id),
    Touched,
)
_NEW_TOKEN = Change(insert(refresh_tokens))
_USE_TOKEN = Change(
    update(refresh_tokens)
    .where(refresh_tokens.c.digest == bindparam("the_digest"), refresh_tokens.c.used_at.is_(None))
    .values(used_at=_at)
)
_others = refresh_tokens.alias()
_last_used = (
    select(func.max(_others.c.used_at)).where(_others.c.session_id == refresh_tokens.c.session_id).scalar_subquery()
)
_USED_JUST_NOW = Query(
    select(refresh_tokens.c.digest).where(
        refresh_tokens.c.digest == bindparam("digest"),
        refresh_tokens.c.used_at == _last_used,
        refresh_tokens.c.used_at >= bindparam("since", type_=Instant()),
    ),
    scalar,
)
_REVOKE = Change(
    update(refresh_tokens)
    .where(
        refresh_tokens.c.session_id == bindparam("of_session", type_=EntityId()), refresh_tokens.c.used_at.is_(None)
    )
    .values(used_at=bindparam("long_ago", type_=Instant()))
)
_END = Change(delete(sessions).where(_the_session))
_END_MINE = Change(delete(sessions).where(_the_session, sessions.c.user_id == _the_user))
_END_ALL = Change(delete(sessions).where(sessions.c.user_id == _the_user))
_END_OTHERS = Change(delete(sessions).where(sessions.c.user_id == _the_user, ~_the_session))
_END_EXPIRED = Change(delete(sessions).where(sessions.c.expires_at < _at))
_NEW_KEY = Change(insert(api_keys))
_DROP_KEY = Query(
    delete(api_keys)
    .where(api_keys.c.id == bindparam("id", type_=EntityId()), api_keys.c.user_id == _the_user)
    .returning(api_keys.c.name),
    scalar,
)
_TOUCH_KEY = Change(
    update(api_keys).where(api_keys.c.id == bindparam("id", type_=EntityId())).values(last_used_at=_at)
)


async def open_session(work: Work, user: User, client: Client, ttl_s: int) -> OpenSession:
    """Open a session for somebody who proved who they are."""
    session_id, moment = new_id(), now()
    await work.run(
        _OPEN,
        id=session_id,
        user_id=user.id,
        client=clean(client.name)[:200],
        address=client.address,
        created_at=moment,
        last_used_at=moment,
        expires_at=moment + timedelta(seconds=ttl_s),
    )
    await work.publish(
        SignedIn(actor_id=user.id, address=client.address, username=user.username, client=clean(client.name)[:200])
    )
    return OpenSession(session_id, user.id, await _new_refresh_token(work, session_id))


async def _new_refresh_token(work: Work, session_id: str) -> str:
    token = new_token()
    await work.run(_NEW_TOKEN, digest=digest(token), session_id=session_id, created_at=now(), used_at=None)
    return token


async def refresh_session(work: Work, token: str, client: Client, ttl_s: int) -> OpenSession | None:
    """Trade a refresh token for the next one, or return None when it is no longer good.

    One that comes again soon, its successor unused, lost its answer: the successor is revoked and another given, so
    that one token at a time is good. Any other that comes a second time was copied: its session ends, whoever holds
    the newer token. The edge commits that before it answers, so this is no error here.
    """
    moment = now()
    until = moment + timedelta(seconds=ttl_s)
    session = await work.first(_TOUCH, digest=digest(token), at=moment, address=client.address, until=until)
    if session is None:
        return None
    if not await work.run(_USE_TOKEN, the_digest=digest(token), at=moment) and not await _lost(work, session, token):
        await work.run(_END, session_id=session.session_id)
        await work.publish(
            TokenReused(actor_id=session.user_id, address=client.address, session_id=session.session_id)
        )
        return None
    holder = await queries.session_holder(work, session.session_id)
    if holder is None:
        return None
    return OpenSession(session.session_id, holder.user_id, await _new_refresh_token(work, session.session_id))


async def _lost(work: Work, session: Touched, token: str) -> bool:
    """Tell whether a token was used just now and its successor never, which is then revoked."""
    if await work.first(_USED_JUST_NOW, digest=digest(token), since=now() - _GRACE) is None:
        return False
    return await work.run(_REVOKE, of_session=session.session_id, long_ago=_LONG_AGO) > 0


async def sign_out(work: Work, actor: Actor, session_id: str) -> None:
    """End one of the actor's sessions; raises SessionNotFound."""
    if not await work.run(_END_MINE, session_id=session_id, user_id=actor.id):
        raise SessionNotFound
    await work.publish(SignedOut(actor_id=actor.id, address=actor.address, session_id=session_id))


async def end_sessions_of(work: Work, user_id: str, *, but: str | None = None) -> None:
    """End all sessions of somebody, or all but one."""
    if but is None:
        await work.run(_END_ALL, user_id=user_id)
    else:
        await work.run(_END_OTHERS, user_id=user_id, session_id=but)


async def replace_password(
    work: Work, user_id: str, password_hash: str, *, actor_id: str | None, how: str, keep: str | None = None
) -> User:
    """Give somebody a new password and end their sessions, all but the one to keep."""
    await end_sessions_of(work, user_id, but=keep)
    return await set_password(work, user_id, password_hash, actor_id=actor_id, how=how)


async def end_expired_sessions(work: Work) -> int:
    """Forget sessions whose time is over; returns how many."""
    return await work.run(_END_EXPIRED, at=now())


async def create_api_key(work: Work, actor: Actor, new: NewApiKey) -> ApiKeyOnce:
    """Make an API key; raises TooManyKeys."""
    if await queries.api_key_count(work, actor.id) >= _MAX_KEYS:
        raise TooManyKeys
    secret = KEY_PREFIX + new_token()
    key = ApiKey(new_id(), clean(new.name) or "app", secret[: len(KEY_PREFIX) + 4], now(), None)
    await work.run(
        _NEW_KEY,
        id=key.id,
        user_id=actor.id,
        name=key.name,
        hint=key.hint,
        digest=digest(secret),
        created_at=key.created_at,
        last_used_at=None,
    )
    await work.publish(ApiKeyCreated(actor_id=actor.id, address=actor.address, key_id=key.id, name=key.name))
    return ApiKeyOnce(key, secret)


async def revoke_api_key(work: Work, actor: Actor, key_id: str) -> None:
    """Revoke one of the actor's API keys; raises ApiKeyNotFound."""
    dropped = await work.all(_DROP_KEY, id=key_id, user_id=actor.id)
    if not dropped:
        raise ApiKeyNotFound
    await work.publish(ApiKeyRevoked(actor_id=actor.id, address=actor.address, key_id=key_id, name=dropped[0]))


async def note_key_use(work: Work, key_id: str) -> None:
    """Note that a key was used now."""
    await work.run(_TOUCH_KEY, id=key_id, at=now())
