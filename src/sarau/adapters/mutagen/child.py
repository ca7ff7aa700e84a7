"""The process that reads sound files for another: `python -m sarau.adapters.mutagen.child`.

Arguments: the descriptor of a socket to the parent, the ceiling of memory in bytes, the seconds of idleness after
which it ends. It ends at once when the parent does, for then the socket closes.
"""

import os
import resource
import signal
import sys
from multiprocessing.connection import Connection
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic

from sarau.adapters.mutagen.messages import READY, Outcome, Reply, Request, decode_request, encode, reply_to
from sarau.adapters.mutagen.reader import read_sound
from sarau.foundation.media.tags import SoundFile, UnreadableSound

_MUCH_BYTES = 256 * 1024
_A_WHILE_S = 0.05


def main() -> None:
    """Answer requests until there are none for a while, or the parent is gone."""
    descriptor, memory_bytes, idle_s = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    connection = Connection(descriptor)
    requests: SimpleQueue[Request] = SimpleQueue()
    Thread(target=_listen, args=(connection, requests), daemon=True).start()
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    connection.send_bytes(READY)
    while True:
        try:
            request = requests.get(timeout=idle_s)
        except Empty:
            os._exit(0)
        _answer(request, connection)


def _listen(connection: Connection, requests: SimpleQueue[Request]) -> None:
    """Take in requests; end the whole process, whatever it is doing, when the parent is gone."""
    try:
        while True:
            requests.put(decode_request(connection.recv_bytes()))
    except (EOFError, OSError):
        os._exit(0)


def _answer(request: Request, connection: Connection) -> None:
    """Read the files; send what is known when it is much or the parent has waited a while."""
    replies: list[Reply] = []
    picture_bytes, since = 0, monotonic()
    for path, suffix in request:
        outcome = _outcome(path, suffix)
        replies.append(reply_to(outcome))
        if isinstance(outcome, SoundFile) and outcome.picture:
            picture_bytes += len(outcome.picture.data)
        if picture_bytes > _MUCH_BYTES or monotonic() - since > _A_WHILE_S:
            connection.send_bytes(encode(replies))
            replies, picture_bytes, since = [], 0, monotonic()
    if replies:
        connection.send_bytes(encode(replies))


def _outcome(path: bytes, suffix: str) -> Outcome:
    try:
        return read_sound(path, suffix)
    except (UnreadableSound, OSError) as error:
        return error
    except MemoryError:
        return UnreadableSound("reading it needs too much memory")
    except Exception as error:  # a fault of ours with one file must not stop the others
        return UnreadableSound(f"reading it failed ({error!r})")


if __name__ == "__main__":
    main()
