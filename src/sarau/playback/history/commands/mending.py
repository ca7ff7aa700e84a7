"""Counting anew what was listened of albums whose tracks were filed elsewhere."""

from sqlalchemy import bindparam, delete, insert

from sarau.foundation.database.query import Change
from sarau.foundation.database.types import EntityId
from sarau.foundation.database.work import Work
from sarau.playback.history.queries.miscounted import Miscounted, counted_by_tracks
from sarau.playback.history.tables import album_plays

_FORGET = Change(
    delete(album_plays).where(
        album_plays.c.user_id == bindparam("by", type_=EntityId()),
        album_plays.c.album_id == bindparam("of_album", type_=EntityId()),
    )
)
_COUNT = Change(insert(album_plays))


async def recount_albums(work: Work, miscounted: list[Miscounted]) -> None:
    """Count the plays of some albums by those of their tracks."""
    for user_id, album_id in miscounted:
        await work.run(_FORGET, by=user_id, of_album=album_id)
        counted = await counted_by_tracks(work, user_id, album_id)
        if counted is not None:
            await work.run(_COUNT, user_id=user_id, album_id=album_id, **counted._asdict())
