"""The table of radio stations."""

from sqlalchemy import Column, ForeignKey, Table, Text

from sarau.foundation.database.schema import metadata
from sarau.foundation.database.types import EntityId, Instant, sortable

stations = Table(
    "stations",
    metadata,
    Column("id", EntityId, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("sort", sortable(), nullable=False),
    Column("stream_url", Text, nullable=False),
    Column("home_page_url", Text),
    Column("created_at", Instant, nullable=False),
    Column("created_by", EntityId, ForeignKey("users.id", ondelete="SET NULL"), index=True),
)
