"""The demo library, really made once for all tests of this folder."""

from pathlib import Path
from typing import NamedTuple

import pytest

from sarau.adapters.synth import make_demo_library
from sarau.adapters.synth.catalogue import Album, Tune


class Demo(NamedTuple):
    folder: Path
    answer: int
    progress: list[tuple[int, int, str]]

    def path(self, album: Album, tune: Tune, suffix: str | None = None) -> Path:
        return self.folder / album.folder / (album.stem(tune) + (suffix or tune.format.suffix))


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    folder = tmp_path_factory.mktemp("demo") / "music" / "demo"
    heard: list[tuple[int, int, str]] = []
    answer = make_demo_library(folder, lambda done, total, title: heard.append((done, total, title)))
    return Demo(folder, answer, heard)
