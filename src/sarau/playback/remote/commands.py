"""Changes to what is kept of sessions and devices."""

from collections.abc import Iterable

import msgspec
from sqlalchemy import bindparam, delete, insert, update

from sarau.foundation.database.portable import insert_into
from sarau.foundation.database.query import Change
from sarau.foundation.database.types import EntityId
from sarau.foundation.database.work import Work
from sarau.kit.times import from_ms, now
from sarau.playback.remote.players import Player
from sarau.playback.remote.queue import PlayQueue
from sarau.playback.remote.session import Session
from sarau.playback.remote.tables import playback_guests, playback_sessions, players

_session = bindparam("session_id", type_=EntityId())
_new_session = insert_into(playback_sessions)
_KEEP = Change(
    _new_session.on_conflict_do_update(
        index_elements=[playback_sessions.c.id],
        set_={name: _new_session.excluded[name] for name in ("state", "queue", "updated_at")},
    )
)
_KEEP_STATE = Change(
    update(playback_sessions)
    .where(playback_sessions.c.id == _session)
    .values(
        state=bindparam("state", type_=playback_sessions.c.state.type),
        updated_at=bindparam("updated_at", type_=playback_sessions.c.updated_at.type),
    )
)
_new_player = insert_into(players)
_KEEP_PLAYER = Change(
    _new_player.on_conflict_do_update(
        index_elements=[players.c.id],
        set_={
            name: _new_player.excluded[name]
            for name in (
                "name",
                "type",
                "media_types",
                "plays",
                "has_volume",
                "volume",
                "muted",
                "last_seen_at",
            )
        },
    )
)
_FORGET = Change(delete(players).where(players.c.id == bindparam("the_id", type_=EntityId())))
_DISMISS = Change(delete(playback_guests).where(playback_guests.c.session_id == _session))
_ADMIT = Change(insert(playback_guests))


async def keep_session(work: Work, session_id: str, user_id: str, session: Session) -> None:
    """Write a session down, with its queue."""
    await work.run(
        _KEEP,
        id=session_id,
        user_id=user_id,
        state=msgspec.structs.replace(session, queue=PlayQueue()),
        queue=session.queue,
        updated_at=now(),
    )


async def keep_state(work: Work, session_id: str, session: Session) -> None:
    """Write down where a session is, whose queue has not changed since it was written."""
    state = msgspec.structs.replace(session, queue=PlayQueue())
    await work.run(_KEEP_STATE, session_id=session_id, state=state, updated_at=now())


async def keep_players(work: Work, kept: Iterable[Player]) -> None:
    """Write devices down."""
    await work.run_many(
        _KEEP_PLAYER,
        [
            {
                "id": player.id,
                "user_id": player.user_id,
                "name": player.name,
                "type": player.type,
                "media_types": player.media_types,
                "plays": player.plays,
                "has_volume": player.has_volume,
                "volume": player.volume,
                "muted": player.muted,
                "last_seen_at": from_ms(player.last_seen_ms),
            }
            for player in kept
        ],
    )


async def forget_players(work: Work, player_ids: Iterable[str]) -> None:
    """Forget devices."""
    await work.run_many(_FORGET, [{"the_id": player_id} for player_id in player_ids])


async def set_guests(work: Work, session_id: str, user_ids: Iterable[str]) -> None:
    """Let these people take part in a session, and nobody else."""
    await work.run(_DISMISS, session_id=session_id)
    await work.run_many(_ADMIT, [{"session_id": session_id, "user_id": user_id} for user_id in user_ids])
