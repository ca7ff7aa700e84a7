"""What every measure is given: where to work, how long to take, which cores are whose."""

import os
import shutil
from pathlib import Path
from typing import NamedTuple

from rich.console import Console

DATA = Path(__file__).parent / "data"


class Failure(Exception):
    """Something that is measured, or measures, does not work; the text says what."""


class Bench(NamedTuple):
    """One run."""

    quick: bool
    data: Path
    console: Console
    server_core: int
    client_core: int

    @property
    def repeats(self) -> int:
        """How often a figure is taken."""
        return 1 if self.quick else 3

    @property
    def load_s(self) -> float:
        """How long a load lasts, in seconds."""
        return 1 if self.quick else 3

    def fresh(self, name: str) -> Path:
        """Return an empty folder of this name."""
        folder = self.data / "scratch" / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return folder

    def tell(self, text: str) -> None:
        """Say what goes on."""
        self.console.print(f"[dim]{text}[/dim]", highlight=False, soft_wrap=True)


def new_bench(*, quick: bool, console: Console) -> Bench:
    """Return a run on this machine: the server has one core, what puts load on it another, if there is one."""
    cores = sorted(os.sched_getaffinity(0))
    DATA.mkdir(parents=True, exist_ok=True)
    return Bench(quick, DATA, console, cores[0], cores[-1])
