"""The files of this project, without what is made from them."""

import os
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).parents[2]


def _ignored(path: Path, patterns: list[str]) -> bool:
    """Tell whether Git leaves a file or folder out, for the kinds of patterns that our .gitignore has."""
    for pattern in patterns:
        plain = pattern.rstrip("/")
        if pattern.endswith("/") and not path.is_dir():
            continue
        if "/" in plain:
            if str(path.relative_to(ROOT)) == plain.lstrip("/"):
                return True
        elif fnmatch(path.name, plain):
            return True
    return False


def our_files() -> Iterator[Path]:
    """Yield every file that belongs to the project, whether Git is here to ask or not."""
    patterns = [line for line in (ROOT / ".gitignore").read_text().splitlines() if line and not line.startswith("#")]
    for folder, folders, names in os.walk(ROOT):
        here = Path(folder)
        folders[:] = sorted(name for name in folders if name != ".git" and not _ignored(here / name, patterns))
        yield from (here / name for name in sorted(names) if not _ignored(here / name, patterns))


def texts() -> dict[str, str]:
    """Return all text files by their path below the project."""
    found: dict[str, str] = {}
    for path in our_files():
        try:
            found[path.relative_to(ROOT).as_posix()] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture
    return found
