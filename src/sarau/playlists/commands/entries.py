"""Changes to what is in a playlist."""

from collections import defaultdict, deque
from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, bindparam, delete, insert, update

from sarau.catalog.library.errors import TrackNotFound
from sarau.catalog.library.policies import View
from sarau.catalog.library.queries.chance import tracks_by_id
from sarau.foundation.database.portable import among
from sarau.foundation.database.query import Change
from sarau.foundation.database.types import EntityId
from sarau.foundation.database.work import Work
from sarau.foundation.security.actor import Actor
from sarau.kit.ids import new_id
from sarau.kit.times import now
from sarau.playlists.commands.turns import Since, Turn, end_turn, others_since, take_turn
from sarau.playlists.errors import AlreadyInPlaylist, EntryNotFound, PlaylistFull
from sarau.playlists.places import ROOM, WINDOW, places_between
from sarau.playlists.queries import entries as queries
from sarau.playlists.schemas import (
    MAX_ENTRIES,
    Added,
    AddTracks,
    Done,
    MoveEntries,
    NewOrder,
    PlaceOfRemoved,
    PlaylistEdits,
    RemoveEntries,
    Repeats,
)
from sarau.playlists.tables import playlist_entries

_of_playlist = playlist_entries.c.playlist_id == bindparam("of_playlist", type_=EntityId())
_ADD = Change(insert(playlist_entries))
_MOVE = Change(
    update(playlist_entries)
    .where(playlist_entries.c.id == bindparam("the_id", type_=EntityId()), _of_playlist)
    .values(place=bindparam("new_place", type_=BigInteger()))
)
_REMOVE = Change(delete(playlist_entries).where(among(playlist_entries.c.id, "ids")))


async def edit_entries(work: Work, actor: Actor, view: View, ref: str, edits: PlaylistEdits) -> Added:
    """Make edits to a playlist, all or none, merged with what others did since the version they were made to.

    Raises PlaylistNotFound, NotYourPlaylist, PlaylistIsSmart, PlaylistChanged, EntryNotFound, TrackNotFound,
    PlaylistFull, AlreadyInPlaylist.
    """
    turn = await take_turn(work, actor, ref)
    turn.rights.require_entries()
    editing = _Editing(work, actor, view, turn, await others_since(work, turn, edits.version))
    for edit in edits.edits:
        match edit:
            case AddTracks():
                await editing.add(edit)
            case MoveEntries():
                await editing.move(edit)
            case RemoveEntries():
                await editing.remove(edit)
    await end_turn(work, actor, turn, editing.done())
    return Added(editing.added, turn.version)


class _Editing:
    """Edits being made to one playlist."""

    def __init__(self, work: Work, actor: Actor, view: View, turn: Turn, since: Since) -> None:
        self._work = work
        self._actor = actor
        self._view = view
        self._playlist_id = turn.id
        self._since = since
        self.added: list[str] = []
        self._moved: list[str] = []
        self._removed: dict[str, int] = {}

    def done(self) -> Done:
        """Return what was done."""
        removed = [PlaceOfRemoved(entry_id, place) for entry_id, place in self._removed.items()]
        return Done(added=len(self.added), moved=self._moved, removed=removed)

    async def add(self, edit: AddTracks) -> None:
        """Put tracks into the playlist."""
        await require_tracks(self._work, self._view, edit.track_ids)
        track_ids = await self._wanted(edit)
        if await queries.entry_count(self._work, self._playlist_id) + len(track_ids) > MAX_ENTRIES:
            raise PlaylistFull(max=MAX_ENTRIES)
        places = await self._room(await self._target(edit.before), len(track_ids))
        rows = entry_rows(self._playlist_id, self._actor, track_ids, places)
        await self._work.run_many(_ADD, rows)
        self.added += [str(row["id"]) for row in rows]

    async def _wanted(self, edit: AddTracks) -> Sequence[str]:
        """Return the tracks that an edit adds, after what it says of repeats; raises AlreadyInPlaylist."""
        if edit.repeats is Repeats.ADD:
            return edit.track_ids
        there = await queries.already_in(self._work, self._playlist_id, edit.track_ids)
        if there and edit.repeats is Repeats.REFUSE:
            raise AlreadyInPlaylist(count=len(there))
        return [track_id for track_id in edit.track_ids if track_id not in there]

    async def move(self, edit: MoveEntries) -> None:
        """Put entries before another, or at the end."""
        wanted = list(dict.fromkeys(edit.entry_ids))
        there = await queries.places_of(self._work, self._playlist_id, wanted)
        for entry_id in wanted:
            if entry_id in self._since.moved or entry_id in self._since.removed or self._since.replaced:
                raise self._since.conflict()
            if entry_id not in there:
                raise EntryNotFound(entry_id=entry_id)
        if [edit.before] == wanted:
            return
        target = await self._target(edit.before)
        while target is not None and await self._entry_at(target) in there:  # the next that is not moved itself
            after = await queries.entries_from(self._work, self._playlist_id, target + 1, 1)
            target = after[0].place if after else None
        places = await self._room(target, len(wanted))
        await self._place(list(zip(wanted, places, strict=True)))
        self._moved += wanted

    async def remove(self, edit: RemoveEntries) -> None:
        """Take entries out of the playlist."""
        there = await queries.places_of(self._work, self._playlist_id, edit.entry_ids)
        for entry_id in edit.entry_ids:
            gone = entry_id in self._since.removed or entry_id in self._removed
            if entry_id not in there and not gone and not self._since.replaced:
                raise EntryNotFound(entry_id=entry_id)
        await self._work.run(_REMOVE, ids=list(there))
        self._removed |= there

    async def _entry_at(self, place: int) -> str | None:
        found = await queries.entries_from(self._work, self._playlist_id, place, 1)
        return found[0].entry_id if found and found[0].place == place else None

    async def _target(self, before: str | None) -> int | None:
        """Return the place to stand before, that of an entry or where it stood when it was taken out; None: the end.

        Raises EntryNotFound.
        """
        if before is None:
            return None
        there = await queries.places_of(self._work, self._playlist_id, [before])
        for known in (there, self._removed, self._since.removed):
            if before in known:
                return known[before]
        if self._since.replaced:
            raise self._since.conflict()
        raise EntryNotFound(entry_id=before)

    async def _room(self, target: int | None, count: int) -> Sequence[int]:
        """Return free places before a place or at the end, moving neighbours apart where they stand too close."""
        work, playlist_id = self._work, self._playlist_id
        if target is None:
            found = places_between(await queries.last_place(work, playlist_id), None, count)
            return found or []
        following = await queries.entries_from(work, playlist_id, target, 1)
        if not following:
            return await self._room(None, count)
        high = following[0].place
        before = await queries.entries_up_to(work, playlist_id, high - 1, 1)
        places = places_between(before[0].place if before else None, high, count)
        return places if places is not None else await self._spread(high, count)

    async def _spread(self, high: int, count: int) -> Sequence[int]:
        """Make room before a place: neighbours, seldom more than a few dozen, are set apart anew."""
        window = WINDOW
        while True:
            before = await queries.entries_up_to(self._work, self._playlist_id, high - 1, window + 1)
            after = await queries.entries_from(self._work, self._playlist_id, high, window + 1)
            low_end = before.pop().place if len(before) > window else None
            high_end = after.pop().place if len(after) > window else None
            before.reverse()
            places = places_between(low_end, high_end, len(before) + count + len(after), at_least=ROOM)
            if places is not None:
                break
            window *= 4
        free = slice(len(before), len(before) + count)
        new_places = [*places[: free.start], *places[free.stop :]]
        await self._place([(one.entry_id, place) for one, place in zip([*before, *after], new_places, strict=True)])
        return places[free]

    async def _place(self, placed: Sequence[tuple[str, int]]) -> None:
        await place_entries(self._work, self._playlist_id, placed)


async def place_entries(work: Work, playlist_id: str, placed: Sequence[tuple[str, int]]) -> None:
    """Give entries other places."""
    rows = [{"the_id": entry_id, "of_playlist": playlist_id, "new_place": place} for entry_id, place in placed]
    await work.run_many(_MOVE, rows)


def entry_rows(
    playlist_id: str, actor: Actor, track_ids: Sequence[str], places: Sequence[int]
) -> list[dict[str, Any]]:
    """Return the rows of new entries."""
    moment = now()
    return [
        {
            "id": new_id(),
            "playlist_id": playlist_id,
            "place": place,
            "track_id": track_id,
            "added_at": moment,
            "added_by": actor.id,
        }
        for place, track_id in zip(places, track_ids, strict=True)
    ]


async def require_tracks(work: Work, view: View, track_ids: Sequence[str]) -> None:
    """Raise TrackNotFound for a track that cannot be heard."""
    found = {track.id for track in await tracks_by_id(work, view, list(dict.fromkeys(track_ids)))}
    for track_id in track_ids:
        if track_id not in found:
            raise TrackNotFound(track_id=track_id)


async def replace_entries(work: Work, actor: Actor, view: View, ref: str, new: NewOrder) -> int:
    """Give a playlist other tracks in all; entries whose track stays are kept. Returns the version.

    Raises PlaylistNotFound, NotYourPlaylist, PlaylistIsSmart, PlaylistChanged, TrackNotFound.
    """
    turn = await take_turn(work, actor, ref)
    turn.rights.require_entries()
    since = await others_since(work, turn, new.version)
    if any(one.added or one.moved or one.removed or one.replaced for one in since.versions):
        raise since.conflict()
    old: dict[str, deque[str]] = defaultdict(deque)
    places: dict[str, int] = {}
    for entry in await queries.all_entries(work, turn.id):
        old[entry.track_id].append(entry.entry_id)
        places[entry.entry_id] = entry.place
    await require_tracks(work, view, [track_id for track_id in new.track_ids if track_id not in old])
    kept: list[tuple[str, int]] = []
    fresh: list[tuple[str, int]] = []
    for track_id, place in zip(new.track_ids, places_between(None, None, len(new.track_ids)) or (), strict=True):
        if old[track_id]:
            kept.append((old[track_id].popleft(), place))
        else:
            fresh.append((track_id, place))
    gone = [entry_id for left in old.values() for entry_id in left]
    await work.run(_REMOVE, ids=gone)
    await place_entries(work, turn.id, [one for one in kept if places[one[0]] != one[1]])
    rows = entry_rows(turn.id, actor, [one[0] for one in fresh], [one[1] for one in fresh])
    await work.run_many(_ADD, rows)
    removed = [PlaceOfRemoved(entry_id, places[entry_id]) for entry_id in gone]
    await end_turn(work, actor, turn, Done(added=len(fresh), removed=removed, replaced=True))
    return turn.version
