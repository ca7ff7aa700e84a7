"""What the house listened to most."""

from typing import Literal

from sqlalchemy import bindparam, case, select

from sarau.catalog.library.policies import View, seen
from sarau.catalog.library.queries.chance import tracks_by_id
from sarau.catalog.library.schemas import Track
from sarau.catalog.library.tables import track_artists, tracks
from sarau.foundation.database.portable import among, total
from sarau.foundation.database.query import Query, scalar
from sarau.foundation.database.reader import Reader
from sarau.foundation.database.types import EntityId
from sarau.playback.history.tables import album_plays, track_plays

_heard = select(total(track_plays.c.play_count)).where(track_plays.c.track_id == tracks.c.id).scalar_subquery()
_TOP = Query(
    select(tracks.c.id)
    .where(
        tracks.c.id.in_(
            select(track_artists.c.track_id).where(
                track_artists.c.artist_id == bindparam("artist_id", type_=EntityId()),
                track_artists.c.role == "artist",
            )
        ),
        tracks.c.available,
        seen(tracks),
    )
    .order_by(_heard.desc(), case((tracks.c.year == 0, 9999), else_=tracks.c.year), tracks.c.place, tracks.c.id)
    .limit(bindparam("limit")),
    scalar,
    slow=True,
)


def _house(table: str) -> Query[tuple[str, int]]:
    counts = {"track": track_plays, "album": album_plays}[table]
    column = counts.c[f"{table}_id"]
    statement = select(column, total(counts.c.play_count)).where(among(column, "ids")).group_by(column)
    return Query(statement, lambda thing_id, count: (thing_id, count))


_HOUSE = {"track": _house("track"), "album": _house("album")}


async def top_tracks(reader: Reader, view: View, artist_id: str, limit: int) -> list[Track]:
    """Return the tracks of an artist that the house listened to most; those nobody heard come by year."""
    ids = await reader.all(_TOP, artist_id=artist_id, libraries=view.library_ids, limit=limit)
    return await tracks_by_id(reader, view, ids)


async def house_plays(reader: Reader, kind: Literal["track", "album"], ids: list[str]) -> dict[str, int]:
    """Return how often the whole house listened to some tracks or albums; what nobody heard is left out."""
    return dict(await reader.all(_HOUSE[kind], ids=ids))
