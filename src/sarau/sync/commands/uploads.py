"""Changes to uploads under way."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, insert, update

from sarau.foundation.database.query import Change
from sarau.foundation.database.types import EntityId, Instant
from sarau.foundation.database.work import Work
from sarau.foundation.security.actor import Actor
from sarau.kit.ids import new_id
from sarau.kit.times import now
from sarau.sync.errors import TooManyUploads
from sarau.sync.queries import uploads as queries
from sarau.sync.queries.uploads import UploadUnderWay
from sarau.sync.schemas import NewUpload
from sarau.sync.tables import resumable_uploads

MAX_UPLOADS = 100
_KEPT_FOR = timedelta(days=2)
_the_upload = resumable_uploads.c.id == bindparam("the_id", type_=EntityId())
_INSERT = Change(insert(resumable_uploads))
_PROLONG = Change(update(resumable_uploads).where(_the_upload).values(expires_at=bindparam("until", type_=Instant())))
_DROP = Change(delete(resumable_uploads).where(_the_upload))
_DROP_OF_HASH = Change(
    delete(resumable_uploads).where(
        resumable_uploads.c.user_id == bindparam("by", type_=EntityId()),
        resumable_uploads.c.sha256 == bindparam("of_hash"),
    )
)
_DROP_OLD = Change(
    delete(resumable_uploads).where(resumable_uploads.c.expires_at <= bindparam("at", type_=Instant()))
)


async def start_upload(work: Work, actor: Actor, new: NewUpload) -> UploadUnderWay:
    """Begin an upload in place of one of the same hash that is over; raises TooManyUploads."""
    await work.run(_DROP_OF_HASH, by=actor.id, of_hash=new.hash)
    count, _ = await queries.open_uploads(work, actor)
    if count >= MAX_UPLOADS:
        raise TooManyUploads(max=MAX_UPLOADS)
    upload_id = new_id()
    await work.run(
        _INSERT,
        id=upload_id,
        user_id=actor.id,
        sha256=new.hash,
        size_bytes=new.size_bytes,
        filename=new.filename,
        title=new.title,
        artist=new.artist,
        album=new.album,
        expires_at=now() + _KEPT_FOR,
    )
    return await queries.upload(work, actor, upload_id)


async def prolong(work: Work, upload_id: str) -> datetime:
    """Keep an upload for a while from now on, and return until when."""
    until = now() + _KEPT_FOR
    await work.run(_PROLONG, the_id=upload_id, until=until)
    return until


async def drop_upload(work: Work, upload_id: str) -> None:
    """Forget an upload."""
    await work.run(_DROP, the_id=upload_id)


async def drop_expired(work: Work) -> None:
    """Forget uploads that nobody went on with."""
    await work.run(_DROP_OLD, at=now())
