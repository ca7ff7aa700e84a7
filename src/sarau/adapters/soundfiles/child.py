"""The process that reads sound files whole: `python -m sarau.adapters.soundfiles.child NICENESS IDLE_S`.

Questions come on stdin and answers go to stdout. It ends when it is idle for long, and with the process that asks,
for then stdin ends.
"""

import os
import resource
import select
import signal
import sys

import msgspec

from sarau.adapters.soundfiles.measuring import measure
from sarau.adapters.soundfiles.messages import Answer, Question
from sarau.foundation.media.seeking import Unmeasurable, pack
from sarau.foundation.storage.inside import open_inside

_MEMORY_BYTES = 512 << 20
_ANYWHERE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC


def main() -> None:
    """Answer until there is nobody to ask."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(int(sys.argv[1]))
    idle_s = float(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    waiting = b""
    while True:
        while b"\n" not in waiting:
            if not select.select([0], [], [], idle_s)[0]:
                return
            more = os.read(0, 1 << 16)
            if not more:
                return
            waiting += more
        line, _, waiting = waiting.partition(b"\n")
        answer = _answer(msgspec.json.decode(line, type=Question))
        _write(msgspec.json.encode(answer) + b"\n")


def _answer(question: Question) -> Answer:
    try:
        descriptor = _open(question)
        try:
            found = measure(descriptor)
        finally:
            os.close(descriptor)
    except Unmeasurable as error:
        return Answer(failure=str(error.data["reason"]))
    except OSError as error:
        return Answer(failure=error.strerror or "it cannot be read", errno=error.errno or 0)
    except MemoryError:
        return Answer(failure="reading it needs too much memory")
    except Exception as error:  # a fault of ours with one file must not stop the others
        return Answer(failure=f"reading it failed ({error!r})")
    return Answer(found.sha256, found.size_bytes, found.mtime_ns, pack(found.moments))


def _open(question: Question) -> int:
    if question.root is None:
        return os.open(question.path, _ANYWHERE)
    return open_inside(question.root, question.path)


def _write(line: bytes) -> None:
    while line:
        line = line[os.write(1, line) :]


if __name__ == "__main__":
    main()
