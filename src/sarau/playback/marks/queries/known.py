"""What somebody left on some things: to be shown in lists."""

from datetime import datetime

from sqlalchemy import ColumnElement, Table, bindparam, or_, select

from sarau.foundation.database.portable import each
from sarau.foundation.database.query import Query
from sarau.foundation.database.reader import Reader
from sarau.foundation.database.types import EntityId
from sarau.foundation.security.actor import Actor
from sarau.playback.history.tables import album_plays, track_plays
from sarau.playback.marks.schemas import Marked, Marks
from sarau.playback.marks.tables import (
    album_ratings,
    album_stars,
    artist_ratings,
    artist_stars,
    track_ratings,
    track_stars,
)

_user = bindparam("user_id", type_=EntityId())


def _marks(kind: Marked, stars: Table, ratings: Table, counts: Table | None = None) -> Query[tuple[str, Marks]]:
    ids = each("ids", EntityId())

    def mine(table: Table) -> ColumnElement[bool]:
        return (table.c[f"{kind}_id"] == ids.c.value) & (table.c.user_id == _user)

    source = ids.outerjoin(stars, mine(stars)).outerjoin(ratings, mine(ratings))
    columns = [stars.c.starred_at, ratings.c.rating]
    if counts is not None:
        source = source.outerjoin(counts, mine(counts))
        columns += [counts.c.play_count, counts.c.last_played_at]
    statement = select(ids.c.value, *columns).select_from(source)
    return Query(statement.where(or_(*[column.isnot(None) for column in columns])), _of_row)


def _of_row(
    thing_id: str,
    starred_at: datetime | None,
    rating: int | None,
    play_count: int | None = None,
    last_played: datetime | None = None,
) -> tuple[str, Marks]:
    return thing_id, Marks(starred_at, rating, play_count or 0, last_played)


_MARKS = {
    Marked.TRACK: _marks(Marked.TRACK, track_stars, track_ratings, track_plays),
    Marked.ALBUM: _marks(Marked.ALBUM, album_stars, album_ratings, album_plays),
    Marked.ARTIST: _marks(Marked.ARTIST, artist_stars, artist_ratings),
}


async def marks_of(reader: Reader, actor: Actor, kind: Marked, ids: list[str]) -> dict[str, Marks]:
    """Return what the actor left on some things, by their ids; what bears no mark is left out."""
    return dict(await reader.all(_MARKS[kind], user_id=actor.id, ids=ids))
