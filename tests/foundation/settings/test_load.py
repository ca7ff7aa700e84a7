"""Settings: the variable wins over the file, the file over the default, and a mistake is told by its name."""

import os
from pathlib import Path

import pytest

from sarau.foundation.settings.load import BadSettings, Settings, load_settings, variables


@pytest.fixture(autouse=True)
def _bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder and an environment without settings."""
    for name in os.environ:
        if name.upper().startswith("SARAU_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def write(text: str, name: str = "sarau.toml") -> Path:
    path = Path(name).absolute()
    path.write_text(text)
    return path


def refusal() -> str:
    with pytest.raises(BadSettings) as caught:
        load_settings()
    return str(caught.value)


def test_without_anything_there_are_defaults_for_a_familys_machine() -> None:
    settings = load_settings()

    assert (settings.server.host, settings.server.port) == ("127.0.0.1", 4747)
    assert settings.data.music is None
    assert settings.database_url == f"sqlite:///{Path.cwd()}/data/sarau.db"


def test_the_file_wins_over_the_default_and_the_variable_over_both(monkeypatch: pytest.MonkeyPatch) -> None:
    write("[server]\nhost = '::1'\nport = 1\ntrusted_proxies = ['10.0.0.1']\n[house]\nname = 'Sítio'\n")
    monkeypatch.setenv("SARAU_SERVER_PORT", "2")
    settings = load_settings()

    assert (settings.server.host, settings.server.port) == ("::1", 2)
    assert settings.server.trusted_proxies == ["10.0.0.1"]
    assert settings.house.name == "Sítio"
    assert settings.house.demo is True


def test_a_file_may_lie_anywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    write("[server]\nport = 1\n")
    monkeypatch.setenv("SARAU_CONFIG", str(write("[server]\nport = 3\n", "other.toml")))

    assert load_settings().server.port == 3


def test_a_file_that_is_named_must_be_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SARAU_CONFIG", "nowhere.toml")

    assert "nowhere.toml" in refusal()


@pytest.mark.parametrize(
    ("variable", "value", "section", "field", "expected"),
    [
        ("SARAU_SERVER_TRUSTED_PROXIES", '["10.0.0.1", "::1"]', "server", "trusted_proxies", ["10.0.0.1", "::1"]),
        ("SARAU_SERVER_X_ACCEL_PREFIX", "/inner/", "server", "x_accel_prefix", "/inner/"),
        ("SARAU_HOUSE_DEMO", "false", "house", "demo", False),
        ("SARAU_DATA_PATH", "some/where", "data", "path", Path("some/where")),
        ("SARAU_DATA_MUSIC", "/srv/música", "data", "music", Path("/srv/música")),
        ("SARAU_STREAMING_TRANSCODE_WAIT_S", "0.5", "streaming", "transcode_wait_s", 0.5),
        ("SARAU_SECURITY_SIGN_IN_ATTEMPTS", "3", "security", "sign_in_attempts", 3),
        ("SARAU_SERVER", '{"port": 5}', "server", "port", 5),
        ("sarau_server_port", "6", "server", "port", 6),
    ],
)
def test_every_kind_of_variable(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, section: str, field: str, expected: object
) -> None:
    monkeypatch.setenv(variable, value)

    assert getattr(getattr(load_settings(), section), field) == expected


def test_empty_counts_as_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    write("[server]\nport = 3\n[data]\nmusic = ''\n")
    for name in ("SARAU_SERVER_PORT", "SARAU_DATA_PATH", "SARAU_SERVER_TRUSTED_PROXIES", "SARAU_DATABASE_URL"):
        monkeypatch.setenv(name, "")
    settings = load_settings()

    assert settings.server.port == 3
    assert settings.data.path == Path("data")
    assert settings.data.music is None
    monkeypatch.setenv("SARAU_DATA_MUSIC", "")
    assert load_settings().data.music is None


def test_a_relative_data_folder_means_the_current_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SARAU_DATA_PATH", "here/data")

    assert load_settings().database_url == f"sqlite:///{Path.cwd()}/here/data/sarau.db"


def test_another_database_wins_over_the_one_in_the_data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SARAU_DATABASE_URL", "postgresql://anna@db/house")

    assert load_settings().database_url == "postgresql://anna@db/house"


@pytest.mark.parametrize(
    ("file", "named"),
    [
        ("[server]\nprot = 80\n", "server.prot"),
        ("[sever]\nport = 80\n", "sever"),
        ("port = 80\n", "port"),
        ("[server]\nport = 'many'\n", "server.port"),
        ("[server]\nport = 65536\n", "server.port"),
        ("[server]\nport = -1\n", "server.port"),
        ("[server]\ntrusted_proxies = '10.0.0.1'\n", "server.trusted_proxies"),
        ("server = 3\n", "server"),
        ("[house]\nname = ''\n", "house.name"),
        ("[house]\nurl = 'javascript:alert(1)'\n", "house.url"),
        ("[house]\nurl = 'https://x/?a'\n", "house.url"),
        ("[logs]\nlevel = 'loud'\n", "logs.level"),
        ("[uploads]\nmax_file_bytes = -1\n", "uploads.max_file_bytes"),
        ("[uploads]\nmax_file_bytes = 1e400\n", "uploads.max_file_bytes"),
        ("[security]\naccess_ttl_s = 0\n", "security.access_ttl_s"),
        ("[server\n", "sarau.toml"),
        ("[server]\nport = 1\nport = 2\n", "sarau.toml"),
        ("\0", "sarau.toml"),
    ],
)
def test_a_mistake_in_the_file_is_told_by_its_name(file: str, named: str) -> None:
    write(file)

    assert named in refusal()


def test_a_file_of_another_encoding_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    write("").write_bytes("[house]\nname = 'Sítio'".encode("latin-1"))

    assert "sarau.toml" in refusal()


@pytest.mark.parametrize(
    ("variable", "value", "named"),
    [
        ("SARAU_SERVER_PROT", "1", "SARAU_SERVER_PROT"),
        ("SARAU_SERVER_", "1", "SARAU_SERVER_"),
        ("SARAU_NOTHING", "1", "SARAU_NOTHING"),
        ("SARAU_", "1", "SARAU_"),
        ("SARAU_SERVER_PORT", "many", "server.port"),
        ("SARAU_SERVER_PORT", "{", "server.port"),
        ("SARAU_SERVER_TRUSTED_PROXIES", "10.0.0.1", "SARAU_SERVER_TRUSTED_PROXIES"),
        ("SARAU_SERVER_TRUSTED_PROXIES", "[1]", "server.trusted_proxies.0"),
        ("SARAU_SERVER", "not json", "SARAU_SERVER"),
        ("SARAU_SERVER", "[1]", "server"),
        ("SARAU_SERVER", '{"prot": 1}', "server.prot"),
    ],
)
def test_a_mistake_in_a_variable_is_told_by_its_name(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, named: str
) -> None:
    monkeypatch.setenv(variable, value)

    assert named in refusal()


def test_all_mistakes_are_told_at_once() -> None:
    write("[server]\nport = 'x'\n[house]\nname = ''\n[logs]\nlevel = 1\n")

    assert all(name in refusal() for name in ("server.port", "house.name", "logs.level"))


def test_secrets_are_told_neither_in_errors_nor_when_settings_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SARAU_SECURITY_SECRET", "s3cr3t" * 6)
    monkeypatch.setenv("SARAU_SERVER_METRICS_TOKEN", "s3cr3t")
    monkeypatch.setenv("SARAU_DATABASE_URL", "postgresql://anna:s3cr3t@db/house")
    settings = load_settings()
    assert settings.security.secret == "s3cr3t" * 6
    assert "s3cr3t" not in f"{settings!r} {settings}"

    monkeypatch.setenv("SARAU_SECURITY_ACCESS_TTL_S", "s3cr3t")
    assert "s3cr3t" not in refusal()


def test_settings_do_not_change_while_the_house_stands() -> None:
    with pytest.raises(ValueError, match="frozen"):
        load_settings().server.port = 1


def test_every_variable_is_documented_and_works(monkeypatch: pytest.MonkeyPatch) -> None:
    documented = variables()
    named = {
        f"SARAU_{section}_{field}".upper() for section, value in Settings() for field in type(value).model_fields
    }

    assert documented.keys() == named | {"SARAU_CONFIG"}
    assert all(text.endswith(".") and len(text) > 10 for text in documented.values())
    for name in named:
        monkeypatch.setenv(name, "")
    assert load_settings() == Settings()
