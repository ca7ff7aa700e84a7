"""Changes to bookmarks."""

from sqlalchemy import bindparam, delete

from sarau.catalog.library.policies import View
from sarau.catalog.library.queries import pages
from sarau.foundation.database.portable import insert_into
from sarau.foundation.database.query import Change
from sarau.foundation.database.types import EntityId
from sarau.foundation.database.work import Work
from sarau.foundation.security.actor import Actor
from sarau.kit.text import clean
from sarau.kit.times import now
from sarau.playback.marks.errors import TooManyBookmarks
from sarau.playback.marks.queries.bookmarks import bookmark, bookmark_count
from sarau.playback.marks.schemas import Bookmark, NewBookmark
from sarau.playback.marks.tables import bookmarks

MAX_BOOKMARKS = 2_000
_new = insert_into(bookmarks)
_SAVE = Change(
    _new.on_conflict_do_update(
        index_elements=[bookmarks.c.user_id, bookmarks.c.track_id],
        set_={name: _new.excluded[name] for name in ("position_ms", "comment", "changed_at")},
    )
)
_DROP = Change(
    delete(bookmarks).where(
        bookmarks.c.user_id == bindparam("by", type_=EntityId()),
        bookmarks.c.track_id == bindparam("the_id", type_=EntityId()),
    )
)


async def save_bookmark(work: Work, actor: Actor, view: View, track_id: str, new: NewBookmark) -> Bookmark:
    """Keep a place in a track, instead of one kept before; raises TrackNotFound, TooManyBookmarks."""
    track = await pages.track(work, view, track_id)
    moment = now()
    await work.run(
        _SAVE,
        user_id=actor.id,
        track_id=track.id,
        position_ms=new.position_ms,
        comment=clean(new.comment),
        created_at=moment,
        changed_at=moment,
    )
    if await bookmark_count(work, actor) > MAX_BOOKMARKS:
        raise TooManyBookmarks(max=MAX_BOOKMARKS)
    return await bookmark(work, view, actor, track_id)


async def delete_bookmark(work: Work, actor: Actor, track_id: str) -> None:
    """Forget the place in a track, if one is kept."""
    await work.run(_DROP, by=actor.id, the_id=track_id)
