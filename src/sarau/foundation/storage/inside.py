"""Opening files inside a folder, and nowhere else."""

import os


def open_inside(root: bytes, path: bytes) -> int:
    """Open a file below a folder for reading and return its descriptor.

    Raises FileNotFoundError also where the way leads through a link or out of the folder: those are not served.
    """
    whole = os.path.join(os.path.realpath(root), path)
    if path.startswith(b"/") or os.path.realpath(whole) != os.path.normpath(whole):
        raise FileNotFoundError(2, "not a plain file inside the folder", path)
    # The last step is checked again by the system itself, should a link take the file's place at this moment.
    return os.open(whole, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK)


def read_inside(root: bytes, path: bytes, limit_bytes: int) -> bytes:
    """Return up to so many bytes of a file below a folder; raises OSError."""
    with os.fdopen(open_inside(root, path), "rb") as file:
        return file.read(limit_bytes)
