"""Changes to ratings."""

from sqlalchemy import Table, bindparam, delete

from sarau.catalog.library.policies import View
from sarau.foundation.database.portable import insert_into
from sarau.foundation.database.query import Change
from sarau.foundation.database.types import EntityId
from sarau.foundation.database.work import Work
from sarau.foundation.errors import Invalid
from sarau.foundation.security.actor import Actor
from sarau.kit.times import now
from sarau.playback.marks.queries.stars import require_there
from sarau.playback.marks.schemas import Marked
from sarau.playback.marks.tables import album_ratings, artist_ratings, track_ratings

_BEST = 5
_TABLES = {Marked.TRACK: track_ratings, Marked.ALBUM: album_ratings, Marked.ARTIST: artist_ratings}


def _rate(kind: Marked, ratings: Table) -> Change:
    new = insert_into(ratings)
    fresh = {name: new.excluded[name] for name in ("rating", "rated_at")}
    return Change(new.on_conflict_do_update(index_elements=[ratings.c.user_id, ratings.c[f"{kind}_id"]], set_=fresh))


def _unrate(kind: Marked, ratings: Table) -> Change:
    mine = ratings.c.user_id == bindparam("by", type_=EntityId())
    return Change(delete(ratings).where(mine, ratings.c[f"{kind}_id"] == bindparam("the_id", type_=EntityId())))


_RATE = {kind: _rate(kind, ratings) for kind, ratings in _TABLES.items()}
_UNRATE = {kind: _unrate(kind, ratings) for kind, ratings in _TABLES.items()}


async def rate(work: Work, actor: Actor, view: View, kind: Marked, target_id: str, rating: int) -> None:
    """Rate something the actor may hear from one to five, or take the rating back with 0.

    Raises Invalid, TrackNotFound and the like.
    """
    if not 0 <= rating <= _BEST:
        raise Invalid("rating", f"it is to be 1 to {_BEST}, or 0 for none")
    if not rating:
        await work.run(_UNRATE[kind], by=actor.id, the_id=target_id)
        return
    await require_there(work, view, kind, target_id)
    await work.run(_RATE[kind], **{"user_id": actor.id, f"{kind}_id": target_id, "rating": rating, "rated_at": now()})
