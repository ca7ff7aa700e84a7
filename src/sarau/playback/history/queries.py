"""Questions about plays."""

from sqlalchemy import bindparam, select

from sarau.catalog.library.policies import View
from sarau.catalog.library.queries.chance import tracks_by_id
from sarau.foundation.database.query import Query
from sarau.foundation.database.reader import Reader
from sarau.foundation.database.types import EntityId
from sarau.foundation.security.actor import Actor
from sarau.kit.pages import Page, decode_cursor, page_of
from sarau.playback.history.errors import PlayNotFound
from sarau.playback.history.schemas import Play, PlayedTrack
from sarau.playback.history.tables import plays

_COLUMNS = (
    plays.c.id,
    plays.c.track_id,
    plays.c.started_at,
    plays.c.listened_ms,
    plays.c.listened,
    plays.c.client,
)
_mine = plays.c.user_id == bindparam("user_id", type_=EntityId())
_ONE = Query(select(*_COLUMNS).where(plays.c.id == bindparam("id", type_=EntityId()), _mine), Play)
_RECENT = Query(
    select(*_COLUMNS)
    .where(_mine, plays.c.id < bindparam("below", type_=EntityId()))
    .order_by(plays.c.id.desc())
    .limit(bindparam("limit")),
    Play,
)


async def play(reader: Reader, actor: Actor, play_id: str) -> Play:
    """Return one of the actor's own plays; raises PlayNotFound."""
    found = await reader.first(_ONE, id=play_id, user_id=actor.id)
    if found is None:
        raise PlayNotFound
    return found


async def my_plays(reader: Reader, view: View, actor: Actor, limit: int, cursor: str | None) -> Page[PlayedTrack]:
    """Return what the actor played, newest first; raises BadCursor."""
    (below,) = decode_cursor(cursor, (str,)) if cursor else ("7fffffffffffffff",)
    rows = await reader.all(_RECENT, user_id=actor.id, below=below, limit=limit + 1)
    page = page_of(rows, limit, lambda row: (row.id,))
    tracks = {track.id: track for track in await tracks_by_id(reader, view, [row.track_id for row in page.items])}
    return Page([PlayedTrack(row, tracks.get(row.track_id)) for row in page.items], page.next_cursor)
