"""Plays as players tell them: they begin, go on, and end."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, insert, update

from sarau.catalog.library.policies import View
from sarau.catalog.library.queries import pages
from sarau.catalog.library.queries.chance import tracks_by_id
from sarau.catalog.library.schemas import Track
from sarau.foundation.database.query import Change
from sarau.foundation.database.types import EntityId, Instant
from sarau.foundation.database.work import Work
from sarau.foundation.observability.metrics import plays as plays_counter
from sarau.foundation.security.actor import Actor
from sarau.kit.ids import new_id
from sarau.kit.text import clean
from sarau.kit.times import now, to_ms
from sarau.playback.history.commands import noting
from sarau.playback.history.events import PlayStarted
from sarau.playback.history.policies import believable_ms, counts_as_listened, heard_since
from sarau.playback.history.queries import now_playing as sounding
from sarau.playback.history.queries import plays as queries
from sarau.playback.history.queries.now_playing import Sounding
from sarau.playback.history.schemas import (
    NewPlay,
    Play,
    PlaybackReport,
    PlayReport,
    PlayState,
    Reported,
)
from sarau.playback.history.tables import plays

_NAME_LENGTH = 100
_SAME_PLAY_WITHIN = timedelta(days=1)
_START = Change(insert(plays))
_the_play = plays.c.id == bindparam("the_id", type_=EntityId())
_TOUCH = Change(update(plays).where(_the_play).values(updated_at=bindparam("at", type_=Instant())))
_REPORT = Change(
    update(plays)
    .where(_the_play)
    .values(
        listened_ms=bindparam("heard_ms"),
        position_ms=bindparam("at_ms"),
        listened=bindparam("is_listened"),
        ended=bindparam("is_ended"),
    )
)


def named(text: str) -> str:
    """Return the name of an app or a device as it is kept."""
    return clean(text)[:_NAME_LENGTH]


async def write_play(work: Work, actor: Actor, new: NewPlay, at: datetime, *, heard_ms: int | None = None) -> str:
    """Write a play down and return its id; one that was heard and is over says how long."""
    play_id = new_id()
    await work.run(
        _START,
        id=play_id,
        user_id=actor.id,
        track_id=new.track_id,
        started_at=at,
        updated_at=now(),
        listened_ms=heard_ms or 0,
        position_ms=heard_ms,
        listened=heard_ms is not None,
        ended=heard_ms is not None,
        client=named(new.client),
        device=named(new.device),
        source=new.source.value,
        source_id=new.source_id,
    )
    return play_id


async def start_play(work: Work, actor: Actor, view: View, new: NewPlay) -> Play:
    """Note that the actor begins to hear a track; raises TrackNotFound."""
    track = await pages.track(work, view, new.track_id)
    play_id = await write_play(work, actor, new, now())
    app = named(new.client), named(new.device)
    await noting.sounds(work, actor, app, play_id, track.id, PlayState.PLAYING, 0, 1.0)
    plays_counter.labels("started").inc()
    await work.publish(PlayStarted(actor_id=actor.id, play_id=play_id, track_id=track.id, title=track.title))
    return await queries.play(work, actor, play_id)


async def report_play(work: Work, actor: Actor, view: View, play_id: str, report: PlayReport) -> Play:
    """Note how far a play has come; listening only grows, and no faster than time. Raises PlayNotFound."""
    # Of two reports at once the second waits here, lest both find that it was not listened yet.
    await work.run(_TOUCH, the_id=play_id, at=now())
    before = await queries.play(work, actor, play_id)
    track = await pages.track(work, view, before.track_id)
    elapsed_ms = to_ms(now()) - to_ms(before.started_at)
    heard_ms = max(before.listened_ms, believable_ms(report.listened_ms, elapsed_ms))
    await _go_on(work, actor, track, before, heard_ms, report.position_ms, ended=report.ended)
    if report.ended:
        await noting.silent(work, play_id)
    else:
        app = before.client, before.device
        await noting.sounds(work, actor, app, play_id, track.id, report.state, report.position_ms or 0, 1.0)
    return await queries.play(work, actor, play_id)


async def _go_on(
    work: Work,
    actor: Actor,
    track: Track,
    before: Play,
    heard_ms: int,
    position_ms: int | None,
    *,
    ended: bool,
    counted: bool = True,
) -> None:
    listened = before.listened or (counted and counts_as_listened(heard_ms, track.duration_ms))
    await work.run(
        _REPORT, the_id=before.id, heard_ms=heard_ms, at_ms=position_ms, is_listened=listened, is_ended=ended
    )
    if listened and not before.listened:
        await noting.count_listened(work, actor, before.id, track, before.started_at)


async def report_playback(work: Work, actor: Actor, view: View, report: PlaybackReport) -> None:
    """Note where a player is that keeps no id of a play: it begins, goes on or ends. Raises TrackNotFound."""
    track = await pages.track(work, view, report.track_id)
    app = named(report.client), named(report.device)
    last = await sounding.sounding_of(work, actor, *app)
    again = last is not None and last.track_id == track.id and now() - last.updated_at < _SAME_PLAY_WITHIN
    if last is not None and (not again or report.state is Reported.STARTING):
        await _leave(work, actor, view, last, counted=not report.uncounted)
        last = None
    stopped = report.state is Reported.STOPPED
    if last is not None:
        await _heard(work, actor, track, last, report.position_ms, ended=stopped, counted=not report.uncounted)
    if stopped:
        return
    play_id = last.play_id if last is not None else (await start_play(work, actor, view, NewPlay(track.id, *app))).id
    state = PlayState.PAUSED if report.state is Reported.PAUSED else PlayState.PLAYING
    await noting.sounds(work, actor, app, play_id, track.id, state, report.position_ms, report.rate)


async def _leave(work: Work, actor: Actor, view: View, last: Sounding, *, counted: bool) -> None:
    """End what an app played that now plays something else; nothing is counted of what may not be heard any more."""
    left = await tracks_by_id(work, view, [last.track_id])
    if left:
        await _heard(work, actor, left[0], last, None, ended=True, counted=counted)
    else:
        await noting.silent(work, last.play_id)


async def _heard(
    work: Work, actor: Actor, track: Track, last: Sounding, position_ms: int | None, *, ended: bool, counted: bool
) -> None:
    """Add what was heard since an app last said what it plays."""
    await work.run(_TOUCH, the_id=last.play_id, at=now())
    before = await queries.play(work, actor, last.play_id)
    since_ms = heard_since(last.state, last.updated_at, now())
    heard_ms = before.listened_ms + min(since_ms, max(0, track.duration_ms - last.position_ms))
    await _go_on(work, actor, track, before, heard_ms, position_ms, ended=ended, counted=counted)
    if ended:
        await noting.silent(work, last.play_id)


async def finish_play(work: Work, actor: Actor, track: Track, before: Play) -> None:
    """Note that a play that is under way was listened to, as the player says."""
    await work.run(_TOUCH, the_id=before.id, at=now())
    again = await queries.play(work, actor, before.id)
    if again.listened:
        return
    heard_ms = max(again.listened_ms, min(track.duration_ms, to_ms(now()) - to_ms(again.started_at)))
    await work.run(_REPORT, the_id=before.id, heard_ms=heard_ms, at_ms=None, is_listened=True, is_ended=True)
    await noting.silent(work, before.id)
    await noting.count_listened(work, actor, before.id, track, again.started_at)
