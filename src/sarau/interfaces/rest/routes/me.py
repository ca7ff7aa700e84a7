"""Oneself: name, password, sessions, API keys, plays."""

from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from sarau.accounts.sessions import commands, queries
from sarau.accounts.sessions.schemas import ApiKey, ApiKeyOnce, NewApiKey
from sarau.accounts.users import commands as user_commands
from sarau.accounts.users.schemas import PasswordChange, ProfileChange, User
from sarau.interfaces.rest.contract import answer, body, contract, nothing
from sarau.interfaces.rest.dependencies import Cursor, Door, From, Home, Limit, Read, Seen, Who, Write
from sarau.interfaces.rest.schemas import Items, Me, Sessions
from sarau.interfaces.rest.session_replies import me
from sarau.kit.pages import Page
from sarau.playback.history import queries as play_queries
from sarau.playback.history.schemas import PlayedTrack

router = APIRouter(prefix="/me", tags=["Oneself"])


@router.get("", summary="Who I am and what I may", **contract(gives=Me))
async def who_am_i(who: Who, home: Home) -> Response:
    """With the room left for uploads."""
    return answer(await me(home, who))


@router.patch("", summary="Change my name or address", **contract(takes=ProfileChange, gives=User))
async def change_profile(who: Who, work: Write, change: Annotated[ProfileChange, body(ProfileChange)]) -> Response:
    """What is left out stays."""
    return answer(await user_commands.change_profile(work, who, change))


@router.post("/password", summary="Change my password", **contract(takes=PasswordChange, status=204))
async def change_password(
    who: Who, door: Door, client: From, change: Annotated[PasswordChange, body(PasswordChange)]
) -> Response:
    """Ends all other sessions."""
    await door.change_password(who, change, client)
    return nothing()


@router.get("/sessions", summary="Where I am signed in", **contract(gives=Sessions))
async def sessions(who: Who, reader: Read) -> Response:
    """Last used first."""
    return answer(Sessions(await queries.sessions_of(reader, who), who.session_id))


@router.delete("/sessions/{session_id}", summary="End one of my sessions", **contract(status=204))
async def end_session(who: Who, work: Write, session_id: str) -> Response:
    """Its access token is no longer good from this moment."""
    await commands.sign_out(work, who, session_id)
    return nothing()


@router.get("/api-keys", summary="My API keys", **contract(gives=Items[ApiKey]))
async def api_keys(who: Who, reader: Read) -> Response:
    """Their secrets are not kept."""
    return answer(Items(await queries.api_keys_of(reader, who)))


@router.post("/api-keys", summary="Make an API key", **contract(takes=NewApiKey, gives=ApiKeyOnce, status=201))
async def create_api_key(who: Who, work: Write, new: Annotated[NewApiKey, body(NewApiKey)]) -> Response:
    """The secret is shown this once; send it as `Authorization: Bearer`."""
    return answer(await commands.create_api_key(work, who, new), 201, {"cache-control": "no-store"})


@router.delete("/api-keys/{key_id}", summary="Revoke an API key", **contract(status=204))
async def revoke_api_key(who: Who, work: Write, key_id: str) -> Response:
    """From this moment."""
    await commands.revoke_api_key(work, who, key_id)
    return nothing()


@router.get("/plays", summary="What I played", **contract(gives=Page[PlayedTrack]))
async def my_plays(who: Who, view: Seen, reader: Read, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """Newest first."""
    return answer(await play_queries.my_plays(reader, view, who, limit, cursor))
