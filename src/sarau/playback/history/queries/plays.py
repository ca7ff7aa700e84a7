"""Questions about plays: one's own, or of who shows theirs."""

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, select, tuple_

from sarau.accounts.preferences.tables import preferences
from sarau.accounts.users.policies import name_key
from sarau.accounts.users.tables import users
from sarau.catalog.library.policies import View
from sarau.catalog.library.queries.chance import tracks_by_id
from sarau.catalog.library.tables import tracks
from sarau.foundation.database.query import Query, scalar
from sarau.foundation.database.reader import Reader
from sarau.foundation.database.types import EntityId, Instant
from sarau.foundation.security.actor import Actor
from sarau.kit.ids import is_id
from sarau.kit.pages import BadCursor, Page, decode_cursor, page_of
from sarau.kit.times import from_ms, to_ms
from sarau.playback.history.errors import HistoryHidden, PlayNotFound
from sarau.playback.history.schemas import Play, PlayedTrack, PlayFilters
from sarau.playback.history.tables import plays

_END_MS = 253_000_000_000_000
_LAST_ID = "7fffffffffffffff"
_COLUMNS = (
    plays.c.id,
    plays.c.track_id,
    plays.c.started_at,
    plays.c.listened_ms,
    plays.c.listened,
    plays.c.client,
    plays.c.device,
    plays.c.source,
    plays.c.source_id,
)
_user = bindparam("user_id", type_=EntityId())
_track = bindparam("track_id", type_=EntityId())
_mine = plays.c.user_id == _user
_ONE = Query(select(*_COLUMNS).where(plays.c.id == bindparam("id", type_=EntityId()), _mine), Play)
_HEARD = Query(
    select(plays.c.id)
    .where(
        _mine,
        plays.c.started_at > bindparam("since", type_=Instant()),
        plays.c.started_at <= bindparam("until", type_=Instant()),
        plays.c.track_id == _track,
        plays.c.listened,
    )
    .limit(1),
    scalar,
)
_UNDER_WAY = Query(
    select(*_COLUMNS)
    .where(
        _mine,
        plays.c.started_at > bindparam("since", type_=Instant()),
        plays.c.track_id == _track,
        plays.c.client == bindparam("client"),
        ~plays.c.listened,
    )
    .order_by(plays.c.started_at.desc(), plays.c.id.desc())
    .limit(1),
    Play,
)
_SHOWING = Query(
    select(users.c.id)
    .join(preferences, preferences.c.user_id == users.c.id)
    .where(users.c.username_key == bindparam("key"), users.c.disabled_at.is_(None), preferences.c.show_history),
    scalar,
)


def _filter(name: str) -> ColumnElement[bool]:
    match name:
        case "since":
            return plays.c.started_at >= bindparam(name, type_=Instant())
        case "until":
            return plays.c.started_at < bindparam(name, type_=Instant())
        case "track_id":
            return plays.c.track_id == _track
        case "album_id":
            of_album = select(tracks.c.id).where(tracks.c.album_id == bindparam(name, type_=EntityId()))
            return plays.c.track_id.in_(of_album)
        case _:
            column: ColumnElement[Any] = plays.c[name]
            return column == bindparam(name)


@cache
def _listed(filters: tuple[str, ...]) -> Query[Play]:
    """Return the statement of one kind of list; a filter may leave little of a long history."""
    place = tuple_(bindparam("before", type_=Instant()), bindparam("before_id", type_=EntityId()))
    statement = (
        select(*_COLUMNS)
        .where(_mine, tuple_(plays.c.started_at, plays.c.id) < place, *[_filter(name) for name in filters])
        .order_by(plays.c.started_at.desc(), plays.c.id.desc())
        .limit(bindparam("limit"))
    )
    return Query(statement, Play, slow=bool(filters))


async def play(reader: Reader, actor: Actor, play_id: str) -> Play:
    """Return one of the actor's own plays; raises PlayNotFound."""
    found = await reader.first(_ONE, id=play_id, user_id=actor.id)
    if found is None:
        raise PlayNotFound
    return found


async def heard_between(reader: Reader, actor: Actor, track_id: str, since: datetime, until: datetime) -> bool:
    """Tell whether the actor listened to a track in a play that began after one moment and not after another."""
    found = await reader.first(_HEARD, user_id=actor.id, track_id=track_id, since=since, until=until)
    return found is not None


async def play_under_way(reader: Reader, actor: Actor, track_id: str, client: str, since: datetime) -> Play | None:
    """Return the last play of a track that an app began after a moment and that is not listened yet."""
    return await reader.first(_UNDER_WAY, user_id=actor.id, track_id=track_id, client=client, since=since)


async def my_plays(
    reader: Reader, view: View, actor: Actor, filters: PlayFilters, limit: int, cursor: str | None
) -> Page[PlayedTrack]:
    """Return what the actor played, last begun first; raises BadCursor."""
    return await _plays_of(reader, view, actor.id, filters, limit, cursor)


async def plays_of(
    reader: Reader, view: View, viewer: Actor, username: str, limit: int, cursor: str | None
) -> Page[PlayedTrack]:
    """Return what somebody listened to who lets others see it; raises HistoryHidden, BadCursor.

    What the viewer may not hear is left out: a page may be shorter than asked.
    """
    found = await reader.first(_SHOWING, key=name_key(username))
    if found is None and name_key(username) != name_key(viewer.username):
        raise HistoryHidden
    page = await _plays_of(reader, view, found or viewer.id, PlayFilters(listened=True), limit, cursor)
    return Page([one for one in page.items if one.track is not None], page.next_cursor)


async def _plays_of(
    reader: Reader, view: View, user_id: str, filters: PlayFilters, limit: int, cursor: str | None
) -> Page[PlayedTrack]:
    before_ms, before_id = decode_cursor(cursor, (int, str)) if cursor else (_END_MS, _LAST_ID)
    if not is_id(str(before_id)):
        raise BadCursor("a cursor of another list")
    try:
        before = from_ms(before_ms)  # type: ignore[arg-type]  # of the type just named
    except OverflowError as error:
        raise BadCursor("a moment out of range") from error
    given = {name: value for name in filters.__struct_fields__ if (value := getattr(filters, name)) is not None}
    query = _listed(tuple(given))
    rows = await reader.all(query, user_id=user_id, before=before, before_id=before_id, limit=limit + 1, **given)
    page = page_of(rows, limit, lambda row: (to_ms(row.started_at), row.id))
    found = {track.id: track for track in await tracks_by_id(reader, view, [row.track_id for row in page.items])}
    return Page([PlayedTrack(row, found.get(row.track_id)) for row in page.items], page.next_cursor)
