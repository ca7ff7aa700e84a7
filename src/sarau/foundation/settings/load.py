"""Reading the settings: a TOML file, then the environment over it."""

import os
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import get_origin

import msgspec
from pydantic import Field, ValidationError
from pydantic.fields import FieldInfo
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from sarau.foundation.settings import sections


class BadSettings(Exception):
    """A setting is unknown or outside its domain; the text names it and says why."""


class Settings(BaseSettings):
    """All sections; a variable SARAU_<SECTION>_<FIELD> wins over the file, an empty one counts as not given."""

    model_config = SettingsConfigDict(
        env_prefix="SARAU_",
        env_nested_delimiter="_",
        env_nested_max_split=1,
        env_ignore_empty=True,
        extra="forbid",
        frozen=True,
    )

    house: sections.House = Field(default_factory=sections.House)
    data: sections.Data = Field(default_factory=sections.Data)
    server: sections.Server = Field(default_factory=sections.Server)
    grpc: sections.Grpc = Field(default_factory=sections.Grpc)
    database: sections.DatabaseSection = Field(default_factory=sections.DatabaseSection)
    security: sections.Security = Field(default_factory=sections.Security)
    uploads: sections.Uploads = Field(default_factory=sections.Uploads)
    scanning: sections.Scanning = Field(default_factory=sections.Scanning)
    streaming: sections.Streaming = Field(default_factory=sections.Streaming)
    sharing: sections.Sharing = Field(default_factory=sections.Sharing)
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
    except SettingsError as error:
        raise BadSettings(", ".join(filter(_is_broken, _in_json())) + ": must be written as JSON") from error
    except (tomllib.TOMLDecodeError, OSError, UnicodeDecodeError) as error:
        raise BadSettings(f"{path}: {error}") from error


def _sections() -> Iterator[tuple[str, dict[str, FieldInfo]]]:
    for section, info in Settings.model_fields.items():
        assert isinstance(info.annotation, type)  # noqa: S101 - every field above is a section
        assert issubclass(info.annotation, sections.Section)  # noqa: S101
        yield section, info.annotation.model_fields


def variables() -> dict[str, str]:
    """Return every variable with its description, for help and documentation."""
    found = {"SARAU_CONFIG": "The settings file, instead of sarau.toml in the current folder."}
    for section, fields in _sections():
        for field, about in fields.items():
            found[f"SARAU_{section}_{field}".upper()] = about.description or ""
    return found


def _in_json() -> Iterator[str]:
    """Yield the variables that are written as JSON: lists, and whole sections."""
    for section, fields in _sections():
        yield f"SARAU_{section}".upper()
        for field, about in fields.items():
            if get_origin(about.annotation) is list:
                yield f"SARAU_{section}_{field}".upper()


def _known(name: str) -> bool:
    return name in variables() or name in _in_json()


def _is_broken(name: str) -> bool:
    try:
        msgspec.json.decode(os.environ.get(name) or "null")
    except msgspec.DecodeError:
        return True
    return False
