"""What is kept of a run."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec
from bench.report import Row, times_peer
from bench.results import Run, keep, run_of

_ROW = Row(
    measure="files", what="ranges", unit="MB/s", ours=[90.0], peer="nginx", theirs=[100.0], target=times_peer(0.8)
)


def _run(*, whole: bool, quick: bool) -> Run:
    return run_of(datetime(2026, 11, 20, 5, 12, tzinfo=UTC), [_ROW], whole=whole, quick=quick, about={"cpu": "a"})


def test_a_whole_run_is_kept_by_date_and_revision_and_as_the_latest(tmp_path: Path) -> None:
    run = _run(whole=True, quick=False)
    path = keep(run, tmp_path / "results", tmp_path / "scratch")
    assert path.parent == tmp_path / "results"
    assert path.name == f"2026-11-20-0512-{run.revision}.json"
    assert (tmp_path / "results" / "latest.json").read_bytes() == path.read_bytes()
    kept = msgspec.json.decode(path.read_bytes(), type=Run)
    assert kept.lines[0].row == _ROW
    assert kept.lines[0].ratio == 0.9
    assert kept.lines[0].met is True


def test_a_quick_run_or_a_part_does_not_count(tmp_path: Path) -> None:
    for run in (_run(whole=True, quick=True), _run(whole=False, quick=False)):
        path = keep(run, tmp_path / "results", tmp_path / "scratch")
        assert path.parent == tmp_path / "scratch"
    assert not (tmp_path / "results").exists()
