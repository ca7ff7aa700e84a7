"""The table of lyrics."""

from sqlalchemy import Column, ForeignKey, PrimaryKeyConstraint, Table, Text

from sarau.foundation.database.schema import metadata
from sarau.foundation.database.types import EntityId

sheets = Table(
    "sheets",
    metadata,
    Column("track_id", EntityId, ForeignKey("tracks.id", ondelete="CASCADE"), nullable=False),
    Column("source", Text, nullable=False),
    Column("format", Text, nullable=False),
    Column("content", Text, nullable=False),
    PrimaryKeyConstraint("track_id", "source"),
)
