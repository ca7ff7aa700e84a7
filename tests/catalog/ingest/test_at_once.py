"""Scans beside each other and beside people who change things: nothing twice, nothing lost, nobody in a circle."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from tests.catalog.ingest.shelf import Shelf, shelf_on
from tests.support.music import album, later, tune
from tests.support.pictures import picture
from tests.support.sound_tags import write_tags
from tests.support.tables import run_sql

from sarau.adapters.mutagen.sandbox import TagReadingCrew
from sarau.catalog.ingest.commands import start_scan
from sarau.catalog.ingest.errors import ScanRunning
from sarau.catalog.ingest.queries import HEARTBEAT_PATIENCE, recent_scans
from sarau.catalog.ingest.schemas import Scan, ScanState
from sarau.catalog.library.commands.tracks import bin_track, edit_track, restore_track
from sarau.catalog.library.policies import View
from sarau.catalog.library.queries.lists import all_genres, artist_page
from sarau.catalog.library.schemas import TrackEdit
from sarau.foundation.database.database import Database
from sarau.foundation.security.actor import Actor


async def test_of_scans_of_one_library_at_once_one_runs(shelf: Shelf) -> None:
    album(shelf.root, "Album", "Artist", ["One", "Two", "Three"])
    outcomes = await asyncio.gather(*(shelf.scan() for _ in range(6)), return_exceptions=True)
    done = [outcome for outcome in outcomes if isinstance(outcome, Scan)]
    assert [scan.state for scan in done] == [ScanState.DONE]
    assert [type(outcome) for outcome in outcomes if not isinstance(outcome, Scan)] == [ScanRunning] * 5
    assert set(await shelf.ids()) == {"One", "Two", "Three"}
    assert (await shelf.scan()).counts.added == 0


async def test_a_scan_that_fell_silent_is_no_obstacle(shelf: Shelf) -> None:
    tune(shelf.root / "song.flac", title="Song")
    async with shelf.database.working() as work:
        dead = await start_scan(work, shelf.id, 1)
    with pytest.raises(ScanRunning):
        await shelf.scan()
    silence_ms = (HEARTBEAT_PATIENCE + timedelta(seconds=1)) // timedelta(milliseconds=1)
    await run_sql(shelf.database, f"UPDATE scans SET heartbeat_at = heartbeat_at - {silence_ms}")
    async with shelf.database.reading() as reader:
        assert (await recent_scans(reader, Actor.SYSTEM))[0].state is ScanState.INTERRUPTED
    assert (await shelf.scan()).state is ScanState.DONE
    async with shelf.database.reading() as reader:
        scans = {scan.id: scan for scan in await recent_scans(reader, Actor.SYSTEM)}
    assert scans[dead.id].state is ScanState.INTERRUPTED
    assert scans[dead.id].finished_at is not None
    assert set(await shelf.ids()) == {"Song"}


async def test_libraries_that_share_names_are_scanned_at_once(
    database: Database, crew: TagReadingCrew, tmp_path: Path
) -> None:
    shelves = [await shelf_on(database, crew, tmp_path / f"library {n}", tmp_path / "kept") for n in range(4)]
    for number, shelf in enumerate(shelves):
        for track in range(6):
            tune(
                shelf.root / f"{track}.flac",
                title=f"{number}-{track}",
                artists=(f"Artist {track % 3}", f"Artist {(track + number) % 3}"),
                album=f"Album {track % 2}",
                genres=(f"Genre {track % 2}", f"Genre {number % 2}"),
                cover=picture(("red", "blue", "green")[track % 3]),
            )
    for _ in range(2):
        for shelf in shelves:
            for path in shelf.root.iterdir():
                later(path)
        done = await asyncio.gather(*(shelf.scan() for shelf in shelves))
        assert [scan.counts.seen for scan in done] == [6] * 4
    everything = View(tuple(shelf.id for shelf in shelves), "")
    tracks = [track for shelf in shelves for track in await shelf.tracks()]
    assert len(tracks) == 24
    async with database.reading() as reader:
        page = await artist_page(reader, everything, albums_only=False, limit=500, cursor=None)
        genres = await all_genres(reader, everything)
    for artist in page.items:
        if artist.track_count:
            assert artist.track_count == sum(artist.id in {a.id for a in track.artists} for track in tracks)
    assert {artist.name for artist in page.items if artist.track_count} == {f"Artist {n}" for n in range(3)}
    assert {genre.name: genre.track_count for genre in genres} == {
        f"Genre {n}": sum(f"Genre {n}" in track.genres for track in tracks) for n in range(2)
    }


async def test_corrections_made_during_a_scan_are_kept(shelf: Shelf) -> None:
    paths = album(shelf.root, "Album", "Artist", [f"Title {n:02}" for n in range(24)])
    await shelf.scan()
    ids = await shelf.ids()

    async def correct(name: str, track_id: str) -> None:
        for edit in (TrackEdit(artists=["Corrected"]), TrackEdit(year=1999), TrackEdit(title=f"{name}, corrected")):
            async with shelf.database.working() as work:
                await edit_track(work, Actor.SYSTEM, shelf.view, track_id, edit)

    async def throw_away_and_take_back(track_id: str) -> None:
        async with shelf.database.working() as work:
            await bin_track(work, Actor.SYSTEM, shelf.view, track_id)
        async with shelf.database.working() as work:
            await restore_track(work, Actor.SYSTEM, track_id)

    thrown_away, corrected = dict(list(ids.items())[:6]), dict(list(ids.items())[6:])
    for path in paths:
        write_tags(path, comment="retagged", genres=("Other",))
        later(path)
    done, *_ = await asyncio.gather(
        shelf.scan(),
        *(correct(name, track_id) for name, track_id in corrected.items()),
        *(throw_away_and_take_back(track_id) for track_id in thrown_away.values()),
    )
    assert done.counts.changed == 24
    tracks = {track.id: track for track in await shelf.tracks()}
    assert set(tracks) == set(ids.values())
    for name, track_id in ids.items():
        track = tracks[track_id]
        shown = (track.title, track.year, track.artist, track.genres)
        if name in corrected:
            assert shown == (f"{name}, corrected", 1999, "Corrected", ["Other"])
        else:
            assert shown == (name, None, "Artist", ["Other"])


async def test_two_people_correct_the_same_track_at_once(shelf: Shelf) -> None:
    tune(shelf.root / "song.flac", title="Song", artists="Artist", album="Album")
    await shelf.scan()
    track_id = (await shelf.ids())["Song"]

    async def correct(edit: TrackEdit) -> None:
        async with shelf.database.working() as work:
            await edit_track(work, Actor.SYSTEM, shelf.view, track_id, edit)

    edits = [TrackEdit(title="T"), TrackEdit(year=1999), TrackEdit(album="L"), TrackEdit(version="V"),
             TrackEdit(genres=["G"]), TrackEdit(artists=["A"])]  # fmt: skip
    await asyncio.gather(*map(correct, edits))
    (track,) = await shelf.tracks()
    shown = (track.title, track.year, track.album, track.version, track.genres, track.artist)
    assert shown == ("T", 1999, "L", "V", ["G"], "A")
