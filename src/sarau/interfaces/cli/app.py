"""`sarau`: the root of the command line."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from rich.console import Console

from sarau.foundation.errors import DomainError
from sarau.foundation.settings.load import BadSettings, Settings
from sarau.interfaces.cli.program import Program
from sarau.interfaces.common.house import House
from sarau.kit.version import VERSION

T = TypeVar("T")

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)

app = typer.Typer(
    name="sarau",
    help="Sarau: the self-hosted home for a family's or a community's music.",
    epilog="Settings come from sarau.toml in this folder and from SARAU_… variables; see docs/settings.md.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        out.print(f"Sarau {VERSION}")
        raise typer.Exit


@app.callback()
def root(
    data: Annotated[
        Path | None, typer.Option("--data", help="The data folder, instead of the one in the settings.")
    ] = None,
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and end.")
    ] = False,
) -> None:
    """Sarau: the self-hosted home for a family's or a community's music."""
    # As a variable, so that processes we start see it too.
    if data is not None:
        os.environ["SARAU_DATA_PATH"] = str(data.absolute())


def program(context: typer.Context) -> Program:
    """Return what the commands call."""
    found: Program = context.obj
    return found


def settings_of(context: typer.Context) -> Settings:
    """Return the settings, or end with a clear word about what is wrong with them."""
    try:
        return program(context).settings()
    except BadSettings as error:
        raise fail(f"Settings: {error}") from error


def fail(message: str) -> typer.Exit:
    """Say what went wrong and return the end of the program."""
    err.print(f"[red]✗[/red] {message}", soft_wrap=True)
    return typer.Exit(1)


def in_house(context: typer.Context, act: Callable[[House], Awaitable[T]]) -> T:
    """Open the house, do something in it, close it; our own errors end with a clear word."""
    settings = settings_of(context)

    async def run() -> T:
        async with program(context).open_house(settings) as home:
            return await act(home)

    return guarded(lambda: asyncio.run(run()))


def guarded(act: Callable[[], T]) -> T:
    """Do something; our own errors end with a clear word."""
    try:
        return act()
    except (DomainError, BadSettings) as error:
        raise fail(error.text if isinstance(error, DomainError) else str(error)) from error
