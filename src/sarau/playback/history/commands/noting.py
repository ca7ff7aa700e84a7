"""What is noted beside a play: what sounds now, and how often what was listened."""

from datetime import datetime, timedelta

from sqlalchemy import Column, Table, bindparam, case, delete

from sarau.catalog.library.schemas import Track
from sarau.foundation.database.portable import insert_into
from sarau.foundation.database.query import Change
from sarau.foundation.database.types import EntityId, Instant
from sarau.foundation.database.work import Work
from sarau.foundation.observability.metrics import plays as plays_counter
from sarau.foundation.security.actor import Actor
from sarau.kit.times import now
from sarau.playback.history.events import TrackListened
from sarau.playback.history.schemas import PlayState
from sarau.playback.history.tables import album_plays, now_playing, track_plays

FORGOTTEN_AFTER = timedelta(days=2)

_KEYS = [now_playing.c.user_id, now_playing.c.client, now_playing.c.device]
_new = insert_into(now_playing)
_SOUND = Change(
    _new.on_conflict_do_update(
        index_elements=_KEYS,
        set_={
            name: _new.excluded[name]
            for name in ("play_id", "track_id", "state", "position_ms", "rate", "updated_at")
        },
    )
)
_SILENCE = Change(delete(now_playing).where(now_playing.c.play_id == bindparam("of_play", type_=EntityId())))
_FORGET = Change(delete(now_playing).where(now_playing.c.updated_at < bindparam("before", type_=Instant())))


def _count(table: Table, column: Column[str]) -> Change:
    fresh = insert_into(table)
    later = case(
        (fresh.excluded.last_played_at > table.c.last_played_at, fresh.excluded.last_played_at),
        else_=table.c.last_played_at,
    )
    return Change(
        fresh.on_conflict_do_update(
            index_elements=[table.c.user_id, column],
            set_={"play_count": table.c.play_count + 1, "last_played_at": later},
        )
    )


_COUNT_TRACK = _count(track_plays, track_plays.c.track_id)
_COUNT_ALBUM = _count(album_plays, album_plays.c.album_id)


async def sounds(
    work: Work,
    actor: Actor,
    app: tuple[str, str],
    play_id: str,
    track_id: str,
    state: PlayState,
    position_ms: int,
    rate: float,
) -> None:
    """Note what an app, told by its client and device, plays now."""
    client, device = app
    await work.run(
        _SOUND,
        user_id=actor.id,
        client=client,
        device=device,
        play_id=play_id,
        track_id=track_id,
        state=state.value,
        position_ms=position_ms,
        rate=rate,
        updated_at=now(),
    )


async def silent(work: Work, play_id: str) -> None:
    """Note that a play is over."""
    await work.run(_SILENCE, of_play=play_id)


async def forget_silent(work: Work) -> None:
    """Forget what apps said that were not heard of for days."""
    await work.run(_FORGET, before=now() - FORGOTTEN_AFTER)


async def count_listened(work: Work, actor: Actor, play_id: str, track: Track, at: datetime) -> None:
    """Count that the actor listened to a track, and tell."""
    await work.run(_COUNT_TRACK, user_id=actor.id, track_id=track.id, play_count=1, last_played_at=at)
    if track.album_id is not None:
        await work.run(_COUNT_ALBUM, user_id=actor.id, album_id=track.album_id, play_count=1, last_played_at=at)
    plays_counter.labels("listened").inc()
    await work.publish(TrackListened(actor_id=actor.id, play_id=play_id, track_id=track.id))
