"""`sarau scan`: folders served and scanned without a server."""

import re
from pathlib import Path

from tests.interfaces.cli.running import CommandLine
from tests.support.houses import run_sql
from tests.support.music import album, everything_in, later, tune


def _counted(line: str) -> dict[str, int]:
    return {
        what: int(number)
        for number, what in re.findall(r"(\d+) (files|new|changed|moved|missing|with problems)", line)
    }


def test_a_folder_is_served_scanned_and_scanned_again(sarau: CommandLine, database_url: str, tmp_path: Path) -> None:
    music = tmp_path / "Música"
    paths = album(music / "One", "One", "Somebody", ["First", "Second", "Third"])
    (music / "broken.mp3").write_bytes(b"no sound at all")
    before = everything_in(music)
    first = sarau.in_terminal("scan", "--add", str(music))
    assert first.code == 0, first.out
    assert "✓ Música: " in first.out
    assert "━" in first.out, "a terminal sees how far it is"
    assert re.search(r"\d+/(\d+|\?)", first.out)
    found = _counted(first.out)
    assert (found["new"], found["missing"], found["with problems"]) == (3, 0, 1)
    assert everything_in(music) == before, "folders are never written to"
    titles = run_sql(database_url, "SELECT title FROM tracks ORDER BY title")
    assert [row[0] for row in titles] == ["First", "Second", "Third"]

    paths[0].unlink()
    later(tune(paths[1], title="Renewed", album="One", artists="Somebody", hz=333))
    paths[2].rename(music / "elsewhere.flac")
    tune(music / "fourth.ogg")
    again = sarau.in_terminal("scan", "--quiet", "--add", f"{music}/../Música")
    assert again.code == 0, again.out
    assert "━" not in again.out
    found = _counted(again.out)
    assert (found["new"], found["changed"], found["moved"], found["missing"]) == (1, 1, 1, 1)
    served = run_sql(database_url, "SELECT path FROM libraries WHERE kind = 'folder'")
    assert served == [(str(music),)], "the same folder is the same library"


def test_what_cannot_be_scanned_is_said_so(sarau: CommandLine, tmp_path: Path) -> None:
    assert "no library 'Nope'" in sarau("scan", "Nope").refused()
    assert "data folder" in sarau("scan", "--add", str(sarau.data)).refused()
    gone = tmp_path / "Gone"
    tune(gone / "one.flac")
    sarau("scan", "--add", str(gone)).well()
    gone.rename(tmp_path / "Away")
    refused = sarau("scan", "Gone")
    assert refused.code == 1
    assert "Traceback" not in refused.all
    assert str(gone) in refused.all
