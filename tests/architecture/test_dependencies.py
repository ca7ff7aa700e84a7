"""What is installed is locked: exact versions, with hashes, from wherever one gets packages."""

import json
import re
import tomllib
from pathlib import Path

import pytest
from tests.architecture.tree import ROOT

LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
_NAME = re.compile(r"[A-Za-z0-9][\w.-]*")


def _locked(lock: Path) -> dict[str, str]:
    """Return each requirement of a lock file, its continued lines joined, by its name."""
    joined = re.sub(r"\\\n\s*", " ", lock.read_text())
    lines = [line for line in joined.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return {_normal(_NAME.match(line).group()): line for line in lines}  # type: ignore[union-attr]


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_there_is_a_lock_for_each_purpose() -> None:
    assert [lock.name for lock in LOCKS] == ["build.txt", "dev.txt", "run.txt"]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_package_is_pinned_with_its_hashes(lock: Path) -> None:
    locked = _locked(lock)
    assert locked
    for line in locked.values():
        assert re.match(r"[\w.-]+(\[[\w,-]+\])?==[\w.!+]+\s", line), line
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", line), line


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_no_address_is_in_a_lock(lock: Path) -> None:
    text = lock.read_text()
    for forbidden in ("://", "--index-url", "--extra-index-url", "--find-links", "--trusted-host", "@ file"):
        assert forbidden not in text, forbidden


def test_all_that_is_asked_for_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    run = {_normal(_NAME.match(one).group()) for one in project["dependencies"]}  # type: ignore[union-attr]
    assert run <= set(_locked(ROOT / "requirements" / "run.txt"))
    asked = [line for line in (ROOT / "requirements" / "dev.in").read_text().split() if not line.startswith("-")]
    dev = {_normal(name) for name in asked if not name.endswith(".in")}
    assert run | dev <= set(_locked(ROOT / "requirements" / "dev.txt"))


def test_what_runs_is_the_same_in_both_locks() -> None:
    run, dev = _locked(ROOT / "requirements" / "run.txt"), _locked(ROOT / "requirements" / "dev.txt")
    assert {name: dev[name].split()[0] for name in run} == {name: line.split()[0] for name, line in run.items()}


def test_the_page_is_locked_too_without_addresses() -> None:
    text = (ROOT / "web" / "package-lock.json").read_text()
    packages = json.loads(text)["packages"]
    assert len(packages) > 50
    for name, about in packages.items():
        assert "resolved" not in about, name
        assert name == "" or about.get("link") or about.get("integrity", "").startswith("sha"), name
    asked = json.loads((ROOT / "web" / "package.json").read_text())
    for name in {**asked["dependencies"], **asked["devDependencies"]}:
        assert f"node_modules/{name}" in packages, name


def test_what_is_imported_is_asked_for() -> None:
    """No package comes along by chance, as the dependency of another."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    asked = {_normal(_NAME.match(one).group()) for one in project["dependencies"]}  # type: ignore[union-attr]
    called = {
        "argon2": "argon2-cffi", "jwt": "pyjwt", "PIL": "pillow", "python_multipart": "python-multipart",
        "prometheus_client": "prometheus-client", "pydantic_settings": "pydantic-settings",
        "grpc": "grpcio", "grpc_health": "grpcio-health-checking", "grpc_reflection": "grpcio-reflection",
        "google": "protobuf",
        "starlette": "fastapi", "pydantic": "pydantic-settings",  # both are part of what these are
    }  # fmt: skip
    imported: set[str] = set()
    for path in (ROOT / "src").rglob("*.py"):
        imported |= set(re.findall(r"^\s*(?:from|import) ([a-zA-Z_]\w*)", path.read_text(), re.MULTILINE))
    import sys

    foreign = {name for name in imported if name not in sys.stdlib_module_names and name != "sarau"}
    assert {_normal(called.get(name, name)) for name in foreign} <= asked
