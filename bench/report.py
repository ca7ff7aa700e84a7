"""Rows of the one table: what was measured, beside what, and whether it is what we want."""

from collections.abc import Iterable
from enum import StrEnum
from statistics import median

import msgspec
from rich import box
from rich.table import Table

from bench.stats import ratio


class Reach(StrEnum):
    """Which figure a target is about, and from which side."""

    RATIO_AT_LEAST = "ratio ≥"
    AT_LEAST = "≥"
    BELOW = "<"


class Target(msgspec.Struct, frozen=True):
    """What we want to reach."""

    reach: Reach
    bound: float

    def is_met(self, ours: float, times: float | None) -> bool:
        """Tell whether our figure, so many times the other's, reaches this."""
        match self.reach:
            case Reach.RATIO_AT_LEAST:
                return times is not None and times >= self.bound
            case Reach.AT_LEAST:
                return ours >= self.bound
            case Reach.BELOW:
                return ours < self.bound


def times_peer(bound: float) -> Target:
    """Return the target of being at least so many times the peer or limit."""
    return Target(Reach.RATIO_AT_LEAST, bound)


def at_least(bound: float) -> Target:
    """Return the target of a figure of at least so much."""
    return Target(Reach.AT_LEAST, bound)


def below(bound: float) -> Target:
    """Return the target of a figure below a bound."""
    return Target(Reach.BELOW, bound)


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the table, with all samples behind its figures."""

    measure: str
    what: str
    unit: str
    ours: list[float] = []
    peer: str = ""
    theirs: list[float] = []
    target: Target | None = None
    note: str = ""
    failure: str = ""

    @property
    def times(self) -> float | None:
        """How many times the other's figure ours is."""
        return ratio(self.ours, self.theirs)

    @property
    def met(self) -> bool | None:
        """Whether the target is reached; None without one, or without the other it is about."""
        if self.target is None or (self.target.reach is Reach.RATIO_AT_LEAST and self.times is None):
            return None
        return bool(self.ours) and self.target.is_met(median(self.ours), self.times)


def failed(measure: str, reason: str) -> Row:
    """Return the row of a measure that could not be taken."""
    return Row(measure=measure, what=f"{measure}: broken off", unit="", failure=reason.partition("\n")[0][:200])


def number(value: float) -> str:
    """Return a figure with as many digits as it deserves."""
    size = abs(value)
    if size >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.1f}" if size >= 10 else f"{value:.2f}"


def figure(samples: list[float], unit: str) -> str:
    """Return the median of samples, and between which others it lies."""
    if not samples:
        return "—"
    shown = f"{number(median(samples))} {unit}".strip()
    low, high = number(min(samples)), number(max(samples))
    return shown if low == high else f"{shown} ({low}–{high})"


def wanted(target: Target | None, unit: str) -> str:
    """Return a target in words."""
    if target is None:
        return ""
    of = "" if target.reach is Reach.RATIO_AT_LEAST else f" {unit}"
    return f"{target.reach.value} {number(target.bound)}{of}".strip()


_VERDICTS = {True: "[green]met[/green]", False: "[red]missed[/red]", None: ""}


def table_of(rows: Iterable[Row]) -> Table:
    """Return the table, with a line between measures."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("What", overflow="fold")
    for heading in ("Ours", "Peer or limit", "Ratio", "Target"):
        table.add_column(heading, justify="right", overflow="fold")
    table.add_column("")
    before = ""
    for row in rows:
        if before and row.measure != before:
            table.add_section()
        before = row.measure
        if row.failure:
            table.add_row(row.what, row.failure, style="red")
            continue
        beside = f"{row.peer} {figure(row.theirs, row.unit)}" if row.peer else ""
        times = "" if row.times is None else f"{number(row.times)} ×"
        table.add_row(
            row.what,
            figure(row.ours, row.unit),
            beside,
            times,
            wanted(row.target, row.unit),
            _VERDICTS[row.met],
        )
    return table
