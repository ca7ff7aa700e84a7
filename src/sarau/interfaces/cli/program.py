"""What the command line calls, built by wiring."""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from sarau.catalog.ingest.schemas import Scan, ScanCounts
from sarau.foundation.settings.load import Settings
from sarau.interfaces.common.house import House

Tell = Callable[[ScanCounts, str], None]


class Finding(NamedTuple):
    """What the doctor found of one thing; `remedy` says how to mend it."""

    what: str
    well: bool
    found: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Program:
    """The house from outside: opening it, serving it, scanning it, looking at it."""

    settings: Callable[[], Settings]
    open_house: Callable[[Settings], AbstractAsyncContextManager[House]]
    serve: Callable[[Settings], None]
    scan: Callable[[Settings, str, Sequence[str], Tell], Awaitable[Scan]]
    examine: Callable[[Settings], Awaitable[list[Finding]]]
    make_demo: Callable[[Path, Callable[[int, int, str], None]], int]
    serve_folder: Callable[[House, Path, str], Awaitable[str]]
    make_certificates: Callable[[Path, Sequence[str], int], list[Path]]
