"""A house with a million tracks: `python -m bench.material.million TRACKS`.

Rows are made by Sarau's own code and written in bulk, then the search index follows as it would in a running house.
"""

import asyncio
import json
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Table, insert

import sarau
from bench.context import Bench
from bench.material.kept import digest_of, kept
from bench.material.uploads import upload
from bench.material.words import Names
from bench.processes import timed
from bench.servers.sarau import environment, with_owner
from sarau.catalog.library.commands.libraries import ensure_uploads_library
from sarau.catalog.library.filing import Filing, file_row, random_place, track_row
from sarau.catalog.library.schemas import ArtistRef
from sarau.catalog.library.tables import (
    album_artists,
    album_genres,
    albums,
    artist_counts,
    artists,
    genre_counts,
    genres,
    track_artists,
    track_files,
    track_genres,
    tracks,
)
from sarau.foundation.database.query import Change
from sarau.foundation.media.tags import Tags
from sarau.foundation.settings.load import load_settings
from sarau.kit.text import fold, sort_key
from sarau.search.finding import Search
from sarau.search.following import Follower
from sarau.wiring.house import open_database, words_of

MILLION = 1_000_000
_LIMIT_S = 3600
_AT_ONCE = 20_000
_GENRES = (
    "Rock", "Pop", "Jazz", "Samba", "Bossa Nova", "Classical", "Folk", "Electronic", "Choro", "Blues", "Hip Hop",
    "Soul", "Metal", "Ambient", "Country", "Reggae", "Soundtrack", "MPB", "Forró", "Funk",
)  # fmt: skip
_SINCE = datetime(2025, 1, 1, tzinfo=UTC)


def million(bench: Bench) -> Path:
    """Return a data folder with an owner and a million tracks (50,000 when quick), found by search."""
    count = 50_000 if bench.quick else MILLION
    package = Path(sarau.__file__).parent
    decisive = [Path(__file__).with_name(name) for name in ("million.py", "uploads.py", "words.py")]
    decisive.append(package / "catalog/library/filing.py")
    decisive += (package / "search" / name for name in ("entries.py", "words.py", "places.py"))
    for part in ("foundation/database/migrations/versions", "search/commands", "adapters/sqlite"):
        decisive += (package / part).glob("*.py")

    def make(folder: Path) -> None:
        command = [sys.executable, "-m", "bench.material.million", str(count), str(folder)]
        timed(command, log=folder / "log", limit_s=_LIMIT_S, env=environment(folder))
        with_owner(folder)

    return kept(bench, f"million-{count}", digest_of(decisive), make)


class Made(NamedTuple):
    """How long the index took, and how large it is."""

    tracks: int
    index_s: float
    index_bytes: int


def made(folder: Path) -> Made:
    """Return what was noted when the house was made."""
    return Made(**json.loads((folder / "made.json").read_text()))


class Shelf(NamedTuple):
    """The names of a whole library."""

    artists: list[str]
    albums: list[str]
    titles: list[str]

    def artist_of(self, album: int) -> int:
        """Return who made an album: few made many."""
        share = (album * 7919 % len(self.albums)) / len(self.albums)
        return int(share * share * len(self.artists))


def named(count: int) -> Shelf:
    """Return names of so many tracks, a tenth as many albums, and six hundredths as many artists."""
    names = Names(3)
    found = _unique(names.draw(count * 6 // 100, (1, 2, 2, 2, 3)))
    return Shelf(found, names.draw(count // 10, (1, 2, 2, 3, 3, 4)), names.draw(count, (1, 1, 2, 2, 2, 3, 3, 4, 5)))


def _unique(names: list[str]) -> list[str]:
    """Return names that are no two of one artist."""
    seen: dict[str, str] = {}
    for number, name in enumerate(names):
        own = name if fold(name) not in seen else f"{name} {number}"
        seen[fold(own)] = own
    return list(seen.values())


class _Writer:
    """Writes rows in bulk, past the lock and the log."""

    def __init__(self, path: Path) -> None:
        self.raw = sqlite3.connect(path, isolation_level=None)
        for setting in ("journal_mode=WAL", "synchronous=OFF", "cache_size=-600000", "foreign_keys=OFF"):
            self.raw.execute(f"PRAGMA {setting}")

    def write(self, table: Table, rows: Iterable[dict[str, Any]]) -> None:
        """Insert rows in one transaction."""
        from sqlalchemy.dialects import sqlite

        compiled = Change(insert(table)).on(sqlite.dialect(paramstyle="qmark"))
        self.raw.execute("BEGIN")
        self.raw.executemany(compiled.sql, (compiled.arguments(row) for row in rows))
        self.raw.execute("COMMIT")


def _id(kind: int, number: int) -> str:
    return f"{kind << 40 | number + 1:016x}"


_ARTIST, _ALBUM, _TRACK, _GENRE = 1, 2, 3, 4


def _artist_rows(shelf: Shelf) -> Iterator[dict[str, Any]]:
    for number, name in enumerate(shelf.artists):
        key = {"key": fold(name), "apart": "", "sort": sort_key(name), "mbid": None}
        yield {"id": _id(_ARTIST, number), "name": name, **key}


def _album_rows(shelf: Shelf, library_id: str) -> Iterator[dict[str, Any]]:
    for number, title in enumerate(shelf.albums):
        artist = shelf.artist_of(number)
        name = shelf.artists[artist]
        yield {
            "id": _id(_ALBUM, number),
            "library_id": library_id,
            "key": f"{number}",
            "title": title,
            "sort": sort_key(title),
            "artist": name,
            "artist_sort": sort_key(name),
            "artists": [ArtistRef(_id(_ARTIST, artist), name)],
            "from_tracks": False,
            "year": _year(number),
            "compilation": False,
            "mbid": None,
            "release_group_mbid": None,
            "cover": None,
            "track_count": 10,
            "disc_count": 1,
            "duration_ms": 2_400_000,
            "added_at": _SINCE + timedelta(minutes=number * 10),
            "shuffle": random_place(),
        }


def _year(album: int) -> int:
    return 1950 + album * 7919 % 75


def _genre(album: int) -> int:
    return album % len(_GENRES)


def _filing(shelf: Shelf, number: int) -> Filing:
    album = number // 10
    name = shelf.artists[shelf.artist_of(album)]
    tags = Tags(
        title=shelf.titles[number],
        artists=(name,),
        album=shelf.albums[album],
        album_artists=(name,),
        genres=(_GENRES[_genre(album)],),
        year=_year(album),
        date=str(_year(album)),
        track_number=number % 10 + 1,
        track_total=10,
    )
    return upload(number, tags, _SINCE + timedelta(minutes=number))


def _write_tracks(writer: _Writer, shelf: Shelf, library_id: str) -> None:
    for first in range(0, len(shelf.titles), _AT_ONCE):
        numbers = range(first, min(first + _AT_ONCE, len(shelf.titles)))
        rows, files = [], []
        for number in numbers:
            filing, track_id = _filing(shelf, number), _id(_TRACK, number)
            artist = shelf.artist_of(number // 10)
            refs = [ArtistRef(_id(_ARTIST, artist), shelf.artists[artist])]
            row = track_row(filing, filing.tags, track_id, library_id, _id(_ALBUM, number // 10), refs)
            revision = number // 500 + 1
            rows.append(row | {"revision": revision, "came": revision})
            files.append(file_row(filing, track_id, library_id))
        writer.write(tracks, rows)
        writer.write(track_files, files)
        writer.write(track_artists, (_credit(shelf, number) for number in numbers))
        writer.write(
            track_genres,
            ({"track_id": _id(_TRACK, n), "genre_id": _id(_GENRE, _genre(n // 10))} for n in numbers),
        )


def _credit(shelf: Shelf, number: int) -> dict[str, Any]:
    artist_id = _id(_ARTIST, shelf.artist_of(number // 10))
    return {"track_id": _id(_TRACK, number), "role": "artist", "position": 0, "artist_id": artist_id}


def _write(path: Path, count: int, library_id: str) -> None:
    shelf = named(count)
    writer = _Writer(path)
    writer.write(artists, _artist_rows(shelf))
    writer.write(
        genres,
        ({"id": _id(_GENRE, n), "name": name, "sort": fold(name)} for n, name in enumerate(_GENRES)),
    )
    writer.write(albums, _album_rows(shelf, library_id))
    numbers = range(len(shelf.albums))
    makers = [shelf.artist_of(number) for number in numbers]
    writer.write(
        album_artists,
        ({"album_id": _id(_ALBUM, n), "position": 0, "artist_id": _id(_ARTIST, makers[n])} for n in numbers),
    )
    writer.write(album_genres, ({"album_id": _id(_ALBUM, n), "genre_id": _id(_GENRE, _genre(n))} for n in numbers))
    _write_counts(writer, library_id, makers)
    _write_tracks(writer, shelf, library_id)
    writer.raw.execute("UPDATE libraries SET revision = ?", (count // 500 + 1,))
    writer.raw.close()


def _write_counts(writer: _Writer, library_id: str, makers: list[int]) -> None:
    of = {"library_id": library_id, "cover": None}
    writer.write(
        artist_counts,
        (
            {"artist_id": _id(_ARTIST, artist), "album_count": count, "track_count": count * 10, **of}
            for artist, count in sorted(Counter(makers).items())
        ),
    )
    each = len(makers) // len(_GENRES)
    writer.write(
        genre_counts,
        (
            {"genre_id": _id(_GENRE, n), "library_id": library_id, "album_count": each, "track_count": each * 10}
            for n in range(len(_GENRES))
        ),
    )


async def _make(count: int, folder: Path) -> None:
    async with open_database(load_settings()) as (database, _):
        async with database.working() as work:
            library_id = await ensure_uploads_library(work)
        _write(load_settings().data.path / "sarau.db", count, library_id)
        await database.engine.analyze()
        began = time.perf_counter()
        words = words_of(database.engine)
        await Follower(database, words, Search(words)).catch_up()
        took_s = time.perf_counter() - began
        await database.engine.analyze()
    index_bytes = sizes(load_settings().data.path / "sarau.db")
    (folder / "made.json").write_text(json.dumps(Made(count, took_s, index_bytes)._asdict()))


def sizes(path: Path) -> int:
    """Return how many bytes all tables and indexes of the search take."""
    raw = sqlite3.connect(path)
    names = "name LIKE 'search\\_%' ESCAPE '\\' OR name LIKE '%\\_search\\_%' ESCAPE '\\'"
    (total,) = raw.execute(f"SELECT sum(pgsize) FROM dbstat WHERE {names}").fetchone()
    raw.close()
    return int(total)


if __name__ == "__main__":
    asyncio.run(_make(int(sys.argv[1]), Path(sys.argv[2])))
