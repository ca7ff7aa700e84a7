"""Questions about people."""

from sqlalchemy import bindparam, func, or_, select

from sarau.accounts.users.errors import LinkExpired, UserNotFound
from sarau.accounts.users.policies import name_key
from sarau.accounts.users.schemas import Credentials, User
from sarau.accounts.users.tables import one_time_links, users
from sarau.foundation.database.query import Query, scalar
from sarau.foundation.database.reader import Reader
from sarau.foundation.database.types import EntityId, Instant
from sarau.kit.times import now
from sarau.kit.tokens import digest

_COLUMNS = (
    users.c.id,
    users.c.username,
    users.c.email,
    users.c.display_name,
    users.c.role,
    users.c.quota_bytes,
    users.c.created_at,
    users.c.disabled_at,
)
_USERS = Query(select(*_COLUMNS).order_by(users.c.username_key), User)
_USER = Query(select(*_COLUMNS).where(users.c.id == bindparam("id", type_=EntityId())), User)
_BY_NAME = Query(select(*_COLUMNS).where(users.c.username_key == bindparam("key")), User)
_COUNT = Query(select(func.count()).select_from(users), scalar)
_credentials = select(
    users.c.id, users.c.username, users.c.password_hash, users.c.role, users.c.disabled_at.isnot(None)
)
_BY_LOGIN = Query(
    _credentials.where(or_(users.c.username_key == bindparam("key"), users.c.email_key == bindparam("key"))),
    Credentials,
)
_CREDENTIALS = Query(_credentials.where(users.c.id == bindparam("id", type_=EntityId())), Credentials)
_LINK = Query(
    select(users.c.id, users.c.username)
    .select_from(one_time_links.outerjoin(users, users.c.id == one_time_links.c.user_id))
    .where(
        one_time_links.c.digest == bindparam("digest"),
        one_time_links.c.purpose == bindparam("purpose"),
        one_time_links.c.expires_at > bindparam("at", type_=Instant()),
    ),
    lambda user_id, username: (user_id, username),
)


async def all_users(reader: Reader) -> list[User]:
    """Return everybody, by name."""
    return await reader.all(_USERS)


async def user(reader: Reader, user_id: str) -> User:
    """Return one person; raises UserNotFound."""
    found = await reader.first(_USER, id=user_id)
    if found is None:
        raise UserNotFound
    return found


async def user_named(reader: Reader, username: str) -> User:
    """Return one person by username; raises UserNotFound."""
    found = await reader.first(_BY_NAME, key=name_key(username))
    if found is None:
        raise UserNotFound(f"There is nobody named {username!r}.")
    return found


async def anybody_here(reader: Reader) -> bool:
    """Tell whether the house has any account."""
    return bool(await reader.one(_COUNT))


async def credentials_of_login(reader: Reader, login: str) -> Credentials | None:
    """Return what checks a sign-in by username or e-mail address."""
    return await reader.first(_BY_LOGIN, key=name_key(login))


async def credentials_of(reader: Reader, user_id: str) -> Credentials:
    """Return what checks a person's password; raises UserNotFound."""
    found = await reader.first(_CREDENTIALS, id=user_id)
    if found is None:
        raise UserNotFound
    return found


async def reset_link_owner(reader: Reader, token: str) -> str:
    """Return the username a reset link is for; raises LinkExpired."""
    found = await reader.first(_LINK, digest=digest(token), purpose="reset", at=now())
    if found is None or found[1] is None:
        raise LinkExpired
    return str(found[1])


async def require_setup_link(reader: Reader, token: str) -> None:
    """Raise LinkExpired unless the token is that of a good set-up link."""
    if await reader.first(_LINK, digest=digest(token), purpose="setup", at=now()) is None:
        raise LinkExpired
