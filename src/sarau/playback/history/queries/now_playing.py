"""What the house hears just now; who hides it is seen by themselves alone."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import bindparam, func, or_, select

from sarau.accounts.preferences.tables import preferences
from sarau.accounts.users.tables import users
from sarau.catalog.library.policies import View
from sarau.catalog.library.queries.chance import tracks_by_id
from sarau.foundation.database.query import Query
from sarau.foundation.database.reader import Reader
from sarau.foundation.database.types import EntityId, Instant
from sarau.foundation.security.actor import Actor
from sarau.kit.times import now
from sarau.playback.history.schemas import Listener, NowPlaying, PlayState
from sarau.playback.history.tables import now_playing as sounding
from sarau.playback.history.tables import plays

PAUSES_SHOW = timedelta(minutes=10)
_GRACE = timedelta(minutes=1)  # players do not tell to the second that they went on
_LONGEST = timedelta(days=1)
_MOST = 200


class _Row(NamedTuple):
    """What one app of somebody said."""

    user_id: str
    username: str
    display_name: str
    track_id: str
    play_id: str
    client: str
    device: str
    state: str
    position_ms: int
    rate: float
    started_at: datetime
    updated_at: datetime


class Sounding(NamedTuple):
    """What an app said last that it plays."""

    play_id: str
    track_id: str
    state: str
    position_ms: int
    rate: float
    updated_at: datetime


_user = bindparam("user_id", type_=EntityId())
_HOUSE = Query(
    select(
        users.c.id,
        users.c.username,
        users.c.display_name,
        sounding.c.track_id,
        sounding.c.play_id,
        sounding.c.client,
        sounding.c.device,
        sounding.c.state,
        sounding.c.position_ms,
        sounding.c.rate,
        plays.c.started_at,
        sounding.c.updated_at,
    )
    .select_from(
        sounding.join(users, users.c.id == sounding.c.user_id)
        .join(plays, plays.c.id == sounding.c.play_id)
        .outerjoin(preferences, preferences.c.user_id == sounding.c.user_id)
    )
    .where(
        sounding.c.updated_at > bindparam("since", type_=Instant()),
        users.c.disabled_at.is_(None),
        or_(func.coalesce(preferences.c.show_playing, True), sounding.c.user_id == _user),
    )
    .order_by(sounding.c.updated_at.desc())
    .limit(_MOST),
    _Row,
)
_OF_APP = Query(
    select(
        sounding.c.play_id,
        sounding.c.track_id,
        sounding.c.state,
        sounding.c.position_ms,
        sounding.c.rate,
        sounding.c.updated_at,
    ).where(
        sounding.c.user_id == _user,
        sounding.c.client == bindparam("client"),
        sounding.c.device == bindparam("device"),
    ),
    Sounding,
)


async def now_playing(reader: Reader, view: View, viewer: Actor) -> list[NowPlaying]:
    """Return what the house hears that the viewer may hear too, last told first."""
    moment = now()
    rows = await reader.all(_HOUSE, user_id=viewer.id, since=moment - _LONGEST)
    tracks = {track.id: track for track in await tracks_by_id(reader, view, [row.track_id for row in rows])}
    return [
        NowPlaying(
            listener=Listener(row.user_id, row.username, row.display_name),
            track=tracks[row.track_id],
            play_id=row.play_id,
            client=row.client,
            device=row.device,
            state=PlayState(row.state),
            position_ms=row.position_ms,
            rate=row.rate,
            started_at=row.started_at,
            updated_at=row.updated_at,
        )
        for row in rows
        if row.track_id in tracks and moment < _ends_at(row, tracks[row.track_id].duration_ms)
    ]


def _ends_at(row: _Row, duration_ms: int) -> datetime:
    """Return until when it is believed without another word of the app."""
    if row.state == PlayState.PAUSED:
        return row.updated_at + PAUSES_SHOW
    left_ms = max(0, duration_ms - row.position_ms) / row.rate
    return row.updated_at + timedelta(milliseconds=left_ms) + _GRACE


async def sounding_of(reader: Reader, actor: Actor, client: str, device: str) -> Sounding | None:
    """Return what an app of the actor said last that it plays."""
    return await reader.first(_OF_APP, user_id=actor.id, client=client, device=device)
