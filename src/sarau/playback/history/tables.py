"""The table of plays."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Table, Text

from sarau.foundation.database.schema import metadata
from sarau.foundation.database.types import EntityId, Instant

plays = Table(
    "plays",
    metadata,
    Column("id", EntityId, primary_key=True, autoincrement=False),
    Column("user_id", EntityId, ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
    Column("track_id", EntityId, ForeignKey("tracks.id", ondelete="CASCADE"), nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("listened_ms", BigInteger, nullable=False),
    Column("position_ms", BigInteger),
    Column("listened", Boolean, nullable=False),
    Column("ended", Boolean, nullable=False),
    Column("client", Text, nullable=False),
    Index("ix_plays_user_id_id", "user_id", "id"),
    Index("ix_plays_track_id_listened", "track_id", "listened"),
)
