"""Oneself: name, password, sessions, keys and passwords of apps, preferences, the queue one left."""

from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from sarau.accounts.app_passwords import commands as app_password_commands
from sarau.accounts.app_passwords import queries as app_password_queries
from sarau.accounts.app_passwords.schemas import AppPassword, AppPasswordOnce, NewAppPassword
from sarau.accounts.preferences import commands as preference_commands
from sarau.accounts.preferences import queries as preference_queries
from sarau.accounts.preferences.schemas import Preferences, PreferencesChange
from sarau.accounts.sessions import commands, queries
from sarau.accounts.sessions.schemas import ApiKey, ApiKeyOnce, NewApiKey
from sarau.accounts.users import commands as user_commands
from sarau.accounts.users.schemas import PasswordChange, ProfileChange, User
from sarau.interfaces.rest.contract import answer, body, contract, nothing
from sarau.interfaces.rest.dependencies import Door, From, Home, Read, Seen, Who, Write
from sarau.interfaces.rest.schemas import Items, Me, Sessions
from sarau.interfaces.rest.session_replies import me
from sarau.playback.playqueue import commands as queue_commands
from sarau.playback.playqueue import queries as queue_queries
from sarau.playback.playqueue.errors import NoSavedQueue
from sarau.playback.playqueue.schemas import NewQueue, SavedQueue

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


@router.get("/app-passwords", summary="My app passwords", **contract(gives=Items[AppPassword]))
async def app_passwords(who: Who, reader: Read) -> Response:
    """For players that know a name and a password only; the passwords themselves are not shown again."""
    return answer(Items(await app_password_queries.app_passwords_of(reader, who)))


@router.post(
    "/app-passwords",
    summary="Make an app password",
    **contract(takes=NewAppPassword, gives=AppPasswordOnce, status=201),
)
async def create_app_password(
    who: Who, home: Home, work: Write, new: Annotated[NewAppPassword, body(NewAppPassword)]
) -> Response:
    """The secret is shown this once; type it into the app beside your username."""
    made = await app_password_commands.create_app_password(work, who, home.app_passwords.vault, new)
    return answer(made, 201, {"cache-control": "no-store"})


@router.delete("/app-passwords/{app_password_id}", summary="Revoke an app password", **contract(status=204))
async def revoke_app_password(who: Who, work: Write, app_password_id: str) -> Response:
    """From this moment."""
    await app_password_commands.revoke_app_password(work, who, app_password_id)
    return nothing()


@router.get("/preferences", summary="How I like it", **contract(gives=Preferences))
async def preferences(who: Who, reader: Read) -> Response:
    """What others see of me, and what my apps keep for themselves."""
    return answer(await preference_queries.preferences_of(reader, who.id))


@router.patch("/preferences", summary="Change how I like it", **contract(takes=PreferencesChange, gives=Preferences))
async def change_preferences(
    who: Who, work: Write, change: Annotated[PreferencesChange, body(PreferencesChange)]
) -> Response:
    """What is left out stays."""
    return answer(await preference_commands.change_preferences(work, who, change))


@router.get("/queue", summary="The queue I left", **contract(gives=SavedQueue, empty="I left none."))
async def saved_queue(who: Who, view: Seen, reader: Read) -> Response:
    """Saved by an app, or of my session in Sarau's own players: the one that was left last."""
    try:
        return answer(await queue_queries.saved_queue(reader, view, who))
    except NoSavedQueue:
        return nothing()


@router.put("/queue", summary="Keep what I hear", **contract(takes=NewQueue, status=204))
async def save_queue(who: Who, work: Write, queue: Annotated[NewQueue, body(NewQueue)]) -> Response:
    """To be taken up on another device; without tracks it is forgotten."""
    await queue_commands.save_queue(work, who, queue)
    return nothing()


@router.delete("/queue", summary="Forget what was kept", **contract(status=204))
async def clear_queue(who: Who, work: Write) -> Response:
    """What plays in a session goes on."""
    await queue_commands.clear_queue(work, who)
    return nothing()
