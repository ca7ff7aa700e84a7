"""Changes to stars."""

from sqlalchemy import Table, bindparam, delete

from sarau.catalog.library.policies import View
from sarau.foundation.database.portable import insert_into
from sarau.foundation.database.query import Change
from sarau.foundation.database.types import EntityId
from sarau.foundation.database.work import Work
from sarau.foundation.security.actor import Actor
from sarau.kit.times import now
from sarau.playback.marks.queries.stars import require_there
from sarau.playback.marks.schemas import Marked
from sarau.playback.marks.tables import album_stars, artist_stars, track_stars

_TABLES = {Marked.TRACK: track_stars, Marked.ALBUM: album_stars, Marked.ARTIST: artist_stars}


def _star(kind: Marked, stars: Table) -> Change:
    keys = [stars.c.user_id, stars.c[f"{kind}_id"]]
    return Change(insert_into(stars).on_conflict_do_nothing(index_elements=keys))


def _unstar(kind: Marked, stars: Table) -> Change:
    mine = stars.c.user_id == bindparam("by", type_=EntityId())
    return Change(delete(stars).where(mine, stars.c[f"{kind}_id"] == bindparam("the_id", type_=EntityId())))


_STAR = {kind: _star(kind, stars) for kind, stars in _TABLES.items()}
_UNSTAR = {kind: _unstar(kind, stars) for kind, stars in _TABLES.items()}


async def star(work: Work, actor: Actor, view: View, kind: Marked, target_id: str) -> None:
    """Star something the actor may hear; what has a star keeps it. Raises TrackNotFound and the like."""
    await require_there(work, view, kind, target_id)
    await work.run(_STAR[kind], **{"user_id": actor.id, f"{kind}_id": target_id, "starred_at": now()})


async def unstar(work: Work, actor: Actor, kind: Marked, target_id: str) -> None:
    """Take a star away, if there is one; also from what the actor may not hear any more."""
    await work.run(_UNSTAR[kind], by=actor.id, the_id=target_id)
