"""Tables of marks."""

from sqlalchemy import Column, ForeignKey, Index, PrimaryKeyConstraint, Table

from sarau.foundation.database.schema import metadata
from sarau.foundation.database.types import EntityId, Instant


def _stars(kind: str) -> Table:
    table, column = f"{kind}_stars", f"{kind}_id"
    return Table(
        table,
        metadata,
        Column("user_id", EntityId, ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
        Column(column, EntityId, ForeignKey(f"{kind}s.id", ondelete="CASCADE"), nullable=False),
        Column("starred_at", Instant, nullable=False),
        PrimaryKeyConstraint("user_id", column),
        Index(f"ix_{table}_user_id_starred_at", "user_id", "starred_at", column),
        Index(f"ix_{table}_{column}", column),
    )


track_stars = _stars("track")
album_stars = _stars("album")
artist_stars = _stars("artist")
