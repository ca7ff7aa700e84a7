"""A house with a large library, filed through Sarau's own commands: `python -m bench.material.catalogue TRACKS`.

It is a library of uploads, whose files nobody looks for at the start: what is measured on it is the database.
"""

import asyncio
import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

import sarau
from bench.context import Bench
from bench.material.kept import digest_of, kept
from bench.material.names import NamedAlbum, albums
from bench.material.uploads import upload
from bench.processes import timed
from bench.servers.sarau import environment, with_owner
from sarau.catalog.library.commands.filing import file_tracks
from sarau.catalog.library.commands.libraries import ensure_uploads_library
from sarau.catalog.library.filing import Filing
from sarau.foundation.media.tags import Tags
from sarau.foundation.settings.load import load_settings
from sarau.wiring.house import open_database

_AT_ONCE = 2_000
_LIMIT_S = 300


def catalogue(bench: Bench) -> Path:
    """Return a fresh copy of a data folder with an owner and a library of 100,000 tracks (10,000 when quick)."""
    count = 10_000 if bench.quick else 100_000
    package = Path(sarau.__file__).parent
    decisive = [Path(__file__).with_name(name) for name in ("catalogue.py", "names.py", "uploads.py")]
    for part in ("catalog/library", "foundation/database", "accounts"):
        decisive += (package / part).rglob("*.py")

    def make(folder: Path) -> None:
        command = [sys.executable, "-m", "bench.material.catalogue", str(count)]
        timed(command, log=folder / "log", limit_s=_LIMIT_S, env=environment(folder))
        with_owner(folder)

    made = kept(bench, f"catalogue-{count}", digest_of(decisive), make)
    copy = bench.fresh("catalogue") / "data"
    shutil.copytree(made, copy)
    return copy


async def _file(count: int) -> None:
    async with open_database(load_settings()) as (database, _):
        async with database.working() as work:
            library_id = await ensure_uploads_library(work)
        rest = filings(count)
        while batch := list(islice(rest, _AT_ONCE)):
            async with database.working() as work:
                await file_tracks(work, library_id, batch)
        await database.engine.analyze()


def filings(count: int) -> Iterator[Filing]:
    """Give the tracks of so many, or a few more, in whole albums."""
    number = 0
    for album in albums(count):
        for position in range(1, len(album.tracks) + 1):
            number += 1
            yield _filing(album, position, number)


def _filing(album: NamedAlbum, position: int, number: int) -> Filing:
    tags = Tags(
        title=album.tracks[position - 1],
        artists=(album.track_artists[position - 1],),
        album=album.title,
        album_artists=(album.artist,),
        genres=(album.genre,),
        year=album.year,
        date=str(album.year),
        track_number=position,
        track_total=len(album.tracks),
        compilation=album.is_compilation,
    )
    return upload(number, tags, datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=number))


if __name__ == "__main__":
    asyncio.run(_file(int(sys.argv[1])))
