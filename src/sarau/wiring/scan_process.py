"""The process of one scan: `python -m sarau.wiring.scan_process LIBRARY_ID`, folders as a JSON line on stdin."""

import asyncio
import json
import os
import signal
import sys
import threading

from sarau.foundation.errors import DomainError
from sarau.foundation.observability.logs import configure_logs, get_logger
from sarau.foundation.settings.load import load_settings
from sarau.wiring.scans import exit_code_of, scan_here


def main() -> int:
    """Scan, and end with the process that asked for it."""
    settings = load_settings()
    configure_logs(settings.logs.format, settings.logs.level)
    folders = json.loads(sys.stdin.readline())
    os.nice(5)  # who listens at this moment goes first
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        asyncio.run(scan_here(settings, sys.argv[1], folders, lambda _counts, _folder: None))
    except DomainError as error:
        get_logger("sarau.scan").warning("scan failed", library_id=sys.argv[1], reason=error.text)
        return exit_code_of(error)
    except KeyboardInterrupt:
        return 130
    return 0


def _end_with_parent() -> None:
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGINT)


if __name__ == "__main__":
    sys.exit(main())
