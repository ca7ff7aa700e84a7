"""Where bytes lie in the store's directory, and how they get there so that a power cut cannot tear them."""

import errno
import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sarau.foundation.storage import BlobMissing, StorageFull

FILE_MODE = 0o600
_DIRECTORY_MODE = 0o700
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
# A file larger than its file system or its user may have is as good as a full disk.
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class Layout:
    """The directory: `ab/cd/<sha256>` for what is kept, `incoming/<random>` for what is arriving."""

    def __init__(self, root: Path, *, sync: bool = True) -> None:
        self.root = root
        self._sync = sync
        self.incoming = root / "incoming"
        self._lock = root / "lock"
        with full_disk_told():
            root.mkdir(mode=_DIRECTORY_MODE, parents=True, exist_ok=True)
            self.incoming.mkdir(mode=_DIRECTORY_MODE, exist_ok=True)

    def place(self, sha256: str) -> Path:
        """Return where bytes lie or would lie; raises BlobMissing for what is no digest, such as a path."""
        if not _DIGEST.fullmatch(sha256):
            raise BlobMissing
        return Path(self.root, sha256[:2], sha256[2:4], sha256)

    def move_in(self, draft: Path, sha256: str, size_bytes: int) -> bool:
        """Move a complete file to its place; return False, and leave it, when the same bytes are there already.

        Of several processes that bring the same bytes at once, one gets True.
        """
        place = self.place(sha256)
        self._make_directories(place.parent)
        # A lock instead of a hard link: exFAT and many network file systems have no links.
        with self._locked():
            if place.exists() and place.stat().st_size == size_bytes:
                return False
            draft.rename(place)
        self._settle(place.parent)
        return True

    def _make_directories(self, directory: Path) -> None:
        for new in (directory.parent, directory):
            try:
                new.mkdir(mode=_DIRECTORY_MODE)
            except FileExistsError:
                continue
            self._settle(new.parent)

    def settle_file(self, descriptor: int) -> None:
        """Make the bytes of a file survive a power cut, where that is wished."""
        if self._sync:
            os.fsync(descriptor)

    def _settle(self, directory: Path) -> None:
        if self._sync:
            sync_directory(directory)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Keep all other processes and threads from moving files in."""
        descriptor = os.open(self._lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, FILE_MODE)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)


def sync_directory(directory: Path) -> None:
    """Make the names in a directory survive a power cut."""
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def full_disk_told() -> Iterator[None]:
    """Turn the kernel's errors for a full disk or a used-up quota into StorageFull."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise StorageFull from error
        raise
