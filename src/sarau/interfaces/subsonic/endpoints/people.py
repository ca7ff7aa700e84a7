"""People: oneself, and everybody for who manages users."""

from collections.abc import Iterable

import msgspec

from sarau.accounts.roles.policies import Role, permissions_of, require_rank
from sarau.accounts.sessions.commands import replace_password
from sarau.accounts.users import commands, queries
from sarau.accounts.users.policies import require_good_password
from sarau.accounts.users.schemas import NewUser, UserChange
from sarau.accounts.users.schemas import User as Person
from sarau.foundation.security.passwords import hash_password
from sarau.foundation.security.permissions import Permission
from sarau.interfaces.subsonic.call import Answer, Call, Endpoint
from sarau.interfaces.subsonic.errors import NOT_ALLOWED, Missing, Refused
from sarau.interfaces.subsonic.guests import plain
from sarau.interfaces.subsonic.names import folder_number
from sarau.interfaces.subsonic.structures.personal import User, Users

_RIGHTS_OF_MEMBERS = ("uploadRole", "downloadRole", "shareRole")


def _user(person: Person, libraries: Iterable[str]) -> User:
    """Return a person as apps see them: what they may follows from their role."""
    may = permissions_of(person.role)
    member = Permission.LIBRARY_UPLOAD in may
    return User(
        username=person.username,
        email=person.email,
        scrobbling_enabled=True,
        admin_role=Permission.USERS_MANAGE in may,
        settings_role=True,
        download_role=Permission.LIBRARY_DOWNLOAD in may,
        upload_role=member,
        playlist_role=True,
        cover_art_role=False,
        comment_role=False,
        podcast_role=False,
        stream_role=Permission.LIBRARY_LISTEN in may,
        jukebox_role=False,
        share_role=Permission.SHARES_CREATE in may,
        video_conversion_role=False,
        folder=[folder_number(library_id) for library_id in libraries],
    )


def _is_caller(call: Call, person: Person) -> bool:
    return person.id == call.actor.user_id


async def user(call: Call) -> Answer:
    """Oneself, or anybody for who manages users."""
    name = call.asked.text("username") or call.actor.username
    view = await call.view()
    if name.casefold() != call.actor.username.casefold():
        call.actor.require(Permission.USERS_MANAGE)
    async with call.reading() as reader:
        person = await queries.user_named(reader, name)
    return "user", _user(person, view.library_ids if _is_caller(call, person) else [])


async def users(call: Call) -> Answer:
    """Everybody."""
    call.actor.require(Permission.USERS_MANAGE)
    async with call.reading() as reader:
        return "users", Users([_user(person, []) for person in await queries.all_users(reader)])


def _role(call: Call) -> Role:
    """Return the role that comes closest to the rights an app asks for."""
    if call.asked.yes("adminRole"):
        return Role.ADMIN
    return Role.MEMBER if any(map(call.asked.yes, _RIGHTS_OF_MEMBERS)) else Role.GUEST


async def create_user(call: Call) -> Answer:
    """Make an account, whose password is for Sarau's own pages: apps are given app passwords there."""
    call.actor.require(Permission.USERS_MANAGE)
    name, password = call.asked.needed("username"), plain(call.asked.needed("password"))
    given = {"username": name, "password": password, "email": call.asked.text("email") or None}
    try:
        new = msgspec.convert(given, NewUser)
    except msgspec.ValidationError as error:
        raise Missing("username", str(error)) from error
    role = _role(call)
    require_rank(call.actor, role)
    require_good_password(new.password, new.username, new.email)
    hashed = await hash_password(new.password)
    async with call.working() as work:
        await commands.create_user(work, call.actor, new, hashed, role)
    return None


async def update_user(call: Call) -> Answer:
    """Change somebody's rights or password, for who manages users."""
    call.actor.require(Permission.USERS_MANAGE)
    name = call.asked.needed("username")
    if call.asked.given("password"):
        await _set_password(call, name, plain(call.asked.needed("password")))
    if any(map(call.asked.given, ("adminRole", *_RIGHTS_OF_MEMBERS))):
        async with call.working() as work:
            person = await queries.user_named(work, name)
            # Nobody loses the house for a right that apps tell of beside the one they change.
            if person.role != Role.OWNER and (person.role != Role.ADMIN or call.asked.given("adminRole")):
                await commands.change_user(work, call.actor, person.id, UserChange(role=_role(call)))
    return None


async def delete_user(call: Call) -> Answer:
    """Bar somebody: what they brought into the house stays, and they can be let in again."""
    name = call.asked.needed("username")
    async with call.working() as work:
        call.actor.require(Permission.USERS_MANAGE)
        person = await queries.user_named(work, name)
        await commands.change_user(work, call.actor, person.id, UserChange(disabled=True))
    return None


async def change_password(call: Call) -> Answer:
    """Give somebody a new password, for who manages users."""
    name, password = call.asked.needed("username"), plain(call.asked.needed("password"))
    await _set_password(call, name, password)
    return None


async def _set_password(call: Call, name: str, password: str) -> None:
    """Give somebody else a new password; raises Refused for one's own.

    An app knows a password of its own alone. Could it set the real one, whoever found it would have everything.
    """
    async with call.reading() as reader:
        person = await queries.user_named(reader, name) if call.actor.may(Permission.USERS_MANAGE) else None
    if person is None or _is_caller(call, person):
        raise Refused(NOT_ALLOWED, "Apps cannot change your own password: do it in your settings.")
    require_rank(call.actor, Role(person.role))
    require_good_password(password, person.username, person.email)
    hashed = await hash_password(password)
    async with call.working() as work:
        await replace_password(work, person.id, hashed, actor_id=call.actor.user_id, how="by an administrator's app")


ENDPOINTS: dict[str, Endpoint] = {
    "getUser": user,
    "getUsers": users,
    "createUser": create_user,
    "updateUser": update_user,
    "deleteUser": delete_user,
    "changePassword": change_password,
}
