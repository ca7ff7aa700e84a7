"""Replies that open and close a session: tokens for API clients, cookies for browsers."""

from starlette.requests import Request
from starlette.responses import Response

from sarau.accounts.sessions.errors import SessionEnded
from sarau.accounts.users import queries as user_queries
from sarau.catalog.ingest.queries import room_of
from sarau.foundation.security.actor import Actor
from sarau.foundation.security.permissions import Permission
from sarau.interfaces.common.credentials import ACCESS_COOKIE, CSRF_COOKIE, REFRESH_COOKIE
from sarau.interfaces.common.entrance import Admitted
from sarau.interfaces.common.house import House
from sarau.interfaces.common.state import credentials, entrance, house
from sarau.interfaces.rest.contract import answer
from sarau.interfaces.rest.schemas import Me, SignedIn

_REFRESH_PATH = "/api/v1/auth"


async def me(home: House, actor: Actor) -> Me:
    """Return who the actor is, and what they may."""
    async with home.database.reading() as reader:
        user = await user_queries.user(reader, actor.id)
        may_upload = actor.may(Permission.LIBRARY_UPLOAD)
        room = await room_of(reader, actor, home.settings.uploads) if may_upload else None
    return Me(user, sorted(permission.value for permission in actor.permissions), room)


async def signed_in(request: Request, admitted: Admitted, *, cookies: bool, status: int = 200) -> Response:
    """Return the reply to somebody who came in; the tokens stand in the body or in cookies, never in both."""
    home, reads = house(request), credentials(request)
    actor = await entrance(request).holder_of_session(admitted.session.session_id, None)
    if actor is None:
        raise SessionEnded  # barred at this very moment
    security = home.settings.security
    who = await me(home, actor)
    if not cookies:
        tokens = (admitted.access_token, admitted.session.refresh_token)
        return answer(SignedIn(who, security.access_ttl_s, *tokens), status, {"cache-control": "no-store"})
    reply = answer(SignedIn(who, security.access_ttl_s), status, {"cache-control": "no-store"})
    secure = security.secure_cookies == "always" or reads.by_https(request)
    ttl_s = security.session_ttl_s
    for name, value, path, hidden in (
        # The access cookie outlives its token, so that an expired one is told apart from none.
        (ACCESS_COOKIE, admitted.access_token, "/", True),
        (REFRESH_COOKIE, admitted.session.refresh_token, _REFRESH_PATH, True),
        (CSRF_COOKIE, reads.csrf_token(admitted.session.session_id), "/", False),
    ):
        reply.set_cookie(name, value, max_age=ttl_s, path=path, secure=secure, httponly=hidden, samesite="strict")
    return reply


def signed_out(reply: Response) -> Response:
    """Take the cookies back."""
    for name, path in ((ACCESS_COOKIE, "/"), (REFRESH_COOKIE, _REFRESH_PATH), (CSRF_COOKIE, "/")):
        reply.delete_cookie(name, path=path, samesite="strict")
    return reply
