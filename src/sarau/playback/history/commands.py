"""Changes to plays."""

from sqlalchemy import bindparam, insert, update

from sarau.catalog.library.policies import View
from sarau.catalog.library.queries import pages
from sarau.foundation.database.query import Change
from sarau.foundation.database.types import EntityId, Instant
from sarau.foundation.database.work import Work
from sarau.foundation.observability.metrics import plays as plays_counter
from sarau.foundation.security.actor import Actor
from sarau.kit.ids import new_id
from sarau.kit.text import clean
from sarau.kit.times import now, to_ms
from sarau.playback.history import queries
from sarau.playback.history.events import PlayStarted, TrackListened
from sarau.playback.history.policies import believable_ms, counts_as_listened
from sarau.playback.history.schemas import NewPlay, Play, PlayReport
from sarau.playback.history.tables import plays

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


async def start_play(work: Work, actor: Actor, view: View, new: NewPlay) -> Play:
    """Note that the actor begins to hear a track; raises TrackNotFound."""
    track = await pages.track(work, view, new.track_id)
    play_id, moment = new_id(), now()
    await work.run(
        _START,
        id=play_id,
        user_id=actor.id,
        track_id=track.id,
        started_at=moment,
        updated_at=moment,
        listened_ms=0,
        position_ms=None,
        listened=False,
        ended=False,
        client=clean(new.client),
    )
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
    listened = before.listened or counts_as_listened(heard_ms, track.duration_ms)
    await work.run(
        _REPORT,
        the_id=play_id,
        heard_ms=heard_ms,
        at_ms=report.position_ms,
        is_listened=listened,
        is_ended=report.ended,
    )
    if listened and not before.listened:
        plays_counter.labels("listened").inc()
        await work.publish(TrackListened(actor_id=actor.id, play_id=play_id, track_id=before.track_id))
    return await queries.play(work, actor, play_id)
