"""The process in which an unknown file is tried: little memory, little time, no files written."""

import resource
import sys
from pathlib import Path

from sarau.adapters.ffmpeg.probe import REFUSED_EXIT_CODE
from sarau.adapters.ffmpeg.sources import MAX_BLOCK_BYTES, opened
from sarau.foundation.media.transcoding import TranscodeFailed

_MEMORY_BYTES = 512 * 1024 * 1024
# FFmpeg goes on without a table that did not fit. Here it would not fit, in the server it would: so a file must stay
# away from the limit by more than one table may have. A day of AAC takes 250 MB, half of it this program.
_TOO_MUCH_BYTES = _MEMORY_BYTES - MAX_BLOCK_BYTES
_CPU_S = 20
_TOO_BIG = "reading it takes too much memory"


def main(path: str) -> int:
    """Decode the first second; return 0, or the code for a refusal after its reason is printed."""
    for limit, most in (
        (resource.RLIMIT_AS, _MEMORY_BYTES),
        (resource.RLIMIT_CPU, _CPU_S),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))
    try:
        _decode_a_second(Path(path))
    except TranscodeFailed as error:
        return _refused(error.data["reason"])
    except MemoryError:
        return _refused(_TOO_BIG)
    return _refused(_TOO_BIG) if _peak_bytes() > _TOO_MUCH_BYTES else 0


def _decode_a_second(path: Path) -> None:
    with opened(path) as sound:
        seconds = 0.0
        for frame in sound.frames():
            seconds += frame.samples / frame.sample_rate
            if seconds >= 1:
                break


def _peak_bytes() -> int:
    """Return the largest size that this process's memory had (proc_pid_status(5))."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmPeak:")[2].split()[0]) * 1024


def _refused(reason: str) -> int:
    print(reason)  # noqa: T201
    return REFUSED_EXIT_CODE


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
