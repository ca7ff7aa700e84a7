"""Tables of people."""

from sqlalchemy import BigInteger, Column, ForeignKey, Table, Text

from sarau.foundation.database.schema import metadata
from sarau.foundation.database.types import EntityId, Instant, sortable

users = Table(
    "users",
    metadata,
    Column("id", EntityId, primary_key=True, autoincrement=False),
    Column("username", Text, nullable=False),
    Column("username_key", sortable(), nullable=False, unique=True),
    Column("email", Text),
    Column("email_key", sortable(), unique=True),
    Column("display_name", Text, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("quota_bytes", BigInteger),
    Column("created_at", Instant, nullable=False),
    Column("disabled_at", Instant),
)

one_time_links = Table(
    "one_time_links",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("purpose", Text, nullable=False),  # setup, reset
    Column("user_id", EntityId, ForeignKey("users.id", ondelete="CASCADE"), index=True),
    Column("expires_at", Instant, nullable=False),
)
