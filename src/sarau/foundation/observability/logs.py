"""Structured logs: JSON or pretty, with the request id, without secrets."""

import logging
import re
import sys
from collections.abc import MutableMapping
from contextvars import ContextVar
from typing import Any, Literal, TextIO

import structlog

_SECRET_NAME = re.compile(r"password|secret|token|authorization|cookie|api_?key|signature|\bcode\b", re.IGNORECASE)
_SECRET_TEXT = re.compile(
    r"(?i)(bearer\s+)[\w.~+/=-]+|((?:token|sig|signature|password|secret|code|key)=)[^&\s\"']+"
    r"|eyJ[\w-]+\.[\w-]+\.[\w-]+|(://[^/\s:@]+:)[^/\s@]+(?=@)"
)
HIDDEN = "•••"

request_id: ContextVar[str | None] = ContextVar("request_id", default=None)
_lines_to: TextIO | None = None


def fast_stream() -> TextIO | None:
    """Return where plain JSON lines go, None where entries have to pass through the logger: pretty, or unwanted."""
    return _lines_to


def _with_request_id(_logger: object, _method: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    found = request_id.get()
    if found is not None:
        entry["request_id"] = found
    return entry


def hide_secrets(_logger: object, _method: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace what looks like a secret by its name or by its form."""
    for name, value in entry.items():
        if _SECRET_NAME.search(name):
            entry[name] = HIDDEN
        elif isinstance(value, str):
            entry[name] = _SECRET_TEXT.sub(lambda m: (m[1] or m[2] or m[3] or "") + HIDDEN, value)
    return entry


def configure_logs(style: Literal["auto", "json", "pretty"], level: str, stream: TextIO | None = None) -> None:
    """Send our log entries and those of libraries to a stream, standard error by default."""
    global _lines_to  # noqa: PLW0603 - there is one log
    stream = stream or sys.stderr
    pretty = style == "pretty" or (style == "auto" and stream.isatty())
    shared: list[structlog.typing.Processor] = [
        _with_request_id,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        hide_secrets,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        cache_logger_on_first_use=True,
    )
    renderer: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer(colors=stream.isatty()) if pretty else structlog.processors.JSONRenderer()
    )
    _lines_to = stream if not pretty and getattr(logging, level.upper()) <= logging.INFO else None
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
            foreign_pre_chain=shared,
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    logging.getLogger("alembic").setLevel("WARNING")
    logging.getLogger("watchfiles").setLevel("WARNING")


def get_logger(name: str) -> structlog.typing.FilteringBoundLogger:
    """Return a logger; its methods take a short event text and named values."""
    logger: structlog.typing.FilteringBoundLogger = structlog.get_logger(name)
    return logger
