"""Who asks: by an API key, or by a name with an app password or a token made of one."""

import hashlib
import hmac
from binascii import unhexlify
from datetime import timedelta

from starlette.requests import Request

from sarau.accounts.app_passwords.commands import note_app_password_use
from sarau.accounts.sessions.queries import Holder
from sarau.foundation.security.actor import Actor
from sarau.interfaces.common.addresses import limit_key
from sarau.interfaces.common.credentials import Credentials
from sarau.interfaces.common.entrance import Entrance
from sarau.interfaces.common.house import House
from sarau.interfaces.common.recollection import Recollection
from sarau.interfaces.subsonic.asking import Asked
from sarau.interfaces.subsonic.errors import (
    BAD_KEY,
    CONFLICTING,
    GENERIC,
    NOT_SUPPORTED,
    WRONG_PASSWORD,
    Missing,
    Refused,
)
from sarau.kit.times import now

_WINDOW_S = 300
_NOTE_USE_EVERY = timedelta(minutes=10)
_HEXADECIMAL = "enc:"
_WRONG = "Wrong username or password. Apps sign in with an app password, which you make in your settings."


class Guests:
    """Says who sends a request."""

    def __init__(self, home: House, entrance: Entrance, credentials: Credentials) -> None:
        self._home = home
        self._entrance = entrance
        self._credentials = credentials
        self._known: Recollection[Actor] = Recollection(home.database)
        self._forgetful = hashlib.blake2b(home.signer.derive("guests", ""), digest_size=16).digest()

    async def who(self, request: Request, asked: Asked) -> Actor:
        """Return who asks; raises Refused with the codes 10 and 40 to 44."""
        address = self._credentials.address(request)
        proofs = _proofs(asked)

        async def read() -> Actor:
            return await self._read(proofs, address, asked.text("c"))

        # What is remembered is a digest: no password lies about in memory for longer than its request.
        spoken = "\0".join((address or "", *(f"{name}={proof}" for name, proof in proofs.items())))
        key = hmac.digest(self._forgetful, spoken.encode(errors="replace"), "sha256").hex()
        return await self._known.recall(key, read)

    async def _read(self, proofs: dict[str, str], address: str | None, client: str) -> Actor:
        if "apiKey" in proofs:
            actor = await self._entrance.holder_of_key(proofs["apiKey"], address)
            if actor is None:
                await self._failed(address)
                raise Refused(BAD_KEY, "Invalid API key", self._help())
            return actor
        holder = await self._holder(proofs)
        if holder is None:
            await self._failed(address)
            raise Refused(WRONG_PASSWORD, _WRONG, self._help())
        if holder.last_used_at is None or holder.last_used_at < now() - _NOTE_USE_EVERY:
            async with self._home.database.working() as work:
                await note_app_password_use(work, holder.key_id, client)
        return holder.actor(None, address)

    async def _holder(self, proofs: dict[str, str]) -> Holder | None:
        passwords = self._home.app_passwords
        async with self._home.database.reading() as reader:
            if "t" in proofs:
                return await passwords.verify_token(reader, proofs["u"], proofs["t"], proofs["s"])
            return await passwords.verify_password(reader, proofs["u"], plain(proofs["p"]))

    async def _failed(self, address: str | None) -> None:
        """Count a wrong proof; raises Refused where there were too many."""
        limit = self._home.settings.security.address_attempts
        key = f"app from {limit_key(address)}"
        allowance = await self._home.limits.hit(key, limit=limit, window_s=_WINDOW_S)
        if not allowance.allowed:
            raise Refused(GENERIC, "Too many wrong passwords: please wait some minutes.")

    def _help(self) -> str | None:
        house = self._home.settings.house.url.rstrip("/")
        return f"{house}/settings" if house else None


def _proofs(asked: Asked) -> dict[str, str]:
    """Return the proofs of one kind; raises Refused for none, for more than one kind, and for kinds unknown here."""
    given = {name: asked.text(name) for name in ("apiKey", "u", "p", "t", "s") if asked.given(name)}
    if asked.given("jwt"):
        raise Refused(NOT_SUPPORTED, "Provided authentication mechanism not supported: use an API key.")
    if "apiKey" in given:
        if len(given) > 1:
            raise Refused(CONFLICTING, "Multiple conflicting authentication mechanisms provided")
        return given
    if not given.get("u"):
        raise Missing("u")
    if "p" in given and "t" in given:
        raise Refused(CONFLICTING, "Multiple conflicting authentication mechanisms provided")
    if "p" in given:
        return {name: given[name] for name in ("u", "p")}
    for name in ("t", "s"):
        if not given.get(name):
            raise Missing("p" if name == "t" else name)
    return {name: given[name] for name in ("u", "t", "s")}


def plain(password: str) -> str:
    """Return a password that may be hidden as hexadecimal digits, which the protocol calls encoded."""
    if not password.startswith(_HEXADECIMAL):
        return password
    try:
        return unhexlify(password.removeprefix(_HEXADECIMAL)).decode()
    except ValueError:
        return password
