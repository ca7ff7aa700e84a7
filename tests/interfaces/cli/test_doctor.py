"""`sarau doctor`: what is well, what is not, and how to mend it; and bad settings for every command."""

from pathlib import Path

import pytest
from tests.interfaces.cli.running import CommandLine
from tests.support.music import tune

UNREACHABLE = "postgresql://me:s3cret-word@127.0.0.1:1/nowhere"


def _lines(out: str) -> dict[str, tuple[str, str]]:
    """Return what the table says: for each thing, whether it is well and what was found."""
    table = [line for line in out.splitlines() if line.startswith(("✓", "✗"))]
    return {line[3:].split("  ")[0]: (line[0], line[3:].partition("  ")[2].strip()) for line in table}


def test_a_house_that_is_well(sarau: CommandLine, database_url: str, tmp_path: Path) -> None:
    tune(tmp_path / "Music" / "one.flac")
    sarau("scan", "--add", str(tmp_path / "Music")).well()
    found = _lines(sarau("doctor").well())
    assert {mark for mark, _ in found.values()} == {"✓"}
    kind = "SQLite" if database_url.startswith("sqlite") else "PostgreSQL"
    assert found["Database"][1].startswith(f"{kind}, at revision ")
    assert found["Codecs"][1] == "all formats"
    assert "GiB free" in found["Storage"][1]
    assert found["Library “Music”"][1] == str(tmp_path / "Music")

    (tmp_path / "Music").rename(tmp_path / "Away")
    (sarau.data / "secret.key").chmod(0o644)
    said = sarau("doctor")
    assert said.code == 1
    found = _lines(said.out)
    assert found["Library “Music”"][0] == "✗"
    assert "Mount its disk" in said.out
    assert found["Secret key's mode"][0] == "✗"
    assert "chmod 600" in said.out


def test_a_house_that_was_not_begun_is_well_too(lonely: CommandLine) -> None:
    found = _lines(lonely("doctor").well())
    assert found["Database"] == ("✓", "SQLite, empty: the first start fills it")
    assert found["Web page"] == ("✓", "built")


def test_all_that_is_wrong_is_found_at_once(lonely: CommandLine) -> None:
    (lonely.folder / "file").touch()
    said = lonely(
        "doctor",
        SARAU_DATA_PATH=str(lonely.folder / "file" / "data"),
        SARAU_DATABASE_URL=UNREACHABLE,
        SARAU_SERVER_TRUSTED_PROXIES='["not an address"]',
    )
    assert said.code == 1
    assert "Traceback" not in said.all
    found = _lines(said.out)
    for what in ("Settings", "Secret key", "Database", "Storage"):
        assert found[what][0] == "✗", what
        assert f"\n{what}: " in said.out, "how to mend it"
    assert "postgresql://user:password@host/name" in said.out
    assert "s3cret-word" not in said.all


def test_a_codec_library_that_does_not_load(lonely: CommandLine) -> None:
    shim = lonely.folder / "broken" / "av.py"
    shim.parent.mkdir()
    shim.write_text('raise ImportError("libavcodec.so.62: cannot open shared object file")\n')
    said = lonely("doctor", PYTHONPATH=str(shim.parent))
    assert said.code == 1
    assert "Traceback" not in said.all
    assert _lines(said.out)["Codecs"][0] == "✗"
    assert "pip install --force-reinstall av" in said.out


@pytest.mark.parametrize(
    ("file", "settings", "why"),
    [
        ("nonsense = [", {}, "sarau.toml"),
        ("[server]\nprot = 1", {}, "server.prot"),
        ("", {"SARAU_SERVER_PORT": "many"}, "server.port"),
        ("", {"SARAU_SERVER_PROT": "1"}, "SARAU_SERVER_PROT"),
        ("", {"SARAU_CONFIG": "nowhere.toml"}, "nowhere.toml"),
    ],
)
def test_bad_settings_are_named(lonely: CommandLine, file: str, settings: dict[str, str], why: str) -> None:
    if file:
        (lonely.folder / "sarau.toml").write_text(file)
    assert why in lonely("doctor", **settings).refused()
    assert not lonely.data.exists()


@pytest.mark.parametrize(
    ("words", "settings", "why"),
    [
        (["users", "list"], {"SARAU_DATABASE_URL": UNREACHABLE}, "Cannot connect to PostgreSQL"),
        (["serve", "--port", "0"], {"SARAU_DATABASE_URL": UNREACHABLE}, "Cannot connect to PostgreSQL"),
        (["serve", "--port", "0"], {"SARAU_DATABASE_URL": "mysql://me:s3cret-word@127.0.0.1/x"}, "'mysql' is not"),
        (["serve", "--port", "0"], {"SARAU_SECURITY_SECRET": "short"}, "security.secret"),
        (["serve", "--port", "0"], {"SARAU_SERVER_TRUSTED_PROXIES": '["me"]'}, "server.trusted_proxies"),
        (["serve", "--port", "0"], {"SARAU_DATA_PATH": "/dev/null/data"}, "data.path: /dev/null/data"),
    ],
)
def test_a_house_that_cannot_be_opened_is_said_so(
    lonely: CommandLine, words: list[str], settings: dict[str, str], why: str
) -> None:
    said = lonely(*words, **settings).refused()
    assert why in said
    assert "s3cret-word" not in said


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["serve", "--music", "/nowhere/at/all"], "data.music: /nowhere/at/all"),
        (["serve", "--host", "203.0.113.1"], "203.0.113.1"),
        (["demo", "/dev/null/demo"], "/dev/null/demo"),
    ],
)
def test_a_place_that_cannot_be_used_is_said_so(lonely: CommandLine, words: list[str], why: str) -> None:
    assert why in lonely(*words).refused()
