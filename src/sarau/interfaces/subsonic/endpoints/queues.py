"""The queue one left off with, to go on elsewhere."""

from typing import Any

from sarau.interfaces.subsonic import gathering
from sarau.interfaces.subsonic.call import Answer, Call, Endpoint
from sarau.interfaces.subsonic.errors import Missing
from sarau.interfaces.subsonic.names import Kind, id_of, ids_of
from sarau.interfaces.subsonic.structures.base import instant
from sarau.interfaces.subsonic.structures.media import Song
from sarau.interfaces.subsonic.structures.personal import PlayQueue, PlayQueueByIndex
from sarau.playback.playqueue.commands import clear_queue, queue_at, save_queue
from sarau.playback.playqueue.errors import NoSavedQueue
from sarau.playback.playqueue.queries import saved_queue
from sarau.playback.playqueue.schemas import MAX_QUEUED, NewQueue

_LONGEST_MS = 7 * 86_400_000


async def _saved(call: Call) -> tuple[int | None, int, dict[str, Any], list[Song]] | None:
    """Return the place in the queue, that in its song, who left it when, and its songs; None without a queue."""
    view = await call.view()
    async with call.reading() as reader:
        try:
            queue = await saved_queue(reader, view, call.actor)
        except NoSavedQueue:
            return None
        songs = await gathering.songs(reader, view, call.actor, [track.id for track in queue.tracks])
    about = {
        "username": call.actor.username,
        "changed": instant(queue.changed_at),
        "changed_by": queue.changed_by,
    }
    return queue.current_index, queue.position_ms, about, songs


async def play_queue(call: Call) -> Answer:
    """The queue, its song named by id."""
    found = await _saved(call)
    if found is None:
        return None
    index, position_ms, about, songs = found
    current = songs[index].id if index is not None and index < len(songs) else None
    return "playQueue", PlayQueue(current=current, position=position_ms, entry=songs, **about)


async def play_queue_by_index(call: Call) -> Answer:
    """The queue, its song named by its place."""
    found = await _saved(call)
    if found is None:
        return None
    index, position_ms, about, songs = found
    return "playQueueByIndex", PlayQueueByIndex(current_index=index, position=position_ms, entry=songs, **about)


def _tracks(call: Call) -> list[str]:
    track_ids = ids_of(call.asked.all("id"), Kind.SONG)
    if len(track_ids) > MAX_QUEUED:
        raise Missing("id", f"a queue has at most {MAX_QUEUED} songs")
    return track_ids


async def _save(call: Call, queue: NewQueue | None) -> None:
    async with call.working() as work:
        if queue is None:
            await clear_queue(work, call.actor)
        else:
            await save_queue(work, call.actor, queue)


async def save_play_queue(call: Call) -> Answer:
    """Leave a queue off; without songs it is forgotten."""
    track_ids = _tracks(call)
    position_ms = call.asked.number("position", 0, 0, _LONGEST_MS)
    current = call.asked.text("current")
    current_id = id_of(current, Kind.SONG) if current else None
    if current_id is not None and current_id not in track_ids:
        raise Missing("current", "it is not among the songs of the queue")
    await _save(call, queue_at(track_ids, current_id, position_ms, call.client) if track_ids else None)
    return None


async def save_play_queue_by_index(call: Call) -> Answer:
    """Leave a queue off; without songs it is forgotten."""
    track_ids = _tracks(call)
    if not track_ids:
        if call.asked.given("currentIndex"):
            raise Missing("currentIndex", "a queue without songs has no place")
        await _save(call, None)
        return None
    index = call.asked.needed_number("currentIndex", -1, 2**31)
    if not 0 <= index < len(track_ids):
        raise Missing("currentIndex", f"from 0 to {len(track_ids) - 1} is needed")
    position_ms = call.asked.number("position", 0, 0, _LONGEST_MS)
    await _save(call, NewQueue(track_ids, index, position_ms, call.client))
    return None


ENDPOINTS: dict[str, Endpoint] = {
    "getPlayQueue": play_queue,
    "getPlayQueueByIndex": play_queue_by_index,
    "savePlayQueue": save_play_queue,
    "savePlayQueueByIndex": save_play_queue_by_index,
}
