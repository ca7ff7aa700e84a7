"""The table of public links."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Table, Text

from sarau.foundation.database.schema import metadata
from sarau.foundation.database.types import EntityId, Instant, Json
from sarau.shares.schemas import Target

shares = Table(
    "shares",
    metadata,
    Column("id", EntityId, primary_key=True, autoincrement=False),
    Column("owner_id", EntityId, ForeignKey("users.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("digest", Text, nullable=False, unique=True),  # of what the address ends in, which only the house can make
    Column("targets", Json(list[Target]), nullable=False),
    Column("description", Text, nullable=False),
    Column("password_hash", Text),
    Column("may_download", Boolean, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("expires_at", Instant),
    Column("visit_count", BigInteger, nullable=False),
    Column("last_visited_at", Instant),
)
