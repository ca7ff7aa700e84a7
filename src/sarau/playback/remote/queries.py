"""Questions about sessions, devices, and what of them somebody may hear."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, select

from sarau.accounts.users.tables import users
from sarau.catalog.library.policies import View, seen
from sarau.catalog.library.tables import tracks
from sarau.foundation.database.portable import among
from sarau.foundation.database.query import Query, scalar
from sarau.foundation.database.reader import Reader
from sarau.foundation.database.types import EntityId
from sarau.kit.times import to_ms
from sarau.playback.remote.players import Player
from sarau.playback.remote.queue import PlayQueue
from sarau.playback.remote.session import Session
from sarau.playback.remote.tables import playback_guests, playback_sessions, players

_user = bindparam("user_id", type_=EntityId())
_session = bindparam("session_id", type_=EntityId())


class KeptSession(NamedTuple):
    """A session as it was written down."""

    id: str
    state: Session
    queue: PlayQueue
    updated_at: datetime


class Owner(NamedTuple):
    """Whose a session is."""

    id: str
    username: str


def _player(*row: object) -> Player:
    *fields, last_seen_at = row
    assert isinstance(last_seen_at, datetime)  # noqa: S101 - the last column below
    return Player(*fields, to_ms(last_seen_at))  # type: ignore[call-arg, arg-type]  # the columns below, in order


_SESSION = Query(
    select(
        playback_sessions.c.id,
        playback_sessions.c.state,
        playback_sessions.c.queue,
        playback_sessions.c.updated_at,
    ).where(playback_sessions.c.user_id == _user),
    KeptSession,
)
_OWNER = Query(
    select(users.c.id, users.c.username)
    .join(playback_sessions, playback_sessions.c.user_id == users.c.id)
    .where(playback_sessions.c.id == _session),
    Owner,
)
_GUESTS = Query(
    select(users.c.id, users.c.username)
    .join(playback_guests, playback_guests.c.user_id == users.c.id)
    .where(playback_guests.c.session_id == _session)
    .order_by(users.c.username_key),
    Owner,
)
_PLAYERS = Query(
    select(
        players.c.id,
        players.c.user_id,
        users.c.username,
        players.c.name,
        players.c.type,
        players.c.media_types,
        players.c.plays,
        players.c.has_volume,
        players.c.volume,
        players.c.muted,
        players.c.last_seen_at,
    )
    .join(users, users.c.id == players.c.user_id)
    .where(players.c.user_id == _user)
    .order_by(players.c.last_seen_at.desc()),
    _player,
)
_INVITING = Query(
    select(users.c.id, users.c.username)
    .join(playback_sessions, playback_sessions.c.user_id == users.c.id)
    .join(playback_guests, playback_guests.c.session_id == playback_sessions.c.id)
    .where(playback_guests.c.user_id == _user, users.c.disabled_at.is_(None))
    .order_by(users.c.username_key),
    Owner,
)
_AUDIBLE = Query(
    select(tracks.c.id).where(among(tracks.c.id, "ids"), tracks.c.available, seen(tracks)), scalar, slow=True
)


async def kept_session(reader: Reader, user_id: str) -> KeptSession | None:
    """Return somebody's session as it was written down."""
    return await reader.first(_SESSION, user_id=user_id)


async def session_owner(reader: Reader, session_id: str) -> Owner | None:
    """Return whose a session is."""
    return await reader.first(_OWNER, session_id=session_id)


async def guests(reader: Reader, session_id: str) -> dict[str, str]:
    """Return who may take part in a session, usernames by id."""
    return {guest.id: guest.username for guest in await reader.all(_GUESTS, session_id=session_id)}


async def players_of(reader: Reader, user_id: str) -> list[Player]:
    """Return somebody's devices, last seen first."""
    return await reader.all(_PLAYERS, user_id=user_id)


async def inviting(reader: Reader, user_id: str) -> list[Owner]:
    """Return whose sessions somebody may take part in."""
    return await reader.all(_INVITING, user_id=user_id)


async def audible(reader: Reader, view: View, track_ids: set[str]) -> set[str]:
    """Return those of some tracks that the viewer may hear."""
    return set(await reader.all(_AUDIBLE, ids=track_ids, libraries=view.library_ids))
