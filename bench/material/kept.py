"""Material is made once and kept, for as long as what makes it stays as it is."""

import hashlib
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from bench.context import Bench

_DONE = ".done"


def digest_of(paths: Iterable[Path], *more: object) -> str:
    """Return a short digest of some source files, and of whatever else decides."""
    state = hashlib.blake2b(repr(more).encode(), digest_size=6)
    for path in sorted(paths):
        state.update(path.read_bytes())
    return state.hexdigest()


def kept(bench: Bench, name: str, digest: str, make: Callable[[Path], None]) -> Path:
    """Return the folder of some material, making it if it is not there or was made otherwise."""
    folder = bench.data / name / digest
    if not (folder / _DONE).exists():
        shutil.rmtree(folder.parent, ignore_errors=True)
        folder.mkdir(parents=True)
        bench.tell(f"making {name} (once)")
        make(folder)
        (folder / _DONE).touch()
    return folder
