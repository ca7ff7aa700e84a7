"""The door: proofs of who somebody is, with the limits on guessing.

Passwords are hashed between a Reader and a Work, never inside one: that is why these steps stand at the edge.
"""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import NamedTuple

from sarau.accounts.invites import commands as invite_commands
from sarau.accounts.invites import queries as invite_queries
from sarau.accounts.invites.schemas import InvitePreview
from sarau.accounts.sessions import commands, queries
from sarau.accounts.sessions.commands import KEY_PREFIX
from sarau.accounts.sessions.errors import (
    AccountDisabled,
    SessionEnded,
    TooManyAttempts,
    WrongCredentials,
)
from sarau.accounts.sessions.events import SignInFailed
from sarau.accounts.sessions.schemas import Client, OpenSession, SignIn
from sarau.accounts.users import commands as user_commands
from sarau.accounts.users import queries as user_queries
from sarau.accounts.users.errors import WrongPassword
from sarau.accounts.users.policies import name_key, require_good_password
from sarau.accounts.users.schemas import NewUser, PasswordChange, User
from sarau.foundation.cache import RateLimit
from sarau.foundation.database.database import Database
from sarau.foundation.database.work import Work
from sarau.foundation.security.actor import Actor
from sarau.foundation.security.passwords import hash_password, needs_rehash, verify_password
from sarau.foundation.security.tokens import Signer
from sarau.foundation.settings.sections import Security
from sarau.interfaces.common.addresses import limit_key
from sarau.interfaces.common.recollection import Recollection
from sarau.kit.times import now

_WINDOW_S = 300
_NOTE_KEY_EVERY = timedelta(minutes=10)


class Admitted(NamedTuple):
    """Somebody who came in, and their open session."""

    user: User
    session: OpenSession
    access_token: str


class Entrance:
    """Lets people in, and says who a proof belongs to."""

    def __init__(self, database: Database, signer: Signer, limits: RateLimit, settings: Security) -> None:
        self._database = database
        self._signer = signer
        self._limits = limits
        self._settings = settings
        self._holders: Recollection[queries.Holder | None] = Recollection(database)

    async def _limited(self, what: str, client: Client, account: str | None = None) -> None:
        """Count an attempt, by address and by account; raises TooManyAttempts."""
        counted = [(f"{what} from {limit_key(client.address)}", self._settings.address_attempts)]
        if account is not None:
            counted.append((f"{what} of {account}", self._settings.sign_in_attempts))
        for key, limit in counted:
            allowance = await self._limits.hit(key, limit=limit, window_s=_WINDOW_S)
            if not allowance.allowed:
                raise TooManyAttempts(retry_after_s=round(allowance.retry_after_s, 1))

    async def sign_in(self, given: SignIn, client: Client) -> Admitted:
        """Open a session for a name and password; raises WrongCredentials, AccountDisabled, TooManyAttempts."""
        account = name_key(given.login)
        await self._limited("sign-in", client, account)
        async with self._database.reading() as reader:
            known = await user_queries.credentials_of_login(reader, given.login)
        right = await verify_password(given.password, known.password_hash if known else None)
        if known is None or not right or known.disabled:
            reason = "disabled" if right else ("wrong password" if known else "unknown name")
            async with self._database.working() as work:
                await work.publish(
                    SignInFailed(
                        actor_id=known.id if known else None,
                        address=client.address,
                        username=known.username if known else None,
                        reason=reason,
                    )
                )
            raise AccountDisabled if right else WrongCredentials
        rehashed = await hash_password(given.password) if needs_rehash(known.password_hash) else None
        async with self._database.working() as work:
            if rehashed is not None:
                await user_commands.upgrade_hash(work, known.id, rehashed)
            user = await user_queries.user(work, known.id)
            session = await commands.open_session(work, user, client, self._settings.session_ttl_s)
        await self._limits.forget(f"sign-in of {account}")
        return self._admit(user, session)

    def _admit(self, user: User, session: OpenSession) -> Admitted:
        token = self._signer.access_token(user.id, session.session_id, self._settings.access_ttl_s)
        return Admitted(user, session, token)

    def lasting_token(self, admitted: Admitted) -> str:
        """Return an access token as good as the session: for players that cannot refresh theirs."""
        session = admitted.session
        return self._signer.access_token(session.user_id, session.session_id, self._settings.session_ttl_s)

    async def _come_in(
        self,
        client: Client,
        password: str,
        names: tuple[str | None, ...],
        make: Callable[[Work, str], Awaitable[User]],
    ) -> Admitted:
        """Hash a new password, change what is to be changed, and open a session."""
        require_good_password(password, *names)
        password_hash = await hash_password(password)
        async with self._database.working() as work:
            user = await make(work, password_hash)
            session = await commands.open_session(work, user, client, self._settings.session_ttl_s)
        return self._admit(user, session)

    async def set_up(self, token: str, new: NewUser, client: Client) -> Admitted:
        """Make the owner's account by the start-up link; raises LinkExpired, AlreadySetUp."""
        await self._limited("set-up", client)
        async with self._database.reading() as reader:
            await user_queries.require_setup_link(reader, token)
        return await self._come_in(
            client,
            new.password,
            (new.username, new.email),
            lambda work, hashed: user_commands.set_up(work, token, new, hashed),
        )

    async def preview_invite(self, code: str, client: Client) -> InvitePreview:
        """Return what an invitation promises; raises InviteNotGood, TooManyAttempts."""
        await self._limited("invite", client)
        async with self._database.reading() as reader:
            return await invite_queries.invite_preview(reader, code)

    async def register(self, code: str, new: NewUser, client: Client) -> Admitted:
        """Make an account by an invitation; raises InviteNotGood, WrongAddress, NameTaken, TooManyAttempts."""
        await self._limited("register", client, name_key(new.username))
        async with self._database.reading() as reader:
            await invite_queries.good_invite(reader, code)
        return await self._come_in(
            client,
            new.password,
            (new.username, new.email),
            lambda work, hashed: invite_commands.accept_invite(work, code, new, hashed),
        )

    async def reset_owner(self, token: str, client: Client) -> str:
        """Return whose password a reset link sets; raises LinkExpired, TooManyAttempts."""
        await self._limited("reset", client)
        async with self._database.reading() as reader:
            return await user_queries.reset_link_owner(reader, token)

    async def reset(self, token: str, password: str, client: Client) -> Admitted:
        """Set a password by a reset link; all the person's sessions end.

        Raises LinkExpired, TooManyAttempts, AccountDisabled.
        """
        name = await self.reset_owner(token, client)
        await self._limited("reset", client, name_key(name))

        async def change(work: Work, hashed: str) -> User:
            user = await user_commands.reset_password(work, token, hashed)
            if user.disabled_at is not None:
                raise AccountDisabled
            await commands.end_sessions_of(work, user.id)
            return user

        return await self._come_in(client, password, (name,), change)

    async def change_password(self, actor: Actor, change: PasswordChange, client: Client) -> None:
        """Change one's own password; the other sessions end. Raises WrongPassword, WeakPassword."""
        await self._limited("password", client, actor.id)
        async with self._database.reading() as reader:
            known = await user_queries.credentials_of(reader, actor.id)
        if not await verify_password(change.current, known.password_hash):
            raise WrongPassword
        require_good_password(change.new, known.username)
        hashed = await hash_password(change.new)
        async with self._database.working() as work:
            await commands.replace_password(
                work, actor.id, hashed, actor_id=actor.id, how="by themselves", keep=actor.session_id
            )

    async def refresh(self, token: str, client: Client) -> Admitted:
        """Trade a refresh token for new tokens; raises SessionEnded."""
        async with self._database.working() as work:
            session = await commands.refresh_session(work, token, client, self._settings.session_ttl_s)
            user = await user_queries.user(work, session.user_id) if session else None
        if session is None or user is None:
            raise SessionEnded
        return self._admit(user, session)

    async def holder_of_access(self, token: str, address: str | None) -> Actor | None:
        """Return who an access token belongs to, while their session is open."""
        claims = self._signer.read_access_token(token)
        return await self.holder_of_session(claims.session_id, address) if claims else None

    async def holder_of_session(self, session_id: str, address: str | None) -> Actor | None:
        """Return who a session belongs to, while it is open."""

        async def read() -> queries.Holder | None:
            async with self._database.reading() as reader:
                return await queries.session_holder(reader, session_id)

        holder = await self._holders.recall(session_id, read)
        return holder.actor(session_id, address) if holder else None

    async def holder_of_key(self, secret: str, address: str | None) -> Actor | None:
        """Return who an API key belongs to."""
        if not secret.startswith(KEY_PREFIX):
            return None
        async with self._database.reading() as reader:
            holder = await queries.key_holder(reader, secret)
        if holder is None:
            return None
        if holder.last_used_at is None or holder.last_used_at < now() - _NOTE_KEY_EVERY:
            async with self._database.working() as work:
                await commands.note_key_use(work, holder.key_id)
        return holder.actor(None, address)

    async def person(self, user_id: str, address: str | None) -> Actor | None:
        """Return somebody whose proof was a signature."""
        async with self._database.reading() as reader:
            holder = await queries.person(reader, user_id)
        return holder.actor(None, address) if holder else None
