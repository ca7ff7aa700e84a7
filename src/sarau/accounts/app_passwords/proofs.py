"""Checking what apps prove that they know an app password with."""

import hashlib
import hmac
from collections.abc import Callable

from sarau.accounts.app_passwords import queries
from sarau.accounts.app_passwords.commands import bound_to
from sarau.accounts.sessions.queries import Holder
from sarau.foundation.database.reader import Reader
from sarau.foundation.security.vault import Vault


class AppPasswords:
    """Says who knows an app password; each is opened only to be compared."""

    def __init__(self, vault: Vault) -> None:
        self.vault = vault

    async def verify_password(self, reader: Reader, username: str, password: str) -> Holder | None:
        """Return whose app password it is; the holder's `key_id` is the id of the app password."""
        return await self._holder(reader, username, lambda secret: secret, password)

    async def verify_token(self, reader: Reader, username: str, token_hex: str, salt: str) -> Holder | None:
        """Return who proves an app password by the MD5 of it followed by a salt, as the Subsonic protocol has it."""
        salted = salt.encode()

        def token_of(secret: str) -> str:
            return hashlib.md5(secret.encode() + salted, usedforsecurity=False).hexdigest()

        return await self._holder(reader, username, token_of, token_hex.lower())

    async def _holder(
        self, reader: Reader, username: str, proof_of: Callable[[str], str], given: str
    ) -> Holder | None:
        for kept in await queries.sealed_passwords(reader, username):
            secret = self.vault.open(kept.sealed, bound_to(kept.user_id, kept.id))
            if secret is not None and hmac.compare_digest(proof_of(secret).encode(), given.encode()):
                return Holder(kept.user_id, kept.username, kept.role, kept.id, kept.last_used_at)
        return None
