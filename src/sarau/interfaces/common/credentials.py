"""Reading proofs from a request: Bearer tokens, API keys, cookies with CSRF protection."""

import hmac

from starlette.requests import HTTPConnection

from sarau.accounts.sessions.errors import CsrfMissing, SessionEnded
from sarau.accounts.sessions.schemas import Client
from sarau.foundation.errors import Unauthenticated
from sarau.foundation.security.actor import Actor
from sarau.foundation.security.tokens import Signer
from sarau.interfaces.common.addresses import Network, client_address
from sarau.interfaces.common.entrance import Entrance

ACCESS_COOKIE = "sarau_access"
REFRESH_COOKIE = "sarau_refresh"
CSRF_COOKIE = "sarau_csrf"
CSRF_HEADER = "x-csrf-token"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Credentials:
    """Says who sends a request."""

    def __init__(self, entrance: Entrance, signer: Signer, trusted: tuple[Network, ...]) -> None:
        self._entrance = entrance
        self._signer = signer
        self._trusted = trusted

    def client(self, request: HTTPConnection) -> Client:
        """Return where a request comes from."""
        return Client(self.address(request), request.headers.get("user-agent", "")[:300])

    def address(self, request: HTTPConnection) -> str | None:
        """Return the address that a request comes from."""
        peer = request.client.host if request.client else None
        if not self._trusted:
            return peer
        return client_address(peer, request.headers.get("x-forwarded-for"), self._trusted)

    def by_https(self, request: HTTPConnection) -> bool:
        """Tell whether the person reaches us by https, perhaps through a trusted proxy."""
        peer = request.client.host if request.client else None
        forwarded = request.headers.get("x-forwarded-proto")
        # Only a trusted proxy changes the address of the peer, so only then is its word on the scheme believed.
        if forwarded and client_address(peer, "192.0.2.1", self._trusted) == "192.0.2.1":
            return forwarded.strip().lower() == "https"
        return request.url.scheme == "https"

    def csrf_token(self, session_id: str) -> str:
        """Return what our own page must send back with every change it makes by cookie."""
        return self._signer.sign("csrf", session_id)

    async def actor_or_nobody(self, request: HTTPConnection) -> Actor | None:
        """Return who sends a request, None without any proof; raises SessionEnded for a proof that is not good."""
        address = self.address(request)
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and token:
            token = token.strip()
            actor = await self._entrance.holder_of_key(token, address)
            actor = actor or await self._entrance.holder_of_access(token, address)
            if actor is None:
                raise SessionEnded
            return actor
        cookie = request.cookies.get(ACCESS_COOKIE)
        if not cookie:
            return None
        actor = await self._entrance.holder_of_access(cookie, address)
        if actor is None:
            raise SessionEnded
        if request.scope.get("method", "GET") not in _SAFE:
            self._require_csrf(request, actor)
        return actor

    def _require_csrf(self, request: HTTPConnection, actor: Actor) -> None:
        """A page of another origin can make a browser send our cookies, but cannot read them nor set this header."""
        given = request.headers.get(CSRF_HEADER, "")
        expected = self.csrf_token(actor.session_id or "")
        if not hmac.compare_digest(given.encode(), expected.encode()):
            raise CsrfMissing

    async def actor(self, request: HTTPConnection) -> Actor:
        """Return who sends a request; raises Unauthenticated."""
        actor = await self.actor_or_nobody(request)
        if actor is None:
            raise Unauthenticated
        return actor
