"""The command line as people run it: a process of its own, its own environment, perhaps a terminal."""

import os
import pty
import select
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

# Wide, so that tables keep their lines; colourless, so that they can be compared.
_LOOK = {"COLUMNS": "250", "NO_COLOR": "1", "TERM": "dumb", "PYTHONIOENCODING": "utf-8"}
_PATIENCE_S = 120


class Said(NamedTuple):
    """How a command ended and what it said, the log's entries aside."""

    code: int
    out: str
    err: str

    @property
    def all(self) -> str:
        """Everything it said."""
        return self.out + self.err

    def well(self) -> str:
        """Return the output of a command that ended well."""
        assert self.code == 0, self.all
        assert "Traceback" not in self.all
        return self.out

    def refused(self, code: int = 1) -> str:
        """Return the complaint of a command that ended with a clear word and without a traceback."""
        assert self.code == code, self.all
        assert "Traceback" not in self.all
        assert self.err.strip(), "it says why"
        return self.err


class CommandLine:
    """`sarau` for one house: its data folder, its database, its settings."""

    def __init__(self, folder: Path, database_url: str = "", **settings: str) -> None:
        self.folder = folder
        self.data = folder / "data"
        self._environment = {k: v for k, v in os.environ.items() if not k.startswith("SARAU_")} | _LOOK
        self._environment |= {"SARAU_DATA_PATH": str(self.data), "SARAU_HOUSE_DEMO": "false", **settings}
        if database_url and not database_url.startswith("sqlite:"):
            self._environment["SARAU_DATABASE_URL"] = database_url
        folder.mkdir(exist_ok=True)

    def __call__(self, *words: str, **settings: str) -> Said:
        """Run a command without a terminal."""
        done = subprocess.run(
            [sys.executable, "-m", "sarau", *words],
            env=self._environment | settings,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_PATIENCE_S,
            check=False,
        )
        complaints = [line for line in done.stderr.splitlines(keepends=True) if not line.startswith('{"')]
        return Said(done.returncode, done.stdout, "".join(complaints))

    def in_terminal(self, *words: str, answers: Sequence[str] = (), **settings: str) -> Said:
        """Run a command in a terminal; each answer is typed when a prompt waits for it."""
        ours, theirs = pty.openpty()
        process = subprocess.Popen(
            [sys.executable, "-m", "sarau", *words],
            env=self._environment | {"TERM": "xterm"} | settings,
            cwd=self.folder,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        os.close(theirs)
        try:
            seen = _conversation(ours, list(answers))
            return Said(process.wait(_PATIENCE_S), seen, "")
        finally:
            process.kill()
            process.wait()
            os.close(ours)


def _conversation(terminal: int, answers: list[str]) -> str:
    """Return all that a terminal shows until its program ends."""
    seen = b""
    ready = select.poll()  # select() takes no descriptors past a thousand
    ready.register(terminal, select.POLLIN)
    while ready.poll(_PATIENCE_S * 1000):
        try:
            piece = os.read(terminal, 65536)
        except OSError:  # so ends a terminal
            return seen.decode(errors="replace")
        seen += piece
        if answers and seen.endswith(b": "):  # what comes before the prompt is whole, is thrown away
            os.write(terminal, answers.pop(0).encode() + b"\n")
    raise AssertionError(f"nothing more came after:\n{seen.decode(errors='replace')}")
