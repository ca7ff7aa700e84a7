"""The table of the bench: what is met, what is missed, what could not be measured."""

import io

import pytest
from bench.report import Row, Target, at_least, below, failed, table_of, times_peer
from rich.console import Console


def _row(ours: list[float], theirs: list[float], target: Target | None) -> Row:
    return Row(measure="m", what="albums", unit="req/s", ours=ours, peer="nginx", theirs=theirs, target=target)


def _shown(*rows: Row) -> str:
    out = Console(file=io.StringIO(), width=200, color_system=None)
    out.print(table_of(rows))
    file = out.file
    assert isinstance(file, io.StringIO)
    return file.getvalue()


@pytest.mark.parametrize(
    ("ours", "theirs", "target", "met"),
    [
        ([90], [100], times_peer(0.8), True),
        ([70], [100], times_peer(0.8), False),
        ([90], [], times_peer(0.8), None),
        ([1000], [], at_least(1000), True),
        ([999], [], at_least(1000), False),
        ([29.9], [], below(30), True),
        ([30], [], below(30), False),
        ([90], [100], None, None),
        ([], [], below(30), False),
    ],
)
def test_a_target_is_met_missed_or_not_asked(
    ours: list[float], theirs: list[float], target: Target | None, met: bool | None
) -> None:
    assert _row(ours, theirs, target).met is met


def test_the_median_decides_and_the_spread_is_shown() -> None:
    row = _row([2000, 1000, 1500], [1000, 1000, 1000], at_least(1400))
    assert row.met is True
    line = next(line for line in _shown(row).splitlines() if "albums" in line)
    assert "1,500 req/s (1,000–2,000)" in line
    assert "nginx 1,000 req/s" in line
    assert "1.50 ×" in line
    assert "≥ 1,400 req/s" in line
    assert line.rstrip().endswith("met")


def test_a_miss_is_called_a_miss() -> None:
    assert "missed" in _shown(_row([1], [100], times_peer(0.8)))


def test_what_broke_off_is_in_the_table_with_its_reason() -> None:
    shown = _shown(failed("files", "Failure: nginx is not installed\nand much more"))
    assert "files: broken off" in shown
    assert "nginx is not installed" in shown
    assert "much more" not in shown
