"""The command line as people run it: a process of its own, its own environment, perhaps a terminal."""

import contextlib
import os
import pty
import subprocess
import sys
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

    def in_terminal(self, *words: str, typed: str = "", **settings: str) -> Said:
        """Run a command in a terminal, with answers typed in advance."""
        ours, theirs = pty.openpty()
        environment = self._environment | {"TERM": "xterm"} | settings
        process = subprocess.Popen(
            [sys.executable, "-m", "sarau", *words],
            env=environment,
            cwd=self.folder,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        os.close(theirs)
        os.write(ours, typed.encode())
        seen = b""
        with contextlib.suppress(OSError):  # so ends a terminal
            while piece := os.read(ours, 65536):
                seen += piece
        os.close(ours)
        return Said(process.wait(_PATIENCE_S), seen.decode(errors="replace"), "")
