"""Structured logs: JSON or pretty, with the request id, without secrets."""

import logging
import math
import re
import sys
from collections.abc import Mapping, MutableMapping
from contextvars import ContextVar
from typing import Any, Literal, TextIO

import structlog

_NAMES = r"pass(?:word|wd|phrase)|pwd|secret|token|authorization|credential|api[_-]?key|private[_-]?key|signature"
_SECRET_NAME = re.compile(rf"{_NAMES}|cookie|\bcode\b", re.IGNORECASE)
# What a group catches stays.
_SECRET_TEXT = re.compile(
    rf"""
      ((?:set-)?cookie["']?\s*[:=]\s*).+
    | ((?:{_NAMES}|sig|code|key)=)(?:(?:bearer|basic)\s+)?[^&\s"']+
    | ((?:{_NAMES})\\*["']?\s*[:=]\s*)
      (?:"(?:[^"\\]|\\.)*" | '(?:[^'\\]|\\.)*' | \\*["']?(?:(?:bearer|basic)\s+)?[^\s"'&,;)}}\]]+)
    | (bearer\s+)[\w.~+/=-]+
    | \beyJ[\w-]+\.[\w-]+\.[\w-]*          # a JSON web token
    | \bsarau_[\w-]{{40,}}                 # an API key
    | (://[^/\s:@]*:)[^/\s]+(?=@)          # the password in an address
    """,
    re.IGNORECASE | re.VERBOSE,
)
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_DEEPEST = 8
_OF_THE_LIBRARY = ("_record", "_from_structlog")
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
    """Replace what looks like a secret by its name or by its form, however deep; leave plain values only."""
    for name, value in entry.items():
        if name not in _OF_THE_LIBRARY:
            entry[name] = HIDDEN if _SECRET_NAME.search(name) else _plain(value)
    return entry


def _plain(value: Any, depth: int = 0) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if depth < _DEEPEST and isinstance(value, Mapping):
        return {
            _plain(str(name)): HIDDEN if _SECRET_NAME.search(str(name)) else _plain(inner, depth + 1)
            for name, inner in value.items()
        }
    if depth < _DEEPEST and isinstance(value, list | tuple | set | frozenset):
        return [_plain(inner, depth + 1) for inner in value]
    shown = _SECRET_TEXT.sub(lambda m: next(filter(None, m.groups()), "") + HIDDEN, str(value))
    # Nobody's file name shall steer a terminal.
    return _CONTROLS.sub(lambda m: ascii(m[0])[1:-1], shown)


def _on_one_line(_logger: object, _method: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Keep who names things from writing entries of their own."""
    entry["event"] = str(entry.get("event", "")).replace("\n", "\\n")
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
        _on_one_line,
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
