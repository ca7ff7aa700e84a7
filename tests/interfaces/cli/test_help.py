"""Help is complete, and what is not understood is said so."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import typer
from tests.interfaces.cli.running import CommandLine

from sarau.interfaces.cli import people, serving
from sarau.interfaces.cli.app import app
from sarau.kit.version import VERSION

COMMANDS = {
    "serve",
    "scan",
    "demo",
    "certs",
    "doctor",
    "users create",
    "users list",
    "users set-role",
    "users disable",
    "users reset-password",
    "invites create",
    "invites list",
    "invites revoke",
}
assert people.app is serving.app is app, "importing the commands registers them"


def _commands(command: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    parts = getattr(command, "commands", None)
    if parts is None:
        yield name, command
        return
    for part, inner in parts.items():
        yield from _commands(inner, f"{name} {part}".strip())


def test_all_commands_are_there() -> None:
    assert {name for name, _ in _commands(typer.main.get_command(app))} == COMMANDS


@pytest.mark.parametrize(("name", "command"), list(_commands(typer.main.get_command(app))))
def test_every_command_and_option_is_explained(name: str, command: Any) -> None:
    assert command.help
    assert command.help.endswith("."), name
    for parameter in command.params:
        assert getattr(parameter, "help", None), (name, parameter.name)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (
            ["--help"],
            ["serve", "scan", "demo", "certs", "doctor", "users", "invites", "--data", "--version", "sarau.toml"],
        ),
        (["invites", "-h"], ["create", "list", "revoke"]),
        (["users", "create", "--help"], ["--role", "guest|member|admin|owner", "--email", "SARAU_NEW_PASSWORD"]),
    ],
)
def test_help_tells_what_there_is(lonely: CommandLine, words: list[str], shown: list[str]) -> None:
    out = lonely(*words).well()
    for one in shown:
        assert one in out
    assert not lonely.data.exists(), "asking for help changes nothing"


def test_the_version(lonely: CommandLine) -> None:
    assert lonely("--version").well() == f"Sarau {VERSION}\n"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ([], "Usage"),
        (["sing"], "No such command 'sing'"),
        (["users", "set-role", "anna", "king"], "'king' is not one of"),
        (["serve", "--port", "99999"], "--port"),
    ],
)
def test_what_is_not_understood_is_said_so(lonely: CommandLine, words: list[str], why: str) -> None:
    said = lonely(*words)
    assert said.code == 2, said.all
    told = re.sub(r"\s+", " ", said.all)
    assert why.lower() in told.lower()
    assert "Traceback" not in told
    assert not lonely.data.exists()
