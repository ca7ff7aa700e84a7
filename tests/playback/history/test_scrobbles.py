"""What is told by players that say only that a track begins and that it was heard: every listen once."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.support.shelf import Shelf, filled_shelf

from sarau.catalog.library.errors import TrackNotFound
from sarau.catalog.library.policies import View
from sarau.catalog.library.schemas import Track
from sarau.foundation.database.database import Database
from sarau.foundation.security.actor import Actor
from sarau.kit.times import now
from sarau.playback.history.commands.scrobbles import scrobble
from sarau.playback.history.queries.most_played import house_plays, top_tracks
from sarau.playback.history.queries.now_playing import now_playing
from sarau.playback.history.queries.plays import my_plays
from sarau.playback.history.schemas import PlayedTrack, PlayFilters
from sarau.playback.marks.queries.known import marks_of
from sarau.playback.marks.queries.orders import AlbumOrder, album_ids
from sarau.playback.marks.schemas import Marked, Marks


@pytest.fixture
async def shelf(database: Database) -> Shelf:
    return await filled_shelf(database)


async def say(
    shelf: Shelf, who: Actor, track: Track, at: datetime | None = None, *, heard: bool = True, client: str = "app"
) -> None:
    """Tell that a track begins or was heard."""
    async with shelf.database.working() as work:
        await scrobble(work, who, shelf.view, track.id, at, client, submission=heard)


async def history(shelf: Shelf, who: Actor) -> list[PlayedTrack]:
    """Return what somebody played."""
    async with shelf.database.reading() as reader:
        return (await my_plays(reader, shelf.view, who, PlayFilters(), 500, None)).items


async def marks(shelf: Shelf, who: Actor, kind: Marked, thing_id: str | None) -> Marks:
    """Return what is told of something for somebody."""
    async with shelf.database.reading() as reader:
        return (await marks_of(reader, who, kind, [thing_id or ""])).get(thing_id or "", Marks())


async def test_a_beginning_and_a_listen_are_one_play(shelf: Shelf) -> None:
    ana, track = await shelf.newcomer("ana"), shelf.tracks[0]
    await say(shelf, ana, track, heard=False)
    async with shelf.database.reading() as reader:
        (sounds,) = await now_playing(reader, shelf.view, ana)
    assert (sounds.track.id, sounds.client) == (track.id, "app")
    assert (await marks(shelf, ana, Marked.TRACK, track.id)).play_count == 0
    await say(shelf, ana, track)
    (played,) = await history(shelf, ana)
    assert (played.play.listened, played.play.client) == (True, "app")
    found = await marks(shelf, ana, Marked.TRACK, track.id)
    assert (found.play_count, found.last_played) == (1, played.play.started_at)
    assert (await marks(shelf, ana, Marked.ALBUM, track.album_id)).play_count == 1
    async with shelf.database.reading() as reader:
        assert await now_playing(reader, shelf.view, ana) == []


async def test_another_app_has_plays_of_its_own(shelf: Shelf) -> None:
    ana, track = await shelf.newcomer("ana"), shelf.tracks[0]
    await say(shelf, ana, track, heard=False, client="car")
    await say(shelf, ana, track, client="phone")
    assert [(one.play.client, one.play.listened) for one in await history(shelf, ana)] == [
        ("car", False),
        ("phone", True),
    ]


async def test_what_was_heard_on_the_way_is_told_later(shelf: Shelf) -> None:
    ana = await shelf.newcomer("ana")
    began = now() - timedelta(days=3)
    for number, track in enumerate(shelf.tracks[:4]):
        await say(shelf, ana, track, began + timedelta(minutes=10 * number))
    await say(shelf, ana, shelf.tracks[4], began - timedelta(days=400))
    found = await history(shelf, ana)
    assert [one.play.track_id for one in found] == [shelf.tracks[n].id for n in (3, 2, 1, 0, 4)]
    assert found[3].play.started_at == began
    assert [one.play.listened_ms for one in found] == [one.track.duration_ms for one in found if one.track]
    assert (await marks(shelf, ana, Marked.TRACK, shelf.tracks[0].id)).last_played == began


async def test_the_same_listen_told_again_counts_once(shelf: Shelf) -> None:
    ana, track = await shelf.newcomer("ana"), shelf.tracks[0]
    began = now() - timedelta(hours=5)
    for _ in range(3):
        await say(shelf, ana, track, began)
    again = began + timedelta(milliseconds=track.duration_ms)  # once more, from its end
    for _ in range(2):
        await say(shelf, ana, track, again)
    assert [one.play.started_at for one in await history(shelf, ana)] == [again, began]
    assert (await marks(shelf, ana, Marked.TRACK, track.id)).play_count == 2


async def test_the_latest_listen_stays_the_last(shelf: Shelf) -> None:
    ana, track = await shelf.newcomer("ana"), shelf.tracks[0]
    late = now() - timedelta(days=1)
    for at in (late, late - timedelta(days=5), late - timedelta(days=2)):
        await say(shelf, ana, track, at)
    found = await marks(shelf, ana, Marked.TRACK, track.id)
    assert (found.play_count, found.last_played) == (3, late)
    assert (await marks(shelf, ana, Marked.ALBUM, track.album_id)).last_played == late


@pytest.mark.parametrize("year", [1, 1969, 9999])
async def test_no_clock_is_believed_without_bounds(shelf: Shelf, year: int) -> None:
    ana = await shelf.newcomer("ana")
    await say(shelf, ana, shelf.tracks[0], datetime(year, 1, 2, tzinfo=UTC))
    (played,) = await history(shelf, ana)
    assert datetime(2000, 1, 1, tzinfo=UTC) <= played.play.started_at <= now()


async def test_what_one_may_not_hear_is_not_counted(shelf: Shelf) -> None:
    ana, deaf = await shelf.newcomer("ana"), View((), "")
    for heard in (True, False):
        with pytest.raises(TrackNotFound):
            async with shelf.database.working() as work:
                await scrobble(work, ana, deaf, shelf.tracks[0].id, None, "", submission=heard)
    assert await history(shelf, ana) == []


async def test_albums_come_in_the_order_they_were_heard(shelf: Shelf) -> None:
    ana, bia = await shelf.newcomer("ana"), await shelf.newcomer("bia")
    one, two, three = list(dict.fromkeys(track.album_id for track in shelf.tracks))[:3]
    of = {album: [track for track in shelf.tracks if track.album_id == album] for album in (one, two, three)}
    began = now() - timedelta(days=9)
    heard = [one, two, two, two, three, three, one]
    for number, album in enumerate(heard):
        await say(shelf, ana, of[album][0], began + timedelta(hours=number))
    await say(shelf, bia, of[three][0], began)

    async def order(who: Actor, by: AlbumOrder, offset: int = 0, limit: int = 9) -> list[str]:
        async with shelf.database.reading() as reader:
            return await album_ids(reader, shelf.view, who, by, offset, limit)

    assert (await order(ana, AlbumOrder.FREQUENT))[0] == two
    assert set(await order(ana, AlbumOrder.FREQUENT)) == {one, two, three}
    assert await order(ana, AlbumOrder.RECENT) == [one, three, two]
    assert await order(ana, AlbumOrder.RECENT, 1, 1) == [three]
    assert await order(ana, AlbumOrder.RECENT, 3) == []
    assert await order(bia, AlbumOrder.FREQUENT) == [three]
    async with shelf.database.reading() as reader:
        assert await album_ids(reader, View((), ""), ana, AlbumOrder.RECENT, 0, 9) == []
        ids = [one, two, three, shelf.tracks[0].id]
        assert await house_plays(reader, "album", [i for i in ids if i]) == {one: 2, two: 3, three: 3}


async def test_the_tracks_of_an_artist_that_the_house_hears_most_come_first(shelf: Shelf) -> None:
    ana, bia = await shelf.newcomer("ana"), await shelf.newcomer("bia")
    artist = shelf.tracks[0].artists[0].id
    of = [track for track in shelf.tracks if artist in [credit.id for credit in track.artists]]
    assert len(of) >= 3
    most, second = of[-1], of[-2]
    for who, track, days in ((ana, most, 1), (bia, most, 2), (bia, second, 3), (ana, most, 4)):
        await say(shelf, who, track, now() - timedelta(days=days))
    async with shelf.database.reading() as reader:
        found = await top_tracks(reader, shelf.view, artist, 50)
        assert [track.id for track in found[:2]] == [most.id, second.id]
        assert {track.id for track in found} == {track.id for track in of}
        assert [track.id for track in await top_tracks(reader, shelf.view, artist, 1)] == [most.id]
        assert await top_tracks(reader, View((), ""), artist, 50) == []
