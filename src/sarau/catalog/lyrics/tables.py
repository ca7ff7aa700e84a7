"""The table of lyrics."""

from sqlalchemy import Column, ForeignKey, Index, PrimaryKeyConstraint, Table, Text, text

from sarau.foundation.database.schema import metadata
from sarau.foundation.database.types import EntityId, Instant

_given = text("put_by IS NOT NULL")
sheets = Table(
    "sheets",
    metadata,
    Column("track_id", EntityId, ForeignKey("tracks.id", ondelete="CASCADE"), nullable=False),
    Column("source", Text, nullable=False),
    Column("format", Text, nullable=False),
    Column("content", Text, nullable=False),
    # Of sheets that somebody put here; the person may be gone.
    Column("put_by", EntityId, ForeignKey("users.id", ondelete="SET NULL")),
    Column("put_at", Instant),
    PrimaryKeyConstraint("track_id", "source"),
    Index("ix_sheets_put_by", "put_by", sqlite_where=_given, postgresql_where=_given),
)
