"""The SoundMeasurer port by a process that reads files for us, one after the other."""

import asyncio
import os
import sys
from contextlib import suppress

import msgspec

from sarau.adapters.soundfiles.messages import Answer, Question
from sarau.foundation.media.seeking import Measure, Unmeasurable, unpack

_MODULE = "sarau.adapters.soundfiles.child"
_PATIENCE_S = 60.0
_SLOWEST_BYTES_PER_S = 1 << 20  # a disk that is asleep, busy, or at the other end of a network
_LONGEST_LINE = 8 << 20
# The rest of our environment holds secrets that are no business of who reads strangers' files.
_PASSED_ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH", "LANG", "LC_ALL")


class ProcessMeasurer:
    """Measures files in a process that starts when it is needed and ends when it is idle; `close` ends it.

    With a niceness it gives way to whoever listens at this moment.
    """

    def __init__(self, *, niceness: int = 0, idle_s: float = 20.0) -> None:
        self._niceness = niceness
        self._idle_s = idle_s
        self._turn = asyncio.Lock()
        self._process: asyncio.subprocess.Process | None = None

    async def measure(self, root: bytes | None, path: bytes) -> Measure:
        """Return what a file tells; raises Unmeasurable, OSError."""
        async with self._turn:
            try:
                answer = await self._ask(Question(root, path))
            except BaseException:
                await self._end()
                raise
        if answer.errno:
            raise OSError(answer.errno, answer.failure, os.fsdecode(path))
        if answer.failure:
            raise Unmeasurable(answer.failure)
        return Measure(answer.sha256, answer.size_bytes, answer.mtime_ns, unpack(answer.packed))

    async def close(self) -> None:
        """End the process, whatever it is doing."""
        await self._end()

    async def _ask(self, question: Question) -> Answer:
        line = msgspec.json.encode(question) + b"\n"
        patience_s = _PATIENCE_S + _size_of(question) / _SLOWEST_BYTES_PER_S
        for _ in range(2):
            process = await self._started()
            if process.stdin is None or process.stdout is None:
                break
            try:
                async with asyncio.timeout(patience_s):
                    process.stdin.write(line)
                    await process.stdin.drain()
                    told = await process.stdout.readline()
            except TimeoutError:
                raise Unmeasurable(f"reading it took longer than {patience_s:.0f} s") from None
            except (ConnectionError, RuntimeError):  # uvloop's word for a pipe that is closed is the latter
                told = b""
            if told.endswith(b"\n"):
                return msgspec.json.decode(told, type=Answer)
            await self._end()
            # It was idle, perhaps, and ended in the moment we asked: another one is asked once.
        raise Unmeasurable("the process reading it broke down")

    async def _started(self) -> asyncio.subprocess.Process:
        if self._process is None:
            # -P: no module from the directory we happen to be in.
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-P",
                "-m",
                _MODULE,
                str(self._niceness),
                str(self._idle_s),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                env=_environment(),
                limit=_LONGEST_LINE,
                start_new_session=True,  # where the terminal's interrupts do not go
            )
        return self._process

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()


def _size_of(question: Question) -> int:
    place = question.path if question.root is None else os.path.join(question.root, question.path)
    try:
        return os.stat(place).st_size  # noqa: PTH116 - paths are bytes
    except OSError:
        return 0


def _environment() -> dict[str, str]:
    passed = {name: os.environ[name] for name in _PASSED_ENVIRONMENT if name in os.environ}
    return {**passed, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
