"""The table of saved queues."""

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, Table, Text

from sarau.foundation.database.schema import metadata
from sarau.foundation.database.types import EntityId, Instant, Json

saved_queues = Table(
    "saved_queues",
    metadata,
    Column("user_id", EntityId, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("track_ids", Json(list[str]), nullable=False),
    Column("current_index", Integer),
    Column("position_ms", BigInteger, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("changed_by", Text, nullable=False),
)
