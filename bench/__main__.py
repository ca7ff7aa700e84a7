"""The command: `python -m bench [--only NAME]… [--quick]`."""

import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console

from bench import results
from bench.context import Bench, new_bench
from bench.measures import (
    devices,
    files,
    grpc,
    listeners,
    million,
    playlists,
    requests,
    scan,
    search,
    start,
    subsonic,
    sync,
    transcode,
)
from bench.report import Row, failed, table_of

MEASURES: dict[str, Callable[[Bench], Iterator[Row]]] = {
    module.NAME: module.measure
    for module in (
        scan,
        requests,
        files,
        listeners,
        grpc,
        start,
        transcode,
        devices,
        sync,
        playlists,
        search,
        million,
        subsonic,
    )
}


def _taken(bench: Bench, name: str) -> Iterator[Row]:
    """Take one measure; what goes wrong becomes a row, and the others are taken all the same."""
    began = time.monotonic()
    try:
        yield from MEASURES[name](bench)
    except Exception as error:
        bench.console.print(traceback.format_exc(), markup=False, highlight=False)
        yield failed(name, f"{type(error).__name__}: {error}")
    bench.tell(f"{name}: {time.monotonic() - began:.0f} s")


def main(
    only: Annotated[list[str] | None, typer.Option(help=f"One of {', '.join(MEASURES)}; may be repeated.")] = None,
    quick: Annotated[bool, typer.Option(help="Short loads on small material: to see that it works.")] = False,
) -> None:
    """Measure speed and memory beside peers and limits, and print one table."""
    unknown = set(only or ()) - MEASURES.keys()
    if unknown:
        raise typer.BadParameter(f"there is no measure {', '.join(sorted(unknown))}: {', '.join(MEASURES)}")
    # Ended from outside, we still end what we started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    console = Console(width=None if sys.stdout.isatty() else 150)
    bench = new_bench(quick=quick, console=console)
    began, about = datetime.now(UTC), results.machine()
    rows = [row for name in MEASURES if name in (only or MEASURES) for row in _taken(bench, name)]
    run = results.run_of(began, rows, whole=only is None, quick=quick, about=about)
    console.print(table_of(rows))
    console.print(f"{run.seconds:.0f} s, revision {run.revision}{', changed' if run.changed else ''}, {about['cpu']}")
    console.print(f"Kept in {results.keep(run)}", soft_wrap=True)
    if any(row.failure for row in rows):
        raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(main)
