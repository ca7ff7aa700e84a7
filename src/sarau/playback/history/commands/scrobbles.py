"""Listening told by players that say only two things: that a track begins, and that it was heard."""

from datetime import UTC, datetime, timedelta

from sarau.catalog.library.policies import View
from sarau.catalog.library.queries import pages
from sarau.foundation.database.work import Work
from sarau.foundation.security.actor import Actor
from sarau.kit.times import now
from sarau.playback.history.commands import noting
from sarau.playback.history.commands.plays import finish_play, named, start_play, write_play
from sarau.playback.history.queries import plays as queries
from sarau.playback.history.schemas import NewPlay

_FIRST = datetime(2000, 1, 1, tzinfo=UTC)
_OF_A_TRACK = 0.9
_UNDER_WAY = timedelta(hours=12)  # between a beginning and the word that it was heard; pauses may be long


async def scrobble(
    work: Work,
    actor: Actor,
    view: View,
    track_id: str,
    at: datetime | None = None,
    client: str = "",
    *,
    submission: bool = True,
) -> None:
    """Note that the actor hears a track now, or, by a submission, that they heard it at a moment (now if None).

    The same submission twice counts once. Raises TrackNotFound.
    """
    new = NewPlay(track_id, client)
    if not submission:
        await start_play(work, actor, view, new)
        return
    track = await pages.track(work, view, track_id)
    moment = now()
    if at is not None:
        at = min(max(at, _FIRST), moment)
        # Nobody hears a track again before it is over: what comes a second time was not answered the first.
        since = at - timedelta(milliseconds=track.duration_ms * _OF_A_TRACK)
        if await queries.heard_between(work, actor, track.id, since, at):
            return
    if at is None or moment - at < _UNDER_WAY:
        since = (at or moment) - _UNDER_WAY
        begun = await queries.play_under_way(work, actor, track.id, named(client), since)
        if begun is not None:
            await finish_play(work, actor, track, begun)
            return
    began = at or moment - timedelta(milliseconds=track.duration_ms)
    play_id = await write_play(work, actor, new, began, heard_ms=track.duration_ms)
    await noting.count_listened(work, actor, play_id, track, began)
