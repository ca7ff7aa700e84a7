"""How the library gets onto the disk; two short tunes stand for the whole one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sarau.adapters.synth.catalogue import Album, Arrangement, Format, Sheets, Tune, Voice
from sarau.adapters.synth.library import MARKER, README, make_library


def tune(title: str, target: Format) -> Tune:
    return Tune(
        title=title,
        artists=("Somebody",),
        composers=("Anon",),
        genres=("Test",),
        format=target,
        music="M:2/4\nL:1/4\nQ:1/4=160\nK:C\nCE|G2|\nw: do mi sol\n",
        arrangement=Arrangement(lead=Voice("organ")),
        sheets=Sheets(chord_suffix=".cho"),
    )


ALBUMS = tuple(
    Album(
        title=f"Album {number}",
        artists=("Somebody",),
        year=2026,
        cover="fire",
        cover_file="cover.jpg",
        tunes=(tune("First", Format.FLAC), tune("Second", Format.WAV)),
    )
    for number in (1, 2)
)
NAMES = {"cover.jpg"} | {f"{n}{s}" for n in ("01 First", "02 Second") for s in (".lrc", ".cho")}
NAMES |= {"01 First.flac", "02 Second.wav"}
FILES = {f"Somebody/Album {number} (2026)/{name}" for number in (1, 2) for name in NAMES} | {MARKER, README}


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def times(folder: Path) -> dict[str, int]:
    return {str(p.relative_to(folder)): p.stat().st_mtime_ns for p in folder.rglob("*") if p.is_file()}


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("library") / "not" / "there yet"
    assert make_library(folder, ALBUMS) == 4
    return folder


@pytest.fixture
def made(original: Path, tmp_path: Path) -> Path:
    """Return a copy of a finished library, with the times of its files."""
    return shutil.copytree(original, tmp_path / "made")


def test_all_files_are_there_and_nothing_else(made: Path) -> None:
    assert contents(made).keys() == FILES
    assert all(contents(made).values())


def test_the_same_library_is_made_of_the_same_bytes(made: Path, tmp_path: Path) -> None:
    make_library(tmp_path / "again", ALBUMS)
    assert contents(tmp_path / "again") == contents(made)


def test_progress_counts_the_tracks(tmp_path: Path) -> None:
    heard: list[tuple[int, int, str]] = []
    make_library(tmp_path, ALBUMS, lambda *step: heard.append(step))
    assert heard == [(1, 4, "First"), (2, 4, "Second"), (3, 4, "First"), (4, 4, "Second")]


def test_a_finished_library_is_left_alone(made: Path) -> None:
    before = times(made)
    heard: list[str] = []
    assert make_library(made, ALBUMS, lambda _done, _total, title: heard.append(title)) == 4
    assert times(made) == before
    assert heard == []


@pytest.mark.parametrize("lost", sorted(FILES))
def test_a_deleted_file_comes_back_and_the_others_stay(made: Path, lost: str) -> None:
    whole, before = contents(made), times(made)
    (made / lost).unlink()
    assert make_library(made, ALBUMS) == 4
    assert contents(made) == whole
    # Without its marker nobody knows that the library was finished: the texts are written once more.
    rewritten = {lost, README} if lost == MARKER else {lost}
    assert {name for name, time in times(made).items() if time == before[name]} >= FILES - rewritten


def test_an_interrupted_run_is_completed_without_making_again_what_is_there(made: Path, tmp_path: Path) -> None:
    def stop(done: int, _total: int, _title: str) -> None:
        if done == 3:
            raise KeyboardInterrupt

    folder = tmp_path / "interrupted"
    with pytest.raises(KeyboardInterrupt):
        make_library(folder, ALBUMS, stop)
    half, before = contents(folder), times(folder)
    assert MARKER not in half
    assert 0 < len(half) < len(FILES)
    make_library(folder, ALBUMS)
    assert contents(folder) == contents(made)
    assert {name: times(folder)[name] for name in before} == before


def test_what_a_killed_run_left_unfinished_disappears(made: Path) -> None:
    song = made / "Somebody/Album 1 (2026)/01 First.flac"
    whole = song.read_bytes()
    song.unlink()
    song.with_name(f".{song.name}.part").write_bytes(whole[:1000])
    make_library(made, ALBUMS)
    assert song.read_bytes() == whole
    assert contents(made).keys() == FILES


def test_another_version_is_made_anew_and_other_files_are_not_touched(made: Path) -> None:
    whole = contents(made)
    sheet = made / "Somebody/Album 1 (2026)/01 First.cho"
    sheet.write_text("of an older version")
    stranger = made / "Somebody/mine.txt"
    stranger.write_text("not part of the demo")
    (made / MARKER).write_text("0\n")
    make_library(made, ALBUMS)
    assert contents(made) == {**whole, "Somebody/mine.txt": b"not part of the demo"}


def test_a_folder_that_cannot_be_is_an_error_of_the_system(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OSError, match="file"):
        make_library(tmp_path / "file" / "demo", ALBUMS)


def test_a_finished_demo_costs_no_heavy_libraries_at_start() -> None:
    code = "import sys, sarau.adapters.synth; print({'numpy', 'av', 'PIL', 'mutagen'} & set(sys.modules))"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True)
    assert answer.stdout.strip() == "set()"
