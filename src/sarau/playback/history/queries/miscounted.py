"""Albums whose counted plays are no longer those of their tracks: tracks are filed under other albums later."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, or_, select, union_all

from sarau.catalog.library.tables import tracks
from sarau.foundation.database.portable import total
from sarau.foundation.database.query import Query
from sarau.foundation.database.reader import Reader
from sarau.foundation.database.types import EntityId
from sarau.playback.history.tables import album_plays, track_plays

_AT_ONCE = 500


class Miscounted(NamedTuple):
    """An album, and who listened to it."""

    user_id: str
    album_id: str


class Counted(NamedTuple):
    """How often the tracks of an album were listened to, and when the last of them."""

    play_count: int
    last_played_at: datetime


_sums: tuple[Any, ...] = (
    total(track_plays.c.play_count).label("play_count"),
    func.max(track_plays.c.last_played_at).label("last_played_at"),
)
_keys = (track_plays.c.user_id, tracks.c.album_id)
_played = track_plays.join(tracks, tracks.c.id == track_plays.c.track_id)
_COUNTED = Query(
    select(*_sums)
    .select_from(_played)
    .where(
        track_plays.c.user_id == bindparam("user_id", type_=EntityId()),
        tracks.c.album_id == bindparam("album_id", type_=EntityId()),
    )
    .group_by(*_keys),
    Counted,
)
_heard = select(*_keys, *_sums).select_from(_played).where(tracks.c.album_id.isnot(None)).group_by(*_keys).subquery()
_same = (album_plays.c.user_id == _heard.c.user_id) & (album_plays.c.album_id == _heard.c.album_id)
_differs = or_(
    album_plays.c.play_count.is_(None),
    album_plays.c.play_count != _heard.c.play_count,
    album_plays.c.last_played_at != _heard.c.last_played_at,
)
_of_its_tracks = (
    select(1)
    .join_from(tracks, track_plays, track_plays.c.track_id == tracks.c.id)
    .where(tracks.c.album_id == album_plays.c.album_id, track_plays.c.user_id == album_plays.c.user_id)
    .exists()
)
_wrong = select(_heard.c.user_id, _heard.c.album_id).outerjoin(album_plays, _same).where(_differs)
_stale = select(album_plays.c.user_id, album_plays.c.album_id).where(~_of_its_tracks)
_MISCOUNTED = Query(union_all(_wrong, _stale).limit(_AT_ONCE), Miscounted, slow=True)


async def miscounted_albums(reader: Reader) -> list[Miscounted]:
    """Return some of the albums that are to be counted anew; long reading, for the background."""
    return await reader.all(_MISCOUNTED)


async def counted_by_tracks(reader: Reader, user_id: str, album_id: str) -> Counted | None:
    """Return what somebody listened to of an album by its tracks, None for nothing."""
    return await reader.first(_COUNTED, user_id=user_id, album_id=album_id)
