"""Tables of playback sessions, who may take part in them, and devices."""

from sqlalchemy import Boolean, Column, ForeignKey, PrimaryKeyConstraint, Table, Text

from sarau.foundation.database.schema import metadata
from sarau.foundation.database.types import EntityId, Instant, Json, Real
from sarau.playback.remote.queue import PlayQueue
from sarau.playback.remote.session import Session

playback_sessions = Table(
    "playback_sessions",
    metadata,
    Column("id", EntityId, primary_key=True, autoincrement=False),
    Column("user_id", EntityId, ForeignKey("users.id", ondelete="CASCADE"), nullable=False, unique=True),
    Column("state", Json(Session), nullable=False),
    Column("queue", Json(PlayQueue), nullable=False),
    Column("updated_at", Instant, nullable=False),
)

playback_guests = Table(
    "playback_guests",
    metadata,
    Column("session_id", EntityId, ForeignKey("playback_sessions.id", ondelete="CASCADE"), nullable=False),
    Column("user_id", EntityId, ForeignKey("users.id", ondelete="CASCADE"), nullable=False, index=True),
    PrimaryKeyConstraint("session_id", "user_id"),
)

players = Table(
    "players",
    metadata,
    Column("id", EntityId, primary_key=True, autoincrement=False),
    Column("user_id", EntityId, ForeignKey("users.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("media_types", Json(list[str]), nullable=False),
    Column("plays", Boolean, nullable=False),
    Column("has_volume", Boolean, nullable=False),
    Column("volume", Real, nullable=False),
    Column("muted", Boolean, nullable=False),
    Column("last_seen_at", Instant, nullable=False),
)
