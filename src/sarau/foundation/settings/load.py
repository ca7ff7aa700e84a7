"""Reading the settings: a TOML file, then the environment over it."""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path

from pydantic import Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from sarau.foundation.settings import sections


class BadSettings(Exception):
    """A setting is unknown or outside its domain; the text names it and says why."""


class Settings(BaseSettings):
    """All sections; a variable SARAU_<SECTION>_<FIELD> wins over the file."""

    model_config = SettingsConfigDict(
        env_prefix="SARAU_", env_nested_delimiter="_", env_nested_max_split=1, extra="forbid", frozen=True
    )

    house: sections.House = Field(default_factory=sections.House)
    data: sections.Data = Field(default_factory=sections.Data)
    server: sections.Server = Field(default_factory=sections.Server)
    database: sections.DatabaseSection = Field(default_factory=sections.DatabaseSection)
    security: sections.Security = Field(default_factory=sections.Security)
    uploads: sections.Uploads = Field(default_factory=sections.Uploads)
    scanning: sections.Scanning = Field(default_factory=sections.Scanning)
    streaming: sections.Streaming = Field(default_factory=sections.Streaming)
    logs: sections.Logs = Field(default_factory=sections.Logs)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the library's signature
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Say where settings come from, strongest first."""
        return (init_settings, env_settings, TomlConfigSettingsSource(settings_cls, toml_file=_file(os.environ)))

    @property
    def database_url(self) -> str:
        """The database, wherever it is."""
        return self.database.url or f"sqlite:///{(self.data.path / 'sarau.db').absolute()}"


def _file(environ: Mapping[str, str]) -> Path:
    return Path(environ.get("SARAU_CONFIG", "sarau.toml"))


def load_settings() -> Settings:
    """Return the settings; raises BadSettings naming every field that is wrong."""
    path = _file(os.environ)
    if "SARAU_CONFIG" in os.environ and not path.is_file():
        raise BadSettings(f"SARAU_CONFIG names {path}, and there is no such file")
    unknown = [name for name in os.environ if name.startswith("SARAU_") and not _known(name)]
    if unknown:
        raise BadSettings("unknown settings in the environment: " + ", ".join(sorted(unknown)))
    try:
        return Settings()
    except ValidationError as error:
        wrong = [f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors(include_url=False)]
        raise BadSettings("; ".join(wrong)) from error
    except (tomllib.TOMLDecodeError, OSError, UnicodeDecodeError) as error:
        raise BadSettings(f"{path}: {error}") from error


def variables() -> dict[str, str]:
    """Return every variable with its description, for help and documentation."""
    found = {"SARAU_CONFIG": "The settings file, instead of sarau.toml in the current folder."}
    for section, info in Settings.model_fields.items():
        assert isinstance(info.annotation, type)  # noqa: S101 - every field above is a section
        assert issubclass(info.annotation, sections.Section)  # noqa: S101
        for field, about in info.annotation.model_fields.items():
            found[f"SARAU_{section}_{field}".upper()] = about.description or ""
    return found


def _known(name: str) -> bool:
    # A whole section may be given as JSON; anything else must be a field.
    return name in variables() or name.removeprefix("SARAU_").lower() in Settings.model_fields
