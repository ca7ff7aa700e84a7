"""Changes to saved queues."""

from sqlalchemy import bindparam, delete

from sarau.foundation.database.portable import insert_into
from sarau.foundation.database.query import Change
from sarau.foundation.database.types import EntityId
from sarau.foundation.database.work import Work
from sarau.foundation.errors import Invalid
from sarau.foundation.security.actor import Actor
from sarau.kit.ids import is_id
from sarau.kit.text import clean
from sarau.kit.times import now
from sarau.playback.playqueue.schemas import NewQueue
from sarau.playback.playqueue.tables import saved_queues

_new = insert_into(saved_queues)
_SAVE = Change(
    _new.on_conflict_do_update(
        index_elements=[saved_queues.c.user_id],
        set_={
            name: _new.excluded[name]
            for name in ("track_ids", "current_index", "position_ms", "changed_at", "changed_by")
        },
    )
)
_CLEAR = Change(delete(saved_queues).where(saved_queues.c.user_id == bindparam("by", type_=EntityId())))


async def save_queue(work: Work, actor: Actor, queue: NewQueue) -> None:
    """Keep what the actor hears, instead of what was kept before; an empty queue clears it. Raises Invalid.

    Tracks are checked when the queue is taken up: what may be heard changes.
    """
    if not queue.track_ids:
        await clear_queue(work, actor)
        return
    if not all(map(is_id, queue.track_ids)):
        raise Invalid("track_ids", "one of them is no id of a track")
    if queue.current_index is not None and queue.current_index >= len(queue.track_ids):
        raise Invalid("current_index", f"there are only {len(queue.track_ids)} tracks")
    await work.run(
        _SAVE,
        user_id=actor.id,
        track_ids=queue.track_ids,
        current_index=queue.current_index,
        position_ms=queue.position_ms,
        changed_at=now(),
        changed_by=clean(queue.client)[:100],
    )


def queue_at(track_ids: list[str], current_id: str | None, position_ms: int, client: str) -> NewQueue:
    """Return a queue whose current track is told by its id; raises Invalid for one that is not in it."""
    if current_id is None:
        return NewQueue(track_ids, None, position_ms, client)
    if current_id not in track_ids:
        raise Invalid("current", "it is not among the tracks")
    return NewQueue(track_ids, track_ids.index(current_id), position_ms, client)


async def clear_queue(work: Work, actor: Actor) -> None:
    """Forget what was kept."""
    await work.run(_CLEAR, by=actor.id)
