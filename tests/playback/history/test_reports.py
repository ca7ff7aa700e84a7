"""What is told by players that say where they are: one play of each listen, as long as was really heard."""

from datetime import timedelta

import pytest
from tests.support.shelf import Shelf, filled_shelf
from tests.support.tables import run_sql

from sarau.catalog.library.schemas import Track
from sarau.foundation.database.database import Database
from sarau.foundation.security.actor import Actor
from sarau.playback.history.commands.plays import report_playback
from sarau.playback.history.commands.scrobbles import scrobble
from sarau.playback.history.policies import LONGEST_SILENCE_MS
from sarau.playback.history.queries.now_playing import now_playing
from sarau.playback.history.queries.plays import my_plays
from sarau.playback.history.schemas import NowPlaying, Play, PlaybackReport, PlayFilters, PlayState, Reported


@pytest.fixture
async def shelf(database: Database) -> Shelf:
    return await filled_shelf(database, 12)


class Player:
    """An app of somebody's."""

    def __init__(self, shelf: Shelf, who: Actor, client: str = "app") -> None:
        self.shelf = shelf
        self.who = who
        self.client = client

    async def says(self, track: Track, state: Reported, position_ms: int = 0, **more: object) -> None:
        """Tell where it is."""
        report = PlaybackReport(track.id, state, position_ms, client=self.client, **more)  # type: ignore[arg-type]
        async with self.shelf.database.working() as work:
            await report_playback(work, self.who, self.shelf.view, report)

    async def history(self) -> list[Play]:
        """Return the plays of its person, last begun first."""
        async with self.shelf.database.reading() as reader:
            page = await my_plays(reader, self.shelf.view, self.who, PlayFilters(), 50, None)
        return [one.play for one in page.items]

    async def sounds(self) -> list[NowPlaying]:
        """Return what the house hears."""
        async with self.shelf.database.reading() as reader:
            return await now_playing(reader, self.shelf.view, self.who)

    async def later(self, **more: float) -> None:
        """Let time pass."""
        ms = timedelta(**more) // timedelta(milliseconds=1)
        await run_sql(self.shelf.database, f"UPDATE now_playing SET updated_at = updated_at - {ms}")
        await run_sql(self.shelf.database, f"UPDATE plays SET started_at = started_at - {ms}")


@pytest.fixture
async def player(shelf: Shelf) -> Player:
    return Player(shelf, await shelf.newcomer("ana"))


async def test_what_was_heard_is_added_up(player: Player) -> None:
    track = player.shelf.tracks[0]
    await player.says(track, Reported.STARTING)
    (sounds,) = await player.sounds()
    assert (sounds.track.id, sounds.state, sounds.position_ms) == (track.id, PlayState.PLAYING, 0)
    await player.later(seconds=20)
    await player.says(track, Reported.PAUSED, 20_000)
    assert [one.state for one in await player.sounds()] == [PlayState.PAUSED]
    await player.later(seconds=300)  # of silence, which nobody hears
    await player.says(track, Reported.PLAYING, 20_000, rate=1.5)
    (sounds,) = await player.sounds()
    assert (sounds.state, sounds.rate, sounds.position_ms) == (PlayState.PLAYING, 1.5, 20_000)
    await player.later(seconds=30)
    await player.says(track, Reported.STOPPED, 65_000)
    (play,) = await player.history()
    assert 50_000 <= play.listened_ms < 55_000
    assert play.listened is False
    assert await player.sounds() == []


async def test_enough_of_it_is_listened_and_counted_once(player: Player) -> None:
    track = player.shelf.tracks[0]
    await player.says(track, Reported.PLAYING)
    for _ in range(5):
        await player.later(milliseconds=track.duration_ms / 4)
        await player.says(track, Reported.PLAYING, 1)
    (play,) = await player.history()
    assert play.listened is True
    await player.says(track, Reported.STOPPED)
    await player.says(track, Reported.STOPPED)
    assert [one.id for one in await player.history()] == [play.id]


async def test_the_next_track_ends_the_one_before(player: Player) -> None:
    one, two = player.shelf.tracks[:2]
    await player.says(one, Reported.STARTING)
    await player.later(hours=2)
    await player.says(two, Reported.STARTING)
    second, first = await player.history()
    assert (first.track_id, first.listened, first.listened_ms) == (one.id, True, one.duration_ms)
    assert (second.track_id, second.listened) == (two.id, False)
    assert [sounds.track.id for sounds in await player.sounds()] == [two.id]


async def test_the_same_track_begun_again_is_another_play(player: Player) -> None:
    track = player.shelf.tracks[0]
    await player.says(track, Reported.STARTING)
    await player.later(milliseconds=track.duration_ms)
    await player.says(track, Reported.STARTING)
    assert [play.listened for play in await player.history()] == [False, True]


async def test_silence_is_no_listening_without_end(player: Player) -> None:
    track = player.shelf.tracks[0]
    await player.says(track, Reported.STARTING)
    await player.later(hours=20)
    await player.says(track, Reported.STOPPED)
    (play,) = await player.history()
    assert play.listened_ms <= min(track.duration_ms, LONGEST_SILENCE_MS)


async def test_who_counts_by_themselves_is_not_counted_twice(player: Player) -> None:
    track = player.shelf.tracks[0]
    await player.says(track, Reported.STARTING, uncounted=True)
    await player.later(milliseconds=track.duration_ms)
    await player.says(track, Reported.STOPPED, track.duration_ms, uncounted=True)
    (play,) = await player.history()
    assert play.listened is False
    async with player.shelf.database.working() as work:
        await scrobble(work, player.who, player.shelf.view, track.id, None, player.client)
    (play,) = await player.history()
    assert play.listened is True


async def test_two_apps_of_one_person_are_apart(player: Player) -> None:
    other = Player(player.shelf, player.who, "car")
    one, two = player.shelf.tracks[:2]
    await player.says(one, Reported.PLAYING)
    await other.says(two, Reported.PLAYING)
    assert {sounds.client: sounds.track.id for sounds in await player.sounds()} == {"app": one.id, "car": two.id}
    await other.says(two, Reported.STOPPED)
    assert [sounds.client for sounds in await player.sounds()] == ["app"]


async def test_the_end_of_nothing_is_nothing(player: Player) -> None:
    await player.says(player.shelf.tracks[0], Reported.STOPPED, 5)
    assert await player.history() == []
    assert await player.sounds() == []


async def test_what_is_not_heard_of_any_more_is_over(player: Player) -> None:
    track = player.shelf.tracks[0]
    await player.says(track, Reported.PLAYING, track.duration_ms - 1000)
    assert len(await player.sounds()) == 1
    await player.later(minutes=2)
    assert await player.sounds() == []
    await player.says(track, Reported.PAUSED)
    await player.later(minutes=9)
    assert len(await player.sounds()) == 1
    await player.later(minutes=2)
    assert await player.sounds() == []
