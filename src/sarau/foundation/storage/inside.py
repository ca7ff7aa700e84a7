"""Opening files inside a folder, and nowhere else."""

import errno
import os
import stat

_STEP = os.O_PATH | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
# A pipe or a device in the file's place must not keep us waiting, nor become our terminal.
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
# A link in the way, a file instead of a folder, a socket.
_NOT_PLAIN = frozenset({errno.ELOOP, errno.ENOTDIR, errno.ENXIO})


def open_inside(root: bytes, path: bytes) -> int:
    """Open a file below a folder for reading and return its descriptor.

    Raises FileNotFoundError also where the way leads through a link or out of the folder, or to what is no plain
    file: those are not served.
    """
    *folders, name = path.split(b"/")
    if {b"", b".", b".."}.intersection((*folders, name)) or b"\0" in path:
        raise _refused(path)
    # Step by step, each from the one before: nobody can put a link in the way between a check and its use.
    here = os.open(root, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        for folder in folders:
            above, here = here, os.open(folder, _STEP, dir_fd=here)
            os.close(above)
        descriptor = os.open(name, _FILE, dir_fd=here)
    except OSError as error:
        if error.errno in _NOT_PLAIN:
            raise _refused(path) from error
        raise
    finally:
        os.close(here)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise _refused(path)
    return descriptor


def _refused(path: bytes) -> FileNotFoundError:
    return FileNotFoundError(errno.ENOENT, "not a plain file inside the folder", path)


def read_inside(root: bytes, path: bytes, limit_bytes: int) -> bytes:
    """Return up to so many bytes of a file below a folder; raises OSError."""
    with os.fdopen(open_inside(root, path), "rb") as file:
        return file.read(limit_bytes)
