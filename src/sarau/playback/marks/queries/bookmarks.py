"""Questions about bookmarks."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, select

from sarau.catalog.library.policies import View
from sarau.catalog.library.queries.chance import tracks_by_id
from sarau.foundation.database.query import Query, scalar
from sarau.foundation.database.reader import Reader
from sarau.foundation.database.types import EntityId
from sarau.foundation.security.actor import Actor
from sarau.playback.marks.errors import BookmarkNotFound
from sarau.playback.marks.schemas import Bookmark
from sarau.playback.marks.tables import bookmarks as kept


class _Row(NamedTuple):
    track_id: str
    position_ms: int
    comment: str
    created_at: datetime
    changed_at: datetime


_mine = kept.c.user_id == bindparam("user_id", type_=EntityId())
_columns: tuple[Any, ...] = (
    kept.c.track_id,
    kept.c.position_ms,
    kept.c.comment,
    kept.c.created_at,
    kept.c.changed_at,
)
_ALL = Query(select(*_columns).where(_mine).order_by(kept.c.changed_at.desc(), kept.c.track_id), _Row)
_ONE = Query(select(*_columns).where(_mine, kept.c.track_id == bindparam("track_id", type_=EntityId())), _Row)
_COUNT = Query(select(func.count()).where(_mine), scalar)


async def _with_tracks(reader: Reader, view: View, rows: list[_Row]) -> list[Bookmark]:
    tracks = {track.id: track for track in await tracks_by_id(reader, view, [row.track_id for row in rows])}
    return [Bookmark(tracks[row.track_id], *row[1:]) for row in rows if row.track_id in tracks]


async def bookmarks(reader: Reader, view: View, actor: Actor) -> list[Bookmark]:
    """Return the actor's bookmarks in what they may hear, last changed first."""
    return await _with_tracks(reader, view, await reader.all(_ALL, user_id=actor.id))


async def bookmark(reader: Reader, view: View, actor: Actor, track_id: str) -> Bookmark:
    """Return the actor's bookmark in a track; raises BookmarkNotFound."""
    found = await _with_tracks(reader, view, await reader.all(_ONE, user_id=actor.id, track_id=track_id))
    if not found:
        raise BookmarkNotFound
    return found[0]


async def bookmark_count(reader: Reader, actor: Actor) -> int:
    """Return how many bookmarks the actor has."""
    return int(await reader.one(_COUNT, user_id=actor.id))
