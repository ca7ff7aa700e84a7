"""Changes to app passwords."""

import secrets

from sqlalchemy import bindparam, delete, insert, update

from sarau.accounts.app_passwords import queries
from sarau.accounts.app_passwords.errors import AppPasswordNotFound, TooManyAppPasswords
from sarau.accounts.app_passwords.events import AppPasswordCreated, AppPasswordRevoked
from sarau.accounts.app_passwords.schemas import AppPassword, AppPasswordOnce, NewAppPassword
from sarau.accounts.app_passwords.tables import app_passwords
from sarau.foundation.database.query import Change, Query, scalar
from sarau.foundation.database.types import EntityId, Instant
from sarau.foundation.database.work import Work
from sarau.foundation.security.actor import Actor
from sarau.foundation.security.vault import Vault
from sarau.kit.ids import new_id
from sarau.kit.text import clean
from sarau.kit.times import now
from sarau.kit.tokens import code_from

MAX_APP_PASSWORDS = 25
_LENGTH = 20  # five bits each: letters and digits that can be typed with a television's remote control

_the_one = app_passwords.c.id == bindparam("the_id", type_=EntityId())
_NEW = Change(insert(app_passwords))
_DROP = Query(
    delete(app_passwords)
    .where(_the_one, app_passwords.c.user_id == bindparam("by", type_=EntityId()))
    .returning(app_passwords.c.name),
    scalar,
)
_TOUCH = Change(
    update(app_passwords)
    .where(_the_one)
    .values(last_used_at=bindparam("at", type_=Instant()), last_client=bindparam("client"))
)


async def create_app_password(work: Work, actor: Actor, vault: Vault, new: NewAppPassword) -> AppPasswordOnce:
    """Make an app password; raises TooManyAppPasswords."""
    if await queries.app_password_count(work, actor.id) >= MAX_APP_PASSWORDS:
        raise TooManyAppPasswords(max=MAX_APP_PASSWORDS)
    secret = code_from(secrets.token_bytes(_LENGTH), _LENGTH)
    made = AppPassword(new_id(), clean(new.name) or "app", now(), None, None)
    await work.run(
        _NEW,
        id=made.id,
        user_id=actor.id,
        name=made.name,
        sealed=vault.seal(secret, bound_to(actor.id, made.id)),
        created_at=made.created_at,
        last_used_at=None,
        last_client=None,
    )
    await work.publish(
        AppPasswordCreated(actor_id=actor.id, address=actor.address, app_password_id=made.id, name=made.name)
    )
    return AppPasswordOnce(made, secret)


def bound_to(user_id: str, app_password_id: str) -> str:
    """Return what a sealed secret is bound to: moved to another row, it cannot be opened."""
    return f"app password {user_id} {app_password_id}"


async def revoke_app_password(work: Work, actor: Actor, app_password_id: str) -> None:
    """Revoke one of the actor's app passwords; raises AppPasswordNotFound."""
    dropped = await work.all(_DROP, the_id=app_password_id, by=actor.id)
    if not dropped:
        raise AppPasswordNotFound
    await work.publish(
        AppPasswordRevoked(actor_id=actor.id, address=actor.address, app_password_id=app_password_id, name=dropped[0])
    )


async def note_app_password_use(work: Work, app_password_id: str, client: str) -> None:
    """Note that an app password was used now, by an app that calls itself so."""
    await work.run(_TOUCH, the_id=app_password_id, at=now(), client=clean(client)[:100] or None)
