"""Questions about saved queues."""

from bisect import bisect_left

from sqlalchemy import bindparam, select

from sarau.catalog.library.policies import View
from sarau.catalog.library.queries.chance import tracks_by_id
from sarau.foundation.database.query import Query
from sarau.foundation.database.reader import Reader
from sarau.foundation.database.types import EntityId
from sarau.foundation.security.actor import Actor
from sarau.playback.playqueue.errors import NoSavedQueue
from sarau.playback.playqueue.schemas import KeptQueue, SavedQueue
from sarau.playback.playqueue.tables import saved_queues
from sarau.playback.remote.queries import KeptSession, kept_session
from sarau.playback.remote.queue import NOWHERE

OWN_PLAYERS = "Sarau"
_KEPT = Query(
    select(
        saved_queues.c.track_ids,
        saved_queues.c.current_index,
        saved_queues.c.position_ms,
        saved_queues.c.changed_at,
        saved_queues.c.changed_by,
    ).where(saved_queues.c.user_id == bindparam("user_id", type_=EntityId())),
    KeptQueue,
)


async def saved_queue(reader: Reader, view: View, actor: Actor) -> SavedQueue:
    """Return the queue that the actor left last, saved by an app or in a session of theirs; raises NoSavedQueue."""
    kept = await reader.first(_KEPT, user_id=actor.id)
    session = await kept_session(reader, actor.id)
    if session is not None and session.queue.entries and (kept is None or session.updated_at > kept.changed_at):
        kept = _of_session(session)
    if kept is None or not kept.track_ids:
        raise NoSavedQueue
    return await _audible(reader, view, kept)


def _of_session(session: KeptSession) -> KeptQueue:
    index = session.state.index
    return KeptQueue(
        [entry.track_id for entry in session.queue.entries],
        None if index == NOWHERE else index,
        session.state.position_ms,
        session.updated_at,
        OWN_PLAYERS,
    )


async def _audible(reader: Reader, view: View, kept: KeptQueue) -> SavedQueue:
    """Return the queue with its tracks, the same place in it or the one after what is left out."""
    found = {track.id: track for track in await tracks_by_id(reader, view, list(dict.fromkeys(kept.track_ids)))}
    places = [place for place, track_id in enumerate(kept.track_ids) if track_id in found]
    tracks = [found[kept.track_ids[place]] for place in places]
    if kept.current_index is None or not places:
        return SavedQueue(tracks, None, 0, kept.changed_at, kept.changed_by)
    current = bisect_left(places, kept.current_index)
    if current == len(places):
        return SavedQueue(tracks, None, 0, kept.changed_at, kept.changed_by)
    there = places[current] == kept.current_index
    return SavedQueue(tracks, current, kept.position_ms if there else 0, kept.changed_at, kept.changed_by)
