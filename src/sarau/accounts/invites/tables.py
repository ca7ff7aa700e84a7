"""The table of invitations."""

from sqlalchemy import Column, ForeignKey, Integer, Table, Text

from sarau.foundation.database.schema import metadata
from sarau.foundation.database.types import EntityId, Instant

# The code itself is not stored: it is computed from the id with the house's secret, so that it can be shown again
# and a copy of the database lets nobody in.
invites = Table(
    "invites",
    metadata,
    Column("id", EntityId, primary_key=True, autoincrement=False),
    Column("digest", Text, nullable=False, unique=True),
    Column("role", Text, nullable=False),
    Column("email", Text),
    Column("uses", Integer, nullable=False),
    Column("used", Integer, nullable=False),
    Column("note", Text, nullable=False),
    Column("inviter_id", EntityId, ForeignKey("users.id", ondelete="SET NULL"), index=True),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("revoked_at", Instant),
)
