"""Albums in the order of what somebody did with them, by number: for lists that are asked for by an offset."""

from enum import StrEnum

from sqlalchemy import ColumnElement, Table, bindparam, select

from sarau.catalog.library.policies import View, seen
from sarau.catalog.library.tables import albums
from sarau.foundation.database.query import Query, scalar
from sarau.foundation.database.reader import Reader
from sarau.foundation.database.types import EntityId
from sarau.foundation.security.actor import Actor
from sarau.playback.history.tables import album_plays
from sarau.playback.marks.tables import album_ratings, album_stars


class AlbumOrder(StrEnum):
    """Played most often, played last, rated highest, starred last."""

    FREQUENT = "frequent"
    RECENT = "recent"
    HIGHEST = "highest"
    STARRED = "starred"


def _along(marks: Table, key: ColumnElement[object]) -> Query[str]:
    """A walk along what somebody marked: an offset makes it no longer than that is."""
    statement = (
        select(marks.c.album_id)
        .join(albums, albums.c.id == marks.c.album_id)
        .where(marks.c.user_id == bindparam("user_id", type_=EntityId()), albums.c.track_count > 0, seen(albums))
        .order_by(key.desc(), marks.c.album_id.desc())
        .limit(bindparam("limit"))
        .offset(bindparam("offset"))
    )
    return Query(statement, scalar, slow=True)


_ORDERS = {
    AlbumOrder.FREQUENT: _along(album_plays, album_plays.c.play_count),
    AlbumOrder.RECENT: _along(album_plays, album_plays.c.last_played_at),
    AlbumOrder.HIGHEST: _along(album_ratings, album_ratings.c.rating),
    AlbumOrder.STARRED: _along(album_stars, album_stars.c.starred_at),
}


async def album_ids(
    reader: Reader, view: View, actor: Actor, order: AlbumOrder, offset: int, limit: int
) -> list[str]:
    """Return albums that the actor marked or listened to and may hear, in an order."""
    return await reader.all(_ORDERS[order], user_id=actor.id, libraries=view.library_ids, offset=offset, limit=limit)
