"""Tokens we sign: access tokens (JWT, RFC 7519) and links that grant one thing for a while.

PyJWT would take ten megabytes, for it loads a library of algorithms of which none is ours: it is used in tests.
"""

import base64
import hmac
import time
from typing import NamedTuple

import msgspec

from sarau.kit.tokens import keyed_digest

_LONGEST = 512  # ours have some 230 characters; a long one could hold JSON nested too deep for the decoder


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


# The one header we write is the one we read (RFC 7515): no algorithm to choose, nothing to be confused about.
_HEADER = _text(b'{"alg":"HS256","typ":"JWT"}')


class Claims(NamedTuple):
    """What an access token says."""

    user_id: str
    session_id: str


class _Payload(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    sub: str
    sid: str
    iat: int
    exp: int


_payload = msgspec.json.Decoder(_Payload)
_REMEMBERED = 4096  # a signature once found good stays so: checking it takes longer than an album's queries


class Signer:
    """Signs and checks with the house's secret; every purpose has its own key."""

    def __init__(self, secret: bytes) -> None:
        if len(secret) < 32:
            raise ValueError("the secret key must have at least 32 bytes")
        self._secret = secret
        self._access_key = keyed_digest(secret, "key", "access")
        self._read: dict[str, tuple[Claims, int]] = {}

    def access_token(self, user_id: str, session_id: str, ttl_s: int) -> str:
        """Return an access token that is good for so many seconds."""
        now = int(time.time())
        claims = _text(msgspec.json.encode(_Payload(user_id, session_id, now, now + ttl_s)))
        return f"{_HEADER}.{claims}.{self._access_signature(claims)}"

    def read_access_token(self, token: str) -> Claims | None:
        """Return the claims of an access token, or None if it is not ours or has expired."""
        known = self._read.get(token)
        if known is not None and known[1] > time.time():
            return known[0]
        if len(token) > _LONGEST or not token.isascii():
            return None
        header, _, rest = token.partition(".")
        claims, _, signature = rest.partition(".")
        if header != _HEADER or not hmac.compare_digest(signature, self._access_signature(claims)):
            return None
        try:
            said = _payload.decode(base64.urlsafe_b64decode(claims + "=="))
        except msgspec.MsgspecError:
            return None
        if said.exp <= time.time():
            return None
        if len(self._read) >= _REMEMBERED:
            self._read.clear()
        found = Claims(said.sub, said.sid)
        self._read[token] = found, said.exp
        return found

    def _access_signature(self, claims: str) -> str:
        return _text(hmac.digest(self._access_key, f"{_HEADER}.{claims}".encode(), "sha256"))

    def sign(self, purpose: str, text: str) -> str:
        """Return a signature of a text for one purpose, URL-safe."""
        return base64.urlsafe_b64encode(keyed_digest(self._secret, purpose, text)[:24]).decode()

    def good(self, purpose: str, text: str, signature: str) -> bool:
        """Tell whether a signature is right, in constant time."""
        return hmac.compare_digest(self.sign(purpose, text).encode(), signature.encode())

    def derive(self, purpose: str, text: str) -> bytes:
        """Return 32 bytes that only this house can compute."""
        return keyed_digest(self._secret, purpose, text)
