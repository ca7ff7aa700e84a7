"""Everything of a kind that bears a mark of somebody: for what is listed whole, such as artists."""

from sqlalchemy import Table, bindparam, select

from sarau.foundation.database.query import Query, scalar
from sarau.foundation.database.reader import Reader
from sarau.foundation.database.types import EntityId
from sarau.foundation.security.actor import Actor
from sarau.playback.marks.tables import artist_ratings, artist_stars

_MOST = 50_000


def _artists(marks: Table) -> Query[str]:
    mine = marks.c.user_id == bindparam("user_id", type_=EntityId())
    return Query(select(marks.c.artist_id).where(mine).limit(_MOST), scalar)


_MARKED_ARTISTS = [_artists(artist_stars), _artists(artist_ratings)]


async def marked_artists(reader: Reader, actor: Actor) -> list[str]:
    """Return the ids of all artists that the actor starred or rated."""
    found = [artist_id for query in _MARKED_ARTISTS for artist_id in await reader.all(query, user_id=actor.id)]
    return sorted(set(found))
