"""The table of preferences; who has no row has the defaults."""

from typing import Any

from sqlalchemy import Boolean, Column, ForeignKey, Table

from sarau.foundation.database.schema import metadata
from sarau.foundation.database.types import EntityId, Instant, Json

preferences = Table(
    "preferences",
    metadata,
    Column("user_id", EntityId, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("show_playing", Boolean, nullable=False),
    Column("show_history", Boolean, nullable=False),
    Column("apps", Json(dict[str, Any]), nullable=False),
    Column("changed_at", Instant, nullable=False),
)
