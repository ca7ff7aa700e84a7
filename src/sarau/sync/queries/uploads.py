"""Questions about uploads under way: always one's own."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, func, select

from sarau.foundation.database.portable import total
from sarau.foundation.database.query import Query, scalar
from sarau.foundation.database.reader import Reader
from sarau.foundation.database.types import EntityId, Instant
from sarau.foundation.security.actor import Actor
from sarau.kit.times import now
from sarau.sync.errors import UploadNotFound
from sarau.sync.tables import resumable_uploads


class UploadUnderWay(NamedTuple):
    """An upload that is not complete yet."""

    id: str
    sha256: str
    size_bytes: int
    filename: str
    title: str
    artist: str
    album: str
    expires_at: datetime


_table = resumable_uploads.c
_columns = select(
    _table.id,
    _table.sha256,
    _table.size_bytes,
    _table.filename,
    _table.title,
    _table.artist,
    _table.album,
    _table.expires_at,
).where(
    _table.user_id == bindparam("user_id", type_=EntityId()), _table.expires_at > bindparam("at", type_=Instant())
)
_BY_ID = Query(_columns.where(_table.id == bindparam("id", type_=EntityId())), UploadUnderWay)
_BY_HASH = Query(_columns.where(_table.sha256 == bindparam("sha256")), UploadUnderWay)
_mine = _table.user_id == bindparam("user_id", type_=EntityId())
_COUNT = Query(select(func.count()).where(_mine), scalar)
_BYTES = Query(select(total(_table.size_bytes)).where(_mine), scalar)
_IDS = Query(select(_table.id), scalar)


async def upload(reader: Reader, actor: Actor, upload_id: str) -> UploadUnderWay:
    """Return one of the actor's uploads; raises UploadNotFound."""
    found = await reader.first(_BY_ID, id=upload_id, user_id=actor.id, at=now())
    if found is None:
        raise UploadNotFound
    return found


async def upload_of_hash(reader: Reader, actor: Actor, sha256: str) -> UploadUnderWay | None:
    """Return the actor's upload of some bytes."""
    return await reader.first(_BY_HASH, sha256=sha256, user_id=actor.id, at=now())


async def open_uploads(reader: Reader, actor: Actor) -> tuple[int, int]:
    """Return how many uploads the actor has under way, and how many bytes they will be."""
    return await reader.one(_COUNT, user_id=actor.id), await reader.one(_BYTES, user_id=actor.id)


async def all_upload_ids(reader: Reader) -> list[str]:
    """Return the ids of everybody's uploads under way."""
    return await reader.all(_IDS)
