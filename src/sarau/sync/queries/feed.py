"""What changed since a cursor."""

from collections.abc import Iterable

from sarau.catalog.library.policies import View
from sarau.catalog.library.queries.changes import ChangedTrack, LibraryState, changed_tracks, library_states
from sarau.foundation.database.reader import Reader
from sarau.sync.cursors import LAST, Cursor, Place, decode, encode, known_up_to
from sarau.sync.schemas import ChangeKind, Changes, TrackChange


def _usable(cursor: Cursor, states: list[LibraryState]) -> bool:
    """Tell whether what changed since can be told: no library is gone, from tombstones or from this person."""
    known = {state.id: state for state in states}
    return all(
        # A revision that is yet to come is one of before a backup was brought back.
        library_id in known
        and place.revision <= known[library_id].revision
        and not (place.since and place.revision < known[library_id].forgotten)
        and not (place.track_id != LAST and place.began < known[library_id].forgotten)
        for library_id, place in cursor.places.items()
    )


def _told(rows: Iterable[ChangedTrack], place: Place) -> list[TrackChange]:
    """Return changes as they are told to who knew a library up to a revision, 0: nothing of it."""
    found = []
    for row in rows:
        if row.track is not None:
            kind = ChangeKind.ADDED if row.came > place.since else ChangeKind.CHANGED
            found.append(TrackChange(kind, row.track_id, row.sha256, row.file_name, row.track.size_bytes, row.track))
        elif place.since or row.revision > place.began:  # it may have been told of earlier in this round
            found.append(TrackChange(ChangeKind.REMOVED, row.track_id))
    return found


async def changes(reader: Reader, view: View, cursor: str | None, limit: int) -> Changes:
    """Return what changed for a viewer since a cursor, at most so many changes; raises BadCursor.

    Tracks that change while they are listed come again at the end: nothing is missed.
    """
    states = await library_states(reader, view)
    given = decode(cursor) if cursor else None
    begins = given is None or not _usable(given, states)
    everything = begins or (given is not None and given.everything)
    places = {} if begins or given is None else dict(given.places)
    items: list[TrackChange] = []
    room = limit
    for state in states:
        place = places.get(state.id, Place())
        if place.track_id == LAST:
            place = place._replace(began=state.revision)
        if place.revision == state.revision and place.track_id == LAST:
            continue
        if room <= 0:
            break
        after = (place.revision, place.track_id)
        gone_after = 0 if place.since else place.began
        rows, reached = await changed_tracks(reader, view, state, after, gone_after, room)
        room -= len(rows)
        items += _told(rows, place)
        if reached is None:
            places[state.id] = place._replace(revision=rows[-1].revision, track_id=rows[-1].track_id)
            room = 0
            break
        places[state.id] = known_up_to(reached)
    more = room <= 0
    return Changes(items, encode(Cursor(places, everything and more)), more, everything, begins)
