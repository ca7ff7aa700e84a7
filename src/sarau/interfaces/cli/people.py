"""`sarau users …` and `sarau invites …`."""

import os
from typing import Annotated, TypeVar

import msgspec
import typer
from rich.table import Table

from sarau.accounts.invites import commands as invite_commands
from sarau.accounts.invites import queries as invite_queries
from sarau.accounts.invites.schemas import Invite, NewInvite
from sarau.accounts.roles.policies import Role
from sarau.accounts.sessions.commands import replace_password
from sarau.accounts.users import commands, queries
from sarau.accounts.users.policies import require_good_password
from sarau.accounts.users.schemas import NewUser, User, UserChange
from sarau.foundation.errors import Invalid
from sarau.foundation.security.actor import Actor
from sarau.foundation.security.passwords import hash_password
from sarau.interfaces.cli.app import app, in_house, out
from sarau.interfaces.common.house import House

T = TypeVar("T")
_PASSWORD_VARIABLE = "SARAU_NEW_PASSWORD"  # noqa: S105 - the name of one

users = typer.Typer(help="People: create, list, set-role, reset-password, disable.", no_args_is_help=True)
invites = typer.Typer(help="Invitations: create, list, revoke.", no_args_is_help=True)
app.add_typer(users, name="users")
app.add_typer(invites, name="invites")

Username = Annotated[str, typer.Argument(help="The username.")]


def _checked(kind: type[T], **fields: object) -> T:
    """Return what is to be made, held to the same rules as over REST; raises Invalid."""
    try:
        return msgspec.convert(fields, kind)
    except msgspec.ValidationError as error:
        reason, _, place = str(error).rpartition(" - at `$.")
        raise Invalid(place.rstrip("`") or "what is given", reason or str(error)) from error


def _new_password() -> str:
    typed: str = typer.prompt("New password", hide_input=True, confirmation_prompt=True)
    return typed


@users.command("create")
def create_user(
    context: typer.Context,
    username: Username,
    role: Annotated[Role, typer.Option(help="What they are in this house.")] = Role.MEMBER,
    email: Annotated[str | None, typer.Option(help="Their e-mail address, to sign in with too.")] = None,
    password: Annotated[
        str | None, typer.Option(envvar=_PASSWORD_VARIABLE, help="Asked for if left out, which is safer.")
    ] = None,
) -> None:
    """Make an account."""
    os.environ.pop(_PASSWORD_VARIABLE, None)  # it is no setting, and no child's business
    chosen = password or _new_password()

    async def act(home: House) -> User:
        new = _checked(NewUser, username=username, password=chosen, email=email)
        require_good_password(chosen, username, email)
        hashed = await hash_password(chosen)
        async with home.database.working() as work:
            return await commands.create_user(work, Actor.SYSTEM, new, hashed, role)

    made = in_house(context, act)
    out.print(f"[green]✓[/green] {made.username} is here now, as {made.role}.")


@users.command("list")
def list_users(context: typer.Context) -> None:
    """Show everybody."""

    async def act(home: House) -> list[User]:
        async with home.database.reading() as reader:
            return await queries.all_users(reader)

    table = Table("Username", "Name", "Role", "E-mail", "Here since", "", box=None, pad_edge=False)
    for user in in_house(context, act):
        barred = "[red]disabled[/red]" if user.disabled_at else ""
        table.add_row(
            user.username, user.display_name, user.role, user.email or "", f"{user.created_at:%Y-%m-%d}", barred
        )
    out.print(table)


def _change(context: typer.Context, username: str, change: UserChange) -> User:
    async def act(home: House) -> User:
        async with home.database.working() as work:
            found = await queries.user_named(work, username)
            return await commands.change_user(work, Actor.SYSTEM, found.id, change)

    return in_house(context, act)


@users.command("set-role")
def set_role(
    context: typer.Context, username: Username, role: Annotated[Role, typer.Argument(help="The new role.")]
) -> None:
    """Give somebody another role."""
    changed = _change(context, username, UserChange(role=role))
    out.print(f"[green]✓[/green] {changed.username} is {changed.role} now.")


@users.command("disable")
def disable(
    context: typer.Context,
    username: Username,
    undo: Annotated[bool, typer.Option("--undo", help="Let them in again.")] = False,
) -> None:
    """Bar somebody from signing in; their sessions and keys are no longer good at once."""
    changed = _change(context, username, UserChange(disabled=not undo))
    out.print(f"[green]✓[/green] {changed.username} is {'disabled' if changed.disabled_at else 'let in again'}.")


@users.command("reset-password")
def reset_password(
    context: typer.Context,
    username: Username,
    link: Annotated[bool, typer.Option("--link", help="Print a link by which they choose one themselves.")] = False,
) -> None:
    """Give somebody a new password; their sessions end."""
    chosen = None if link else _new_password()

    async def act(home: House) -> str:
        if chosen is not None:
            require_good_password(chosen, username)
        hashed = await hash_password(chosen) if chosen is not None else None
        async with home.database.working() as work:
            found = await queries.user_named(work, username)
            if hashed is not None:
                await replace_password(work, found.id, hashed, actor_id=None, how="command line")
                return f"{found.username} has a new password."
            token = await commands.make_reset_token(work, Actor.SYSTEM, found.id)
            return f"Good once, for a day: {_address(home)}/reset/{token}"

    out.print(f"[green]✓[/green] {in_house(context, act)}", soft_wrap=True)


def _address(home: House) -> str:
    server = home.settings.server
    return home.settings.house.url.rstrip("/") or f"http://{server.host}:{server.port}"


@invites.command("create")
def create_invite(
    context: typer.Context,
    role: Annotated[Role, typer.Option(help="What they are going to be.")] = Role.MEMBER,
    email: Annotated[str | None, typer.Option(help="Bind the invitation to this address.")] = None,
    uses: Annotated[int, typer.Option(min=1, max=1000, help="How many people may come in by it.")] = 1,
    days: Annotated[int, typer.Option(min=1, max=365, help="How long it is good.")] = 14,
) -> None:
    """Invite somebody."""

    async def act(home: House) -> tuple[Invite, str]:
        new = _checked(NewInvite, role=role, email=email, uses=uses, days=days)
        async with home.database.working() as work:
            return await invite_commands.create_invite(work, Actor.SYSTEM, home.signer, new), _address(home)

    made, address = in_house(context, act)
    out.print(
        f"[green]✓[/green] Code {made.code}, good until {made.expires_at:%Y-%m-%d}: {address}/invite/{made.code}"
    )


@invites.command("list")
def list_invites(context: typer.Context) -> None:
    """Show all invitations."""

    async def act(home: House) -> list[Invite]:
        async with home.database.reading() as reader:
            return await invite_queries.visible_invites(reader, Actor.SYSTEM, home.signer)

    table = Table("Id", "State", "Role", "Used", "Until", "For", "By", "Code", box=None, pad_edge=False)
    for one in in_house(context, act):
        row = (one.id, one.state, one.role, f"{one.used}/{one.uses}", f"{one.expires_at:%Y-%m-%d}")
        table.add_row(*row, one.email or "anybody", one.inviter_name or "", one.code or "")
    out.print(table)


@invites.command("revoke")
def revoke_invite(
    context: typer.Context, invite_id: Annotated[str, typer.Argument(help="The id that `list` shows.")]
) -> None:
    """Take an invitation back."""

    async def act(home: House) -> None:
        async with home.database.working() as work:
            await invite_commands.revoke_invite(work, Actor.SYSTEM, home.signer, invite_id)

    in_house(context, act)
    out.print("[green]✓[/green] Nobody comes in by it any more.")
