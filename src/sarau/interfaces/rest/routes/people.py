"""People and invitations, for who manages them."""

from typing import Annotated

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from sarau.accounts.invites import commands as invite_commands
from sarau.accounts.invites import queries as invite_queries
from sarau.accounts.invites.schemas import Invite, NewInvite
from sarau.accounts.users import commands, queries
from sarau.accounts.users.policies import require_good_password
from sarau.accounts.users.schemas import NewUser, User, UserChange
from sarau.foundation.security.passwords import hash_password
from sarau.foundation.security.permissions import Permission
from sarau.interfaces.common.links import house_url
from sarau.interfaces.rest.contract import answer, body, contract, nothing
from sarau.interfaces.rest.dependencies import Home, Read, Who, Write
from sarau.interfaces.rest.schemas import Items, Link, NewAccount
from sarau.kit.times import now

router = APIRouter(tags=["People"])


@router.get("/users", summary="Everybody", **contract(gives=Items[User]))
async def users(who: Who, reader: Read) -> Response:
    """For who manages users."""
    who.require(Permission.USERS_MANAGE)
    return answer(Items(await queries.all_users(reader)))


@router.post("/users", summary="Make an account", **contract(takes=NewAccount, gives=User, status=201))
async def create_user(who: Who, home: Home, given: Annotated[NewAccount, body(NewAccount)]) -> Response:
    """Without an invitation, by an administrator."""
    who.require(Permission.USERS_MANAGE)
    require_good_password(given.password, given.username, given.email)
    hashed = await hash_password(given.password)
    new = NewUser(given.username, given.password, given.email, given.display_name)
    async with home.database.working() as work:
        user = await commands.create_user(work, who, new, hashed, given.role)
    return answer(user, 201)


@router.patch(
    "/users/{user_id}", summary="Change role, quota, or bar somebody", **contract(takes=UserChange, gives=User)
)
async def change_user(
    who: Who, work: Write, user_id: str, change: Annotated[UserChange, body(UserChange)]
) -> Response:
    """What is left out stays; the last owner stays an owner."""
    return answer(await commands.change_user(work, who, user_id, change))


@router.post("/users/{user_id}/reset-link", summary="Make a password reset link", **contract(gives=Link, status=201))
async def reset_link(request: Request, who: Who, home: Home, work: Write, user_id: str) -> Response:
    """Good once, for a day; hand it to the person."""
    token = await commands.make_reset_token(work, who, user_id)
    link = Link(f"{house_url(request, home)}/reset/{token}", now() + commands.RESET_LINK_TTL)
    return answer(link, 201, {"cache-control": "no-store"})


@router.get("/invites", summary="Invitations", **contract(gives=Items[Invite]))
async def invites(who: Who, reader: Read, home: Home) -> Response:
    """One's own, or all for who manages them."""
    who.require(Permission.INVITES_CREATE)
    return answer(Items(await invite_queries.visible_invites(reader, who, home.signer)))


@router.post("/invites", summary="Invite somebody", **contract(takes=NewInvite, gives=Invite, status=201))
async def create_invite(who: Who, work: Write, home: Home, new: Annotated[NewInvite, body(NewInvite)]) -> Response:
    """The link is the house's address, `/invite/` and the code."""
    return answer(await invite_commands.create_invite(work, who, home.signer, new), 201)


@router.delete("/invites/{invite_id}", summary="Take an invitation back", **contract(status=204))
async def revoke_invite(who: Who, work: Write, home: Home, invite_id: str) -> Response:
    """Who came in by it stays."""
    await invite_commands.revoke_invite(work, who, home.signer, invite_id)
    return nothing()
