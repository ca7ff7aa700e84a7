"""Coming in: set-up, sign-in, refresh, invitations, password reset."""

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from sarau.accounts.invites.schemas import InvitePreview
from sarau.accounts.sessions import commands
from sarau.accounts.sessions.errors import CsrfMissing, SessionEnded
from sarau.accounts.sessions.schemas import SignIn
from sarau.accounts.users.queries import anybody_here
from sarau.accounts.users.schemas import NewUser
from sarau.foundation.errors import Unauthenticated
from sarau.interfaces.common.credentials import CSRF_HEADER, REFRESH_COOKIE
from sarau.interfaces.common.state import credentials
from sarau.interfaces.rest.contract import answer, body, contract, nothing
from sarau.interfaces.rest.dependencies import Door, From, Home, Who, Write
from sarau.interfaces.rest.schemas import HouseInfo, Refresh, Registration, Reset, ResetOwner, Setup, SignedIn
from sarau.interfaces.rest.session_replies import me, signed_in, signed_out
from sarau.kit.version import VERSION

router = APIRouter(tags=["Coming in"])

Kind = Annotated[
    Literal["cookie", "token"],
    Query(description="`cookie` for the web page; `token` gives the tokens in the body, for everybody else."),
]
Secret = Annotated[str, Path(min_length=1, max_length=200)]


@router.get("/house", summary="The house, and who is signed in", **contract(gives=HouseInfo))
async def house_info(request: Request, home: Home) -> Response:
    """Open to anybody."""
    async with home.database.reading() as reader:
        needs_setup = not await anybody_here(reader)
    try:
        actor = await credentials(request).actor_or_nobody(request)
    except Unauthenticated:
        actor = None
    who = await me(home, actor) if actor else None
    return answer(
        HouseInfo(home.settings.house.name, VERSION, needs_setup, who), headers={"cache-control": "no-store"}
    )


@router.post("/auth/setup", summary="Make the owner's account", **contract(takes=Setup, gives=SignedIn, status=201))
async def set_up(
    request: Request, door: Door, client: From, given: Annotated[Setup, body(Setup)], session: Kind = "token"
) -> Response:
    """By the link that the server prints while the house has nobody."""
    new = NewUser(given.username, given.password, given.email, given.display_name)
    admitted = await door.set_up(given.token, new, client)
    return await signed_in(request, admitted, cookies=session == "cookie", status=201)


@router.post("/auth/sign-in", summary="Sign in", **contract(takes=SignIn, gives=SignedIn))
async def sign_in(
    request: Request, door: Door, client: From, given: Annotated[SignIn, body(SignIn)], session: Kind = "token"
) -> Response:
    """By username or e-mail address and password."""
    return await signed_in(request, await door.sign_in(given, client), cookies=session == "cookie")


@router.post(
    "/auth/refresh", summary="Trade the refresh token for new tokens", **contract(takes=Refresh, gives=SignedIn)
)
async def refresh(
    request: Request, door: Door, client: From, given: Annotated[Refresh | None, body(Refresh | None)]
) -> Response:
    """A refresh token is good once; used again later it ends the session, for somebody may have copied it."""
    if given is not None and given.refresh_token is not None:
        return await signed_in(request, await door.refresh(given.refresh_token, client), cookies=False)
    cookie = request.cookies.get(REFRESH_COOKIE)
    if cookie is None:
        raise SessionEnded
    # SameSite keeps other pages from sending this; a header of our own keeps even a sister domain from it.
    if CSRF_HEADER not in request.headers:
        raise CsrfMissing
    return await signed_in(request, await door.refresh(cookie, client), cookies=True)


@router.post("/auth/sign-out", summary="Sign out", **contract(status=204))
async def sign_out(who: Who, work: Write) -> Response:
    """Ends the session that asks."""
    if who.session_id is not None:
        await commands.sign_out(work, who, who.session_id)
    return signed_out(nothing())


@router.get("/auth/invites/{code}", summary="What an invitation promises", **contract(gives=InvitePreview))
async def invite_preview(door: Door, client: From, code: Secret) -> Response:
    """For who holds the code."""
    return answer(await door.preview_invite(code, client), headers={"cache-control": "no-store"})


@router.post(
    "/auth/register", summary="Accept an invitation", **contract(takes=Registration, gives=SignedIn, status=201)
)
async def register(
    request: Request,
    door: Door,
    client: From,
    given: Annotated[Registration, body(Registration)],
    session: Kind = "token",
) -> Response:
    """Makes an account and signs in."""
    new = NewUser(given.username, given.password, given.email, given.display_name)
    admitted = await door.register(given.code, new, client)
    return await signed_in(request, admitted, cookies=session == "cookie", status=201)


@router.get("/auth/reset/{token}", summary="Whose password a link sets", **contract(gives=ResetOwner))
async def reset_owner(door: Door, client: From, token: Secret) -> Response:
    """For who holds the link."""
    return answer(ResetOwner(await door.reset_owner(token, client)), headers={"cache-control": "no-store"})


@router.post("/auth/reset", summary="Choose a new password by a link", **contract(takes=Reset, gives=SignedIn))
async def reset(
    request: Request, door: Door, client: From, given: Annotated[Reset, body(Reset)], session: Kind = "token"
) -> Response:
    """Ends all other sessions, and the link."""
    return await signed_in(
        request, await door.reset(given.token, given.password, client), cookies=session == "cookie"
    )
