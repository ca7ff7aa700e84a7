"""Tables of scans."""

from sqlalchemy import Column, ForeignKey, Index, LargeBinary, PrimaryKeyConstraint, Table, Text

from sarau.catalog.ingest.schemas import ScanCounts
from sarau.foundation.database.schema import metadata
from sarau.foundation.database.types import EntityId, Instant, Json

scans = Table(
    "scans",
    metadata,
    Column("id", EntityId, primary_key=True, autoincrement=False),
    Column("library_id", EntityId, ForeignKey("libraries.id", ondelete="CASCADE"), nullable=False),
    Column("state", Text, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("heartbeat_at", Instant, nullable=False),
    Column("finished_at", Instant),
    Column("folder", Text, nullable=False),
    Column("counts", Json(ScanCounts), nullable=False),
    Column("error", Text),
    Index("ix_scans_library_id_id", "library_id", "id"),
)

scan_problems = Table(
    "scan_problems",
    metadata,
    Column("library_id", EntityId, ForeignKey("libraries.id", ondelete="CASCADE"), nullable=False),
    Column("path", LargeBinary, nullable=False),
    Column("code", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("seen_at", Instant, nullable=False),
    PrimaryKeyConstraint("library_id", "path"),
)
