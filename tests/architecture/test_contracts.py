"""Every contract of the layers bites: one forbidden import for each, planted into a copy."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.architecture.tree import ROOT

_FOR_TYPES = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n   "
# The contract, the module that breaks it, and what it imports.
PLANTS = (
    ("One direction", "kit/text", "import sarau.foundation.errors"),
    ("One direction", "foundation/media/tags", "from sarau.accounts.users import errors"),
    ("One direction", "accounts/users/errors", "from sarau.catalog.lyrics import schemas"),
    ("One direction", "catalog/lyrics/schemas", "from sarau.streaming import errors"),
    ("One direction", "streaming/errors", "from sarau.playback.history import schemas"),
    ("One direction", "playback/history/errors", "from sarau.interfaces.web import pages"),
    ("One direction", "foundation/media/formats", "import sarau.adapters.synth.harmony"),
    ("One direction", "adapters/pillow/images", "import sarau.interfaces.web.pages"),
    ("One direction", "interfaces/web/pages", "import sarau.wiring.secret"),
    # There is no hiding: neither for the type checker alone nor inside of a function.
    ("One direction", "kit/ids", f"{_FOR_TYPES} import sarau.foundation.storage"),
    ("One direction", "kit/ranges", "def hidden():\n    import sarau.foundation.cache"),
    ("Protocols do not know each other", "interfaces/cli/program", "import sarau.interfaces.rest.errors"),
    ("Protocols do not know each other", "interfaces/common/growing", "import sarau.interfaces.cli.app"),
    ("Inside catalog", "catalog/library/identity", "import sarau.catalog.artwork.errors"),
    ("Inside catalog", "catalog/lyrics/reading", "import sarau.catalog.artwork.schemas"),
    ("Files of a slice read downwards", "accounts/users/schemas", "import sarau.accounts.users.tables"),
    ("Files of a slice read downwards", "playback/history/policies", "import sarau.playback.history.queries"),
    ("Slices know no framework", "accounts/invites/policies", "import starlette.requests"),
    ("Slices know no framework", "foundation/security/actor", "import fastapi"),
    ("Slices use technology through ports", "catalog/ingest/sidecars", "import mutagen"),
    ("Slices use technology through ports", "streaming/signing", "import asyncpg"),
    ("What a slice shows", "streaming/delivery", "import sarau.catalog.library.tables"),
    ("What a slice shows", "interfaces/rest/health", "import sarau.accounts.users.tables"),
    ("Adapters know only ports", "adapters/localfs/layout", "import sarau.catalog.library.policies"),
)  # fmt: skip


def _lint(copy: Path) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache"],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": f"{copy / 'src'}{os.pathsep}{ROOT}", "COLUMNS": "300", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    return done.returncode, done.stdout + done.stderr


def _copied(folder: Path) -> Path:
    shutil.copytree(
        ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("static", "__pycache__", "*.egg-info")
    )
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def _broken(copy: Path) -> dict[str, str]:
    """Return what is said of each contract that is broken."""
    code, said = _lint(copy)
    assert code == 1, said
    _, broken = said.split("Broken contracts", 1)
    parts = re.split(r"^(.+)\n-+\n", broken, flags=re.MULTILINE)
    return {title.strip(): text for title, text in zip(parts[1::2], parts[2::2], strict=True)}


def _plant(copy: Path, module: str, imports: str) -> None:
    path = copy / "src" / "sarau" / f"{module}.py"
    path.write_text(f"{path.read_text()}\n{imports}\n")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What is said of each contract once all has been planted, and of folders that no layer knows."""
    copy = _copied(tmp_path_factory.mktemp("planted"))
    code, said = _lint(copy)
    assert code == 0, said
    for _, module, imports in PLANTS:
        _plant(copy, module, imports)
    for package in ("extras", "catalog/extras"):
        (copy / "src" / "sarau" / package).mkdir()
        (copy / "src" / "sarau" / package / "__init__.py").write_text('"""Knows no layer."""\n')
    return _broken(copy)


def test_every_contract_is_tried() -> None:
    names = re.findall(r'^name = "(.+)"\ntype = ', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    assert {contract for contract, _, _ in PLANTS} | {"No circles anywhere"} == set(names)


def _imported(imports: str) -> str:
    line = imports.strip().splitlines()[-1].strip()
    package, _, name = line.removeprefix("from ").removeprefix("import ").partition(" import ")
    return f"{package}.{name}" if name and package.startswith("sarau") else package


@pytest.mark.parametrize(("contract", "module", "imports"), PLANTS)
def test_a_forbidden_import_breaks_its_contract(
    told: dict[str, str], contract: str, module: str, imports: str
) -> None:
    importer, imported = f"sarau.{module.replace('/', '.')}", _imported(imports)
    found = told.get(contract, "")
    foreign = imported if imported.startswith("sarau") else imported.partition(".")[0]
    says = (rf"{importer} -> {foreign}\b", rf"{importer} may not import {foreign}\b")
    assert any(re.search(one, found) for one in says), found


def test_a_circle_breaks_its_contract(tmp_path: Path) -> None:
    copy = _copied(tmp_path)
    _plant(copy, "kit/ids", "import sarau.kit.times")
    _plant(copy, "kit/times", "import sarau.kit.ids")
    broken = _broken(copy)
    assert set(broken) == {"No circles anywhere"}
    assert "sarau.kit" in broken["No circles anywhere"]


def test_a_folder_that_no_layer_knows_is_found(told: dict[str, str]) -> None:
    assert "sarau.extras" in told["One direction"]
    assert "sarau.catalog.extras" in told["Inside catalog"]
