"""What changed in libraries since a revision, the earliest change first."""

from typing import Any, NamedTuple

from sqlalchemy import BigInteger, bindparam, select, tuple_

from sarau.catalog.library.policies import View, seen
from sarau.catalog.library.queries.rows import TRACK_COLUMNS, TRACKS_WITH_ALBUM, track_of
from sarau.catalog.library.schemas import Track
from sarau.catalog.library.tables import libraries, track_files, track_tombstones, tracks
from sarau.foundation.database.portable import among
from sarau.foundation.database.query import Query
from sarau.foundation.database.reader import Reader
from sarau.foundation.database.types import EntityId


class LibraryState(NamedTuple):
    """How far a library is; what left it up to `forgotten` is not known any more."""

    id: str
    revision: int
    forgotten: int


class ChangedTrack(NamedTuple):
    """A track that changed, or left; `came` is the revision at which it was there at last to be heard."""

    revision: int
    track_id: str
    came: int
    track: Track | None
    file_name: str
    sha256: str | None


_STATES = Query(
    select(libraries.c.id, libraries.c.revision, libraries.c.forgotten)
    .where(among(libraries.c.id, "libraries"))
    .order_by(libraries.c.id),
    LibraryState,
)
_there = tuple_(bindparam("after", type_=BigInteger()), bindparam("after_id", type_=EntityId()))


def _changed(revision: int, came: int, available: bool, name: str, sha256: str | None, *row: Any) -> ChangedTrack:
    if not available:
        return ChangedTrack(revision, row[0], came, None, "", None)
    return ChangedTrack(revision, row[0], came, track_of(*row), name, sha256)


_CHANGED = Query(
    select(
        tracks.c.revision,
        tracks.c.came,
        tracks.c.available,
        track_files.c.name,
        track_files.c.sha256,
        *TRACK_COLUMNS,
    )
    .select_from(TRACKS_WITH_ALBUM.join(track_files, track_files.c.track_id == tracks.c.id))
    .where(
        tracks.c.library_id == bindparam("library_id", type_=EntityId()),
        tuple_(tracks.c.revision, tracks.c.id) > _there,
    )
    .order_by(tracks.c.revision, tracks.c.id)
    .limit(bindparam("limit")),
    _changed,
    slow=True,
)
_elsewhere = select(1).where(tracks.c.id == track_tombstones.c.track_id, tracks.c.available, seen(tracks)).exists()
_LEFT = Query(
    select(track_tombstones.c.revision, track_tombstones.c.track_id)
    .where(
        track_tombstones.c.library_id == bindparam("library_id", type_=EntityId()),
        tuple_(track_tombstones.c.revision, track_tombstones.c.track_id) > _there,
        track_tombstones.c.revision > bindparam("gone_after"),
        track_tombstones.c.revision <= bindparam("up_to"),
        # What went to another library of the viewer's is told of there.
        ~_elsewhere,
    )
    .order_by(track_tombstones.c.revision, track_tombstones.c.track_id)
    .limit(bindparam("limit")),
    lambda revision, track_id: ChangedTrack(revision, track_id, revision, None, "", None),
)


async def library_states(reader: Reader, view: View) -> list[LibraryState]:
    """Return how far the libraries of a viewer are: all that an unchanged house is asked."""
    return await reader.all(_STATES, libraries=view.library_ids)


async def changed_tracks(
    reader: Reader, view: View, state: LibraryState, after: tuple[int, str], gone_after: int, limit: int
) -> tuple[list[ChangedTrack], int | None]:
    """Return what changed in a library after a revision and a track in it, up to a number of them.

    With them the revision up to which this was all, None if there may be more. What left up to the revision
    `gone_after` is left out: who began to know the library there has not heard of it.
    """
    place = {"library_id": state.id, "after": after[0], "after_id": after[1], "limit": limit}
    found = await reader.all(_CHANGED, **place)
    # Others may commit between two statements: of what left, no more is looked at than these rows are complete for.
    last = found[-1].revision if found else 0
    reached = last if len(found) == limit else max(state.revision, last)
    if reached > gone_after:
        gone = await reader.all(_LEFT, libraries=view.library_ids, gone_after=gone_after, up_to=reached, **place)
        found = sorted([*found, *gone], key=lambda one: one[:2])[:limit]
    return found, None if len(found) == limit else reached
