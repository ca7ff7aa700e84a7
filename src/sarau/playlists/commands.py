"""Changes to playlists."""

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, func, insert, select, update

from sarau.catalog.library.errors import TrackNotFound
from sarau.catalog.library.policies import View
from sarau.catalog.library.queries.chance import tracks_by_id
from sarau.foundation.database.query import Change
from sarau.foundation.database.types import EntityId, Instant
from sarau.foundation.database.work import Work
from sarau.foundation.security.actor import Actor
from sarau.kit.ids import new_id
from sarau.kit.text import clean
from sarau.kit.times import now
from sarau.playlists import queries
from sarau.playlists.errors import EntryNotFound, PlaylistFull, PlaylistNotFound, TooManyPlaylists
from sarau.playlists.policies import GAP, places_between
from sarau.playlists.schemas import MAX_ENTRIES, MAX_PLAYLISTS, NewEntries, NewPlaylist, Playlist
from sarau.playlists.tables import playlist_entries, playlists

_the_playlist = playlists.c.id == bindparam("the_id", type_=EntityId())
_mine = playlists.c.owner_id == bindparam("by", type_=EntityId())
_the_entry = playlist_entries.c.id == bindparam("the_id", type_=EntityId())
_in = playlist_entries.c.playlist_id == bindparam("of_playlist", type_=EntityId())
_CREATE = Change(insert(playlists))
_TOUCH = Change(update(playlists).where(_the_playlist, _mine).values(changed_at=bindparam("at", type_=Instant())))
_RENAME = Change(update(playlists).where(_the_playlist).values(name=bindparam("new_name")))
_DELETE = Change(delete(playlists).where(_the_playlist, _mine))
_ADD = Change(insert(playlist_entries))
_REMOVE = Change(delete(playlist_entries).where(_the_entry, _in))
_MOVE = Change(update(playlist_entries).where(_the_entry, _in).values(place=bindparam("new_place")))
_numbered = (
    select(
        playlist_entries.c.id,
        func.row_number().over(order_by=(playlist_entries.c.place, playlist_entries.c.id)).label("number"),
    )
    .where(_in)
    .subquery()
)
_SPREAD = Change(
    update(playlist_entries)
    .where(_in)
    .values(place=select(_numbered.c.number * GAP).where(_numbered.c.id == playlist_entries.c.id).scalar_subquery()),
    slow=True,
)


async def create_playlist(work: Work, actor: Actor, view: View, new: NewPlaylist) -> Playlist:
    """Make a playlist; raises TooManyPlaylists, TrackNotFound."""
    if await queries.playlist_count(work, actor) >= MAX_PLAYLISTS:
        raise TooManyPlaylists(max=MAX_PLAYLISTS)
    playlist_id, moment = new_id(), now()
    await work.run(
        _CREATE, id=playlist_id, owner_id=actor.id, name=_named(new.name), created_at=moment, changed_at=moment
    )
    if new.track_ids:
        await add_entries(work, actor, view, playlist_id, NewEntries(new.track_ids))
    return await queries.playlist(work, actor, playlist_id)


def _named(name: str) -> str:
    return clean(name) or "?"


async def _turn(work: Work, actor: Actor, playlist_id: str) -> None:
    """Let nobody else change the playlist until this transaction ends; raises PlaylistNotFound."""
    if not await work.run(_TOUCH, the_id=playlist_id, by=actor.id, at=now()):
        raise PlaylistNotFound


async def rename_playlist(work: Work, actor: Actor, playlist_id: str, name: str) -> Playlist:
    """Give a playlist another name; raises PlaylistNotFound."""
    await _turn(work, actor, playlist_id)
    await work.run(_RENAME, the_id=playlist_id, new_name=_named(name))
    return await queries.playlist(work, actor, playlist_id)


async def delete_playlist(work: Work, actor: Actor, playlist_id: str) -> None:
    """Delete a playlist; raises PlaylistNotFound."""
    if not await work.run(_DELETE, the_id=playlist_id, by=actor.id):
        raise PlaylistNotFound


async def add_entries(work: Work, actor: Actor, view: View, playlist_id: str, new: NewEntries) -> list[str]:
    """Put tracks into a playlist, before an entry or at the end, and return the ids of their entries.

    Raises PlaylistNotFound, EntryNotFound, TrackNotFound, PlaylistFull.
    """
    await _turn(work, actor, playlist_id)
    found = {track.id for track in await tracks_by_id(work, view, list(dict.fromkeys(new.track_ids)))}
    for track_id in new.track_ids:
        if track_id not in found:
            raise TrackNotFound(track_id=track_id)
    before = await queries.playlist(work, actor, playlist_id)
    if before.entry_count + len(new.track_ids) > MAX_ENTRIES:
        raise PlaylistFull(max=MAX_ENTRIES)
    places = await _places(work, playlist_id, new.before, len(new.track_ids))
    moment = now()
    rows = [
        {
            "id": new_id(),
            "playlist_id": playlist_id,
            "place": place,
            "track_id": track_id,
            "added_at": moment,
            "added_by": actor.id,
        }
        for place, track_id in zip(places, new.track_ids, strict=True)
    ]
    await work.run_many(_ADD, rows)
    return [str(row["id"]) for row in rows]


async def _places(work: Work, playlist_id: str, before: str | None, count: int) -> Sequence[int]:
    """Return free places before an entry or at the end; raises EntryNotFound."""
    while True:
        if before is None:
            low, high = await queries.last_place(work, playlist_id), None
        else:
            high = await queries.place_of(work, playlist_id, before)
            low = await queries.place_before(work, playlist_id, high.place)
        places = places_between(low.place if low else None, high.place if high else None, count)
        if places is not None:
            return places
        await work.run(_SPREAD, of_playlist=playlist_id)  # rare: somebody moved dozens of times to one place


async def move_entry(work: Work, actor: Actor, playlist_id: str, entry_id: str, before: str | None) -> None:
    """Move an entry before another or to the end; raises PlaylistNotFound, EntryNotFound."""
    await _turn(work, actor, playlist_id)
    await queries.place_of(work, playlist_id, entry_id)
    if before == entry_id:
        return
    (place,) = await _places(work, playlist_id, before, 1)
    await work.run(_MOVE, the_id=entry_id, of_playlist=playlist_id, new_place=place)


async def remove_entry(work: Work, actor: Actor, playlist_id: str, entry_id: str) -> None:
    """Take an entry out of a playlist; raises PlaylistNotFound, EntryNotFound."""
    await _turn(work, actor, playlist_id)
    if not await work.run(_REMOVE, the_id=entry_id, of_playlist=playlist_id):
        raise EntryNotFound
