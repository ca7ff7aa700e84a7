"""Public links, for who makes them."""

from typing import Annotated

from fastapi import APIRouter, Query
from msgspec import UNSET
from starlette.responses import Response

from sarau.foundation.security.passwords import hash_password
from sarau.foundation.security.permissions import Permission
from sarau.interfaces.rest.contract import answer, body, contract, nothing
from sarau.interfaces.rest.dependencies import Home, Read, Seen, Who, Write
from sarau.interfaces.rest.schemas import Items
from sarau.shares import commands, queries
from sarau.shares.schemas import NewShare, Share, ShareChange

router = APIRouter(prefix="/shares", tags=["Sharing"])


@router.get("", summary="Public links", **contract(gives=Items[Share]))
async def shares(
    who: Who,
    home: Home,
    view: Seen,
    reader: Read,
    everybody: Annotated[bool, Query(description="Those of all people, for who manages them.")] = False,
) -> Response:
    """Mine, newest first; the address of one is that of the house, `/s/` and its slug."""
    listed = queries.all_shares if everybody else queries.my_shares
    return answer(Items(await listed(reader, view, who, home.signer)))


@router.post("", summary="Make a public link", **contract(takes=NewShare, gives=Share, status=201))
async def create_share(who: Who, home: Home, view: Seen, new: Annotated[NewShare, body(NewShare)]) -> Response:
    """Of tracks, albums and playlists; good as long as I may hear them myself."""
    who.require(Permission.SHARES_CREATE)
    hashed = await hash_password(new.password) if new.password is not None else None
    async with home.database.working() as work:
        made = await commands.create_share(work, who, view, home.signer, new, hashed)
    return answer(made, 201)


@router.patch("/{share_id}", summary="Change a public link", **contract(takes=ShareChange, gives=Share))
async def change_share(
    who: Who, home: Home, view: Seen, share_id: str, change: Annotated[ShareChange, body(ShareChange)]
) -> Response:
    """What is left out stays; with another password, who is in is out."""
    hashed = await hash_password(change.password) if change.password not in (UNSET, None) else None
    async with home.database.working() as work:
        changed = await commands.change_share(work, who, view, home.signer, share_id, change, hashed)
    return answer(changed)


@router.delete("/{share_id}", summary="Take a public link back", **contract(status=204))
async def delete_share(who: Who, home: Home, view: Seen, work: Write, share_id: str) -> Response:
    """From this moment; mine, or anybody's for who manages them."""
    await commands.delete_share(work, who, view, home.signer, share_id)
    return nothing()
