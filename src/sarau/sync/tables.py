"""Tables of devices and of uploads that may break off."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

from sarau.foundation.database.schema import metadata
from sarau.foundation.database.types import EntityId, Instant


def _to(target: str, name: str) -> Column[str]:
    return Column(name, EntityId, ForeignKey(target, ondelete="CASCADE"), nullable=False)


devices = Table(
    "devices",
    metadata,
    Column("id", EntityId, primary_key=True, autoincrement=False),
    _to("users.id", "user_id"),
    Column("name", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("last_seen_at", Instant, nullable=False),
    Column("space_free_bytes", BigInteger, nullable=False),  # 0: unknown
    Column("space_total_bytes", BigInteger, nullable=False),  # 0: unknown
    Column("held_count", Integer, nullable=False),
    Column("held_bytes", BigInteger, nullable=False),
    Column("limit_bytes", BigInteger, nullable=False),  # 0: as much as fits
    Index("ix_devices_user_id_last_seen_at", "user_id", "last_seen_at"),
)

device_files = Table(
    "device_files",
    metadata,
    _to("devices.id", "device_id"),
    Column("sha256", Text, nullable=False),  # as the library spells it, for joins
    PrimaryKeyConstraint("device_id", "sha256"),
)

device_rules = Table(
    "device_rules",
    metadata,
    _to("devices.id", "device_id"),
    Column("position", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("target_id", EntityId),
    Column("count", Integer),
    PrimaryKeyConstraint("device_id", "position"),
)

resumable_uploads = Table(
    "resumable_uploads",
    metadata,
    Column("id", EntityId, primary_key=True, autoincrement=False),
    _to("users.id", "user_id"),
    Column("sha256", Text, nullable=False),
    Column("size_bytes", BigInteger, nullable=False),
    Column("filename", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("artist", Text, nullable=False),
    Column("album", Text, nullable=False),
    Column("expires_at", Instant, nullable=False),
    UniqueConstraint("user_id", "sha256"),
    Index("ix_resumable_uploads_expires_at", "expires_at"),
)
