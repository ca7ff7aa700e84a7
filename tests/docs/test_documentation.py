"""What the documentation says is so: settings, links, commands, routes."""

import re
import runpy
import tomllib
from pathlib import Path
from urllib.parse import unquote

import pytest

from sarau.accounts.roles.policies import Role, permissions_of
from sarau.foundation.media.formats import Codec
from sarau.foundation.settings.load import variables
from sarau.interfaces.cli import people, serving
from sarau.interfaces.cli.app import app

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
assert people.app is serving.app is app, "importing the commands registers them"


def _name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def _anchors(text: str) -> set[str]:
    """Return the anchors of a page's headings, as forges make them."""
    heads = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}


def test_the_settings_page_is_the_settings() -> None:
    written = runpy.run_path(str(ROOT / "tools" / "write_settings_doc.py"))["document"]()
    kept = (ROOT / "docs" / "settings.md").read_text()
    assert kept == written, "run tools/write_settings_doc.py"


def test_every_setting_is_explained() -> None:
    page = (ROOT / "docs" / "settings.md").read_text()
    for variable, description in variables().items():
        assert variable in page, variable
        assert description.endswith("."), variable
        assert variable == "SARAU_CONFIG" or description in page, variable


def test_the_example_of_a_settings_file_can_be_read() -> None:
    page = (ROOT / "docs" / "settings.md").read_text()
    examples = re.findall(r"```toml\n(.+?)```", page, re.DOTALL)
    assert examples
    known = variables()
    for example in examples:
        for section, fields in tomllib.loads(example).items():
            for field in fields:
                assert f"SARAU_{section}_{field}".upper() in known


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_variable_that_is_named_is_one(page: Path) -> None:
    of_commands = {"SARAU_NEW_PASSWORD"}
    named = set(re.findall(r"\bSARAU_[A-Z0-9_]+[A-Z0-9]\b", page.read_text()))
    assert named <= set(variables()) | of_commands


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_link_leads_somewhere(page: Path) -> None:
    text = page.read_text()
    for target in re.findall(r"!?\[[^\]]*\]\(([^)\s]+)\)", text):
        if re.match(r"https?:|mailto:", target):
            continue
        path, _, anchor = unquote(target).partition("#")
        there = page if not path else (page.parent / path).resolve()
        assert there.exists(), f"{_name(page)}: {target}"
        if anchor:
            assert anchor in _anchors(there.read_text()), f"{_name(page)}: {target}"


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_path_that_is_named_is_there(page: Path) -> None:
    """Paths of the project between backticks; those of a house's data are elsewhere."""
    named = re.findall(r"`((?:src|tests|tools|docs|bench|web|requirements)/[\w./-]+)`", page.read_text())
    for path in named:
        made = path in ("bench/data", "web/dist")
        assert made or (ROOT / path).exists(), f"{_name(page)}: {path}"


def test_every_make_target_that_is_named_is_there() -> None:
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    for page in PAGES:
        named = set(re.findall(r"`?\bmake ([a-z]+)\b(?=[`\s]*(?:`|#|MUSIC|ARGS|$))", page.read_text(), re.MULTILINE))
        assert named <= targets, f"{_name(page)}: {named - targets}"
    for target in ("run", "test", "check", "bench"):
        assert re.search(rf"^{target}:.*## \S", makefile, re.MULTILINE), target


def test_every_command_that_is_shown_exists() -> None:
    import typer

    def options(words: list[str]) -> set[str]:
        command = typer.main.get_command(app)
        for word in words:
            parts = getattr(command, "commands", None)
            if parts is None or word.startswith("-"):
                break
            assert word in parts, words
            command = parts[word]
        return {option for parameter in command.params for option in parameter.opts}

    shown = [
        line.split("#")[0].split()
        for page in PAGES
        for block in re.findall(r"```sh\n(.+?)```", page.read_text(), re.DOTALL)
        for line in block.splitlines()
        if line.startswith("sarau ")
    ]
    shown += [one.split() for page in PAGES for one in re.findall(r"`(sarau [a-z][^`]*)`", page.read_text())]
    assert len(shown) >= 4
    for words in shown:
        given = {word.partition("=")[0] for word in words if word.startswith("--")} - {"--help"}
        assert given <= options(words[1:]), words


def test_the_readme_has_what_a_newcomer_needs() -> None:
    readme = (ROOT / "README.md").read_text()
    for needed in (
        "make run",
        "make run MUSIC=",
        "make test",
        "sarau invites create",
        "sarau doctor",
        "AGPL-3.0-or-later",
    ):
        assert needed in readme, needed
    for head in ("Two commands", "A tour", "Inviting", "Settings", "Where data lives, and backup"):
        assert re.search(rf"^## {head}$", readme, re.MULTILINE), head
    assert re.search(r"!\[[^\]]+\]\(docs/images/\w+\.(png|webp|jpg)\)", readme), "a picture of the page"
    for codec in Codec:
        name = {"vorbis": "Ogg Vorbis", "wav": "WAV", "aiff": "AIFF", "wavpack": "WavPack", "ape": "APE"}.get(
            codec, codec
        )
        assert name.lower() in readme.lower(), codec


def test_the_table_of_roles_is_right() -> None:
    readme = (ROOT / "README.md").read_text()
    rows = {
        cells[0]: tuple(cell == "✓" for cell in cells[1:])
        for line in readme.splitlines()
        if (cells := [cell.strip() for cell in line.strip("|").split("|")])
        and cells[0] in {role.value for role in Role}
    }
    columns = (
        ("library.listen",),
        ("library.download", "library.upload", "invites.create"),
        ("library.manage", "users.manage", "activity.read"),
        ("users.manage_owners",),
    )
    for role in Role:
        has = {permission.value for permission in permissions_of(role)}
        assert rows[role] == tuple(set(column) <= has for column in columns), role
