"""Looking at the house from inside: settings, database, storage, codecs, gRPC."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import literal, select

from sarau.adapters.ffmpeg.probe import codecs_report
from sarau.catalog.library.queries.libraries import library_roots
from sarau.foundation.database.database import Database, engine_for
from sarau.foundation.database.migrations.runner import HEAD, current_revision
from sarau.foundation.database.query import Query, scalar
from sarau.foundation.errors import DomainError
from sarau.foundation.media.formats import Codec
from sarau.foundation.media.transcoding import Target
from sarau.foundation.settings.load import BadSettings, Settings
from sarau.interfaces.cli.program import Finding
from sarau.interfaces.common.addresses import networks
from sarau.interfaces.web.pages import STATIC
from sarau.wiring.grpc_doctor import players
from sarau.wiring.secret import house_secret

_ALIVE = Query(select(literal(1)), scalar)


async def examine(settings: Settings) -> list[Finding]:
    """Return what is well and what is not."""
    return [
        *_settings(settings),
        *await _database(settings),
        *_storage(settings),
        *_codecs(),
        _web(),
        *players(settings),
    ]


def _settings(settings: Settings) -> Iterator[Finding]:
    try:
        networks(settings.server.trusted_proxies)
        yield Finding("Settings", True, "read")
    except ValueError as error:
        yield Finding("Settings", False, str(error), "Mend server.trusted_proxies: addresses or networks.")
    try:
        house_secret(settings.security.secret, settings.data.path)
        yield Finding("Secret key", True, "set" if settings.security.secret else "kept in the data folder")
    except BadSettings as error:
        remedy = "Give it at least 32 characters, or delete it to make a new one."
        if isinstance(error.__cause__, OSError):
            remedy = "See that the data folder can be read and written."
        yield Finding("Secret key", False, str(error), remedy)
    key = settings.data.path / "secret.key"
    if key.exists() and key.stat().st_mode & 0o077:
        yield Finding("Secret key's mode", False, "others may read it", f"Run: chmod 600 {key}")


async def _database(settings: Settings) -> list[Finding]:
    kind = "SQLite" if settings.database_url.startswith("sqlite") else "PostgreSQL"
    try:
        engine = engine_for(settings.database_url)
        revision = await current_revision(engine)
        if revision is None:
            return [Finding("Database", True, f"{kind}, empty: the first start fills it")]
        async with Database(engine) as database, database.reading() as reader:
            await reader.one(_ALIVE)
            roots = await library_roots(reader) if revision == HEAD else []
    except (DomainError, ValueError) as error:
        remedy = "See that it runs and that SARAU_DATABASE_URL is right: postgresql://user:password@host/name."
        return [Finding("Database", False, str(error), remedy)]
    found = [Finding("Database", True, f"{kind}, at revision {revision}")]
    for root in roots:
        there = os.access(root.path, os.R_OK | os.X_OK)
        remedy = f"Mount its disk, or let this user read {root.path}."
        found.append(Finding(f"Library “{root.name}”", there, root.path, remedy))
    return found


def _storage(settings: Settings) -> Iterator[Finding]:
    data = settings.data.path
    nearest = next(path for path in (data.absolute(), *data.absolute().parents) if path.exists())
    if not nearest.is_dir():
        yield Finding("Storage", False, f"{nearest} is not a folder", "Choose another place: SARAU_DATA_PATH.")
        return
    if not os.access(nearest, os.W_OK | os.X_OK):
        yield Finding("Storage", False, f"{data} cannot be written", f"Run: chown -R $USER {nearest}")
        return
    free = shutil.disk_usage(nearest).free
    enough = free > settings.uploads.keep_free_bytes
    yield Finding("Storage", enough, f"{data}, {free / 2**30:.1f} GiB free", "Make room, or move the data folder.")


def _codecs() -> Iterator[Finding]:
    report = codecs_report()
    lost = sorted({*Codec} - report.decoders) + sorted(
        f"{target} (encoding)" for target in {*Target} - report.encoders
    )
    found = "all formats" if not lost else "missing: " + ", ".join(lost)
    yield Finding("Codecs", report.complete, found, "Reinstall PyAV from its wheel: pip install --force-reinstall av")


def _web() -> Finding:
    built = (Path(STATIC) / "index.html").is_file()
    return Finding("Web page", built, "built" if built else "not built", "Run `make web`, or install with pip.")
