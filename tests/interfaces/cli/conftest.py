"""The command line of a fresh house, on each kind of database."""

from pathlib import Path

import pytest
from tests.interfaces.cli.running import CommandLine


@pytest.fixture
def sarau(tmp_path: Path, database_url: str) -> CommandLine:
    return CommandLine(tmp_path, database_url)


@pytest.fixture
def lonely(tmp_path: Path) -> CommandLine:
    """One that no database has been made for yet."""
    return CommandLine(tmp_path / "lonely")
