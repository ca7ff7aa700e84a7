"""Tables of sessions."""

from sqlalchemy import Column, ForeignKey, Index, Table, Text

from sarau.foundation.database.schema import metadata
from sarau.foundation.database.types import EntityId, Instant

sessions = Table(
    "sessions",
    metadata,
    Column("id", EntityId, primary_key=True, autoincrement=False),
    Column("user_id", EntityId, ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
    Column("client", Text, nullable=False),
    Column("address", Text),
    Column("created_at", Instant, nullable=False),
    Column("last_used_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Index("ix_sessions_user_id", "user_id"),
)

# Used ones are kept until the session ends: one that comes again was copied.
refresh_tokens = Table(
    "refresh_tokens",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("session_id", EntityId, ForeignKey("sessions.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("created_at", Instant, nullable=False),
    Column("used_at", Instant),
)

api_keys = Table(
    "api_keys",
    metadata,
    Column("id", EntityId, primary_key=True, autoincrement=False),
    Column("user_id", EntityId, ForeignKey("users.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("hint", Text, nullable=False),
    Column("digest", Text, nullable=False, unique=True),
    Column("created_at", Instant, nullable=False),
    Column("last_used_at", Instant),
)
