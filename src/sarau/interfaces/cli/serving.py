"""`sarau serve`, `scan`, `demo`, `certs`, `doctor`."""

import asyncio
import os
import socket
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from sarau.catalog.ingest.schemas import Scan, ScanCounts, ScanState
from sarau.catalog.library.queries.libraries import LibraryRoot, library_roots
from sarau.foundation.settings.load import Settings
from sarau.interfaces.cli.app import app, err, fail, guarded, in_house, out, program, settings_of
from sarau.interfaces.cli.program import Finding
from sarau.interfaces.common.house import House


@app.command()
def serve(
    context: typer.Context,
    music: Annotated[Path | None, typer.Option(help="A folder of music to serve in place.")] = None,
    host: Annotated[str | None, typer.Option(help="The address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="The port to listen on.", min=0, max=65535)] = None,
) -> None:
    """Run the server."""
    for name, value in (("SARAU_DATA_MUSIC", music), ("SARAU_SERVER_HOST", host), ("SARAU_SERVER_PORT", port)):
        if value is not None:
            os.environ[name] = str(value)
    settings = settings_of(context)
    guarded(lambda: program(context).serve(settings))


@app.command()
def scan(
    context: typer.Context,
    library: Annotated[str | None, typer.Argument(help="Name or id of a library; all of them if left out.")] = None,
    add: Annotated[Path | None, typer.Option(help="Serve this folder as a library first, and scan it.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar.")] = False,
) -> None:
    """Look for new, changed, moved and missing files."""
    settings = settings_of(context)

    async def chosen(home: House) -> list[LibraryRoot]:
        added = await program(context).serve_folder(home, add, add.absolute().name) if add is not None else None
        async with home.database.reading() as reader:
            roots = await library_roots(reader)
        wanted = added or library
        return [root for root in roots if wanted is None or wanted in (root.id, root.name)]

    roots = in_house(context, chosen)
    if not roots:
        raise fail(f"There is no library {library!r}." if library else "No folder is served yet: use --add FOLDER.")
    failed = False
    for root in roots:
        failed |= _scan_one(context, settings, root, quiet).state is not ScanState.DONE
    if failed:
        raise typer.Exit(1)


def _scan_one(context: typer.Context, settings: Settings, root: LibraryRoot, quiet: bool) -> Scan:
    with Progress(
        TextColumn("[bold]{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
        console=err,
        disable=quiet or not err.is_terminal,
        transient=True,
    ) as progress:
        task = progress.add_task(root.name, total=None)

        def tell(counts: ScanCounts, _folder: str) -> None:
            progress.update(task, total=max(counts.total, counts.seen) or None, completed=counts.seen)

        async def run() -> Scan:
            return await program(context).scan(settings, root.id, (), tell)

        done = guarded(lambda: asyncio.run(run()))
    counts = done.counts
    seconds = (done.finished_at - done.started_at).total_seconds() if done.finished_at else 0
    out.print(
        f"[green]✓[/green] {root.name}: {counts.seen} files in {seconds:.1f} s — {counts.added} new, "
        f"{counts.changed} changed, {counts.moved} moved, {counts.missing} missing, {counts.problems} with problems"
    )
    return done


@app.command()
def demo(
    context: typer.Context,
    folder: Annotated[
        Path | None, typer.Argument(help="Where to make it; in the data folder, and served, if left out.")
    ] = None,
) -> None:
    """Make the demo library: public-domain tunes, synthesised here and now."""
    settings = settings_of(context)
    place = folder or settings.data.path / "demo"
    with Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), console=err) as progress:
        task = progress.add_task("Making music", total=None)

        def tell(done: int, total: int, title: str) -> None:
            progress.update(task, total=total, completed=done, description=title)

        try:
            count = program(context).make_demo(place, tell)
        except OSError as error:
            raise fail(f"{error.filename or place}: {error.strerror}") from error
    out.print(f"[green]✓[/green] {count} tunes in {place}")
    if folder is None:
        in_house(context, lambda home: program(context).serve_folder(home, place, "Demo"))
        out.print("It is served as the library “Demo” from the next scan on: sarau scan Demo")


@app.command()
def certs(
    context: typer.Context,
    host: Annotated[
        list[str] | None,
        typer.Option(help="A name or an address that players reach this machine by; may be repeated."),
    ] = None,
    folder: Annotated[
        Path | None, typer.Option(help="Where to write it; certificates/ in the data folder, if left out.")
    ] = None,
    days: Annotated[int, typer.Option(min=1, max=3650, help="How long it is good.")] = 365,
) -> None:
    """Make a certificate for trying gRPC with TLS; a real one comes from a real authority."""
    place = folder or settings_of(context).data.path / "certificates"
    hosts = host or sorted({"localhost", "127.0.0.1", "::1", socket.gethostname()})
    try:
        authority, certificate, key = program(context).make_certificates(place, hosts, days)
    except (OSError, ValueError) as error:
        raise fail(f"{place}: {error}") from error
    out.print(f"[green]✓[/green] A certificate for {', '.join(hosts)}, good for {days} days. For the server:")
    out.print(f"  SARAU_GRPC_TLS_CERTIFICATE={certificate.absolute()}", soft_wrap=True)
    out.print(f"  SARAU_GRPC_TLS_KEY={key.absolute()}", soft_wrap=True)
    out.print(f"Players are to trust {authority.absolute()}", soft_wrap=True)


@app.command()
def doctor(context: typer.Context) -> None:
    """Check settings, database, storage and codecs, and say how to mend what is wrong."""
    settings = settings_of(context)

    async def run() -> list[Finding]:
        return await program(context).examine(settings)

    findings = guarded(lambda: asyncio.run(run()))
    table = Table("", "What", "Found", box=None, pad_edge=False)
    for finding in findings:
        table.add_row("[green]✓[/green]" if finding.well else "[red]✗[/red]", finding.what, finding.found)
    out.print(table)
    for finding in findings:
        if not finding.well:
            out.print(f"\n[bold]{finding.what}[/bold]: {finding.remedy}", soft_wrap=True)
    if not all(finding.well for finding in findings):
        raise typer.Exit(1)
