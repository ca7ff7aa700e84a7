"""Random secrets and their digests."""

import hashlib
import hmac
import secrets

# Crockford's base 32: no letter that can be taken for a digit.
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_MISREAD = str.maketrans({"o": "0", "i": "1", "l": "1", "-": "", " ": ""})


def new_token(bits: int = 256) -> str:
    """Return an unguessable URL-safe text."""
    return secrets.token_urlsafe(bits // 8)


def digest(token: str) -> str:
    """Return what is stored of a token of full entropy: its SHA-256."""
    return hashlib.sha256(token.encode()).hexdigest()


def keyed_digest(key: bytes, purpose: str, text: str) -> bytes:
    """Return HMAC-SHA-256 of a text under a key, told apart by purpose."""
    return hmac.digest(key, f"{purpose}\0{text}".encode(), "sha256")


def code_from(raw: bytes, length: int) -> str:
    """Return a short code that can be read aloud, five bits a character, from random bytes."""
    number = int.from_bytes(raw[: length * 5 // 8 + 1])
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(length))


def normal_code(typed: str) -> str:
    """Return a code as it was made from how somebody typed it."""
    return typed.strip().lower().translate(_MISREAD)
