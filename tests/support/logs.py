"""Logs nobody reads, made without the effort of making them pretty."""

from collections.abc import Iterator
from contextlib import contextmanager

import structlog


@contextmanager
def unread_logs() -> Iterator[None]:
    """Have log entries made into plain text and thrown away."""
    structlog.configure(
        processors=[structlog.processors.format_exc_info, structlog.processors.KeyValueRenderer()],
        logger_factory=structlog.ReturnLoggerFactory(),
    )
    yield
    structlog.reset_defaults()
