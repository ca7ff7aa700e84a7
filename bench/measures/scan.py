"""Scanning a tree for the first time and again: `sarau scan`, beside Supysonic and what cannot be beaten."""

import asyncio
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

import asyncpg
from tests.support.postgres import private_cluster

from bench.context import Bench, Failure
from bench.material.corpus import corpus
from bench.processes import timed
from bench.report import Row, Target, at_least, times_peer
from bench.servers import supysonic
from bench.servers.sarau import command

NAME = "scan"
_LIMIT_S = 120
_LAST_SCAN = "SELECT started_at, finished_at FROM scans ORDER BY id DESC LIMIT 1"
_UNIT = "files/s"


class _Scan(NamedTuple):
    """One scan: what it says it took, and the whole command; bytes of memory of all its processes (PSS)."""

    own_s: float
    wall_s: float
    peak_bytes: int


class _Taken:
    """Rates of repeated scans of a tree."""

    def __init__(self, files: int, scans: list[_Scan]) -> None:
        self.own = [files / scan.own_s for scan in scans]
        self.wall = [files / scan.wall_s for scan in scans]
        self.peak_mb = [scan.peak_bytes / 1e6 for scan in scans]


def measure(bench: Bench) -> Iterator[Row]:
    """Scan on SQLite and PostgreSQL, first and unchanged, and have others do the same."""
    tree = corpus(bench)
    first: list[_Scan] = []
    again: list[_Scan] = []
    walks: list[float] = []
    reads: list[float] = []
    files = 0
    for _ in range(bench.repeats):
        bench.tell("scanning on SQLite")
        data = bench.fresh("scan") / "data"
        data.mkdir()
        first.append(_scan(data, "", "--add", str(tree)))
        again.append(_scan(data, ""))
        files, rate = _limit(bench, "walk", tree)
        walks.append(rate)
        reads.append(_limit(bench, "mutagen", tree)[1])
    news, olds = _Taken(files, first), _Taken(files, again)
    yield from _beside_supysonic(bench, tree, files, news, olds)
    yield _row("first scan", news.own, "mutagen alone, one core", reads)
    yield _row("unchanged", olds.own, "scandir and stat alone", walks)
    yield from _on_postgres(bench, tree, files, news, olds)


def _row(
    what: str,
    ours: list[float],
    peer: str = "",
    theirs: list[float] | None = None,
    *,
    target: Target | None = None,
    unit: str = _UNIT,
) -> Row:
    return Row(measure=NAME, what=what, unit=unit, ours=ours, peer=peer, theirs=theirs or [], target=target)


def _scan(data: Path, database_url: str, *arguments: str) -> _Scan:
    settings = {"SARAU_DATABASE_URL": database_url} if database_url else {}
    done = command(data, "scan", "--quiet", *arguments, limit_s=_LIMIT_S, **settings)
    began_ms, ended_ms = asyncio.run(_last_scan_of(database_url)) if database_url else _last_scan_in(data)
    return _Scan((ended_ms - began_ms) / 1000, done.seconds, done.peak.pss_bytes)


def _last_scan_in(data: Path) -> tuple[int, int]:
    with closing(sqlite3.connect(data / "sarau.db")) as database:
        began_ms, ended_ms = database.execute(_LAST_SCAN).fetchone()
    return began_ms, ended_ms


async def _last_scan_of(url: str) -> tuple[int, int]:
    connection = await asyncpg.connect(url)
    try:
        row = await connection.fetchrow(_LAST_SCAN)
    finally:
        await connection.close()
    return row[0], row[1]


def _limit(bench: Bench, what: str, tree: Path) -> tuple[int, float]:
    """Return how many files the limit met, and how many in a second."""
    log = bench.data / "scratch" / "limit.log"
    command_line = [sys.executable, "-m", "bench.load.limits", what, str(tree)]
    said = timed(command_line, log=log, limit_s=_LIMIT_S, core=bench.server_core).said
    count, seconds = said.split()
    return int(count), int(count) / float(seconds)


def _beside_supysonic(bench: Bench, tree: Path, files: int, news: _Taken, olds: _Taken) -> Iterator[Row]:
    new_rates: list[float] = []
    old_rates: list[float] = []
    new_walls: list[float] = []
    old_walls: list[float] = []
    peak_mb: list[float] = []
    if supysonic.programs(bench) is not None:
        bench.tell("Supysonic scans the same tree")
        house = supysonic.fresh(bench, tree)
        new, old = house.scan(), house.scan()
        if new.files == files:
            supysonic.note_scanned(house)
        new_rates, new_walls = [new.files / new.own_s], [new.files / new.wall_s]
        old_rates, old_walls = [old.files / old.own_s], [old.files / old.wall_s]
        peak_mb = [new.peak.pss_bytes / 1e6] if new.peak.pss_bytes else []
    peer = "Supysonic" if new_rates else ""
    yield _row("first scan, SQLite", news.own, peer, new_rates, target=times_peer(15))
    yield _row("first scan, the whole command", news.wall, peer, new_walls)
    yield _row("unchanged, SQLite", olds.own, peer, old_rates, target=at_least(20_000))
    yield _row("unchanged, the whole command", olds.wall, peer, old_walls)
    yield _row("first scan, most memory", news.peak_mb, peer, peak_mb, unit="MB")


def _on_postgres(bench: Bench, tree: Path, files: int, news: _Taken, olds: _Taken) -> Iterator[Row]:
    bench.tell("scanning on PostgreSQL")
    try:
        with _postgres() as urls:
            pairs = []
            for _ in range(bench.repeats):
                data = bench.fresh("scan") / "data"
                data.mkdir()
                url = next(urls)
                pairs.append((_scan(data, url, "--add", str(tree)), _scan(data, url)))
    except RuntimeError as error:
        bench.tell(f"PostgreSQL is not measured: {error}")
        return
    new, old = _Taken(files, [pair[0] for pair in pairs]), _Taken(files, [pair[1] for pair in pairs])
    yield _row("first scan, PostgreSQL", new.own, "SQLite", news.own)
    yield _row("unchanged, PostgreSQL", old.own, "SQLite", olds.own)


@contextmanager
def _postgres() -> Iterator[Iterator[str]]:
    """Give URLs of empty databases on a private server; raises RuntimeError where PostgreSQL is not installed."""
    with private_cluster() as server:
        yield _databases(server)


def _databases(server: str) -> Iterator[str]:
    number = 0
    while True:
        number += 1
        asyncio.run(_create(server, f"bench_{number}"))
        yield f"{server.rpartition('/')[0]}/bench_{number}"


async def _create(server: str, name: str) -> None:
    connection = await asyncpg.connect(server)
    try:
        await connection.execute(f"CREATE DATABASE {name}")
    except asyncpg.PostgresError as error:
        raise Failure(f"no database could be made: {error}") from error
    finally:
        await connection.close()
