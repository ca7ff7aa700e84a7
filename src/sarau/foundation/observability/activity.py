"""The activity log: who did what, for administrators; written in the transaction of the deed."""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Column, Index, Table, Text, bindparam, delete, insert, or_, select

from sarau.foundation.database.query import Change, Query
from sarau.foundation.database.reader import Reader
from sarau.foundation.database.schema import metadata
from sarau.foundation.database.types import EntityId, Instant, Json
from sarau.foundation.database.work import Work
from sarau.foundation.events.event import Event
from sarau.foundation.observability.logs import request_id
from sarau.kit.ids import new_id
from sarau.kit.pages import Page, decode_cursor, page_of
from sarau.kit.times import now

activity = Table(
    "activity",
    metadata,
    Column("id", EntityId, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("kind", Text, nullable=False),
    Column("actor_id", EntityId),
    Column("address", Text),
    Column("request_id", Text),
    Column("details", Json, nullable=False),
    Index("ix_activity_kind_id", "kind", "id"),
    Index("ix_activity_actor_id_id", "actor_id", "id"),
    Index("ix_activity_at", "at"),
)


class Entry(msgspec.Struct, frozen=True):
    """One line of the activity log; details depend on the kind."""

    id: str
    at: datetime
    kind: str
    actor_id: str | None
    address: str | None
    request_id: str | None
    details: dict[str, Any]


_INSERT = Change(insert(activity))
_PRUNE = Change(delete(activity).where(activity.c.at < bindparam("before", type_=Instant())), slow=True)
_PAGE = Query(
    select(activity)
    .where(
        activity.c.id < bindparam("below", type_=EntityId()),
        or_(bindparam("any_kind"), activity.c.kind == bindparam("kind")),
        or_(bindparam("any_actor"), activity.c.actor_id == bindparam("actor_id")),
    )
    .order_by(activity.c.id.desc())
    .limit(bindparam("limit")),
    Entry,
    slow=True,
)


async def record_activity(work: Work, event: Event) -> None:
    """Write an event into the log if its class has a kind for it."""
    if event.activity is None:
        return
    await work.run(
        _INSERT,
        id=new_id(),
        at=now(),
        kind=event.activity,
        actor_id=event.actor_id,
        address=event.address,
        request_id=request_id.get(),
        details=event.details(),
    )


async def activity_page(
    reader: Reader, *, kind: str | None, actor_id: str | None, limit: int, cursor: str | None
) -> Page[Entry]:
    """Return the log, newest first; raises BadCursor."""
    (below,) = decode_cursor(cursor, (str,)) if cursor else ("7fffffffffffffff",)
    rows = await reader.all(
        _PAGE,
        below=below,
        any_kind=kind is None,
        kind=kind or "",
        any_actor=actor_id is None,
        actor_id=actor_id,
        limit=limit + 1,
    )
    return page_of(rows, limit, lambda entry: (entry.id,))


async def prune_activity(work: Work, before: datetime) -> int:
    """Forget what is older than a moment; returns how many lines."""
    return await work.run(_PRUNE, before=before)
