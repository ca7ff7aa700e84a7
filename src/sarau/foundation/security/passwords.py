"""Passwords: argon2id (RFC 9106), off the event loop."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError


@cache
def _hasher() -> PasswordHasher:
    # The library's defaults: RFC 9106's second recommendation (64 MiB, three passes, four lanes).
    return PasswordHasher()


@cache
def _nobody() -> str:
    return _hasher().hash("no account has this password")


@cache
def _threads() -> ThreadPoolExecutor:
    # Each hash takes 64 MiB: more than two at a time would let a flood of sign-ins, also of such as hang up at
    # once, eat a small machine's memory.
    return ThreadPoolExecutor(2, "passwords")


async def hash_password(password: str) -> str:
    """Return the argon2id hash of a password, in PHC format."""
    return await asyncio.get_running_loop().run_in_executor(_threads(), _hasher().hash, password)


async def verify_password(password: str, hashed: str | None) -> bool:
    """Tell whether a password has the hash; takes as long for None, an account that does not exist."""
    right = await asyncio.get_running_loop().run_in_executor(_threads(), _verify, password, hashed)
    return right and bool(hashed)


def _verify(password: str, hashed: str | None) -> bool:
    try:
        return _hasher().verify(hashed or _nobody(), password)
    except (VerificationError, InvalidHashError):
        return False


def needs_rehash(hashed: str) -> bool:
    """Tell whether a hash was made with weaker parameters than today's."""
    return _hasher().check_needs_rehash(hashed)
